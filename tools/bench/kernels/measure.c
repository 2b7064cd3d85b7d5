/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/measure.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "tools/common/json.h"

#define TURN_NS 200000.0 /* short layers run several times in a turn */
#define MAX_RUNS 256
#define WAKE_NS 300000 /* runs before a turn, for workers that slept: some begin without waiting for them */

/* A layer on one backend. */
typedef struct {
  TfcPlan *plan;
  TfcPool *pool;
  GArray *ns; /* gdouble: of one run, one a turn */
  gboolean cpu_time;
} Engine;

static const TfcTensor *
tensor (const TfcGraph *g, guint v)
{
  return &tfc_graph_v (g, v)->tensor;
}

/* Floats in -1..1, all bytes, indices 0 and 1, which every axis has that can be indexed at all. */
static void
fill (const TfcTensor *t, void *data)
{
  guint32 state = 1;
  for (gsize i = 0, n = tfc_tensor_count (t); i < n; i++) {
    state = state * 1664525u + 1013904223u;
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)data)[i] = (state >> 8) / 8388608.0f - 1.0f;
    else if (t->type == TFC_TYPE_I32)
      ((gint32 *)data)[i] = state >> 31;
    else
      ((guint8 *)data)[i] = t->type == TFC_TYPE_BOOL ? state >> 31 : state >> 24;
  }
}

static gint64
now_ns (gboolean cpu_time)
{
  struct timespec t;
  clock_gettime (cpu_time ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return (gint64)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
close_engine (Engine *e)
{
  tfc_plan_free (e->plan);
  g_clear_pointer (&e->ns, g_array_unref);
}

static gboolean
open_engine (Engine *e, const LayerCase *l, const TfcBackend *backend, TfcPool *pool,
             GError **error)
{
  *e = (Engine){.pool = pool, .ns = g_array_new (FALSE, FALSE, sizeof (gdouble))};
  tfc_pool_expect_runs (pool, TRUE);
  e->plan = tfc_plan_new (l->graph, backend, pool, error);
  if (!e->plan) {
    close_engine (e);
    return FALSE;
  }
  for (guint i = 0; i < l->graph->inputs->len; i++) {
    const guint v = g_array_index (l->graph->inputs, guint, i);
    fill (tensor (l->graph, v), e->plan->buffer[v]);
  }
  return TRUE;
}

static gboolean
fail (const Engine *e, GError **error)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the %s backend failed while running",
               e->plan->steps[0].backend->name);
  return FALSE;
}

static void
do_nothing (gpointer data, gsize index)
{
  (void)data;
  (void)index;
}

/* One engine's workers do not look out for work on the CPUs of the other's. */
static void
send_to_sleep (TfcPool *pool)
{
  tfc_pool_expect_runs (pool, FALSE);
  tfc_pool_parallel (pool, do_nothing, NULL, tfc_pool_threads (pool), FALSE);
  tfc_pool_expect_runs (pool, TRUE);
}

/* At least once: the other engine had the caches. With workers until they are awake. */
static gboolean
warm_up (Engine *e)
{
  const gint64 until = now_ns (FALSE) + (tfc_pool_threads (e->pool) > 1 ? WAKE_NS : 0);
  gboolean ran;
  do
    ran = tfc_plan_run (e->plan, e->pool);
  while (ran && now_ns (FALSE) < until);
  return ran;
}

static gboolean
take_turn (Engine *e, guint runs, gdouble *ns, GError **error)
{
  gboolean ran;
  gint64 start;
  tfc_pool_enter (e->pool, e->plan->native);
  ran = warm_up (e);
  start = now_ns (e->cpu_time);
  for (guint i = 0; ran && i < runs; i++)
    ran = tfc_plan_run (e->plan, e->pool);
  *ns = (gdouble)(now_ns (e->cpu_time) - start) / MAX (runs, 1);
  send_to_sleep (e->pool);
  tfc_pool_leave (e->pool);
  return ran || fail (e, error);
}

static gint
by_value (gconstpointer a, gconstpointer b)
{
  const gdouble x = *(const gdouble *)a, y = *(const gdouble *)b;
  return (x > y) - (x < y);
}

