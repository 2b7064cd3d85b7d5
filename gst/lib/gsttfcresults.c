/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcresults-private.h"

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
  GstTfcResults *results;

  g_return_val_if_fail (detections != NULL || n_detections == 0, NULL);
  results = tfc_results_new (TFC_RESULTS_DETECTIONS, model, pts, n_detections, 0);
  for (guint i = 0; results && i < n_detections; i++) {
    results->detections[i] = detections[i];
    results->detections[i].label = g_intern_string (detections[i].label);
  }
  return results;
}

/**
 * gst_tfc_results_new_faces:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @faces: (array length=n_faces) (nullable): copied with their points
 * @n_faces: how many; 0 is allowed
 *
 * Makes results of faces, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_faces (const gchar *model, GstClockTime pts, const GstTfcFace *faces,
                           guint n_faces)
{
  GstTfcResults *results;
  GstTfcPoint *points;
  gsize n_points = 0;

  g_return_val_if_fail (faces != NULL || n_faces == 0, NULL);
  for (guint i = 0; i < n_faces; i++)
    n_points += tfc_face_n_points (&faces[i]);
  results = tfc_results_new (TFC_RESULTS_FACES, model, pts, n_faces, n_points);
  if (!results)
    return NULL;
  points = tfc_results_points (results);
  for (guint i = 0; i < n_faces; i++) {
    const guint n = tfc_face_n_points (&faces[i]);
    results->faces[i] = faces[i];
    results->faces[i].n_points = n;
    results->faces[i].points = points;
    if (n)
      memcpy (points, faces[i].points, n * sizeof *points);
    points += n;
  }
  return results;
}

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
 * gst_tfc_results_get_detections:
 * @results: the results
 * @n_detections: (out) (optional): how many
 *
 * The detections as an array, without a copy.
 *
 * Returns: (array length=n_detections) (transfer none) (nullable): best first; %NULL if these are
 *   faces; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcDetection *
gst_tfc_results_get_detections (const GstTfcResults *results, guint *n_detections)
{
  gboolean ours = results && results->kind == TFC_RESULTS_DETECTIONS;

  if (n_detections)
    *n_detections = ours ? results->n : 0;
  g_return_val_if_fail (results != NULL, NULL);
  return ours ? results->detections : NULL;
}

/**
 * gst_tfc_results_get_faces:
 * @results: the results
 * @n_faces: (out) (optional): how many
 *
 * The faces as an array, without a copy.
 *
 * Returns: (array length=n_faces) (transfer none) (nullable): the faces; %NULL if these are
 *   detections; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcFace *
gst_tfc_results_get_faces (const GstTfcResults *results, guint *n_faces)
{
  gboolean ours = results && results->kind == TFC_RESULTS_FACES;

  if (n_faces)
    *n_faces = ours ? results->n : 0;
  g_return_val_if_fail (results != NULL, NULL);
  return ours ? results->faces : NULL;
}

/**
 * gst_tfc_results_dup_detections: (rename-to gst_tfc_results_get_detections)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_detections() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcDetection): copies, best first; an empty list if
 *   these are faces
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_detections (const GstTfcResults *results)
{
  const GstTfcDetection *detections;
  GList *copies = NULL;
  guint n;

  g_return_val_if_fail (results != NULL, NULL);
  detections = gst_tfc_results_get_detections (results, &n);
  while (n-- > 0)
    copies = g_list_prepend (copies, gst_tfc_detection_copy (&detections[n]));
  return copies;
}

/**
 * gst_tfc_results_dup_faces: (rename-to gst_tfc_results_get_faces)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_faces() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcFace): copies with their points; an empty list if
 *   these are detections
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_faces (const GstTfcResults *results)
{
  const GstTfcFace *faces;
  GList *copies = NULL;
  guint n;

  g_return_val_if_fail (results != NULL, NULL);
  faces = gst_tfc_results_get_faces (results, &n);
  while (n-- > 0)
    copies = g_list_prepend (copies, gst_tfc_face_copy (&faces[n]));
  return copies;
}
