/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/row.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "tools/bench/kernels/networks.h"

/* Another network's sum would differ by far more, the same network's on another engine by far less.
 */
#define SAME_SUM 1e-3
#define SAME_SUM_OF_BYTES 2e-2 /* others may round a step elsewhere */

gint64
row_now_ns (RowTime time)
{
  struct timespec t;
  clock_gettime (time == ROW_CPU ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return (gint64)t.tv_sec * 1000000000 + t.tv_nsec;
}

static gdouble
sum_of (const TfcTensor *t)
{
  gdouble sum = 0;
  for (gsize i = 0, n = tfc_tensor_count (t); i < n; i++)
    sum += t->type == TFC_TYPE_F32  ? fabs (((gfloat *)t->data)[i])
           : t->type == TFC_TYPE_U8 ? ((guint8 *)t->data)[i]
           : t->type == TFC_TYPE_I8 ? abs (((gint8 *)t->data)[i])
                                    : 0;
  return sum;
}

static gboolean
open_bare (Row *row, GError **error)
{
  const TfcGraph *g = row->of->graph;
  row->bare = bare_new (g, row->threads, error);
  if (!row->bare)
    return FALSE;
  for (guint i = 0; i < g->inputs->len; i++)
    case_fill (&tfc_graph_v (g, g_array_index (g->inputs, guint, i))->tensor,
               bare_input (row->bare, i));
  return TRUE;
}

static gboolean
describe_model (Row *row, const TfcModel *m)
{
  row->threads = tfc_model_threads (m);
  row->macs = tfc_model_macs (m);
  row->n_fallback = tfc_model_n_fallback (m);
  return TRUE;
}

static gboolean
open_network (Row *row, const TfcModelOptions *options, GError **error)
{
  GError *refused = NULL;
  row->model = tfc_model_open (row->of->path, options, &refused);
  if (!row->model && g_error_matches (refused, TFC_ERROR, TFC_ERROR_SETTINGS)) { /* of any size */
    TfcGraph *graph = network_open (row->of->path, error);
    g_clear_error (&refused);
    row->model = graph ? tfc_model_open_graph (graph, options, error) : NULL;
  }
  if (refused)
    g_propagate_error (error, refused);
  if (!row->model)
    return FALSE;
  for (guint i = 0; i < tfc_model_n_inputs (row->model); i++) {
    const TfcTensor *t = tfc_model_input (row->model, i);
    case_fill (t, t->data);
  }
  if (!tfc_model_run (row->model, error))
    return FALSE;
  for (guint i = 0; i < tfc_model_n_outputs (row->model); i++)
    row->sum += sum_of (tfc_model_output (row->model, i));
  return describe_model (row, row->model);
}

/* The second run follows who was found by the first one. */
static gboolean
open_chain (Row *row, const TfcModelOptions *options, GError **error)
{
  row->chain = chain_open (row->of, options, error);
  if (!row->chain || !row_run (row, ROW_UNTIMED, error) || !row_run (row, ROW_UNTIMED, error))
    return FALSE;
  return !chain_model (row->chain) || describe_model (row, chain_model (row->chain));
}

static gboolean
open_peer (Row *row, const gchar *program, gdouble expected, GError **error)
{
  const Case *c = row->of;
  row->child = peer_new (program, case_task_name (c), c->peer_path, c->folder, row->threads, error);
  if (!row->child)
    return FALSE;
  row->version = g_strdup (peer_version (row->child));
  if (!peer_sum (row->child, &row->sum, error))
    return FALSE;
  if (!expected ||
      fabs (row->sum - expected) <= (c->quantised ? SAME_SUM_OF_BYTES : SAME_SUM) * fabs (expected))
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "%s: answers something else (%.9g in sum, ours is %.9g)", row->backend, row->sum,
               expected);
  return FALSE;
}

static gboolean
open_ours (Row *row, GError **error)
{
  TfcModelOptions options = {.backend = row->backend};
  options.pool = row->pool = tfc_pool_new (row->threads);
  row->threads = tfc_pool_threads (row->pool);
  return row->of->task == CASE_NETWORK ? open_network (row, &options, error)
                                       : open_chain (row, &options, error);
}

