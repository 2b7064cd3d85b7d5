/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* MoveNet's 8-bit file on pictures against the package's steps around the same network in
 * TensorFlow Lite with XNNPACK, whose arithmetic is ours: the numbers are what tools/dev/reference
 * answers pose/movenet_lightning_int8 prints. */
#include <math.h>

#include "tests/models/body/pose-golden.h"

#define POINTS 17

typedef struct {
  const gchar *path, *picture;
  struct {
    gdouble x, y, score; /* pixels */
  } point[POINTS];
} Pose;

static const Pose poses[] = {
    {"/movenet/int8/yoga-beach",
     "media/yoga_beach",
     {{232.2, 143.25, 0.5695},
      {237.66, 137.79, 0.4998},
      {229.48, 139.15, 0.5695},
      {252.67, 139.15, 0.635},
      {237.66, 137.79, 0.635},
      {266.31, 159.62, 0.7538},
      {229.48, 159.62, 0.7006},
      {312.69, 159.62, 0.7538},
      {188.55, 159.62, 0.635},
      {345.44, 156.89, 0.9054},
      {148.98, 154.16, 0.635},
      {258.12, 230.56, 0.8767},
      {234.93, 230.56, 0.803},
      {307.24, 271.49, 0.7006},
      {176.27, 242.84, 0.844},
      {353.62, 309.69, 0.7538},
      {177.63, 305.59, 0.803}}},
    {"/movenet/int8/jump",
     "media/jump",
     {{288.48, 81.51, 0.3646},
      {304.51, 77.5, 0.2458},
      {284.48, 75.5, 0.2458},
      {296.5, 75.5, 0.1557},
      {264.44, 75.5, 0.1229},
      {294.49, 97.54, 0.4302},
      {242.41, 95.53, 0.4302},
      {316.53, 163.65, 0.2458},
      {190.32, 139.61, 0.635},
      {304.51, 149.62, 0.1557},
      {172.29, 185.68, 0.4302},
      {264.44, 209.73, 0.4302},
      {240.4, 201.71, 0.4998},
      {276.46, 309.89, 0.7006},
      {326.55, 171.66, 0.4302},
      {256.43, 406.05, 0.803},
      {318.53, 267.82, 0.3646}}},
};

static void
check (const Pose *want, const TfcPose *have, const TfcPicture *picture)
{
  g_assert_cmpuint (have->n_points, ==, POINTS);
  for (guint i = 0; i < POINTS; i++) {
    const gdouble x = (gdouble)have->points[i].x * picture->frame.width;
    const gdouble y = (gdouble)have->points[i].y * picture->frame.height;
    g_assert_cmpfloat (hypot (x - want->point[i].x, y - want->point[i].y), <, 0.25);
    g_assert_cmpfloat_with_epsilon (have->points[i].score, want->point[i].score, 0.01);
  }
}

static void
test_pose (gconstpointer data)
{
  const Pose *want = data;
  const TfcPoseOptions options = TFC_POSE_DEFAULTS;
  TfcPicture picture = {0};
  TfcPose found[TFC_MAX_POSES];

  if (!pose_picture (want->picture, &picture))
    return;
  TfcPosePipeline *pipeline =
      pose_open (TFC_POSE_MOVENET, "pose/movenet_lightning_int8", NULL, NULL);
  g_assert_cmpint (
      tfc_pose_run (pipeline, &picture.frame, G_MAXUINT64, &options, found, NULL, NULL), ==, 1);
  check (want, &found[0], &picture);
  tfc_pose_close (pipeline);
  tfc_picture_clear (&picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (poses); i++)
    g_test_add_data_func (poses[i].path, &poses[i], test_pose);
  return g_test_run ();
}
