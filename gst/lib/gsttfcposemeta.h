/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Bodies or hands of a frame, on its buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcPoseMeta:
 * @meta: parent
 * @model: (transfer none): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (`interval`, a late frame, a repeated
 *   picture, `mode=latest`)
 * @n_poses: number of entries of @poses
 * @poses: @n_poses of them, surest or longest followed first; immutable (in bindings:
 *   gst_tfc_pose_meta_dup_poses())
 *
 * What tfcpose or tfchands found, attached to a buffer. A frame without any has a meta with no
 * entries.
 *
 * Since: 0.1
 */
typedef struct _GstTfcPoseMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_poses;
#ifndef __GI_SCANNER__
  const GstTfcPose *poses;
#else
  /*< private >*/
  gconstpointer _poses;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcPoseMeta;

/**
 * GST_TFC_POSE_META_API_TYPE:
 *
 * The API type of #GstTfcPoseMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_POSE_META_API_TYPE (gst_tfc_pose_meta_api_get_type ())

/**
 * GST_TFC_POSE_META_INFO:
 *
 * The registration of #GstTfcPoseMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_POSE_META_INFO (gst_tfc_pose_meta_get_info ())
GST_TFC_API GType gst_tfc_pose_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_pose_meta_get_info (void);

GST_TFC_API GstTfcPoseMeta *gst_buffer_get_tfc_pose_meta (GstBuffer *buffer);
GST_TFC_API GstTfcPoseMeta *gst_buffer_add_tfc_pose_meta (GstBuffer *buffer, const gchar *model,
                                                          GstClockTime pts, gboolean held,
                                                          const GstTfcPose *poses, guint n_poses);

GST_TFC_API GstTfcResults *gst_tfc_pose_meta_get_results (const GstTfcPoseMeta *meta);
GST_TFC_API const GstTfcPose *gst_tfc_pose_meta_get_poses (const GstTfcPoseMeta *meta,
                                                           guint *n_poses);

/* Copies, for language bindings. */
GST_TFC_API GstTfcPose *gst_tfc_pose_meta_get_pose (const GstTfcPoseMeta *meta, guint index);
GST_TFC_API GList *gst_tfc_pose_meta_dup_poses (const GstTfcPoseMeta *meta);

G_END_DECLS
