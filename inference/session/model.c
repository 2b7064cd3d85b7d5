/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/model.h"

#include <sys/resource.h>

#include "inference/runtime/governor.h"
#include "inference/passes/output_ends.h"
#include "inference/session/ends.h"
#include "inference/passes/lower.h"
#include "inference/plan/plan.h"
#include "inference/plan/drop_packed.h"
#include "inference/plan/slow_share.h"

struct TfcModel {
  TfcGraph *graph;
  TfcPlan *plan;
  TfcPool *pool;
  const TfcBackend *backend;
  TfcTensor *inputs, *outputs; /* with their places */
  gboolean *activated;         /* [outputs] */
  gsize constant_bytes;
  TfcGovernor governor;
};

static guint
id_at (const GArray *ids, guint index)
{
  return g_array_index (ids, guint, index);
}

static TfcTensor *
with_places (const TfcModel *m, const GArray *ids)
{
  TfcTensor *tensors = g_new0 (TfcTensor, ids->len + 1);
  for (guint i = 0; i < ids->len; i++) {
    tensors[i] = tfc_graph_v (m->graph, id_at (ids, i))->tensor;
    tensors[i].data = m->plan->buffer[id_at (ids, i)];
  }
  return tensors;
}

static gsize
constant_bytes (const TfcGraph *graph)
{
  gsize sum = 0;
  for (guint v = 0; v < graph->values->len; v++) {
    const TfcTensor *t = &tfc_graph_v (graph, v)->tensor;
    sum += t->data ? tfc_tensor_bytes (t) : 0;
  }
  return sum;
}

TfcModel *
tfc_model_open_graph (TfcGraph *graph, const TfcModelOptions *options, GError **error)
{
  TfcModel *m = g_new0 (TfcModel, 1);
  m->graph = graph;
  m->backend = tfc_backend_find (options ? options->backend : NULL, error);
  if (!m->backend || !tfc_graph_check (graph, error))
    goto fail;
  m->activated = tfc_ends_activated (graph); /* lowering moves ops */
  if (!tfc_lower (graph, error) || !tfc_graph_check (graph, error))
    goto fail;
  m->pool = options && options->pool ? tfc_pool_ref (options->pool) : tfc_pool_new (1);
  m->plan = tfc_plan_new (graph, m->backend, m->pool, error);
  if (!m->plan)
    goto fail;
  tfc_governor_init (&m->governor, !m->plan->native);
  m->constant_bytes = constant_bytes (graph);
  tfc_drop_packed (graph, m->plan);
  m->inputs = with_places (m, graph->inputs);
  m->outputs = with_places (m, graph->outputs);
  return m;

fail:
  tfc_model_close (m);
  return NULL;
}

TfcModel *
tfc_model_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  const TfcEnds ends = tfc_model_ends (options);
  TfcGraph *graph = tfc_load_with (path, &ends, error);
  TfcModel *m = graph ? tfc_model_open_graph (graph, options, error) : NULL;
  if (graph && !m)
    g_prefix_error (error, "%s: ", path);
  if (!m)
    tfc_error_tidy (error);
  return m;
}

void
tfc_model_close (TfcModel *m)
{
  if (!m)
    return;
  tfc_plan_free (m->plan);
  tfc_graph_free (m->graph);
  tfc_pool_unref (m->pool);
  g_free (m->inputs);
  g_free (m->outputs);
  g_free (m->activated);
  g_free (m);
}

/* How often the calling thread was put aside for others so far. */
static glong
preemptions (void)
{
#ifdef RUSAGE_THREAD
  struct rusage usage;
  if (getrusage (RUSAGE_THREAD, &usage) == 0)
    return usage.ru_nivcsw;
#endif
  return 0;
}

/* pool NULL: without workers. */
static gboolean
run_timed (TfcModel *m, TfcPool *pool)
{
  tfc_pool_enter (pool, m->plan->native);
  const glong preempted = preemptions ();
  const gint64 start = g_get_monotonic_time ();
  const gboolean ran = tfc_plan_run (m->plan, pool);
  const gint64 end = g_get_monotonic_time ();
  tfc_pool_leave (pool);
  if (m->governor.alone == !pool)
    tfc_governor_ran (&m->governor, end * 1000, (end - start) * 1000, preemptions () - preempted);
  return ran;
}

