/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect with regions: who is small in the frame is found, and held for a moment where a look
 * does not find it; never when there is a reason to forget. */
#include <string.h>
#include "tests/gst/common/tiny.h"

#define FPS 25
#define FOUND_WITHIN 8 /* frames: the sweep comes by */

/* A gray picture of 1920 x 1080 with a portrait of 80 x 96 at (700, 400). */
static GstBuffer *
small_portrait (void)
{
  GstBuffer *big = gst_buffer_new_allocate (NULL, 1920 * 1080 * 3, NULL), *small;
  GstMapInfo from, to;
  GstCaps *caps;

  small = photo ("media/coral_grace_hopper.png", "RGB", 80, 96, &caps);
  gst_caps_unref (caps);
  g_assert_true (gst_buffer_map (big, &to, GST_MAP_WRITE));
  g_assert_true (gst_buffer_map (small, &from, GST_MAP_READ));
  memset (to.data, 128, to.size);
  for (gsize y = 0; y < 96; y++)
    memcpy (to.data + ((y + 400) * 1920 + 700) * 3, from.data + y * 240, 240);
  gst_buffer_unmap (small, &from);
  gst_buffer_unmap (big, &to);
  gst_buffer_unref (small);
  return big;
}

static GstBuffer *
gray (void)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 1920 * 1080 * 3, NULL);

  gst_buffer_memset (buffer, 0, 128, 1920 * 1080 * 3);
  return buffer;
}

/* On how many of 5 frames it is found. */
static guint
times_found (GstBuffer *picture, guint regions)
{
  GstHarness *h = detect_play (detect_new ("regions", regions, "classes", "person", NULL), NULL);
  guint found = 0;

  gst_harness_set_src_caps (h, caps_of ("RGB", 1920, 1080));
  for (guint n = 0; n < 5; n++) {
    GstBuffer *in = gst_buffer_copy (picture), *out;
    const GstTfcDetectionMeta *meta;
    GST_BUFFER_PTS (in) = n * GST_SECOND / FPS;
    out = through (h, in);
    meta = gst_buffer_get_tfc_detection_meta (out);
    g_assert_cmpuint (meta->n_detections, <=, 1);
    if (meta->n_detections) {
      const GstTfcDetection *d = &meta->detections[0];
      g_assert_cmpfloat_with_epsilon (d->x * 1920, 700, 60);
      g_assert_cmpfloat_with_epsilon (d->y * 1080, 400, 60);
      found++;
    }
    gst_buffer_unref (out);
  }
  detect_done (h, NULL);
  return found;
}

/* The whole frame does not show it. The sweep comes by, and it is remembered. */
static void
test_small_object (void)
{
  GstBuffer *picture;

  if (!have_model ())
    return;
  picture = small_portrait ();
  g_assert_cmpuint (times_found (picture, 0), ==, 0);
  g_assert_cmpuint (times_found (picture, 4), >=, 2);
  gst_buffer_unref (picture);
}

/* ---- what is held ---- */

typedef struct {
  GstHarness *h;
  GstBuffer *with, *without;
  guint n;
} Yard;

static guint
persons (Yard *y, GstBuffer *picture, gboolean *seen)
{
  GstBuffer *in = gst_buffer_copy (picture), *out;
  const GstTfcDetectionMeta *meta;
  guint n;

  GST_BUFFER_PTS (in) = y->n++ * GST_SECOND / FPS;
  out = through (y->h, in);
  meta = gst_buffer_get_tfc_detection_meta (out);
  n = meta->n_detections;
  *seen = n > 0 && meta->detections[0].seen;
  gst_buffer_unref (out);
  return n;
}

static void
find (Yard *y)
{
  gboolean seen = FALSE;

  for (guint i = 0; i < FOUND_WITHIN && !seen; i++)
    persons (y, y->with, &seen);
  g_assert_true (seen);
}

static void
yard_begin (Yard *y)
{
  y->h = detect_play (detect_new ("regions", 4, "classes", "person", NULL), NULL);
  gst_harness_set_src_caps (y->h, caps_of ("RGB", 1920, 1080));
  y->n = 0;
}

/* A moment, but no longer. */
static void
test_held (void)
{
  Yard y = {0};
  gboolean seen;
  guint n = 1;

  if (!have_model ())
    return;
  y.with = small_portrait ();
  y.without = gray ();
  yard_begin (&y);
  find (&y);
  g_assert_cmpuint (persons (&y, y.without, &seen), ==, 1);
  g_assert_false (seen);
  for (guint i = 0; i < 12 && n; i++)
    n = persons (&y, y.without, &seen);
  g_assert_cmpuint (n, ==, 0);
  detect_done (y.h, NULL);
  gst_buffer_unref (y.with);
  gst_buffer_unref (y.without);
}

/* Behind a gap in time nothing is known, and what is not asked for any more is not told. */
static void
test_forgotten (void)
{
  static const struct {
    const gchar *property, *value;
    guint lost; /* frames */
  } rows[] = {
      {NULL, NULL, 3}, {"score-threshold", "1", 0}, {"classes", "cat", 0}, {"regions", "0", 0}};
  Yard y = {0};

  if (!have_model ())
    return;
  y.with = small_portrait ();
  y.without = gray ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean seen;
    yard_begin (&y);
    find (&y);
    if (rows[i].property)
      gst_util_set_object_arg (G_OBJECT (y.h->element), rows[i].property, rows[i].value);
    y.n += rows[i].lost;
    g_assert_cmpuint (persons (&y, y.without, &seen), ==, 0);
    detect_done (y.h, NULL);
  }
  gst_buffer_unref (y.with);
  gst_buffer_unref (y.without);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/regions-hold/small-object", test_small_object},
                                   {"/regions-hold/held", test_held},
                                   {"/regions-hold/forgotten", test_forgotten},
                                   {NULL}};

  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
