/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is tracked goes on where a buffer is later than the small frame. */
#include <math.h>
#include "tests/gst/join/join-bench.h"

static const gfloat speeds[][2] = {{0.5f, -0.25f}, {0, 0}, {9000, 0}, {NAN, 0}};

/* Tracked and fast; not moving; not right: these stay. */
static void
add_moving (GstBuffer *buffer)
{
  static const GstTfcPoint point = {0.5f, 0.5f, 0.1f};
  static const GstTfcKeypoint keypoint = {.x = 0.5f, .y = 0.5f, .z = 0.1f};
  GstTfcDetection d[G_N_ELEMENTS (speeds) + 1] = {0};
  const GstTfcFace face = {.x = 0.25f,
                           .y = 0.25f,
                           .w = 0.5f,
                           .h = 0.5f,
                           .track_id = 1,
                           .n_points = 1,
                           .points = &point,
                           .speed_x = 0.5f};
  const GstTfcPose pose = {.x = 0.25f,
                           .y = 0.25f,
                           .w = 0.5f,
                           .h = 0.5f,
                           .track_id = 1,
                           .n_points = 1,
                           .points = &keypoint,
                           .speed_y = 0.5f};

  for (guint i = 0; i < G_N_ELEMENTS (d); i++)
    d[i] = (GstTfcDetection){.x = 0.25f,
                             .y = 0.5f,
                             .w = 0.25f,
                             .h = 0.25f,
                             .age = MS (100),
                             .track_id = i < G_N_ELEMENTS (speeds) ? i + 1 : 0,
                             .speed_x = speeds[i % G_N_ELEMENTS (speeds)][0],
                             .speed_y = speeds[i % G_N_ELEMENTS (speeds)][1]};
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, d, G_N_ELEMENTS (d));
  gst_buffer_add_tfc_face_meta (buffer, "f", 0, FALSE, &face, 1);
  gst_buffer_add_tfc_pose_meta (buffer, "p", 0, FALSE, &pose, 1);
}

/* At ms milliseconds things have moved for so many seconds. */
static void
assert_moved (JoinBench *b, guint ms, gfloat seconds)
{
  GstBuffer *out = pass (b, MS (ms));
  const GstTfcDetectionMeta *d = gst_buffer_get_tfc_detection_meta (out);
  const GstTfcFaceMeta *f = gst_buffer_get_tfc_face_meta (out);
  const GstTfcPoseMeta *p = gst_buffer_get_tfc_pose_meta (out);

  for (guint i = 0; i < d->n_detections; i++) {
    const GstTfcDetection *one = &d->detections[i];
    g_assert_cmpfloat_with_epsilon (one->x, 0.25 + (i ? 0 : 0.5 * seconds), 1e-5);
    g_assert_cmpfloat_with_epsilon (one->y, 0.5 - (i ? 0 : 0.25 * seconds), 1e-5);
    g_assert_cmpfloat (one->w, ==, 0.25f);
    g_assert_cmpuint (one->age / GST_MSECOND, ==, i ? 100 : (guint)(100 + 1000 * seconds));
  }
  g_assert_cmpfloat_with_epsilon (f->faces[0].x, 0.25 + 0.5 * seconds, 1e-5);
  g_assert_cmpfloat_with_epsilon (f->faces[0].points[0].x, 0.5 + 0.5 * seconds, 1e-5);
  g_assert_cmpfloat (f->faces[0].points[0].y, ==, 0.5f);
  g_assert_cmpfloat_with_epsilon (p->poses[0].y, 0.25 + 0.5 * seconds, 1e-5);
  g_assert_cmpfloat_with_epsilon (p->poses[0].points[0].y, 0.5 + 0.5 * seconds, 1e-5);
  g_assert_cmpint (d->held, ==, ms != 0);
  gst_buffer_unref (out);
}

static void
test_moves (void)
{
  JoinBench b = join_bench_new ("max-age=10000");
  GstBuffer *small = gst_buffer_new ();

  GST_BUFFER_PTS (small) = 0;
  add_moving (small);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  assert_moved (&b, 500, 0.5f);
  assert_moved (&b, 250, 0.25f); /* each from where they were found */
  assert_moved (&b, 0, 0);
  assert_moved (&b, 5000, 1);
  join_bench_free (&b);
}

static const TestCase cases[] = {
    {"/join/moves", test_moves},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
