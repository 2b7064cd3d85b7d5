/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcdetectionmeta.h"
#include "gst/lib/gsttfcresults-private.h"

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcDetection *detection = item;

  detection->label = g_intern_string (detection->label);
  return tail;
}

const TfcItemKind tfc_detection_kind = {sizeof (GstTfcDetection), NULL, settle,
                                        gst_tfc_detection_meta_get_info};

/**
 * gst_tfc_detection_copy: (skip)
 * @detection: a detection
 *
 * Copies a detection, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy, for gst_tfc_detection_free()
 *
 * Since: 0.1
 */
GstTfcDetection *
gst_tfc_detection_copy (const GstTfcDetection *detection)
{
  g_return_val_if_fail (detection != NULL, NULL);
  return tfc_item_copy (&tfc_detection_kind, detection);
}

/**
 * gst_tfc_detection_free: (skip)
 * @detection: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_detection_free (GstTfcDetection *detection)
{
  g_free (detection);
}

G_DEFINE_BOXED_TYPE (GstTfcDetection, gst_tfc_detection, gst_tfc_detection_copy,
                     gst_tfc_detection_free)

/**
 * gst_tfc_results_new_detections:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @detections: (array length=n_detections) (nullable): best first; copied, the labels interned
 * @n_detections: how many; 0 is allowed
 *
 * Makes results of detections, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_detections (const gchar *model, GstClockTime pts,
                                const GstTfcDetection *detections, guint n_detections)
{
  g_return_val_if_fail (detections != NULL || n_detections == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_DETECTIONS, model, pts, detections,
                                 n_detections);
}

/**
 * gst_tfc_results_get_detections:
 * @results: the results
 * @n_detections: (out) (optional): how many
 *
 * The detections as an array, without a copy.
 *
 * Returns: (array length=n_detections) (transfer none) (nullable): best first; %NULL if these are
 *   others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcDetection *
gst_tfc_results_get_detections (const GstTfcResults *results, guint *n_detections)
{
  const GstTfcDetection *detections =
      tfc_results_items (results, GST_TFC_RESULTS_KIND_DETECTIONS, n_detections);

  g_return_val_if_fail (results != NULL, NULL);
  return detections;
}

/**
 * gst_tfc_results_dup_detections: (rename-to gst_tfc_results_get_detections)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_detections() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcDetection): copies, best first; an empty list if
 * these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_detections (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_DETECTIONS);
}