static gdouble
median (const GArray *values)
{
  g_autofree gdouble *v = g_memdup2 (values->data, values->len * sizeof *v);
  qsort (v, values->len, sizeof *v, by_value);
  return v[values->len / 2];
}

static gdouble
least (const GArray *values)
{
  gdouble least = G_MAXDOUBLE;
  for (guint i = 0; i < values->len; i++)
    least = MIN (least, g_array_index (values, gdouble, i));
  return least;
}

/* Over the turns, the one engine's time by the other's in the same turn. */
static gdouble
median_ratio (const Engine *pair)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (gdouble));
  for (guint i = 0; i < pair[0].ns->len; i++) {
    const gdouble ratio =
        g_array_index (pair[0].ns, gdouble, i) / MAX (g_array_index (pair[1].ns, gdouble, i), 1);
    g_array_append_val (ratios, ratio);
  }
  return median (ratios);
}

/* Turns are taken ours first and XNNPACK's first by turns. */
static gboolean
take_turns (Engine *pair, guint turns, gdouble seconds, GError **error)
{
  gdouble once[2];
  guint runs = 1;
  gint64 start;
  for (guint i = 0; i < 2; i++) {
    if (!take_turn (&pair[i], 1, &once[i], error))
      return FALSE;
  }
  runs = CLAMP (TURN_NS / MAX (MIN (once[0], once[1]), 1), 1, MAX_RUNS);
  start = g_get_monotonic_time ();
  for (guint t = 0; t < turns && (t < 3 || g_get_monotonic_time () - start < seconds * 1e6); t++) {
    for (guint k = 0; k < 2; k++) {
      Engine *e = &pair[(t + k) % 2];
      gdouble ns;
      if (!take_turn (e, runs, &ns, error))
        return FALSE;
      g_array_append_val (e->ns, ns);
    }
  }
  return TRUE;
}

/* New plans each time: where buffers and weights lie counts too. */
static gboolean
measure_once (Measurement *m, const LayerCase *l, TfcPool *pool, const MeasureOptions *o,
              guint times, GError **error)
{
  const TfcBackend *peer = tfc_backend_find ("xnnpack", error);
  Engine pair[2] = {0};
  gboolean ok = peer && open_engine (&pair[0], l, &tfc_backend_auto, pool, error) &&
                open_engine (&pair[1], l, peer, pool, error);
  pair[0].cpu_time = pair[1].cpu_time = o->cpu_time;
  ok = ok && take_turns (pair, o->turns * times, o->seconds * times, error);
  if (ok) {
    m->measured++;
    m->peer = pair[1].plan->steps[0].backend->name;
    m->ours_us = least (pair[0].ns) / 1e3;
    m->peer_us = least (pair[1].ns) / 1e3;
    m->ratio = median_ratio (pair);
  }
  close_engine (&pair[0]);
  close_engine (&pair[1]);
  return ok;
}

static gboolean
time_layer (Measurement *m, const LayerCase *l, TfcPool *pool, const MeasureOptions *o,
            GError **error)
{
  for (guint i = 0; i <= o->again; i++) {
    if (!measure_once (m, l, pool, o, 1u << i, error))
      return FALSE;
    if (m->ratio <= MEASURE_LIMIT || m->ours_us - m->peer_us < MEASURE_LEAST_US)
      return TRUE;
  }
  m->result = MEASURE_SLOWER;
  return TRUE;
}

GPtrArray *
measure_reference (const LayerCase *l, GError **error)
{
  Engine e;
  GPtrArray *blocks;
  gdouble ns;
  if (!open_engine (&e, l, &tfc_backend_reference, NULL, error))
    return NULL;
  blocks = g_ptr_array_new_with_free_func (g_free);
  if (!take_turn (&e, 0, &ns, error))
    g_clear_pointer (&blocks, g_ptr_array_unref);
  for (guint i = 0; blocks && i < l->graph->outputs->len; i++) {
    const guint v = g_array_index (l->graph->outputs, guint, i);
    g_ptr_array_add (blocks,
                     g_memdup2 (e.plan->buffer[v], tfc_tensor_bytes (tensor (l->graph, v))));
  }
  close_engine (&e);
  return blocks;
}

