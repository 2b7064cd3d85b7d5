/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/plan.h"

#include "inference/plan/arena.h"
#include "inference/plan/assign_backends.h"
#include "inference/plan/epilogue.h"
#include "inference/plan/fuse_groups.h"
#include "inference/plan/packed_size.h"
#include "inference/runtime/large_alloc.h"
#include "inference/plan/schedule.h"
#include "inference/passes/weight_layout.h"

#include <string.h>

/* What is known while a plan is made. */
typedef struct {
  TfcPlan *plan;
  const TfcGraph *graph; /* the caller's; from make_epilogues on with nodes of our own */
  TfcDefUse def_use;
  const TfcBackend **who; /* [nodes] */
  TfcAlias alias;
  TfcSchedule schedule;
  guint *step;     /* [nodes] which step runs it, TFC_NONE: elided */
  guint8 *crosses; /* [values] leaves the step that computes it */
  TfcFuseGroups groups;
  guint8 *forever;    /* [values] for roots: holds a graph input or output */
  guint *start, *end; /* [values] for roots: life span in nodes run; start > end: never alive */
} Work;

static void
make_epilogues (Work *w)
{
  TfcEpilogues *epilogues = &w->plan->epilogues;
  tfc_epilogues_init (epilogues, w->graph, &w->def_use, w->who);
  tfc_def_use_finish (&w->def_use);
  g_free (w->who);
  w->graph = epilogues->graph;
  w->who = g_steal_pointer (&epilogues->who);
  tfc_def_use_init (&w->def_use, w->graph);
}

/* Weights as the backends that run the nodes take them. */
static gboolean
make_weights (const Work *w, TfcGraph *graph, GError **error)
{
  for (guint i = 0; i < w->graph->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (w->graph, i);
    for (guint k = 0; !w->who[i]->takes_turned && k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE && !tfc_weight_layout_restore (graph, node->in[k])) {
        g_propagate_error (error, g_error_copy (graph->error));
        return FALSE;
      }
    }
  }
  return TRUE;
}

static void
make_steps (Work *w)
{
  TfcPlan *plan = w->plan;
  const TfcSchedule *s = &w->schedule;

  plan->graph = g_memdup2 (w->graph, sizeof (TfcGraph));
  plan->graph->nodes = g_array_new (FALSE, FALSE, sizeof (TfcNode));
  for (guint i = 0; i < w->graph->nodes->len; i++)
    g_array_append_val (plan->graph->nodes, *tfc_graph_n (w->graph, s->order[i]));

  plan->n_steps = s->n_runs;
  plan->steps = g_new0 (TfcStep, s->n_runs + 1);
  w->step = g_new (guint, w->graph->nodes->len + 1);
  memset (w->step, 0xff, (w->graph->nodes->len + 1) * sizeof (guint));
  for (guint i = 0; i < s->n_runs; i++) {
    const TfcRun *run = &s->runs[i];
    plan->steps[i].backend = run->backend;
    plan->steps[i].segment = (TfcSegment){.graph = plan->graph,
                                          .first = run->first,
                                          .n = run->n,
                                          .more = i + 1 < s->n_runs,
                                          .packed = plan->packed};
    for (guint k = 0; k < run->n; k++)
      w->step[s->order[run->first + k]] = i;
  }
}

static gboolean
is_const (const Work *w, guint v)
{
  return tfc_graph_v (w->graph, v)->tensor.data != NULL;
}

static guint
step_of_value (const Work *w, guint v)
{
  guint node = w->def_use.producer[v];
  return node == TFC_NONE ? TFC_NONE : w->step[node];
}

/* Values that someone outside the step that computes them sees, by name or through shared memory.
 */
static void
find_crossings (Work *w)
{
  guint n = w->graph->values->len;
  w->crosses = g_new0 (guint8, n + 1);
  w->forever = g_new0 (guint8, n + 1);
  const GArray *lists[] = {w->graph->inputs, w->graph->outputs};
  for (guint l = 0; l < 2; l++) {
    for (guint i = 0; i < lists[l]->len; i++) {
      guint v = g_array_index (lists[l], guint, i);
      w->crosses[v] = 1;
      w->forever[w->alias.root[v]] = 1;
    }
  }
  for (guint v = 0; v < n; v++) {
    if (w->alias.root[v] != v)
      w->crosses[v] = w->crosses[w->alias.root[v]] = 1;
    if (w->def_use.first[v] == w->def_use.first[v + 1])
      w->crosses[v] = 1;
    for (guint r = w->def_use.first[v]; r < w->def_use.first[v + 1]; r++) {
      if (w->step[w->def_use.reader[r]] != step_of_value (w, v))
        w->crosses[v] = 1;
    }
  }
}

