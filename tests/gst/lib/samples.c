/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/lib/samples.h"

const GstTfcDetection two[2] = {
    {0.25f, 0.5f, 0.25f, 0.25f, 0.9f, 1, 7, "person", 3 * GST_SECOND, TRUE, 0.5f, -0.25f},
    {-0.1f, 0.8f, 0.2f, 0.3f, 0.6f, 17, 0, "cat", .seen = TRUE},
};

GstTfcPoint points[2][478];
static const GstTfcHead head = {.yaw = 0.4f,
                                .pitch = -0.2f,
                                .roll = 0.1f,
                                .matrix = {0.1f, 0, 0, 0.3f, 0, 0.1f, 0, 0.2f, 0, 0, 0.1f, -0.05f},
                                .left_eye_openness = 0.7f,
                                .right_eye_openness = 0.8f,
                                .mouth_openness = 0.1f,
                                .gaze_x = 0.6f,
                                .gaze_z = -0.8f,
                                .eyes_closed = TRUE,
                                .blinks = 3};

void
make_faces (GstTfcFace *faces)
{
  for (guint f = 0; f < 2; f++) {
    faces[f] = (GstTfcFace){.x = 0.2f * f,
                            .y = 0.1f,
                            .w = 0.3f,
                            .h = 0.4f,
                            .score = 0.8f,
                            .presence = 0.95f,
                            .track_id = f + 1,
                            .rotation = 0.25f,
                            .n_points = f ? 478 : 468,
                            .points = points[f],
                            .head = f ? &head : NULL,
                            .object_id = 2 * f,
                            .age = 5 * GST_MSECOND,
                            .seen = f,
                            .speed_x = 0.5f,
                            .speed_y = 0.25f};
    for (guint i = 0; i < faces[f].n_points; i++)
      points[f][i] = (GstTfcPoint){0.2f * f + i * 0.0005f, 0.1f + i * 0.0007f, -0.1f + i * 0.0003f};
  }
}

void
assert_two (const GstTfcDetectionMeta *meta)
{
  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_detections, ==, 2);
  g_assert_cmpstr (meta->model, ==, "m");
  g_assert_cmpuint (meta->pts, ==, 42);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpmem (&meta->detections[i], G_STRUCT_OFFSET (GstTfcDetection, label), &two[i],
                     G_STRUCT_OFFSET (GstTfcDetection, label));
    g_assert_cmpstr (meta->detections[i].label, ==, two[i].label);
    g_assert_cmpuint (meta->detections[i].age, ==, two[i].age);
    g_assert_cmpint (meta->detections[i].seen, ==, two[i].seen);
    g_assert_cmpfloat (meta->detections[i].speed_x, ==, two[i].speed_x);
    g_assert_cmpfloat (meta->detections[i].speed_y, ==, two[i].speed_y);
  }
}
