/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcposemeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_pose_meta_api_get_type:
 *
 * Registers the API of #GstTfcPoseMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_pose_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcPoseMetaAPI"));
  return type;
}

/**
 * gst_tfc_pose_meta_get_info:
 *
 * Registers #GstTfcPoseMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcPoseMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_pose_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info,
                       (gsize)gst_tfc_meta_register (GST_TFC_POSE_META_API_TYPE, "GstTfcPoseMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_pose_meta:
 * @buffer: a buffer
 *
 * Reads what tfcpose or tfchands attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcPoseMeta *
gst_buffer_get_tfc_pose_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcPoseMeta *)gst_buffer_get_meta (buffer, GST_TFC_POSE_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_pose_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @poses: (array length=n_poses) (nullable): copied with their points
 * @n_poses: how many; 0 is allowed
 *
 * Attaches poses to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcPoseMeta *
gst_buffer_add_tfc_pose_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                              gboolean held, const GstTfcPose *poses, guint n_poses)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_poses (model, pts, poses, n_poses);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcPoseMeta *)meta;
}

/**
 * gst_tfc_pose_meta_get_results:
 * @meta: the meta
 *
 * For code that needs the results longer than the buffer: take a reference with
 * gst_tfc_results_ref(). Nothing is copied.
 *
 * Returns: (transfer none) (nullable): the results; %NULL only if the meta was added by hand and
 *   never filled
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_pose_meta_get_results (const GstTfcPoseMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_pose_meta_get_poses:
 * @meta: the meta
 * @n_poses: (out) (optional): how many
 *
 * The poses as an array, without a copy.
 *
 * Returns: (array length=n_poses) (transfer none) (nullable): surest or longest followed first;
 *   valid as long as the meta
 *
 * Since: 0.1
 */
const GstTfcPose *
gst_tfc_pose_meta_get_poses (const GstTfcPoseMeta *meta, guint *n_poses)
{
  if (n_poses)
    *n_poses = meta ? meta->n_poses : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->poses;
}

/**
 * gst_tfc_pose_meta_get_pose:
 * @meta: the meta
 * @index: which
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy with its points, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcPose *
gst_tfc_pose_meta_get_pose (const GstTfcPoseMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_poses ? gst_tfc_pose_copy (&meta->poses[index]) : NULL;
}

/**
 * gst_tfc_pose_meta_dup_poses: (rename-to gst_tfc_pose_meta_get_poses)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcPose): copies that outlive the buffer, with
 *   their points
 *
 * Since: 0.1
 */
GList *
gst_tfc_pose_meta_dup_poses (const GstTfcPoseMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_poses (meta->results) : NULL;
}