static void
extend (Work *w, guint v, guint first, guint last)
{
  guint root = w->alias.root[v];
  w->start[root] = MIN (w->start[root], first);
  w->end[root] = MAX (w->end[root], last);
}

static void
live_in_step (Work *w, const TfcStep *step)
{
  gboolean by_node = step->backend->by_node;
  guint first = step->segment.first, last = first + step->segment.n - 1, joined = first;
  for (guint i = first; i <= last; i++) {
    const TfcNode *node = tfc_graph_n (w->plan->graph, i);
    guint from = by_node ? joined : first, to = by_node ? w->groups.last[i] : last;
    joined = i == w->groups.last[i] ? i + 1 : joined;
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE && !w->groups.inside[node->in[k]])
        extend (w, node->in[k], from, to);
    }
    for (guint k = 0; k < node->n_out; k++) {
      if ((by_node && !w->groups.inside[node->out[k]]) || w->crosses[node->out[k]])
        extend (w, node->out[k], from, to);
    }
  }
}

/* A value needs a buffer if it is seen outside its step, or if its step goes by node. */
static gboolean
needs_buffer (const Work *w, guint v)
{
  guint step = step_of_value (w, v);
  return w->crosses[v] ||
         (step != TFC_NONE && w->plan->steps[step].backend->by_node && !w->groups.inside[v]);
}

static void
find_lives (Work *w)
{
  guint n = w->graph->values->len;
  w->start = g_new (guint, n + 1);
  w->end = g_new0 (guint, n + 1);
  memset (w->start, 0xff, (n + 1) * sizeof (guint));
  for (guint i = 0; i < w->plan->n_steps; i++)
    live_in_step (w, &w->plan->steps[i]);
  for (guint v = 0; v < n; v++) {
    if (w->forever[v]) {
      w->start[v] = 0;
      w->end[v] = G_MAXUINT;
    }
  }
}

static gboolean
in_arena (const Work *w, guint v)
{
  return w->alias.root[v] == v && !is_const (w, v) && w->start[v] <= w->end[v] &&
         needs_buffer (w, v);
}

static gboolean
alloc_arena (TfcPlan *plan, gsize bytes, GError **error)
{
  plan->arena_bytes = bytes;
  plan->arena = bytes ? tfc_large_alloc (bytes) : NULL;
  if (bytes && !plan->arena) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
                 "no memory for %" G_GSIZE_FORMAT " bytes of intermediate results", bytes);
    return FALSE;
  }
  return TRUE;
}

static void
set_buffers (Work *w, const TfcBlock *blocks)
{
  guint n = w->graph->values->len, used = 0;
  void **buffer = w->plan->buffer;
  for (guint v = 0; v < n; v++) {
    if (is_const (w, v))
      buffer[v] = tfc_graph_v (w->graph, v)->tensor.data;
    else if (in_arena (w, v))
      buffer[v] = (guint8 *)w->plan->arena + blocks[used++].offset;
  }
  for (guint v = 0; v < n; v++) {
    guint root = w->alias.root[v];
    if (root != v && buffer[root])
      buffer[v] = (guint8 *)buffer[root] + w->alias.offset[v];
  }
}

static gboolean
make_buffers (Work *w, GError **error)
{
  guint n = w->graph->values->len, n_blocks = 0;
  TfcBlock *blocks = g_new (TfcBlock, n + 1);
  gsize total;

  for (guint v = 0; v < n; v++) {
    if (in_arena (w, v))
      blocks[n_blocks++] =
          (TfcBlock){.bytes = tfc_tensor_bytes (&tfc_graph_v (w->graph, v)->tensor),
                     .start = w->start[v],
                     .end = w->end[v]};
  }
  w->plan->buffer = g_new0 (void *, n + 1);
  gboolean ok = tfc_arena_pack (blocks, n_blocks, TFC_MAX_ARENA_BYTES, &total);
  if (!ok)
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "intermediate results take more than %" G_GSIZE_FORMAT " MiB",
                 TFC_MAX_ARENA_BYTES >> 20);
  ok = ok && alloc_arena (w->plan, total, error);
  if (ok)
    set_buffers (w, blocks);
  g_free (blocks);
  return ok;
}

static void
add_once (GArray *ids, guint v, guint *seen, guint mark)
{
  if (seen[v] == mark)
    return;
  seen[v] = mark;
  g_array_append_val (ids, v);
}

