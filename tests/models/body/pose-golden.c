/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/body/pose-golden.h"

#include <math.h>

#include "models/registry/registry.h"

gchar *
pose_model_path (const gchar *name)
{
  TfcModelFiles stored = {0};
  GError *error = NULL;

  tfc_registry_find (name, NULL, &stored, &error);
  g_assert_no_error (error);
  gchar *path = g_strdup (stored.path);
  tfc_model_files_clear (&stored);
  return path;
}

TfcPosePipeline *
pose_open (TfcPoseKind kind, const gchar *name, const gchar *detector, const gchar *backend)
{
  g_autofree gchar *path = pose_model_path (name);
  g_autofree gchar *detector_path = detector ? pose_model_path (detector) : NULL;
  const TfcPoseConfig config = {
      .kind = kind, .path = path, .detector_path = detector_path, .model = {.backend = backend}};
  GError *error = NULL;
  TfcPosePipeline *pipeline = tfc_pose_open (&config, &error);

  g_assert_no_error (error);
  return pipeline;
}

gboolean
pose_picture (const gchar *name, TfcPicture *picture)
{
  g_autofree gchar *file = g_strdup_printf ("golden/pose/%s.png", name);
  g_autofree gchar *path = golden_path (file);
  GError *error = NULL;

  if (!path)
    return FALSE;
  tfc_picture_load (path, picture, &error);
  g_assert_no_error (error);
  return TRUE;
}

PoseError
pose_error (const TfcPose *pose, const cJSON *keypoints, guint width, guint height,
            gdouble threshold, gdouble z_scale)
{
  gdouble least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY};
  PoseError e = {0};

  g_assert_cmpuint (pose->n_points, ==, cJSON_GetArraySize (keypoints));
  for (guint i = 0; i < pose->n_points; i++) {
    const cJSON *p = cJSON_GetArrayItem (keypoints, i);
    const gint last = cJSON_GetArraySize (p) - 1;
    const gdouble at[2] = {golden_number (p, 0), golden_number (p, 1)};
    if (!(golden_number (p, last) >= threshold))
      continue;
    const gdouble off = hypot ((gdouble)pose->points[i].x * width - at[0],
                               (gdouble)pose->points[i].y * height - at[1]);
    e.worst = fmax (e.worst, off);
    e.mean += off;
    e.score = fmax (e.score, fabs (pose->points[i].score - golden_number (p, last)));
    if (last == 3)
      e.z = fmax (e.z, fabs ((gdouble)pose->points[i].z * width - golden_number (p, 2) / z_scale));
    for (guint k = 0; k < 2; k++) {
      least[k] = fmin (least[k], at[k]);
      most[k] = fmax (most[k], at[k]);
    }
    e.n++;
  }
  e.mean /= MAX (e.n, 1);
  e.box = e.n ? fmax (most[0] - least[0], most[1] - least[1]) : 0;
  return e;
}

void
pose_world_error (const TfcPose *pose, const cJSON *world, PoseError *e)
{
  g_assert_true (pose->has_world);
  for (guint i = 0; i < pose->n_points; i++) {
    const cJSON *w = cJSON_GetArrayItem (world, i);
    e->world = fmax (e->world, fabs (pose->world[i].x - golden_number (w, 0)));
    e->world = fmax (e->world, fabs (pose->world[i].y - golden_number (w, 1)));
    e->world = fmax (e->world, fabs (pose->world[i].z - golden_number (w, 2)));
  }
}
