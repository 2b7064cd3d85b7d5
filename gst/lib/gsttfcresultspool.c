/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
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

void
tfc_results_free (GstTfcResults *results)
{
  if (!pool_give (results))
    g_free (results);
}