static gdouble
number_at (const TfcTensor *t, const void *data, gsize i)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      return ((const gfloat *)data)[i];
    case TFC_TYPE_I32:
      return ((const gint32 *)data)[i];
    case TFC_TYPE_I8:
      return ((const gint8 *)data)[i];
    default:
      return ((const guint8 *)data)[i];
  }
}

/* How far results may be from the reference's, which adds in another order: of float32 relative to
 * 1 + |value|, more where an output has many products, as the tests have it. XNNPACK's own 8-bit
 * layers may be a step off. */
static gdouble
tolerance (const LayerCase *l, const TfcTensor *t, const gchar *by)
{
  if (t->type == TFC_TYPE_F32)
    return MAX (1e-4, 4e-7 * l->macs / tfc_tensor_count (t)) * l->graph->nodes->len;
  return t->type == TFC_TYPE_I32 || g_str_equal (by, "auto") ? 0 : 1;
}

static gdouble
distance (const TfcTensor *t, gdouble a, gdouble b)
{
  if (a == b || (isnan (a) && isnan (b)))
    return 0;
  const gdouble d = t->type == TFC_TYPE_F32 ? fabs (a - b) / (1 + fabs (b)) : fabs (a - b);
  return isnan (d) ? G_MAXDOUBLE : d;
}

static void
compare_output (Measurement *m, const LayerCase *l, const TfcTensor *t, const void *ours,
                const void *expected)
{
  const gdouble limit = tolerance (l, t, m->ours);
  for (gsize i = 0, n = tfc_tensor_count (t); i < n; i++) {
    const gdouble a = number_at (t, ours, i), b = number_at (t, expected, i),
                  d = distance (t, a, b);
    if (d <= m->error)
      continue;
    m->error = d;
    if (d <= limit)
      continue;
    m->result = MEASURE_DIFFERS;
    g_free (m->difference);
    m->difference = g_strdup_printf ("element %" G_GSIZE_FORMAT " is %.9g, not %.9g", i, a, b);
  }
}

/* FALSE with error set, or without if nothing runs. */
static gboolean
compare (Measurement *m, const LayerCase *l, const GPtrArray *expected, TfcPool *pool,
         GError **error)
{
  Engine e;
  gdouble ns;
  if (!open_engine (&e, l, &tfc_backend_auto, pool, error))
    return FALSE;
  gboolean ok = e.plan->n_steps > 0 && take_turn (&e, 0, &ns, error);
  m->ours = e.plan->n_steps ? e.plan->steps[0].backend->name : NULL;
  for (guint i = 0; ok && i < l->graph->outputs->len; i++) {
    const guint v = g_array_index (l->graph->outputs, guint, i);
    compare_output (m, l, tensor (l->graph, v), e.plan->buffer[v], expected->pdata[i]);
  }
  close_engine (&e);
  return ok;
}

gboolean
measure_layer (Measurement *m, const LayerCase *l, const GPtrArray *expected, TfcPool *pool,
               const MeasureOptions *o, GError **error)
{
  memset (m, 0, sizeof *m);
  if (!compare (m, l, expected, pool, error))
    return FALSE;
  if (!o->turns || m->result == MEASURE_DIFFERS || !g_str_equal (m->ours, "auto"))
    return TRUE;
  return time_layer (m, l, pool, o, error);
}

void
measure_to_json (const Measurement *m, cJSON *to)
{
  static const gchar *const names[] = {"equal", "differs", "slower"};
  tfc_json_text (to, "result", names[m->result]);
  cJSON_AddNumberToObject (to, "error", m->error);
  if (m->difference)
    tfc_json_text (to, "difference", m->difference);
  if (!m->peer)
    return;
  tfc_json_text (to, "against", m->peer);
  cJSON_AddNumberToObject (to, "ours_us", m->ours_us);
  cJSON_AddNumberToObject (to, "against_us", m->peer_us);
  cJSON_AddNumberToObject (to, "ratio", m->ratio);
  cJSON_AddNumberToObject (to, "measured", m->measured);
}
