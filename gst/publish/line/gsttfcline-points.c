/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"
#include "models/result/skeleton.h"

#define ANGLE_DECIMALS 4
#define SCORE_DECIMALS 4
#define METRE_DECIMALS 4

/* z is in the unit of x. */
static void
write_place (GstTfcLine *line, gfloat x, gfloat y, gfloat z)
{
  gst_tfc_json_number (line->json, (gdouble)x * line->scale_x, line->decimals);
  gst_tfc_json_number (line->json, (gdouble)y * line->scale_y, line->decimals);
  gst_tfc_json_number (line->json, (gdouble)z * line->scale_x, line->decimals);
}

static void
floats (GstTfcLine *line, const gchar *key, const gfloat *values, guint n, gdouble scale,
        guint decimals)
{
  gst_tfc_json_key (line->json, key);
  gst_tfc_json_floats (line->json, values, n, scale, decimals);
}

/* The matrix leads to where x, y and z are all in the unit of x. */
static void
write_head (GstTfcLine *line, const GstTfcHead *head)
{
  const gfloat eyes[] = {head->left_eye_openness, head->right_eye_openness};
  const gfloat gaze[] = {head->gaze_x, head->gaze_y, head->gaze_z};

  gst_tfc_json_key (line->json, "head");
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_number (line, "yaw", (gdouble)head->yaw, ANGLE_DECIMALS);
  gst_tfc_line_number (line, "pitch", (gdouble)head->pitch, ANGLE_DECIMALS);
  gst_tfc_line_number (line, "roll", (gdouble)head->roll, ANGLE_DECIMALS);
  floats (line, "matrix", head->matrix, 12, line->scale_x, line->decimals);
  floats (line, "eye_openness", eyes, 2, 1, SCORE_DECIMALS);
  gst_tfc_line_score (line, "mouth_openness", head->mouth_openness);
  if (gaze[0] != 0 || gaze[1] != 0 || gaze[2] != 0)
    floats (line, "gaze", gaze, 3, 1, ANGLE_DECIMALS);
  gst_tfc_json_close (line->json, '}');
}

void
gst_tfc_line_face_points (GstTfcLine *line, const GstTfcFace *face)
{
  gst_tfc_json_key (line->json, "points");
  gst_tfc_json_open (line->json, '[');
  for (guint i = 0; face->points && i < face->n_points; i++) {
    gst_tfc_json_open (line->json, '[');
    write_place (line, face->points[i].x, face->points[i].y, face->points[i].z);
    gst_tfc_json_close (line->json, ']');
  }
  gst_tfc_json_close (line->json, ']');
  if (face->head)
    write_head (line, face->head);
}

static void
write_keypoints (GstTfcLine *line, const GstTfcPose *pose)
{
  gst_tfc_json_key (line->json, "points");
  gst_tfc_json_open (line->json, '[');
  for (guint i = 0; pose->points && i < pose->n_points; i++) {
    const GstTfcKeypoint *at = &pose->points[i];
    gst_tfc_json_open (line->json, '[');
    write_place (line, at->x, at->y, at->z);
    gst_tfc_json_number (line->json, (gdouble)at->score, SCORE_DECIMALS);
    gst_tfc_json_close (line->json, ']');
  }
  gst_tfc_json_close (line->json, ']');
}

static void
write_world (GstTfcLine *line, const GstTfcPose *pose)
{
  gst_tfc_json_key (line->json, "world");
  gst_tfc_json_open (line->json, '[');
  for (guint i = 0; i < pose->n_points; i++)
    gst_tfc_json_floats (line->json, &pose->world[i].x, 3, 1, METRE_DECIMALS);
  gst_tfc_json_close (line->json, ']');
}

void
gst_tfc_line_pose_points (GstTfcLine *line, const GstTfcPose *pose)
{
  const TfcSkeleton *skeleton = tfc_skeleton_of ((TfcPointLayout)pose->layout);

  gst_tfc_line_name (line, "layout", skeleton ? skeleton->name : NULL);
  if (line->include & GST_TFC_PUBLISH_INCLUDE_POINTS) {
    write_keypoints (line, pose);
    if (pose->world)
      write_world (line, pose);
  }
  if (pose->handedness != GST_TFC_HANDEDNESS_UNKNOWN) {
    gst_tfc_line_name (line, "handedness",
                       pose->handedness == GST_TFC_HANDEDNESS_LEFT ? "left" : "right");
    gst_tfc_line_score (line, "handedness_score", pose->handedness_score);
  }
}