Row *
row_new (const Case *c, const gchar *backend, const gchar *program, guint threads, gdouble expected,
         GError **error)
{
  Row *row = g_new0 (Row, 1);
  gboolean bare = g_str_equal (backend, "bare");
  row->of = c;
  row->network = g_strdup (c->title);
  row->backend = g_strdup (backend);
  row->peer = bare || program;
  row->threads = threads;
  row->ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  row->against = g_array_new (FALSE, FALSE, sizeof (Against));
  if (!(bare      ? open_bare (row, error)
        : program ? open_peer (row, program, expected, error)
                  : open_ours (row, error)))
    g_clear_pointer (&row, row_free);
  return row;
}

void
row_finish (Row *row)
{
  g_clear_pointer (&row->model, tfc_model_close);
  g_clear_pointer (&row->chain, chain_close);
  g_clear_pointer (&row->bare, bare_free);
  g_clear_pointer (&row->pool, tfc_pool_unref);
  g_clear_pointer (&row->child, peer_free);
  row->of = NULL;
}

void
row_free (Row *row)
{
  if (!row)
    return;
  row_finish (row);
  g_array_unref (row->ns);
  g_array_unref (row->against);
  g_free (row->version);
  g_free (row->network);
  g_free (row->backend);
  g_free (row);
}

static gboolean
turn (Row *row, GError **error)
{
  if (row->model)
    return tfc_model_run (row->model, error);
  if (row->chain) {
    const gint n = chain_run (row->chain, error);
    row->sum = n;
    return n >= 0;
  }
  if (bare_run (row->bare))
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the bare program failed");
  return FALSE;
}

gboolean
row_run (Row *row, RowTime time, GError **error)
{
  gint64 start = row_now_ns (time), took;
  if (row->child ? (took = peer_run (row->child, time == ROW_CPU, error)) < 0 : !turn (row, error))
    return FALSE;
  if (!row->child)
    took = row_now_ns (time) - start;
  if (time != ROW_UNTIMED)
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
by_number (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *)a, y = *(const gdouble *)b;
  return (x > y) - (x < y);
}

static gdouble
at (const gdouble *sorted, guint n, gdouble fraction)
{
  gdouble place = fraction * (n - 1);
  guint i = place, next = MIN (i + 1, n - 1);
  return sorted[i] + (sorted[next] - sorted[i]) * (place - i);
}

static Against
compare (const Row *row, const Row *other)
{
  guint n = MIN (row->ns->len, other->ns->len);
  g_autofree gdouble *ratios = g_new (gdouble, n);
  Against against;
  for (guint i = 0; i < n; i++)
    ratios[i] = (gdouble)g_array_index (row->ns, gint64, i) / g_array_index (other->ns, gint64, i);
  qsort (ratios, n, sizeof *ratios, by_number);
  against = (Against){{0}, at (ratios, n, 0.5), at (ratios, n, 0.1), at (ratios, n, 0.9), 0};
  g_strlcpy (against.peer, other->backend, sizeof against.peer);
  return against;
}

void
row_compare (Row *row, const Row *first)
{
  row->ratio = compare (row, first).ratio;
}

static gdouble
median_ms (const Row *row)
{
  g_autofree gdouble *times = g_new (gdouble, row->ns->len);
  for (guint i = 0; i < row->ns->len; i++)
    times[i] = g_array_index (row->ns, gint64, i) / 1e6;
  qsort (times, row->ns->len, sizeof *times, by_number);
  return at (times, row->ns->len, 0.5);
}

void
row_compare_peer (Row *row, const Row *peer)
{
  Against against = compare (row, peer);
  against.ms = median_ms (peer);
  g_array_append_val (row->against, against);
}

void
row_sort (Row *row)
{
  g_array_sort (row->ns, by_time);
}

gdouble
row_ms (const Row *row, gdouble fraction)
{
  gdouble place = fraction * (row->ns->len - 1);
  guint i = place, next = MIN (i + 1, row->ns->len - 1);
  gdouble low = g_array_index (row->ns, gint64, i), high = g_array_index (row->ns, gint64, next);
  return (low + (high - low) * (place - i)) / 1e6;
}

gdouble
row_roofline_ms (const Row *row)
{
  return row->peak > 0 ? row->macs / row->peak * 1e3 : 0;
}

gdouble
row_of_peak (const Row *row)
{
  return row_roofline_ms (row) / row_ms (row, 0.5);
}

const Against *
row_best_peer (const Row *row)
{
  const Against *best = NULL;
  for (guint i = 0; i < row->against->len; i++) {
    const Against *a = &g_array_index (row->against, Against, i);
    if (!g_str_equal (a->peer, "bare") && (!best || a->ratio > best->ratio))
      best = a;
  }
  return best;
}
