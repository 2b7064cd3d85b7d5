/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcdetectionmeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_detection_meta_api_get_type:
 *
 * Registers the API of #GstTfcDetectionMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_detection_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcDetectionMetaAPI"));
  return type;
}

/**
 * gst_tfc_detection_meta_get_info:
 *
 * Registers #GstTfcDetectionMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcDetectionMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_detection_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info, (gsize)gst_tfc_meta_register (GST_TFC_DETECTION_META_API_TYPE,
                                                            "GstTfcDetectionMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_detection_meta:
 * @buffer: a buffer
 *
 * Reads what tfcdetect attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcDetectionMeta *
gst_buffer_get_tfc_detection_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcDetectionMeta *)gst_buffer_get_meta (buffer, GST_TFC_DETECTION_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_detection_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @detections: (array length=n_detections) (nullable): copied, best first
 * @n_detections: how many; 0 is allowed
 *
 * Attaches detections to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcDetectionMeta *
gst_buffer_add_tfc_detection_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                                   gboolean held, const GstTfcDetection *detections,
                                   guint n_detections)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_detections (model, pts, detections, n_detections);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcDetectionMeta *)meta;
}

/**
 * gst_tfc_detection_meta_get_results:
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
gst_tfc_detection_meta_get_results (const GstTfcDetectionMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_detection_meta_get_detections:
 * @meta: the meta
 * @n_detections: (out) (optional): how many
 *
 * The detections as an array, without a copy.
 *
 * Returns: (array length=n_detections) (transfer none) (nullable): best first; valid as
 *   long as the meta
 *
 * Since: 0.1
 */
const GstTfcDetection *
gst_tfc_detection_meta_get_detections (const GstTfcDetectionMeta *meta, guint *n_detections)
{
  if (n_detections)
    *n_detections = meta ? meta->n_detections : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->detections;
}

/**
 * gst_tfc_detection_meta_get_detection:
 * @meta: the meta
 * @index: 0 is the best
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcDetection *
gst_tfc_detection_meta_get_detection (const GstTfcDetectionMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_detections ? gst_tfc_detection_copy (&meta->detections[index]) : NULL;
}

/**
 * gst_tfc_detection_meta_dup_detections: (rename-to gst_tfc_detection_meta_get_detections)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcDetection): copies that outlive the buffer,
 *   best first
 *
 * Since: 0.1
 */
GList *
gst_tfc_detection_meta_dup_detections (const GstTfcDetectionMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_detections (meta->results) : NULL;
}
