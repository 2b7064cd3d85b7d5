/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_results_ref: (skip)
 * @results: the results
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @results
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_ref (GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  g_atomic_int_inc (&results->refs);
  return results;
}

/**
 * gst_tfc_results_unref: (skip)
 * @results: (transfer full) (nullable): the results
 *
 * Gives a reference back; the last one frees the results.
 *
 * Since: 0.1
 */
void
gst_tfc_results_unref (GstTfcResults *results)
{
  if (results && g_atomic_int_dec_and_test (&results->refs))
    tfc_results_free (results);
}

G_DEFINE_BOXED_TYPE (GstTfcResults, gst_tfc_results, gst_tfc_results_ref, gst_tfc_results_unref)

/**
 * gst_tfc_results_get_model:
 * @results: the results
 *
 * Which model the results are from.
 *
 * Returns: (transfer none): name of the model, empty if unknown; interned
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_results_get_model (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return results->model;
}

/**
 * gst_tfc_results_get_pts:
 * @results: the results
 *
 * Which frame the results are from.
 *
 * Returns: PTS of the frame that was analysed, or %GST_CLOCK_TIME_NONE
 *
 * Since: 0.1
 */
GstClockTime
gst_tfc_results_get_pts (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, GST_CLOCK_TIME_NONE);
  return results->pts;
}

/**
 * gst_tfc_results_get_kind:
 * @results: the results
 *
 * What the results are.
 *
 * Returns: the kind, which never changes
 *
 * Since: 0.1
 */
GstTfcResultsKind
gst_tfc_results_get_kind (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, GST_TFC_RESULTS_KIND_DETECTIONS);
  return results->kind;
}