/* What goes into and comes out of each step, each value once, in the order of the nodes. */
static void
make_borders (Work *w)
{
  guint *seen = g_new0 (guint, w->graph->values->len + 1);
  for (guint i = 0; i < w->plan->n_steps; i++) {
    TfcSegment *segment = &w->plan->steps[i].segment;
    GArray *in = g_array_new (FALSE, FALSE, sizeof (guint));
    GArray *out = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint k = 0; k < segment->n; k++) {
      const TfcNode *node = tfc_graph_n (w->plan->graph, segment->first + k);
      for (guint j = 0; j < node->n_in; j++) {
        guint v = node->in[j];
        if (v != TFC_NONE && !is_const (w, v) && step_of_value (w, v) != i)
          add_once (in, v, seen, i + 1);
      }
      for (guint j = 0; j < node->n_out; j++) {
        if (w->crosses[node->out[j]])
          add_once (out, node->out[j], seen, i + 1);
      }
    }
    segment->n_in = in->len;
    segment->n_out = out->len;
    segment->in = (guint *)(gpointer)g_array_free (in, FALSE);
    segment->out = (guint *)(gpointer)g_array_free (out, FALSE);
    segment->buffer = w->plan->buffer;
  }
  g_free (seen);
}

static gboolean
prepare_steps (TfcPlan *plan, TfcPool *pool, GError **error)
{
  for (guint i = 0; i < plan->n_steps; i++) {
    TfcStep *step = &plan->steps[i];
    step->state = step->backend->prepare (&step->segment, pool, error);
    if (!step->state)
      return FALSE;
    plan->native = plan->native || tfc_step_is_native (step);
  }
  return TRUE;
}

static void
work_finish (Work *w)
{
  tfc_fuse_groups_finish (&w->groups);
  tfc_schedule_finish (&w->schedule);
  tfc_alias_finish (&w->alias);
  tfc_def_use_finish (&w->def_use);
  g_free (w->who);
  g_free (w->step);
  g_free (w->crosses);
  g_free (w->forever);
  g_free (w->start);
  g_free (w->end);
}

TfcPlan *
tfc_plan_new (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool, GError **error)
{
  TfcPackedStore *packed = tfc_packed_store_new ();
  TfcPlan *plan = tfc_plan_new_sharing (graph, backend, pool, packed, error);
  tfc_packed_store_unref (packed);
  return plan;
}

TfcPlan *
tfc_plan_new_sharing (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool,
                      TfcPackedStore *packed, GError **error)
{
  TfcPlan *plan = g_new0 (TfcPlan, 1);
  plan->packed = tfc_packed_store_ref (packed);
  tfc_packed_store_limit (packed, tfc_packing_limit (graph));
  Work w = {.plan = plan, .graph = graph};
  tfc_def_use_init (&w.def_use, graph);
  w.who = tfc_assign_backends (graph, &w.def_use, backend, error);
  gboolean ok = w.who && tfc_packing_fits (graph, w.who, error);

  if (ok) {
    make_epilogues (&w);
    ok = make_weights (&w, graph, error);
  }
  if (ok) {
    tfc_alias_init (&w.alias, w.graph, &w.def_use, w.who);
    tfc_schedule_init (&w.schedule, w.graph, &w.def_use, &w.alias, w.who);
    make_steps (&w);
    find_crossings (&w);
    tfc_fuse_groups_init (&w.groups, plan, &w.def_use, w.schedule.order, w.crosses,
                          tfc_pool_threads (pool));
    find_lives (&w);
    ok = make_buffers (&w, error);
  }
  if (ok) {
    make_borders (&w);
    ok = prepare_steps (plan, pool, error);
  }
  work_finish (&w);
  tfc_packed_store_forget (packed);
  if (!ok)
    g_clear_pointer (&plan, tfc_plan_free);
  return plan;
}

gboolean
tfc_plan_run (TfcPlan *plan, TfcPool *pool)
{
  for (guint i = 0; i < plan->n_steps; i++) {
    if (!plan->steps[i].backend->run (plan->steps[i].state, pool))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_plan_runs_alone (TfcPlan *plan)
{
  gboolean all = TRUE;
  for (guint i = 0; i < plan->n_steps; i++) {
    const TfcStep *step = &plan->steps[i];
    if (step->backend->runs_alone && !step->backend->runs_alone (step->state))
      all = FALSE;
  }
  return all;
}

gboolean
tfc_step_is_native (const TfcStep *step)
{
  return step->backend->is_native && step->backend->is_native (step->state);
}

void
tfc_plan_free (TfcPlan *plan)
{
  if (!plan)
    return;
  for (guint i = 0; i < plan->n_steps; i++) {
    TfcStep *step = &plan->steps[i];
    if (step->state)
      step->backend->destroy (step->state);
    g_free ((gpointer)step->segment.in);
    g_free ((gpointer)step->segment.out);
  }
  if (plan->graph)
    g_array_unref (plan->graph->nodes);
  g_free (plan->graph);
  tfc_epilogues_finish (&plan->epilogues);
  g_free (plan->steps);
  g_free (plan->buffer);
  tfc_large_free (plan->arena, plan->arena_bytes);
  tfc_packed_store_unref (plan->packed);
  g_free (plan);
}
