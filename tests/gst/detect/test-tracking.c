/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect tracking=motion: ids, held frames, what is missed for a moment, what begins anew. */
#include "tests/gst/common/moving.h"

#define STEP 8 /* pixels a frame */

static MovingPicture picture = {"media/coral_cat.png", NULL};

#define TRACKING "classes", "cat", "tracking", "motion", "track-min-hits", 1u

static void
test_none (void)
{
  GstHarness *h;
  GstTfcDetection d;

  if (!have_model ())
    return;
  h = moving_play (detect_new ("interval", 2u, NULL));
  d = moving_see (h, &picture, 0, 100);
  g_assert_true (d.score > 0.5f && d.track_id == 0 && d.seen && d.age == 0 && d.speed_x == 0);
  const GstTfcDetection held = moving_see (h, &picture, 1, 108);
  g_assert_cmpmem (&held, G_STRUCT_OFFSET (GstTfcDetection, label), &d,
                   G_STRUCT_OFFSET (GstTfcDetection, label)); /* it stays where it was */
  detect_done (h, NULL);
}

/* The same id all the time, and on held frames it is where the cat is. */
static void
test_held (void)
{
  GstHarness *h;
  GstTfcDetection first, d = {0};

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, "interval", 3u, NULL));
  first = moving_see (h, &picture, 0, 0);
  g_assert_cmpuint (first.track_id, >, 0);
  for (guint i = 1; i < 24; i++) {
    d = moving_see (h, &picture, i, (gint)(i * STEP));
    g_assert_cmpuint (d.track_id, ==, first.track_id);
    g_assert_true (d.seen);
    g_assert_cmpuint (d.age, ==, i * 40 * GST_MSECOND);
    if (i > 12) /* its speed is known by now */
      g_assert_cmpfloat_with_epsilon (d.x + d.w / 2 - first.x - first.w / 2,
                                      (gfloat)i * STEP / MOVING_WIDTH, 0.03);
  }
  g_assert_cmpfloat_with_epsilon (d.speed_x, 25.0 * STEP / MOVING_WIDTH, 0.08);
  g_assert_cmpfloat_with_epsilon (d.speed_y, 0, 0.08);
  detect_done (h, NULL);
}

/* It goes on where it is missed, for as long as the property says. */
static void
test_missed (void)
{
  GstHarness *h;
  GstTfcDetection last = {0}, d;

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, "track-max-age", 200u, NULL));
  for (guint i = 0; i < 6; i++)
    last = moving_see (h, &picture, i, (gint)(i * STEP));
  g_assert_true (last.track_id > 0 && last.seen);
  for (guint i = 6; i < 11; i++) {
    d = moving_see (h, &picture, i, -1);
    g_assert_cmpuint (d.track_id, ==, last.track_id);
    g_assert_false (d.seen);
    g_assert_cmpfloat (d.x, >, last.x);
  }
  g_assert_cmpfloat (moving_see (h, &picture, 11, -1).score, ==, 0);
  detect_done (h, NULL);
}

/* A flush, other caps and tracking=none in between: ids begin anew, and none comes again. */
static void
test_anew (void)
{
  GstHarness *h;
  guint64 id, last;
  GstCaps *caps;

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, NULL));
  last = moving_see (h, &picture, 0, 0).track_id;
  g_assert_cmpuint (last, ==, moving_see (h, &picture, 1, 0).track_id);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  id = moving_see (h, &picture, 2, 0).track_id;
  g_assert_cmpuint (id, >, last);
  last = id;
  caps = moving_caps ();
  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, 25, 1, NULL);
  gst_harness_set_src_caps (h, caps);
  id = moving_see (h, &picture, 3, 0).track_id;
  g_assert_cmpuint (id, >, last);
  last = id;
  set_properties (h->element, "tracking", "none", NULL);
  g_assert_cmpuint (moving_see (h, &picture, 4, 0).track_id, ==, 0);
  set_properties (h->element, "tracking", "motion", NULL);
  g_assert_cmpuint (moving_see (h, &picture, 5, 0).track_id, >, last);
  detect_done (h, NULL);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tracking/none", test_none);
  g_test_add_func ("/tracking/held", test_held);
  g_test_add_func ("/tracking/missed", test_missed);
  g_test_add_func ("/tracking/anew", test_anew);
  result = g_test_run ();
  moving_clear (&picture);
  return result;
}
