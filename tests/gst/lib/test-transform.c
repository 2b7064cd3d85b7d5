/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <gst/video/video.h>
#include <math.h>
#include "tests/gst/lib/samples.h"
#include "gst/lib/gsttfcresults-private.h"
#include "gst/lib/gsttfctransform-private.h"

static gboolean
transform (GstBuffer *from, GstBuffer *to, GQuark type, gpointer data)
{
  GstMeta *meta = gst_buffer_get_meta (from, GST_TFC_DETECTION_META_API_TYPE);

  return meta->info->transform_func (to, meta, from, type, data);
}

static void
test_scale (void)
{
  // clang-format off
  static const struct { gint iw, ih, in, id, ow, oh, on, od; gboolean kept; } rows[] = {
    { 640, 480, 1, 1,  320, 240, 1, 1, TRUE },
    { 640, 480, 1, 1,  640, 480, 1, 1, TRUE },  /* a mere conversion */
    { 1920, 1080, 1, 1, 300, 169, 1, 1, TRUE }, /* rounded */
    { 640, 480, 1, 1,  640, 640, 3, 4, FALSE }, /* borders, or another shape */
    { 640, 480, 1, 1,  640, 640, 4, 3, TRUE },  /* the pixels' shape makes up for it */
    { 1280, 720, 1, 1, 640, 480, 1, 1, FALSE },
  };
  // clang-format on
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstBuffer *from = gst_buffer_new (), *to = gst_buffer_new ();
    GstVideoInfo in, out;
    GstVideoMetaTransform t = {&in, &out};

    gst_video_info_set_format (&in, GST_VIDEO_FORMAT_NV12, rows[i].iw, rows[i].ih);
    gst_video_info_set_format (&out, GST_VIDEO_FORMAT_I420, rows[i].ow, rows[i].oh);
    in.par_n = rows[i].in, in.par_d = rows[i].id, out.par_n = rows[i].on, out.par_d = rows[i].od;
    gst_buffer_add_tfc_detection_meta (from, "m", 42, FALSE, two, 2);
    g_assert_cmpint (transform (from, to, gst_video_meta_transform_scale_get_quark (), &t), ==,
                     rows[i].kept);
    if (rows[i].kept)
      assert_two (gst_buffer_get_tfc_detection_meta (to));
    else
      g_assert_null (gst_buffer_get_tfc_detection_meta (to));
    gst_buffer_unref (from);
    gst_buffer_unref (to);
  }
}

static void
test_unknown_transform_drops (void)
{
  GstBuffer *from = gst_buffer_new (), *to = gst_buffer_new ();

  gst_buffer_add_tfc_detection_meta (from, "m", 42, FALSE, two, 2);
  g_assert_false (transform (from, to, g_quark_from_static_string ("some-warp"), NULL));
  g_assert_null (gst_buffer_get_tfc_detection_meta (to));
  gst_buffer_unref (from);
  gst_buffer_unref (to);
}

/* 100x50 frames; the map takes pixel (x, y) to (a x + b y + c, d x + e y + f). */
static TfcHomography
affine (gfloat a, gfloat b, gfloat c, gfloat d, gfloat e, gfloat f, gint w, gint h)
{
  return (TfcHomography){.matrix = {{a, b, c}, {d, e, f}, {0, 0, 1}},
                         .out_width = w,
                         .out_height = h,
                         .old_width = 100,
                         .old_height = 50,
                         .new_width = w,
                         .new_height = h};
}

static void
test_matrix_crop (void)
{
  GstTfcResults *from = gst_tfc_results_new_detections ("m", 42, two, 2), *to;
  TfcHomography m = affine (1, 0, 0, 0, 1, 0, 50, 25);

  m.in_x = 20; /* the window 20..70 x 20..45 */
  m.in_y = 20;
  to = tfc_results_transform (from, &m);
  g_assert_nonnull (to);
  g_assert_cmpuint (to->n, ==, 1); /* the cat ended at x = 10 */
  NEAR (to->detections[0].x, (25 - 20) / 50.0);
  NEAR (to->detections[0].y, (25 - 20) / 25.0);
  NEAR (to->detections[0].w, 25 / 50.0);
  NEAR (to->detections[0].h, 12.5 / 25.0);
  g_assert_cmpuint (to->detections[0].track_id, ==, 7);
  g_assert_cmpuint (to->detections[0].age, ==, 3 * GST_SECOND);
  g_assert_true (to->detections[0].seen);
  NEAR (to->detections[0].speed_x, 0.5 * 2); /* as many pixels of a frame half as large */
  NEAR (to->detections[0].speed_y, -0.25 * 2);
  gst_tfc_results_unref (to);
  m.in_x = 80;
  m.in_y = 0;
  g_assert_null (tfc_results_transform (from, &m)); /* all gone */
  gst_tfc_results_unref (from);
}

static void
test_matrix_faces (void)
{
  GstTfcFace faces[2];
  GstTfcResults *from, *to;
  TfcHomography mirror = affine (-1, 0, 100, 0, 1, 0, 100, 50);
  TfcHomography turn = affine (0, -1, 50, 1, 0, 0, 50, 100); /* a quarter clockwise */

  make_faces (faces);
  from = gst_tfc_results_new_faces ("m", 42, faces, 2);
  to = tfc_results_transform (from, &mirror);
  g_assert_cmpuint (to->n, ==, 2);
  NEAR (to->faces[1].x, 1 - 0.2 - 0.3);
  NEAR (to->faces[1].rotation, -0.25);
  NEAR (to->faces[1].speed_x, -0.5);
  NEAR (to->faces[1].speed_y, 0.25);
  g_assert_cmpuint (to->faces[1].object_id, ==, 2);
  g_assert_nonnull (to->faces[1].head);
  NEAR (to->faces[1].head->matrix[0], -0.1);
  NEAR (to->faces[1].head->matrix[3], 1 - 0.3);
  NEAR (to->faces[1].head->matrix[5], 0.1);
  NEAR (to->faces[1].head->gaze_x, -0.6);
  NEAR (to->faces[1].head->gaze_z, -0.8);
  NEAR (to->faces[1].points[477].x, 1 - points[1][477].x);
  NEAR (to->faces[1].points[477].y, points[1][477].y);
  NEAR (to->faces[1].points[477].z, points[1][477].z);
  gst_tfc_results_unref (to);
  to = tfc_results_transform (from, &turn);
  NEAR (to->faces[0].points[3].x, 1 - points[0][3].y);
  NEAR (to->faces[0].points[3].y, points[0][3].x);
  NEAR (to->faces[0].points[3].z, points[0][3].z * 2); /* the frame is half as wide now */
  NEAR (to->faces[0].rotation, 0.25 + G_PI / 2);
  NEAR (to->faces[0].speed_x, -0.25); /* what went down goes left; fractions stay */
  NEAR (to->faces[0].speed_y, 0.5);
  gst_tfc_results_unref (to);
  gst_tfc_results_unref (from);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transform/scale", test_scale);
  g_test_add_func ("/transform/unknown", test_unknown_transform_drops);
  g_test_add_func ("/transform/crop", test_matrix_crop);
  g_test_add_func ("/transform/faces", test_matrix_faces);
  return g_test_run ();
}