gboolean
tfc_model_run (TfcModel *m, GError **error)
{
  gboolean ran;
  if (tfc_pool_threads (m->pool) == 1)
    ran = tfc_plan_run (m->plan, NULL);
  else
    ran = run_timed (m, m->governor.alone && tfc_plan_runs_alone (m->plan) ? NULL : m->pool);
  if (G_LIKELY (ran))
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the %s backend failed while running",
               m->backend->name);
  return FALSE;
}

guint
tfc_model_n_inputs (const TfcModel *m)
{
  return m->graph->inputs->len;
}

guint
tfc_model_n_outputs (const TfcModel *m)
{
  return m->graph->outputs->len;
}

const TfcTensor *
tfc_model_input (const TfcModel *m, guint index)
{
  return index < m->graph->inputs->len ? &m->inputs[index] : NULL;
}

const TfcTensor *
tfc_model_output (const TfcModel *m, guint index)
{
  return index < m->graph->outputs->len ? &m->outputs[index] : NULL;
}

static const gchar *
name_at (const TfcModel *m, const GArray *ids, guint index)
{
  const gchar *name = index < ids->len ? tfc_graph_v (m->graph, id_at (ids, index))->name : NULL;
  return name ? name : "";
}

const gchar *
tfc_model_input_name (const TfcModel *m, guint index)
{
  return name_at (m, m->graph->inputs, index);
}

const gchar *
tfc_model_output_name (const TfcModel *m, guint index)
{
  return name_at (m, m->graph->outputs, index);
}

gboolean
tfc_model_output_activated (const TfcModel *m, guint index)
{
  return index < m->graph->outputs->len && m->activated[index];
}

gboolean
tfc_model_picture (const TfcModel *m, gfloat *scale, gfloat *offset)
{
  const TfcPictureInput *p = &m->graph->picture;
  if (p->there) {
    *scale = p->scale;
    *offset = p->offset;
  }
  return p->there;
}

const gchar *
tfc_model_postprocess (const TfcModel *m)
{
  return m->graph->tail ? m->graph->tail->name : NULL;
}

gdouble
tfc_model_postprocess_option (const TfcModel *m, const gchar *name, gdouble fallback)
{
  const TfcPostprocess *tail = m->graph->tail;
  const gdouble *value = tail && tail->options ? g_hash_table_lookup (tail->options, name) : NULL;
  return value ? *value : fallback;
}

const TfcTensor *
tfc_model_postprocess_const (const TfcModel *m, guint index)
{
  const TfcPostprocess *tail = m->graph->tail;
  return tail && index < tail->n_consts ? &tfc_graph_v (m->graph, tail->consts[index])->tensor
                                        : NULL;
}

const gchar *
tfc_model_backend (const TfcModel *m)
{
  return m->backend->name;
}

guint
tfc_model_threads (const TfcModel *m)
{
  return tfc_pool_threads (m->pool);
}

guint64
tfc_model_macs (const TfcModel *m)
{
  guint64 sum = 0;
  for (guint i = 0; i < m->graph->nodes->len; i++)
    sum += tfc_graph_macs (m->graph, tfc_graph_n (m->graph, i));
  return sum;
}

gsize
tfc_model_bytes (const TfcModel *m)
{
  return m->plan->arena_bytes + m->constant_bytes;
}

guint
tfc_model_n_fallback (const TfcModel *m)
{
  guint n = 0;
  for (guint i = 0; i < m->plan->n_steps; i++) {
    const TfcBackend *backend = m->plan->steps[i].backend;
    if (backend == &tfc_backend_reference && backend != m->backend)
      n += m->plan->steps[i].segment.n;
  }
  return n;
}

gdouble
tfc_model_slow_share (const TfcModel *m, const gchar **op)
{
  return tfc_plan_slow_share (m->plan, m->backend, op);
}
