/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One body or hand and its points. */
#include "gsttfckinds.h"
#include "gsttfcface.h"

G_BEGIN_DECLS

/**
 * GstTfcKeypoint:
 * @x: fraction of the frame's width
 * @y: fraction of the frame's height
 * @z: depth in the unit of @x, smaller is nearer the camera; 0 where the network gives no depth
 * @score: 0..1, how sure the point is; BlazePose: its visibility; hands: the hand's score
 *
 * Will always be four floats: gst_tfc_pose_get_coordinates() reads an array of points as floats.
 *
 * Since: 0.1
 */
typedef struct _GstTfcKeypoint {
  gfloat x, y, z;
  gfloat score;
} GstTfcKeypoint;

/**
 * GstTfcPose:
 * @x: left edge of the box, fraction of the frame's width
 * @y: top edge, fraction of the frame's height
 * @w: width, fraction of the frame's width
 * @h: height, fraction of the frame's height
 * @score: 0..1
 * @track_id: kept while it is followed, never given to another; 0 if it is not tracked
 * @object_id: track id of the detection in whose crop it was found; 0 if in the whole frame
 * @layout: which points it has
 * @handedness: of a hand: which hand of the person it is, also in a mirrored frame
 * @handedness_score: 0..1, of @handedness
 * @n_points: as many as the layout has; 0 without points
 * @points: @n_points of them (in bindings: gst_tfc_pose_dup_points()); may be outside the frame
 * @world: (nullable): the same points in metres, or %NULL (in bindings: gst_tfc_pose_dup_world()):
 *   x right, y down, z away from the camera; the origin is the middle of the hips, or the hand's
 *   centre
 * @age: time since it was first seen
 * @seen: whether it was found in the frame that was analysed; %FALSE if its place is only predicted
 * @speed_x: of the middle of its box, fractions of the frame's width a second
 * @speed_y: fractions of the frame's height a second
 *
 * One body or hand. The box is not clipped to the frame. Left and right in the names of points are
 * the person's.
 *
 * @age, @seen and the speed mean something where @track_id is not 0; elements set @seen of all that
 * they find.
 *
 * Since: 0.1
 */
typedef struct _GstTfcPose {
  gfloat x, y, w, h;
  gfloat score;
  guint64 track_id;
  guint64 object_id;
  GstTfcPointLayout layout;
  GstTfcHandedness handedness;
  gfloat handedness_score;
  guint n_points;
#ifndef __GI_SCANNER__
  const GstTfcKeypoint *points;
  const GstTfcPoint *world;
#else
  /*< private >*/
  gconstpointer _points;
  gconstpointer _world;
  /*< public >*/
#endif
  GstClockTime age;
  gboolean seen;
  gfloat speed_x, speed_y;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcPose;

/**
 * GST_TYPE_TFC_KEYPOINT:
 *
 * The boxed type of #GstTfcKeypoint.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_KEYPOINT (gst_tfc_keypoint_get_type ())
GST_TFC_API GType gst_tfc_keypoint_get_type (void);
GST_TFC_API GstTfcKeypoint *gst_tfc_keypoint_copy (const GstTfcKeypoint *keypoint);
GST_TFC_API void gst_tfc_keypoint_free (GstTfcKeypoint *keypoint);

/**
 * GST_TYPE_TFC_POSE:
 *
 * The boxed type of #GstTfcPose. Copies are deep: they have points of their own.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POSE (gst_tfc_pose_get_type ())
GST_TFC_API GType gst_tfc_pose_get_type (void);
GST_TFC_API GstTfcPose *gst_tfc_pose_copy (const GstTfcPose *pose);
GST_TFC_API void gst_tfc_pose_free (GstTfcPose *pose);

GST_TFC_API const GstTfcKeypoint *gst_tfc_pose_get_points (const GstTfcPose *pose, guint *n_points);
GST_TFC_API const GstTfcPoint *gst_tfc_pose_get_world (const GstTfcPose *pose, guint *n_points);
GST_TFC_API const gfloat *gst_tfc_pose_get_coordinates (const GstTfcPose *pose, guint *n_values);

/* Copies, for language bindings. */
GST_TFC_API GstTfcKeypoint *gst_tfc_pose_get_point (const GstTfcPose *pose, guint index);
GST_TFC_API GList *gst_tfc_pose_dup_points (const GstTfcPose *pose);
GST_TFC_API GList *gst_tfc_pose_dup_world (const GstTfcPose *pose);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcKeypoint, gst_tfc_keypoint_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcPose, gst_tfc_pose_free)

G_END_DECLS
