/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* mirror=true: pixels, our metadata and that of others. */
#include <math.h>
#include "tests/gst/overlay/overlay-bench.h"

/* Twice mirrored is as before, in every format; once mirrored is turned, pixels and metadata. */
GST_START_TEST (test_mirror)
{
  guint n_formats;
  const GstVideoFormat *all = gst_video_formats_raw (&n_formats);
  for (guint k = 0; k < n_formats; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    if (f->flags & (GST_VIDEO_FORMAT_FLAG_TILED | GST_VIDEO_FORMAT_FLAG_COMPLEX) || !f->unpack_func)
      continue;
    OverlayBench b = overlay_bench_new ("mirror=true", f->name, 48, 10, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    GstBuffer *once = gst_harness_push_and_pull (b.h, in);
    fail_unless (differences (before, once) > 0, "%s", f->name);
    for (guint c = 0; c < f->n_components; c++)
      if (f->depth[c] == 8 && !f->shift[c] && f->pixel_stride[c] > 0 &&
          !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE))
        for (gint x = 0; x < 48; x++)
          fail_unless (sample (&b, once, c, x, 7) == sample (&b, before, c, 47 - x, 7),
                       "%s: component %u at %d", f->name, c, x);
    GstBuffer *twice = gst_harness_push_and_pull (b.h, once);
    gsize n = differences (before, twice);
    fail_unless (n == 0, "%s: %" G_GSIZE_FORMAT, f->name, n);
    gst_buffer_unref (before);
    gst_buffer_unref (twice);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

GST_START_TEST (test_mirror_metas)
{
  OverlayBench b = overlay_bench_new ("mirror=true " RED_BOX, "BGRx", 128, 96, FALSE);
  GstTfcDetection d = {0.125f, 0.25f, 0.25f,      0.5f, 0.9f, 1,
                       7,      "cat", GST_SECOND, TRUE, 0.5f, 0.25f};
  GstBuffer *in = picture (&b);
  gst_buffer_add_tfc_detection_meta (in, "test", 3, TRUE, &d, 1);
  add_face (in, 0.1f);
  const GstTfcKeypoint points[17] = {{0.125f, 0.25f, 0, 1}};
  const GstTfcPose pose = {-0.5f,           0, 0.25f, 1, .n_points = 17,
                           .points = points}; /* outside: it stays all the same */
  const guint8 values[2] = {1, 2};
  const GstTfcMask mask = {2, 1, 0, 0, 0.25f, 1, .data = values};
  gst_buffer_add_tfc_pose_meta (in, "test", 3, FALSE, &pose, 1);
  gst_buffer_add_tfc_mask_meta (in, "test", 3, FALSE, &mask);
  gst_buffer_add_tfc_class_meta (in, "test", 3, FALSE, NULL, 0);
  gst_buffer_add_video_region_of_interest_meta (in, "cat", 16, 24, 32, 48);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  GstTfcDetectionMeta *m = gst_buffer_get_tfc_detection_meta (out);
  fail_unless (m && m->n_detections == 1 && m->held && m->pts == 3);
  fail_unless_equals_float (m->detections[0].x, 0.625f);
  fail_unless_equals_uint64 (m->detections[0].track_id, 7);
  fail_unless_equals_uint64 (m->detections[0].age, GST_SECOND);
  fail_unless (m->detections[0].seen);
  fail_unless_equals_float (m->detections[0].speed_x, -0.5f);
  fail_unless_equals_float (m->detections[0].speed_y, 0.25f);
  GstVideoRegionOfInterestMeta *roi = gst_buffer_get_video_region_of_interest_meta (out);
  fail_unless_equals_int (roi->x, 80);
  GstTfcFaceMeta *faces = gst_buffer_get_tfc_face_meta (out);
  fail_unless (faces && faces->n_faces == 1);
  fail_unless (fabsf (faces->faces[0].points[8].x - (0.5f - 0.1f * cosf (8) * 8 / 9)) < 1e-6f);
  GstTfcPoseMeta *poses = gst_buffer_get_tfc_pose_meta (out);
  fail_unless (poses && poses->n_poses == 1);
  fail_unless_equals_float (poses->poses[0].x, 1.25f);
  fail_unless_equals_float (poses->poses[0].points[0].x, 0.875f);
  const GstTfcMask *turned = gst_tfc_mask_meta_get_mask (gst_buffer_get_tfc_mask_meta (out));
  fail_unless_equals_float (turned->x, 0.75f);
  fail_unless (turned->data[0] == 2 && turned->data[1] == 1);
  fail_unless (gst_buffer_get_tfc_class_meta (out) != NULL);
  fail_unless_equals_int (sample (&b, out, 0, 80, 48), 255);
  fail_unless_equals_int (sample (&b, out, 1, 80, 48), 0);
  gst_buffer_unref (out);
  overlay_bench_free (&b);
}
GST_END_TEST;

/* mirror set while tiled frames are on their way: they pass as they are, their metadata too. */
GST_START_TEST (test_mirror_late)
{
  OverlayBench b = overlay_bench_new (RED_BOX, "NV12_64Z32", 128, 96, FALSE);
  GstElement *e = gst_harness_find_element (b.h, "tfcoverlay");
  GstBuffer *in = picture (&b);
  gst_buffer_unref (gst_harness_push_and_pull (b.h, in));
  g_object_set (e, "mirror", TRUE, "draw-boxes", FALSE, NULL);
  in = picture (&b);
  add_box (in);
  GstBuffer *before = gst_buffer_copy_deep (in), *out = gst_harness_push_and_pull (b.h, in);
  fail_unless_equals_uint64 (differences (before, out), 0);
  fail_unless_equals_float (gst_buffer_get_tfc_detection_meta (out)->detections[0].x, 0.25f);
  gst_buffer_unref (before);
  gst_buffer_unref (out);
  gst_object_unref (e);
  overlay_bench_free (&b);
}
GST_END_TEST;

/* What others attached: compositions and crop lie mirrored, ours beside them. */
GST_START_TEST (test_mirror_others)
{
  for (guint blends = 0; blends < 2; blends++) {
    OverlayBench b = overlay_bench_new ("mirror=true " RED_BOX, "BGRx", 128, 96, blends);
    GstBuffer *in = picture (&b), *pixels = gst_buffer_new_allocate (NULL, 10 * 10 * 4, NULL);
    gst_buffer_add_video_meta (pixels, 0, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 10, 10);
    GstVideoOverlayRectangle *r = gst_video_overlay_rectangle_new_raw (pixels, 5, 6, 20, 10, 0);
    GstVideoOverlayComposition *c = gst_video_overlay_composition_new (r);
    gst_buffer_add_video_overlay_composition_meta (in, c);
    GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
    *crop = (GstVideoCropMeta){crop->meta, 10, 0, 100, 96};
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    GstVideoOverlayCompositionMeta *meta = gst_buffer_get_video_overlay_composition_meta (out);
    guint n = gst_video_overlay_composition_n_rectangles (meta->overlay), w, h;
    gint x, y;
    fail_unless (blends ? n > 1 : n == 1);
    gst_video_overlay_rectangle_get_render_rectangle (
        gst_video_overlay_composition_get_rectangle (meta->overlay, 0), &x, &y, &w, &h);
    fail_unless (x == 103 && y == 6 && w == 20 && h == 10);
    gst_video_overlay_rectangle_get_render_rectangle (r, &x, &y, &w, &h);
    fail_unless_equals_int (x, 5); /* others may hold it */
    fail_unless_equals_int (gst_buffer_get_video_crop_meta (out)->x, 18);
    gst_video_overlay_composition_unref (c);
    gst_video_overlay_rectangle_unref (r);
    gst_buffer_unref (pixels);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

static Suite *
mirror_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-mirror");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_mirror);
  tcase_add_test (tc, test_mirror_metas);
  tcase_add_test (tc, test_mirror_late);
  tcase_add_test (tc, test_mirror_others);
  return s;
}

GST_CHECK_MAIN (mirror);
