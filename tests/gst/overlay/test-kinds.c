/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Metadata of all kinds on a buffer: which counts, and what comes from a hostile source. */
#include <math.h>
#include "tests/gst/overlay/overlay-bench.h"

/* A region of interest in a corner is drawn where nothing says better what is on the picture:
 * classes and masks do not, poses do, even if there are none. */
GST_START_TEST (test_regions_beside)
{
  const guint8 values[4] = {0};
  const GstTfcMask mask = {2, 2, 0, 0, 1, 1, .data = values};
  for (guint kind = 0; kind < 4; kind++) {
    OverlayBench b = overlay_bench_new (RED_BOX, "BGRx", 128, 96, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    gst_buffer_add_video_region_of_interest_meta (in, "thing", 16, 16, 32, 32);
    if (kind == 1)
      gst_buffer_add_tfc_mask_meta (in, "test", 0, FALSE, &mask);
    if (kind == 2)
      gst_buffer_add_tfc_class_meta (in, "test", 0, FALSE, NULL, 0);
    if (kind == 3)
      gst_buffer_add_tfc_pose_meta (in, "test", 0, FALSE, NULL, 0);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (differences (before, out) > 0, kind != 3);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

static const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 0, 1, -1, 0.5f};
#define ODD(i) odd[(i) % G_N_ELEMENTS (odd)]

static void
add_poses (GstBuffer *buffer)
{
  GstTfcKeypoint points[33];
  GstTfcPose poses[40];
  for (guint i = 0; i < 33; i++)
    points[i] = (GstTfcKeypoint){ODD (i), ODD (i / 9), ODD (i + 3), ODD (i + 5)};
  for (guint i = 0; i < 40; i++)
    poses[i] = (GstTfcPose){.x = ODD (i),
                            .w = ODD (i / 9),
                            .h = 1,
                            .score = ODD (i + 1),
                            .layout = i % 5, /* some are none */
                            .handedness = i % 7,
                            .n_points = i % 4 ? 33 : 3,
                            .points = points};
  gst_buffer_add_tfc_pose_meta (buffer, "test", 0, FALSE, poses, 40);
}

static void
add_classes (GstBuffer *buffer)
{
  GstTfcClass *classes = g_new0 (GstTfcClass, 3000);
  for (guint i = 0; i < 3000; i++)
    classes[i] = (GstTfcClass){i % 2 ? -1 : G_MAXINT, ODD (i), i, i % 3, i % 4 ? "\xc3\x28" : NULL};
  gst_buffer_add_tfc_class_meta (buffer, "test", 0, FALSE, classes, 3000);
  g_free (classes);
}

/* Values above the number of names, regions that are nowhere. */
static void
add_mask (GstBuffer *buffer, guint number)
{
  static const gchar *const labels[] = {"one", NULL};
  guint8 values[35];
  GstTfcMask mask = {number % 3 ? 7 : 1, number % 2 ? 5 : 1, .kind = number % 4,
                     .n_indices = number % 3, .data = values};
  for (guint i = 0; i < 35; i++)
    values[i] = 255 - i;
  mask.x = ODD (number);
  mask.y = ODD (number / 9);
  mask.w = ODD (number / 3);
  mask.h = ODD (number + 4);
  mask.labels = number % 3 < 2 ? labels : NULL;
  gst_buffer_add_tfc_mask_meta (buffer, "test", 0, FALSE, &mask);
}

static void
add_zones (GstBuffer *buffer, guint number)
{
  GstTfcPoint points[64];
  GstTfcZone zones[80];
  for (guint i = 0; i < 64; i++)
    points[i] = (GstTfcPoint){ODD (i + number), ODD (i / 9), 0};
  for (guint i = 0; i < 80; i++)
    zones[i] = (GstTfcZone){.name = i % 4 ? "\xc3\x28" : NULL,
                            .is_line = i % 2,
                            .n_points = i % 66,
                            .points = i % 7 ? points : NULL,
                            .count = i};
  gst_buffer_add_tfc_zone_meta (buffer, "test", 0, FALSE, zones, 80);
}

/* Zones of a buffer are drawn unless draw-zones says no; events are not, and both say nothing about
 * who is on the picture. */
GST_START_TEST (test_zones)
{
  static const GstTfcPoint points[] = {{0.2f, 0.2f}, {0.8f, 0.2f}, {0.8f, 0.8f}};
  const GstTfcZone zone = {"porch", FALSE, 3, points};
  const GstTfcEvent event = {.zone = "porch"};
  for (guint drawn = 0; drawn < 3; drawn++) {
    OverlayBench b =
        overlay_bench_new (drawn ? "draw-zones=true" : "draw-zones=false", "BGRx", 128, 96, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    gst_buffer_add_tfc_event_meta (in, "test", 0, FALSE, &event, 1);
    if (drawn < 2)
      gst_buffer_add_tfc_zone_meta (in, "test", 0, FALSE, &zone, 1);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (differences (before, out) > 0, drawn == 1);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

GST_START_TEST (test_hostile)
{
  const gint sizes[][2] = {{1, 1}, {2, 3}, {17, 1}, {33, 65}};
  const gchar *const formats[] = {"BGRx", "I420", "YUY2", "NV12"};
  const gchar *const effects[] = {
      "none",  "tint", "parts", "blur-background", "pixelate-background", "replace-background",
      "cutout"};
  for (guint i = 0; i < 81; i++) {
    g_autofree gchar *settings =
        g_strdup_printf ("mask=%s mirror=%s", effects[i % 7], i % 2 ? "true" : "false");
    OverlayBench b = overlay_bench_new (settings, formats[i % 4], sizes[i / 4 % 4][0],
                                        sizes[i / 4 % 4][1], FALSE);
    GstBuffer *in = picture (&b);
    add_poses (in);
    add_classes (in);
    add_mask (in, i);
    add_zones (in, i);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out != NULL);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

static Suite *
kinds_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-kinds");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_regions_beside);
  tcase_add_test (tc, test_zones);
  tcase_add_test (tc, test_hostile);
  return s;
}

GST_CHECK_MAIN (kinds);
