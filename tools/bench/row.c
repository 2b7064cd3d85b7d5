/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "row.h"

#include <stdlib.h>
#include <time.h>

#include "load.h"
#include "lower.h"

static gint64
now_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (gint64)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Bytes 0..255, or numbers in -1..1. */
static void
fill (const TfcTensor *t, void *data)
{
  guint32 state = 1;
  for (gsize i = 0, n = tfc_tensor_count (t); i < n; i++) {
    state = state * 1664525u + 1013904223u;
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)data)[i] = (state >> 24) / 127.5f - 1.0f;
    else if (t->type == TFC_TYPE_I32)
      ((gint32 *)data)[i] = state >> 24;
    else
      ((guint8 *)data)[i] = state >> 24;
  }
}

static gboolean
open_bare (Row *row, const gchar *path, GError **error)
{
  row->graph = tfc_load (path, error);
  if (!row->graph || !tfc_lower (row->graph, error))
    return FALSE;
  row->bare = bare_new (row->graph, row->threads, error);
  if (!row->bare)
    return FALSE;
  for (guint i = 0; i < row->graph->inputs->len; i++) {
    guint v = g_array_index (row->graph->inputs, guint, i);
    fill (&tfc_graph_v (row->graph, v)->tensor, bare_input (row->bare, i));
  }
  return TRUE;
}

static gboolean
open_model (Row *row, const gchar *path, GError **error)
{
  TfcPool *pool = tfc_pool_new (row->threads);
  TfcModelOptions options = {.backend = row->backend, .pool = pool};
  row->model = tfc_model_open (path, &options, error);
  tfc_pool_unref (pool);
  if (!row->model)
    return FALSE;
  row->threads = tfc_model_threads (row->model);
  row->macs = tfc_model_macs (row->model);
  row->n_fallback = tfc_model_n_fallback (row->model);
  for (guint i = 0; i < tfc_model_n_inputs (row->model); i++) {
    const TfcTensor *t = tfc_model_input (row->model, i);
    fill (t, t->data);
  }
  return TRUE;
}

Row *
row_new (const gchar *network, const gchar *path, const gchar *backend, guint threads,
         GError **error)
{
  Row *row = g_new0 (Row, 1);
  gboolean bare = g_str_equal (backend, "bare");
  row->network = g_strdup (network);
  row->backend = g_strdup (backend);
  row->threads = threads;
  row->ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!(bare ? open_bare (row, path, error) : open_model (row, path, error)))
    g_clear_pointer (&row, row_free);
  return row;
}

void
row_free (Row *row)
{
  if (!row)
    return;
  tfc_model_close (row->model);
  bare_free (row->bare);
  tfc_graph_free (row->graph);
  g_array_unref (row->ns);
  g_free (row->network);
  g_free (row->backend);
  g_free (row);
}

gboolean
row_run (Row *row, gboolean timed, GError **error)
{
  gint64 start = now_ns (), took;
  if (row->bare ? !bare_run (row->bare) : !tfc_model_run (row->model, error)) {
    if (row->bare)
      g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the bare program failed");
    return FALSE;
  }
  took = now_ns () - start;
  if (timed)
    g_array_append_val (row->ns, took);
  return TRUE;
}

static gint
by_time (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

static gint
by_ratio (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *)a, y = *(const gdouble *)b;
  return (x > y) - (x < y);
}

void
row_compare (Row *row, const Row *first)
{
  guint n = MIN (row->ns->len, first->ns->len);
  g_autofree gdouble *ratios = g_new (gdouble, n);
  for (guint i = 0; i < n; i++)
    ratios[i] = (gdouble)g_array_index (row->ns, gint64, i) / g_array_index (first->ns, gint64, i);
  qsort (ratios, n, sizeof *ratios, by_ratio);
  row->ratio = (ratios[(n - 1) / 2] + ratios[n / 2]) / 2;
}

void
row_sort (Row *row)
{
  g_array_sort (row->ns, by_time);
}

gdouble
row_ms (const Row *row, gdouble fraction)
{
  gdouble at = fraction * (row->ns->len - 1);
  guint i = at, next = MIN (i + 1, row->ns->len - 1);
  gdouble low = g_array_index (row->ns, gint64, i), high = g_array_index (row->ns, gint64, next);
  return (low + (high - low) * (at - i)) / 1e6;
}
