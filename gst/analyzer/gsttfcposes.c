/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcposes.h"
#include "gst/analyzer/gsttfcroi.h"
#include "models/result/part.h"

G_STATIC_ASSERT (sizeof (TfcPoint) == sizeof (GstTfcPoint));
G_STATIC_ASSERT (sizeof (TfcKeypoint) == sizeof (GstTfcKeypoint));
G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_COCO_17 == TFC_LAYOUT_COCO_17);
G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_BLAZEPOSE_33 == TFC_LAYOUT_BLAZEPOSE_33);
G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_HAND_21 == TFC_LAYOUT_HAND_21);
G_STATIC_ASSERT ((int)GST_TFC_HANDEDNESS_UNKNOWN == TFC_HANDEDNESS_UNKNOWN);
G_STATIC_ASSERT ((int)GST_TFC_HANDEDNESS_LEFT == TFC_HANDEDNESS_LEFT);
G_STATIC_ASSERT ((int)GST_TFC_HANDEDNESS_RIGHT == TFC_HANDEDNESS_RIGHT);

static GstTfcPose
to_gst (const TfcPose *p)
{
  return (GstTfcPose){.x = p->box.x,
                      .y = p->box.y,
                      .w = p->box.w,
                      .h = p->box.h,
                      .score = p->score,
                      .track_id = p->track_id,
                      .object_id = p->object_id,
                      .layout = (GstTfcPointLayout)p->layout,
                      .handedness = (GstTfcHandedness)p->handedness,
                      .handedness_score = p->handedness_score,
                      .n_points = p->n_points,
                      .points = (const GstTfcKeypoint *)p->points,
                      .world = p->has_world ? (const GstTfcPoint *)p->world : NULL,
                      .age = p->track.age,
                      .seen = p->track.seen,
                      .speed_x = p->track.speed_x,
                      .speed_y = p->track.speed_y};
}

GstTfcResults *
gst_tfc_poses_to_results (const gchar *model, GstClockTime pts, const TfcPose *poses, guint n)
{
  GstTfcPose reported[TFC_MAX_POSES];

  for (guint i = 0; i < n; i++)
    reported[i] = to_gst (&poses[i]);
  return gst_tfc_results_new_poses (model, pts, reported, n);
}

void
gst_tfc_poses_to_frame (GstTfcAnalyzer *analyzer, TfcPose *poses, gint n)
{
  const TfcBox *part = gst_tfc_analyzer_part (analyzer);

  for (gint i = 0; part && i < n; i++)
    tfc_part_pose (part, &poses[i]);
}

gint
gst_tfc_poses_of_objects (const GstTfcObjects *objects, const TfcFrame *frame, GstTfcPoseFunc *find,
                          gpointer data, TfcPose *out, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < objects->n && n < TFC_MAX_POSES; i++) {
    TfcBox where = objects->object[i].box;
    const TfcFrame part = gst_tfc_object_part (frame, &where);
    const gint found = find (data, &part, TFC_MAX_POSES - n, out + n, error);
    if (found < 0)
      return -1;
    for (gint k = 0; k < found; k++, n++) {
      tfc_part_pose (&where, &out[n]);
      out[n].object_id = objects->object[i].object_id;
      out[n].track_id = 0;
      out[n].track = (TfcTrackState){.seen = TRUE};
    }
  }
  return (gint)n;
}
