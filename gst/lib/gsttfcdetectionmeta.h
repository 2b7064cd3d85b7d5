/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Objects of a frame, on its buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcDetectionMeta:
 * @meta: parent
 * @model: (transfer none): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (`interval`, a late frame, a repeated
 *   picture, `mode=latest`)
 * @n_detections: number of entries of @detections
 * @detections: @n_detections of them, best first; immutable (in bindings:
 *   gst_tfc_detection_meta_dup_detections())
 *
 * What tfcdetect found, attached to a buffer. A frame without any object has a meta with no
 * entries.
 *
 * Since: 0.1
 */
typedef struct _GstTfcDetectionMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_detections;
#ifndef __GI_SCANNER__
  const GstTfcDetection *detections;
#else
  /*< private >*/
  gconstpointer _detections;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcDetectionMeta;

/**
 * GST_TFC_DETECTION_META_API_TYPE:
 *
 * The API type of #GstTfcDetectionMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_DETECTION_META_API_TYPE (gst_tfc_detection_meta_api_get_type ())

/**
 * GST_TFC_DETECTION_META_INFO:
 *
 * The registration of #GstTfcDetectionMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_DETECTION_META_INFO (gst_tfc_detection_meta_get_info ())
GST_TFC_API GType gst_tfc_detection_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_detection_meta_get_info (void);

GST_TFC_API GstTfcDetectionMeta *gst_buffer_get_tfc_detection_meta (GstBuffer *buffer);
GST_TFC_API GstTfcDetectionMeta *
gst_buffer_add_tfc_detection_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                                   gboolean held, const GstTfcDetection *detections,
                                   guint n_detections);

GST_TFC_API GstTfcResults *gst_tfc_detection_meta_get_results (const GstTfcDetectionMeta *meta);
GST_TFC_API const GstTfcDetection *
gst_tfc_detection_meta_get_detections (const GstTfcDetectionMeta *meta, guint *n_detections);

/* Copies, for language bindings. */
GST_TFC_API GstTfcDetection *gst_tfc_detection_meta_get_detection (const GstTfcDetectionMeta *meta,
                                                                   guint index);
GST_TFC_API GList *gst_tfc_detection_meta_dup_detections (const GstTfcDetectionMeta *meta);

G_END_DECLS
