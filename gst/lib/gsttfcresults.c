/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gst/lib/gsttfcresults-private.h"

#define N_CLASSES 9
#define CLASS_BYTES(c) ((gsize)1024 << (c))
#define KEEP_BYTES (512 * 1024) /* of each class */

static GMutex lock;
static struct {
  GstTfcResults *first;
  guint n;
} pool[N_CLASSES];
static gint allocated;

static guint
class_of (gsize bytes)
{
  guint c = 0;

  while (c < N_CLASSES && CLASS_BYTES (c) < bytes)
    c++;
  return c;
}

static GstTfcResults *
pool_take (guint size_class)
{
  GstTfcResults *results = NULL;

  if (size_class >= N_CLASSES)
    return NULL;
  g_mutex_lock (&lock);
  results = pool[size_class].first;
  if (results) {
    pool[size_class].first = results->next;
    pool[size_class].n--;
  }
  g_mutex_unlock (&lock);
  return results;
}

static gboolean
pool_give (GstTfcResults *results)
{
  guint c = results->size_class;
  gboolean kept = FALSE;

  if (c >= N_CLASSES)
    return FALSE;
  g_mutex_lock (&lock);
  if (pool[c].n < KEEP_BYTES / CLASS_BYTES (c)) {
    results->next = pool[c].first;
    pool[c].first = results;
    pool[c].n++;
    kept = TRUE;
  }
  g_mutex_unlock (&lock);
  return kept;
}

GstTfcResults *
tfc_results_new (TfcResultsKind kind, const gchar *model, GstClockTime pts, guint n, gsize n_points)
{
  gsize item = kind == TFC_RESULTS_FACES ? sizeof (GstTfcFace) : sizeof (GstTfcDetection);
  gsize bytes = sizeof (GstTfcResults) + n * item + n_points * sizeof (GstTfcPoint);
  guint size_class = class_of (bytes);
  GstTfcResults *results = pool_take (size_class);

  if (!results) {
    results = g_try_malloc (size_class < N_CLASSES ? CLASS_BYTES (size_class) : bytes);
    if (!results)
      return NULL;
    g_atomic_int_inc (&allocated);
  }
  results->refs = 1;
  results->size_class = size_class;
  results->kind = kind;
  results->n = n;
  results->model = g_intern_string (model ? model : "");
  results->pts = pts;
  results->next = NULL;
  results->detections = (gpointer)(results + 1); /* faces: the same place */
  return results;
}

GstTfcPoint *
tfc_results_points (GstTfcResults *results)
{
  return (GstTfcPoint *)(results->faces + results->n);
}

guint
tfc_results_allocated (void)
{
  return g_atomic_int_get (&allocated);
}

/**
 * gst_tfc_results_new_detections:
 * @model: name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @detections: (array length=n_detections): copied; the labels are interned
 * @n_detections: how many
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_detections (const gchar *model, GstClockTime pts,
                                const GstTfcDetection *detections, guint n_detections)
{
  GstTfcResults *results = tfc_results_new (TFC_RESULTS_DETECTIONS, model, pts, n_detections, 0);

  for (guint i = 0; results && i < n_detections; i++) {
    results->detections[i] = detections[i];
    results->detections[i].label = g_intern_string (detections[i].label);
  }
  return results;
}

/**
 * gst_tfc_results_new_faces:
 * @model: name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @faces: (array length=n_faces): copied with their points
 * @n_faces: how many
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
 * Since: 0.1
 */
void
gst_tfc_results_unref (GstTfcResults *results)
{
  if (results && g_atomic_int_dec_and_test (&results->refs) && !pool_give (results))
    g_free (results);
}

/**
 * gst_tfc_results_get_detections:
 * @results: the results
 * @n_detections: (out) (optional): how many
 *
 * Returns: (array length=n_detections) (transfer none) (nullable): best first; %NULL if these are
 *   no detections
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
 * Returns: (array length=n_faces) (transfer none) (nullable): the faces; %NULL if these are none
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

G_DEFINE_BOXED_TYPE (GstTfcResults, gst_tfc_results, gst_tfc_results_ref, gst_tfc_results_unref)

/**
 * gst_tfc_results_get_model:
 * @results: results
 *
 * Returns: (transfer none) (nullable): name of the model that saw it; interned
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
 * @results: results
 *
 * Returns: PTS of the frame that was analysed
 *
 * Since: 0.1
 */
GstClockTime
gst_tfc_results_get_pts (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, GST_CLOCK_TIME_NONE);
  return results->pts;
}
