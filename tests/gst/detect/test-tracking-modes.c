/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect tracking=motion with mode=latest, and numbers that change while it plays. */
#include "tests/gst/common/moving.h"
#include "tests/gst/common/tiny.h"

#define TRACKING "classes", "cat", "tracking", "motion", "track-min-hits", 1u
#define STEP 24 /* pixels a frame */

static MovingPicture picture = {"media/coral_cat.png", NULL};

static gfloat
middle (const GstTfcDetection *d)
{
  return d->x + d->w / 2;
}

/* Each frame has what an earlier one showed, taken on to its own time. */
static void
test_latest (void)
{
  GstHarness *h;
  GstTfcDetection first, d;

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, "mode", "latest", "interval", 2u, NULL));
  g_assert_cmpfloat (moving_see (h, &picture, 0, 0).score, ==, 0);
  while (stat_of (h->element, "analysed") < 1)
    g_usleep (500);
  first = moving_see (h, &picture, 1, STEP);
  g_assert_true (first.track_id > 0 && first.age == 40 * GST_MSECOND);
  for (guint i = 2; i < 14; i++) {
    d = moving_see (h, &picture, i, (gint)(i * STEP));
    g_assert_cmpuint (d.track_id, ==, first.track_id);
    g_assert_cmpuint (d.age, ==, i * 40 * GST_MSECOND);
    if (i > 6) /* two frames are 0.075 */
      g_assert_cmpfloat_with_epsilon (middle (&d) - middle (&first),
                                      (gfloat)i * STEP / MOVING_WIDTH, 0.03);
    while (stat_of (h->element, "analysed") < i / 2 + 1)
      g_usleep (500);
  }
  detect_done (h, NULL);
}

/* How long it is predicted is asked anew at each analysis. */
static void
test_live_age (void)
{
  GstHarness *h;

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, NULL));
  for (guint i = 0; i < 3; i++)
    g_assert_true (moving_see (h, &picture, i, 100).seen);
  g_assert_cmpuint (moving_see (h, &picture, 3, -1).track_id, >, 0);
  set_properties (h->element, "track-max-age", 0u, NULL);
  g_assert_cmpuint (moving_see (h, &picture, 4, -1).track_id, ==, 0);
  set_properties (h->element, "track-max-age", 1000u, NULL);
  g_assert_true (moving_see (h, &picture, 5, 100).seen);
  detect_done (h, NULL);
}

/* A threshold that nothing reaches starts no track, but what is followed goes on. */
static void
test_live_threshold (void)
{
  GstHarness *h;
  GstTfcDetection d;
  guint64 id;

  if (!have_model ())
    return;
  h = moving_play (detect_new (TRACKING, NULL));
  id = moving_see (h, &picture, 0, 100).track_id;
  g_assert_cmpuint (id, >, 0);
  set_properties (h->element, "score-threshold", 0.99, NULL);
  d = moving_see (h, &picture, 1, 100);
  g_assert_true (d.track_id == id && d.seen && d.score < 0.99f);
  set_properties (h->element, "tracking", "none", NULL);
  g_assert_cmpfloat (moving_see (h, &picture, 2, 100).score, ==, 0);
  set_properties (h->element, "tracking", "motion", NULL);
  g_assert_cmpfloat (moving_see (h, &picture, 3, 100).score, ==, 0);
  detect_done (h, NULL);
}

/* min_hits analyses until something is reported, unless it is sure. */
static void
test_min_hits (void)
{
  GstHarness *h;
  GstTfcDetection d;

  if (!have_model ())
    return;
  h = moving_play (detect_new ("classes", "cat", NULL));
  d = moving_see (h, &picture, 0, 100);
  detect_done (h, NULL);
  for (guint hits = 1; hits < 4; hits++) {
    const guint quiet = d.score < 0.8f ? hits - 1 : 0;
    h = moving_play (
        detect_new ("classes", "cat", "tracking", "motion", "track-min-hits", hits, NULL));
    for (guint i = 0; i < 4; i++)
      g_assert_cmpint (moving_see (h, &picture, i, 100).track_id > 0, ==, i >= quiet);
    detect_done (h, NULL);
  }
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tracking-modes/latest", test_latest);
  g_test_add_func ("/tracking-modes/live-age", test_live_age);
  g_test_add_func ("/tracking-modes/live-threshold", test_live_threshold);
  g_test_add_func ("/tracking-modes/min-hits", test_min_hits);
  result = g_test_run ();
  moving_clear (&picture);
  return result;
}
