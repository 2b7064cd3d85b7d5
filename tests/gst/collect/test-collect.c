/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What stands on a buffer: our metas before those of others, and nothing that is no number. */
#include <gst/video/video.h>
#include <math.h>
#include "gst/collect/gsttfccollect.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-6)

static GstTfcCollection got;

static void
add_detection (GstBuffer *buffer, gfloat x)
{
  GstTfcDetection d = {
      .x = x, .y = 0.2f, .w = 0.3f, .h = 0.4f, .score = 0.5f, .class_id = 17, .track_id = 9};

  d.label = "cat";
  d.age = 3;
  d.speed_x = 0.25f;
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, TRUE, &d, 1);
}

static GstVideoRegionOfInterestMeta *
add_region (GstBuffer *buffer)
{
  return gst_buffer_add_video_region_of_interest_meta (buffer, "dog", 10, 20, 30, 40);
}

static void
test_own (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  const GstTfcFace face = {.w = 0.5f, .h = 0.5f, .track_id = 9, .seen = TRUE};
  const GstTfcPose hand = {.w = 0.5f, .layout = GST_TFC_POINT_LAYOUT_HAND_21};

  add_region (buffer);
  add_detection (buffer, 0.1f);
  gst_buffer_add_tfc_face_meta (buffer, "m", 0, FALSE, &face, 1);
  gst_buffer_add_tfc_pose_meta (buffer, "m", 0, FALSE, &hand, 1);
  gst_buffer_add_tfc_zone_meta (buffer, "m", 0, FALSE, NULL, 0);
  gst_tfc_collect (&got, buffer, 100, 100);
  g_assert_cmpuint (got.n, ==, 3);
  g_assert_true (got.known && !got.cut);
  NEAR (got.objects[0].box.x, 0.1);
  NEAR (got.objects[0].score, 0.5);
  g_assert_cmpstr (got.objects[0].label, ==, "cat");
  g_assert_cmpuint (got.objects[0].track_id, ==, 9);
  g_assert_true (got.objects[0].held && !got.objects[1].held);
  g_assert_true (!got.objects[0].seen && got.objects[1].seen && got.objects[2].seen);
  g_assert_true (got.objects[0].age == 3 && got.objects[0].speed_x == 0.25f);
  g_assert_cmpint (got.objects[1].kind, ==, GST_TFC_RESULTS_KIND_FACES);
  g_assert_cmpstr (got.objects[1].label, ==, "face");
  g_assert_cmpstr (got.objects[2].label, ==, "hand");
  g_assert_true (((const GstTfcDetection *)got.objects[0].item)->class_id == 17);
  gst_buffer_unref (buffer);
}

/* An empty meta of ours says that there is nothing, whatever others say. */
static void
test_none (void)
{
  GstBuffer *buffer = gst_buffer_new ();

  gst_tfc_collect (&got, buffer, 100, 100);
  g_assert_true (!got.n && !got.known && !got.cut);
  add_region (buffer);
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, NULL, 0);
  gst_tfc_collect (&got, buffer, 100, 100);
  g_assert_true (!got.n && got.known && !got.cut);
  gst_buffer_unref (buffer);
}

static void
test_regions (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstVideoRegionOfInterestMeta *roi = add_region (buffer);

  roi->id = 77; /* no track id */
  gst_video_region_of_interest_meta_add_param (
      add_region (buffer),
      gst_structure_new ("detection", "confidence", G_TYPE_FLOAT, 0.25, "label_id", G_TYPE_INT, 4,
                         "track-id", G_TYPE_UINT64, G_GUINT64_CONSTANT (1) << 40, NULL));
  gst_video_region_of_interest_meta_add_param (
      add_region (buffer), gst_structure_new ("object_id", "id", G_TYPE_INT, 12, NULL));
  gst_tfc_collect (&got, buffer, 100, 200);
  g_assert_cmpuint (got.n, ==, 3);
  NEAR (got.objects[0].box.x, 0.1);
  NEAR (got.objects[0].box.h, 0.2);
  g_assert_cmpstr (got.objects[0].label, ==, "dog");
  g_assert_cmpuint (got.objects[0].track_id, ==, 0);
  NEAR (got.objects[0].score, -1);
  g_assert_cmpuint (got.objects[1].track_id, ==, G_GUINT64_CONSTANT (1) << 40);
  NEAR (got.objects[1].score, 0.25);
  g_assert_cmpint (got.objects[1].class_id, ==, 4);
  g_assert_cmpuint (got.objects[2].track_id, ==, 12);
  gst_buffer_unref (buffer);
}

/* Pixels say nothing where nobody knows how large the frame is. */
static void
test_no_size (void)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 200 * 100, NULL);

  add_region (buffer);
  gst_tfc_collect (&got, buffer, 0, 0);
  g_assert_true (!got.n && got.known && got.cut);
  gst_buffer_add_video_meta (buffer, 0, GST_VIDEO_FORMAT_GRAY8, 200, 100);
  gst_tfc_collect (&got, buffer, 0, 0);
  g_assert_cmpuint (got.n, ==, 1);
  NEAR (got.objects[0].box.x, 0.05);
  gst_buffer_unref (buffer);
}

static void
test_bounds (void)
{
  GstBuffer *buffer = gst_buffer_new ();

  add_detection (buffer, NAN);
  add_detection (buffer, INFINITY);
  add_detection (buffer, -3);
  gst_tfc_collect (&got, buffer, 0, 0);
  g_assert_true (got.n == 1 && got.cut);
  for (guint i = 0; i < GST_TFC_MAX_COLLECTED; i++)
    add_detection (buffer, 0);
  gst_tfc_collect (&got, buffer, 0, 0);
  g_assert_true (got.n == GST_TFC_MAX_COLLECTED && got.cut);
  gst_buffer_unref (buffer);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collect/own", test_own);
  g_test_add_func ("/collect/none", test_none);
  g_test_add_func ("/collect/regions", test_regions);
  g_test_add_func ("/collect/no-size", test_no_size);
  g_test_add_func ("/collect/bounds", test_bounds);
  return g_test_run ();
}
