/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcoverlay draws, and what it leaves alone. */
#include <math.h>
#include "tests/gst/overlay/overlay-bench.h"

/* Straight on the frame: red, green, blue as they are named, whichever way round they lie. */
GST_START_TEST (test_direct)
{
  const gchar *const formats[] = {"BGRx", "RGBx", "BGRA", "RGBA"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    OverlayBench b = overlay_bench_new (RED_BOX, formats[i], 128, 96, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (sample (&b, out, 0, 32, 48), 255);
    fail_unless_equals_int (sample (&b, out, 1, 32, 48), 0);
    fail_unless_equals_int (sample (&b, out, 2, 32, 48), 0);
    for (guint c = 0; c < 3; c++)
      fail_unless_equals_int (sample (&b, out, c, 64, 48), sample (&b, before, c, 64, 48));
    fail_if (gst_buffer_get_video_overlay_composition_meta (out));
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* Every format there is: a box changes the edge (the first component there) and nothing in the
 * middle. */
GST_START_TEST (test_blended)
{
  guint n_formats;
  const GstVideoFormat *all = gst_video_formats_raw (&n_formats);
  for (guint k = 0; k < n_formats; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    if (f->flags & GST_VIDEO_FORMAT_FLAG_TILED || !f->unpack_func)
      continue;
    GST_INFO ("format %s", f->name);
    OverlayBench b = overlay_bench_new (RED_BOX " box-color=0xffffffff", f->name, 127, 95, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    gsize n = differences (before, out);
    fail_unless (n > 0, "%s: nothing drawn", f->name);
    fail_unless (n < b.info.size / 2, "%s: %" G_GSIZE_FORMAT " changed", f->name, n);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* Pixels away from the strokes keep every bit, in the formats that detectors see. */
GST_START_TEST (test_untouched)
{
  const gchar *const formats[] = {"NV12", "NV21", "I420", "YV12", "YUY2",  "UYVY",
                                  "RGB",  "BGR",  "xRGB", "ABGR", "GRAY8", "BGRx"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    OverlayBench b = overlay_bench_new (RED_BOX, formats[i], 200, 120, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    guint changed = 0;
    for (gint y = 0; y < 120; y++)
      for (gint x = 0; x < 200; x++) {
        gint dx = MIN (ABS (x - 50), ABS (x - 150)), dy = MIN (ABS (y - 30), ABS (y - 90));
        gboolean edge = (dx <= 6 && y > 24 && y < 96) || (dy <= 6 && x > 44 && x < 156);
        for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (&b.info); c++) {
          gboolean same = sample (&b, out, c, x, y) == sample (&b, before, c, x, y);
          fail_unless (same || edge, "%s: component %u at %d,%d", formats[i], c, x, y);
          changed += !same;
        }
      }
    fail_unless (changed > 300);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* Nothing to draw: the same buffer, even where somebody else holds it too. */
GST_START_TEST (test_nothing)
{
  const gchar *const settings[] = {"", "privacy=blur", "draw-boxes=false draw-labels=false"};
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    OverlayBench b = overlay_bench_new (settings[i], "NV12", 64, 48, FALSE);
    GstBuffer *in = picture (&b);
    if (i == 2)
      add_box (in);
    if (i == 1) /* known to be empty */
      gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, NULL, 0);
    gst_buffer_ref (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out == in);
    gst_buffer_unref (out);
    gst_buffer_unref (in);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* A buffer that somebody else holds keeps its pixels. */
GST_START_TEST (test_shared)
{
  OverlayBench b = overlay_bench_new ("", "BGRx", 64, 48, FALSE);
  GstBuffer *in = picture (&b);
  add_box (in);
  GstBuffer *kept = gst_buffer_copy_deep (in);
  gst_buffer_ref (in);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  fail_unless (out != in);
  fail_unless_equals_uint64 (differences (in, kept), 0);
  fail_unless (differences (out, kept) > 0);
  gst_buffer_unref (out);
  gst_buffer_unref (in);
  gst_buffer_unref (kept);
  overlay_bench_free (&b);
}
GST_END_TEST;

/* Red as the caps mean it: matrix and range. */
GST_START_TEST (test_colorimetry)
{
  const struct {
    const gchar *format, *colorimetry;
    gint red[3];
  } cases[] = {
      {"NV12", "bt601", {81, 90, 240}},     {"NV12", "bt709", {63, 102, 240}},
      {"I420", "bt2020", {74, 97, 240}},    {"I420", "1:4:0:0", {76, 85, 255}},
      {"YUY2", "1:3:0:0", {54, 99, 255}},   {"UYVY", "bt601", {81, 90, 240}},
      {"GRAY8", "1:4:0:0", {76, 128, 128}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    OverlayBench b = overlay_bench_new (RED_BOX " box-width=8", cases[i].format, 128, 96, FALSE);
    fail_unless (gst_video_colorimetry_from_string (&b.info.colorimetry, cases[i].colorimetry));
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    GstBuffer *in = picture (&b);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (&b.info); c++)
      fail_unless (ABS (sample (&b, out, c, 32, 48) - cases[i].red[c]) <= 1, "%s %s: %u is %d",
                   cases[i].format, cases[i].colorimetry, c, sample (&b, out, c, 32, 48));
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* Other people's detectors: regions of interest, with or without a score. */
GST_START_TEST (test_regions)
{
  for (guint scored = 0; scored < 2; scored++) {
    OverlayBench b = overlay_bench_new ("label-format=none", "BGRx", 128, 96, FALSE);
    GstBuffer *in = picture (&b);
    GstVideoRegionOfInterestMeta *roi =
        gst_buffer_add_video_region_of_interest_meta (in, "thing", 32, 24, 64, 48);
    if (scored)
      gst_video_region_of_interest_meta_add_param (
          roi, gst_structure_new ("detection", "score", G_TYPE_DOUBLE, 0.5, NULL));
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (sample (&b, out, 0, 32, 48), 255);
    fail_unless_equals_int (sample (&b, out, 1, 32, 48), 0);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* Our metas win over regions that say the same. */
GST_START_TEST (test_own_first)
{
  OverlayBench b = overlay_bench_new (RED_BOX, "BGRx", 128, 96, FALSE);
  GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
  add_box (in);
  gst_buffer_add_video_region_of_interest_meta (in, "thing", 4, 4, 8, 8);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  for (gint y = 0; y < 20; y++)
    for (gint x = 0; x < 128; x++)
      fail_unless_equals_int (sample (&b, out, 0, x, y), sample (&b, before, 0, x, y));
  gst_buffer_unref (before);
  gst_buffer_unref (out);
  overlay_bench_free (&b);
}
GST_END_TEST;

/* Metadata from a hostile source, on small and odd pictures. */
GST_START_TEST (test_hostile)
{
  const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 0, 1, -1, 0.5f};
  const gint sizes[][2] = {{1, 1}, {2, 3}, {17, 1}, {33, 65}};
  const gchar *const formats[] = {"BGRx", "I420", "YUY2", "RGB"};
  const gchar *const settings =
      "point-cloud=true draw-stats=true privacy=blur font=\"Sans 500\" mirror=true";
  g_autofree GstTfcDetection *d = g_new0 (GstTfcDetection, 5000);
  g_autofree gchar *name = g_strnfill (100000, 'W');
  for (guint i = 0; i < 5000; i++) {
    d[i].x = odd[i % 9];
    d[i].y = odd[i / 9 % 9];
    d[i].w = odd[i / 81 % 9];
    d[i].h = odd[i / 729 % 9];
    d[i].score = odd[i % 7];
    d[i].label = i == 3 ? name : i == 4 ? "" : i == 5 ? "\xc3\x28\xff" : i % 2 ? NULL : "x";
  }
  GstTfcPoint points[478];
  GstTfcFace faces[40];
  for (guint i = 0; i < 478; i++)
    points[i] = (GstTfcPoint){odd[5 + i % 4], odd[5 + i % 3], 0};
  for (guint i = 0; i < 40; i++)
    faces[i] = (GstTfcFace){odd[i % 9], 0, 1, odd[i % 5], 1, 1, i, NAN, i % 3 ? 478 : 468, points};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
      OverlayBench b = overlay_bench_new (settings, formats[i], sizes[k][0], sizes[k][1], k % 2);
      GstBuffer *in = picture (&b);
      gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, d, k == 1 ? 5000 : 300);
      if (k != 2)
        gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, faces, 40);
      GstBuffer *out = gst_harness_push_and_pull (b.h, in);
      fail_unless (out != NULL);
      gst_buffer_unref (out);
      overlay_bench_free (&b);
    }
}
GST_END_TEST;

static Suite *
drawing_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-drawing");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_direct);
  tcase_add_test (tc, test_blended);
  tcase_add_test (tc, test_untouched);
  tcase_add_test (tc, test_nothing);
  tcase_add_test (tc, test_shared);
  tcase_add_test (tc, test_colorimetry);
  tcase_add_test (tc, test_regions);
  tcase_add_test (tc, test_own_first);
  tcase_add_test (tc, test_hostile);
  return s;
}

GST_CHECK_MAIN (drawing);
