/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/skeleton.h"
#include "tools/see/see.h"

static void
json_points (cJSON *to, const TfcPose *pose, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  cJSON *list = cJSON_AddArrayToObject (to, "points");
  for (guint i = 0; i < pose->n_points; i++) {
    const TfcKeypoint *at = &pose->points[i];
    const gdouble values[] = {at->x * w, at->y * h, at->z * w, at->score};
    cJSON_AddItemToArray (list, cJSON_CreateDoubleArray (values, 4));
  }
}

static void
json_world (cJSON *to, const TfcPose *pose)
{
  cJSON *list = cJSON_AddArrayToObject (to, "world");
  for (guint i = 0; i < pose->n_points; i++) {
    const gdouble metres[] = {pose->world[i].x, pose->world[i].y, pose->world[i].z};
    cJSON_AddItemToArray (list, cJSON_CreateDoubleArray (metres, 3));
  }
}

static void
json_handedness (cJSON *to, const TfcPose *pose)
{
  cJSON_AddStringToObject (to, "handedness",
                           pose->handedness == TFC_HANDEDNESS_LEFT ? "left" : "right");
  cJSON_AddNumberToObject (to, "handedness_score", pose->handedness_score);
}

void
tfc_see_json_poses (cJSON *to, const gchar *name, const TfcPose *poses, guint n,
                    const TfcFrame *frame)
{
  cJSON *list = cJSON_AddArrayToObject (to, name);
  for (guint i = 0; i < n; i++) {
    cJSON *one = cJSON_CreateObject ();
    cJSON_AddNumberToObject (one, "score", poses[i].score);
    tfc_see_json_box (one, &poses[i].box, frame);
    tfc_see_json_track (one, &poses[i].track);
    cJSON_AddStringToObject (one, "layout", tfc_skeleton_of (poses[i].layout)->name);
    json_points (one, &poses[i], frame);
    if (poses[i].has_world)
      json_world (one, &poses[i]);
    if (poses[i].handedness != TFC_HANDEDNESS_UNKNOWN)
      json_handedness (one, &poses[i]);
    cJSON_AddItemToArray (list, one);
  }
}
