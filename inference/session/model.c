/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE

#include <sys/resource.h>

#include "inference/session/ends.h"
#include "inference/session/model_private.h"
#include "inference/plan/slow_share.h"

/* Inputs whose shapes the options give; they were found when the file was read. */
static void
note_given (TfcSpecialization *v, const TfcModelOptions *options)
{
  for (guint i = 0; i < options->n_input_shapes; i++) {
    const TfcInputShape *s = &options->input_shapes[i];
    for (guint k = 0; k < v->graph->inputs->len; k++) {
      const guint id = tfc_specialization_id (v->graph->inputs, k);
      if (s->name ? !g_strcmp0 (s->name, tfc_graph_v (v->graph, id)->name) : s->index == k)
        v->given[k] = v->inputs[k].shape;
    }
  }
}

TfcModel *
tfc_model_open_graph (TfcGraph *graph, const TfcModelOptions *options, GError **error)
{
  TfcModel *m = g_new0 (TfcModel, 1);
  m->specializations = g_ptr_array_new_with_free_func ((GDestroyNotify)tfc_specialization_free);
  m->packed = tfc_packed_store_new ();
  m->pool = options && options->pool ? tfc_pool_ref (options->pool) : tfc_pool_new (1);
  m->backend = tfc_backend_find (options ? options->backend : NULL, error);
  if (m->backend)
    m->now = tfc_specialization_new (graph, m->backend, m->pool, m->packed, error);
  else
    tfc_graph_free (graph);
  if (!m->now) {
    tfc_model_close (m);
    return NULL;
  }
  m->now->packed_bytes = tfc_packed_store_bytes (m->packed); /* they are known by their place */
  g_ptr_array_add (m->specializations, m->now);
  return m;
}

TfcModel *
tfc_model_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  const TfcEnds ends = tfc_model_ends (options);
  TfcGraph *graph = tfc_load_with (path, &ends, error);
  TfcModel *m = graph ? tfc_model_open_graph (graph, options, error) : NULL;
  if (graph && !m)
    g_prefix_error (error, "%s: ", path);
  if (!m) {
    tfc_error_tidy (error);
    return NULL;
  }
  m->path = g_strdup (path);
  if (options) {
    m->input_names = g_strdupv ((gchar **)options->inputs);
    m->output_names = g_strdupv ((gchar **)options->outputs);
    m->watch = options->watch;
    m->watch_data = options->watch_data;
    note_given (m->now, options);
  }
  return m;
}

void
tfc_model_close (TfcModel *m)
{
  if (!m)
    return;
  g_ptr_array_unref (m->specializations);
  tfc_packed_store_unref (m->packed);
  tfc_pool_unref (m->pool);
  g_free (m->path);
  g_strfreev (m->input_names);
  g_strfreev (m->output_names);
  tfc_source_free (m->source);
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
  tfc_pool_enter (pool, m->now->plan->native);
  const glong preempted = preemptions ();
  const gint64 start = g_get_monotonic_time ();
  const gboolean ran = tfc_plan_run (m->now->plan, pool);
  const gint64 end = g_get_monotonic_time ();
  tfc_pool_leave (pool);
  if (m->now->governor.alone == !pool)
    tfc_governor_ran (&m->now->governor, end * 1000, (end - start) * 1000,
                      preemptions () - preempted);
  return ran;
}

static void
tell (TfcModel *m, TfcRunStage stage)
{
  if (G_UNLIKELY (m->watch))
    m->watch (m->watch_data, m->path, m, stage);
}

gboolean
tfc_model_run (TfcModel *m, GError **error)
{
  gboolean ran;
  tell (m, TFC_RUN_BEGINS);
  if (tfc_pool_threads (m->pool) == 1)
    ran = tfc_plan_run (m->now->plan, NULL);
  else
    ran = run_timed (m,
                     m->now->governor.alone && tfc_plan_runs_alone (m->now->plan) ? NULL : m->pool);
  if (G_LIKELY (ran)) {
    tell (m, TFC_RUN_ENDED);
    return TRUE;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the %s backend failed while running",
               m->backend->name);
  return FALSE;
}

guint
tfc_model_n_inputs (const TfcModel *m)
{
  return m->now->graph->inputs->len;
}

guint
tfc_model_n_outputs (const TfcModel *m)
{
  return m->now->graph->outputs->len;
}

const TfcTensor *
tfc_model_input (const TfcModel *m, guint index)
{
  return index < m->now->graph->inputs->len ? &m->now->inputs[index] : NULL;
}

const TfcTensor *
tfc_model_output (const TfcModel *m, guint index)
{
  return index < m->now->graph->outputs->len ? &m->now->outputs[index] : NULL;
}

static const gchar *
name_at (const TfcModel *m, const GArray *ids, guint index)
{
  const gchar *name = index < ids->len
                          ? tfc_graph_v (m->now->graph, tfc_specialization_id (ids, index))->name
                          : NULL;
  return name ? name : "";
}

const gchar *
tfc_model_input_name (const TfcModel *m, guint index)
{
  return name_at (m, m->now->graph->inputs, index);
}

const gchar *
tfc_model_output_name (const TfcModel *m, guint index)
{
  return name_at (m, m->now->graph->outputs, index);
}

gboolean
tfc_model_output_activated (const TfcModel *m, guint index)
{
  return index < m->now->graph->outputs->len && m->now->activated[index];
}

gboolean
tfc_model_picture (const TfcModel *m, gfloat *scale, gfloat *offset)
{
  const TfcPictureInput *p = &m->now->graph->picture;
  if (p->there) {
    *scale = p->scale;
    *offset = p->offset;
  }
  return p->there;
}

const gchar *
tfc_model_postprocess (const TfcModel *m)
{
  return m->now->graph->tail ? m->now->graph->tail->name : NULL;
}

gdouble
tfc_model_postprocess_option (const TfcModel *m, const gchar *name, gdouble fallback)
{
  const TfcPostprocess *tail = m->now->graph->tail;
  const gdouble *value = tail && tail->options ? g_hash_table_lookup (tail->options, name) : NULL;
  return value ? *value : fallback;
}

const TfcTensor *
tfc_model_postprocess_const (const TfcModel *m, guint index)
{
  const TfcPostprocess *tail = m->now->graph->tail;
  return tail && index < tail->n_consts ? &tfc_graph_v (m->now->graph, tail->consts[index])->tensor
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
  for (guint i = 0; i < m->now->graph->nodes->len; i++)
    sum += tfc_graph_macs (m->now->graph, tfc_graph_n (m->now->graph, i));
  return sum;
}

gsize
tfc_model_bytes (const TfcModel *m)
{
  return tfc_specialization_bytes (m->now);
}

guint
tfc_model_n_fallback (const TfcModel *m)
{
  guint n = 0;
  for (guint i = 0; i < m->now->plan->n_steps; i++) {
    const TfcBackend *backend = m->now->plan->steps[i].backend;
    if (backend == &tfc_backend_reference && backend != m->backend)
      n += m->now->plan->steps[i].segment.n;
  }
  return n;
}

gdouble
tfc_model_slow_share (const TfcModel *m, const gchar **op)
{
  return tfc_plan_slow_share (m->now->plan, m->backend, op);
}
