/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcposemeta.h"
#include "gst/lib/gsttfcresults-private.h"

static guint
n_world (const GstTfcPose *pose)
{
  return pose->world ? tfc_pose_n_points (pose) : 0;
}

static gsize
tail_bytes (gconstpointer item)
{
  return tfc_pose_n_points (item) * sizeof (GstTfcKeypoint) + n_world (item) * sizeof (GstTfcPoint);
}

static gconstpointer
put (guint8 **tail, gconstpointer from, gsize bytes)
{
  guint8 *to = *tail;

  if (bytes)
    memcpy (to, from, bytes);
  *tail += bytes;
  return to;
}

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcPose *pose = item;
  const guint n = tfc_pose_n_points (pose), n_metres = n_world (pose);

  pose->n_points = n;
  pose->points = put (&tail, pose->points, n * sizeof (GstTfcKeypoint));
  pose->world = n_metres ? put (&tail, pose->world, n_metres * sizeof (GstTfcPoint)) : NULL;
  return tail;
}

const TfcItemKind tfc_pose_kind = {sizeof (GstTfcPose), tail_bytes, settle,
                                   gst_tfc_pose_meta_get_info};

/**
 * gst_tfc_keypoint_copy: (skip)
 * @keypoint: a point
 *
 * Copies a point.
 *
 * Returns: (transfer full): a copy, for gst_tfc_keypoint_free()
 *
 * Since: 0.1
 */
GstTfcKeypoint *
gst_tfc_keypoint_copy (const GstTfcKeypoint *keypoint)
{
  g_return_val_if_fail (keypoint != NULL, NULL);
  return g_memdup2 (keypoint, sizeof *keypoint);
}

/**
 * gst_tfc_keypoint_free: (skip)
 * @keypoint: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_keypoint_free (GstTfcKeypoint *keypoint)
{
  g_free (keypoint);
}

/**
 * gst_tfc_pose_copy: (skip)
 * @pose: a pose
 *
 * Copies a pose with its points, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy with its points, in one allocation, for gst_tfc_pose_free()
 *
 * Since: 0.1
 */
GstTfcPose *
gst_tfc_pose_copy (const GstTfcPose *pose)
{
  g_return_val_if_fail (pose != NULL, NULL);
  return tfc_item_copy (&tfc_pose_kind, pose);
}

/**
 * gst_tfc_pose_free: (skip)
 * @pose: (transfer full) (nullable): a copy
 *
 * Frees a copy with its points.
 *
 * Since: 0.1
 */
void
gst_tfc_pose_free (GstTfcPose *pose)
{
  g_free (pose);
}

G_DEFINE_BOXED_TYPE (GstTfcKeypoint, gst_tfc_keypoint, gst_tfc_keypoint_copy, gst_tfc_keypoint_free)
G_DEFINE_BOXED_TYPE (GstTfcPose, gst_tfc_pose, gst_tfc_pose_copy, gst_tfc_pose_free)

/**
 * gst_tfc_pose_get_points:
 * @pose: the pose
 * @n_points: (out) (optional): how many
 *
 * The points as an array, without a copy.
 *
 * Returns: (array length=n_points) (transfer none) (nullable): the points; as long as @pose
 *
 * Since: 0.1
 */
const GstTfcKeypoint *
gst_tfc_pose_get_points (const GstTfcPose *pose, guint *n_points)
{
  if (n_points)
    *n_points = pose ? tfc_pose_n_points (pose) : 0;
  g_return_val_if_fail (pose != NULL, NULL);
  return pose->points;
}

/**
 * gst_tfc_pose_get_coordinates:
 * @pose: the pose
 * @n_values: (out) (optional): four times the number of points
 *
 * All points at once, for numerical code: x, y, z, score, x, y, z, score, ...
 *
 * Returns: (array length=n_values) (transfer none) (nullable): valid as long as @pose; may be
 *   %NULL where there are none
 *
 * Since: 0.1
 */
const gfloat *
gst_tfc_pose_get_coordinates (const GstTfcPose *pose, guint *n_values)
{
  if (n_values)
    *n_values = pose ? 4 * tfc_pose_n_points (pose) : 0;
  g_return_val_if_fail (pose != NULL, NULL);
  return (const gfloat *)pose->points;
}

/**
 * gst_tfc_pose_get_point:
 * @pose: the pose
 * @index: of the point
 *
 * For language bindings; in C read @pose's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcKeypoint *
gst_tfc_pose_get_point (const GstTfcPose *pose, guint index)
{
  g_return_val_if_fail (pose != NULL, NULL);
  return index < tfc_pose_n_points (pose) ? gst_tfc_keypoint_copy (&pose->points[index]) : NULL;
}

/**
 * gst_tfc_pose_dup_points: (rename-to gst_tfc_pose_get_points)
 * @pose: the pose
 *
 * For language bindings; in C read @pose's array. All coordinates as numbers:
 * gst_tfc_pose_get_coordinates().
 *
 * Returns: (transfer full) (element-type GstTfcKeypoint): copies
 *
 * Since: 0.1
 */
GList *
gst_tfc_pose_dup_points (const GstTfcPose *pose)
{
  GList *copies = NULL;

  g_return_val_if_fail (pose != NULL, NULL);
  for (guint i = tfc_pose_n_points (pose); i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_keypoint_copy (&pose->points[i]));
  return copies;
}

/**
 * gst_tfc_pose_get_world:
 * @pose: the pose
 * @n_points: (out) (optional): how many; 0 if there are none
 *
 * The points in metres as an array, without a copy.
 *
 * Returns: (array length=n_points) (transfer none) (nullable): the points; %NULL if there are none;
 *   as long as @pose
 *
 * Since: 0.1
 */
const GstTfcPoint *
gst_tfc_pose_get_world (const GstTfcPose *pose, guint *n_points)
{
  if (n_points)
    *n_points = pose ? n_world (pose) : 0;
  g_return_val_if_fail (pose != NULL, NULL);
  return n_world (pose) ? pose->world : NULL;
}

/**
 * gst_tfc_pose_dup_world: (rename-to gst_tfc_pose_get_world)
 * @pose: the pose
 *
 * For language bindings; in C read @pose's array.
 *
 * Returns: (transfer full) (element-type GstTfcPoint): copies; an empty list if there are none
 *
 * Since: 0.1
 */
GList *
gst_tfc_pose_dup_world (const GstTfcPose *pose)
{
  GList *copies = NULL;

  g_return_val_if_fail (pose != NULL, NULL);
  for (guint i = n_world (pose); i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_point_copy (&pose->world[i]));
  return copies;
}

/**
 * gst_tfc_results_new_poses:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @poses: (array length=n_poses) (nullable): copied with their points
 * @n_poses: how many; 0 is allowed
 *
 * Makes results of poses, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_poses (const gchar *model, GstClockTime pts, const GstTfcPose *poses,
                           guint n_poses)
{
  g_return_val_if_fail (poses != NULL || n_poses == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_POSES, model, pts, poses, n_poses);
}

/**
 * gst_tfc_results_get_poses:
 * @results: the results
 * @n_poses: (out) (optional): how many
 *
 * The poses as an array, without a copy.
 *
 * Returns: (array length=n_poses) (transfer none) (nullable): the poses; %NULL if these are
 *   others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcPose *
gst_tfc_results_get_poses (const GstTfcResults *results, guint *n_poses)
{
  const GstTfcPose *poses = tfc_results_items (results, GST_TFC_RESULTS_KIND_POSES, n_poses);

  g_return_val_if_fail (results != NULL, NULL);
  return poses;
}

/**
 * gst_tfc_results_dup_poses: (rename-to gst_tfc_results_get_poses)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_poses() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcPose): copies with their points; an empty list if
 * these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_poses (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_POSES);
}
