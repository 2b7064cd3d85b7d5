/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/plan/plan-check.h"

#include <math.h>
#include <string.h>

guint32 strict_ops;
gboolean strict_fails_prepare, strict_fails_run;

typedef struct {
  const TfcSegment *segment;
  guint8 **own; /* [values] */
} Strict;

static gboolean
strict_can_run (const TfcGraph *graph, const TfcNode *node)
{
  return strict_ops >> (node->op % 32) & 1;
}

static void
strict_own (Strict *s, guint v)
{
  const TfcTensor *t = &tfc_graph_v (s->segment->graph, v)->tensor;
  if (!t->data && !s->own[v])
    s->own[v] = g_malloc0 (tfc_tensor_bytes (t) + TFC_TAIL_BYTES);
}

static void
strict_destroy (void *state)
{
  Strict *s = state;
  for (guint v = 0; v < s->segment->graph->values->len; v++)
    g_free (s->own[v]);
  g_free (s->own);
  g_free (s);
}

static void *
strict_prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  if (strict_fails_prepare) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "strict");
    return NULL;
  }
  Strict *s = g_new0 (Strict, 1);
  s->segment = segment;
  s->own = g_new0 (guint8 *, segment->graph->values->len);
  for (guint i = 0; i < segment->n_in; i++) {
    g_assert_nonnull (segment->buffer[segment->in[i]]);
    strict_own (s, segment->in[i]);
  }
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    for (guint k = 0; k < node->n_in; k++)
      g_assert_true (node->in[k] == TFC_NONE ||
                     tfc_graph_v (segment->graph, node->in[k])->tensor.data || s->own[node->in[k]]);
    g_assert_null (s->own[node->out[0]]);
    strict_own (s, node->out[0]);
  }
  for (guint i = 0; i < segment->n_out; i++)
    g_assert_true (segment->buffer[segment->out[i]] && s->own[segment->out[i]]);
  return s;
}

static gboolean
strict_run (void *state, TfcPool *pool)
{
  Strict *s = state;
  const TfcSegment *segment = s->segment;
  const TfcGraph *g = segment->graph;
  for (guint i = 0; i < segment->n_in; i++) {
    guint v = segment->in[i];
    memcpy (s->own[v], segment->buffer[v], tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor));
  }
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (g, segment->first + i);
    TfcTensor in[TFC_MAX_NODE_INPUTS], out = tfc_graph_v (g, node->out[0])->tensor;
    const TfcTensor *pin[TFC_MAX_NODE_INPUTS] = {NULL};
    TfcTensor *pout = &out;
    out.data = s->own[node->out[0]];
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] == TFC_NONE)
        continue;
      in[k] = tfc_graph_v (g, node->in[k])->tensor;
      in[k].data = in[k].data ? in[k].data : s->own[node->in[k]];
      pin[k] = &in[k];
    }
    if (!tfc_reference_run_node (node, pin, &pout, NULL))
      return FALSE;
  }
  for (guint i = 0; i < segment->n_out; i++) {
    guint v = segment->out[i];
    memcpy (segment->buffer[v], s->own[v], tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor));
  }
  return !strict_fails_run;
}

const TfcBackend strict = {.name = "strict",
                           .description = "for tests",
                           .fallback = &tfc_backend_reference,
                           .can_run = strict_can_run,
                           .prepare = strict_prepare,
                           .run = strict_run,
                           .destroy = strict_destroy};

/* The reference under another name, before strict in a chain of three. */
guint32 turns_ops, turns_pay;

static gboolean
turns_pays (const TfcGraph *graph, const TfcNode *node)
{
  return turns_pay >> (node->op % 32) & 1;
}

static gboolean
turns_can_run (const TfcGraph *graph, const TfcNode *node)
{
  return turns_ops >> (node->op % 32) & 1 && tfc_backend_reference.can_run (graph, node);
}

TfcBackend
turns_backend (void)
{
  TfcBackend turns = tfc_backend_reference;
  turns.name = "turns";
  turns.can_run = turns_can_run;
  turns.pays = turns_pays;
  turns.fallback = &strict;
  return turns;
}

static gsize
bytes_of (const TfcPlan *plan, guint v)
{
  return tfc_tensor_bytes (&tfc_graph_v (plan->graph, v)->tensor);
}

gboolean
in_arena (const TfcPlan *plan, guint v)
{
  const guint8 *p = plan->buffer[v], *arena = plan->arena;
  return p && arena && p >= arena && p < arena + plan->arena_bytes;
}

/* Walks through the plan with a label on every byte of the arena: who wrote it last. */
typedef struct {
  const TfcPlan *plan;
  guint32 *label;   /* [arena bytes] value + 1 */
  guint32 **expect; /* [values][bytes] what a reader must find */
  guint n_elided;
} Walk;

static void
walk_expect_own (Walk *w, guint v)
{
  gsize n = bytes_of (w->plan, v);
  if (w->expect[v])
    return;
  w->expect[v] = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    w->expect[v][i] = v + 1;
}

/* Elided nodes: what their readers find is what their inputs are. */
static void
walk_expect (Walk *w)
{
  const TfcGraph *g = w->plan->graph;
  guint n_run = 0;
  for (guint i = 0; i < w->plan->n_steps; i++)
    n_run += w->plan->steps[i].segment.n;
  w->n_elided = g->nodes->len - n_run;
  for (guint i = 0; i < n_run; i++)
    walk_expect_own (w, tfc_graph_n (g, i)->out[0]);
  for (guint i = 0; i < g->inputs->len; i++)
    walk_expect_own (w, g_array_index (g->inputs, guint, i));
  for (guint i = n_run; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    g_assert_true (node->op == TFC_OP_RESHAPE || node->op == TFC_OP_CONCAT);
    guint32 *to = w->expect[node->out[0]] = g_new (guint32, bytes_of (w->plan, node->out[0]) + 1);
    for (guint k = 0; k < node->n_in; k++) {
      gsize n = bytes_of (w->plan, node->in[k]);
      walk_expect_own (w, node->in[k]);
      memcpy (to, w->expect[node->in[k]], n * sizeof (guint32));
      to += n;
    }
  }
}

static void
walk_write (Walk *w, guint v)
{
  gsize at = (guint8 *)w->plan->buffer[v] - (guint8 *)w->plan->arena;
  g_assert_true (in_arena (w->plan, v));
  g_assert_cmpuint (at + bytes_of (w->plan, v) + TFC_TAIL_BYTES, <=, w->plan->arena_bytes);
  for (gsize i = 0; i < bytes_of (w->plan, v); i++)
    w->label[at + i] = v + 1;
}

static void
walk_read (Walk *w, guint v)
{
  if (v == TFC_NONE || tfc_graph_v (w->plan->graph, v)->tensor.data)
    return;
  g_assert_true (in_arena (w->plan, v));
  gsize at = (guint8 *)w->plan->buffer[v] - (guint8 *)w->plan->arena;
  g_assert_cmpmem (w->label + at, bytes_of (w->plan, v) * sizeof (guint32), w->expect[v],
                   bytes_of (w->plan, v) * sizeof (guint32));
}

static void
walk_ids (Walk *w, void (*what) (Walk *w, guint v), const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    what (w, ids[i]);
}

static void
walk_step (Walk *w, const TfcStep *step)
{
  const TfcSegment *s = &step->segment;
  if (!step->backend->by_node) {
    walk_ids (w, walk_read, s->in, s->n_in);
    walk_ids (w, walk_write, s->out, s->n_out);
    walk_ids (w, walk_read, s->in, s->n_in); /* still there: engines write when they like */
    walk_ids (w, walk_read, s->out, s->n_out);
    return;
  }
  for (guint i = 0; i < s->n; i++) {
    const TfcNode *node = tfc_graph_n (s->graph, s->first + i);
    walk_ids (w, walk_read, node->in, node->n_in);
    walk_ids (w, walk_write, node->out, node->n_out);
    walk_ids (w, walk_read, node->in, node->n_in);
  }
}

guint
walk (const TfcPlan *plan)
{
  const TfcGraph *g = plan->graph;
  const guint *in = (const guint *)(gpointer)g->inputs->data;
  const guint *out = (const guint *)(gpointer)g->outputs->data;
  Walk w = {.plan = plan};
  w.label = g_new0 (guint32, plan->arena_bytes + 1);
  w.expect = g_new0 (guint32 *, g->values->len);
  walk_expect (&w);
  walk_ids (&w, walk_write, in, g->inputs->len);
  for (guint round = 0; round < 2; round++) { /* inputs stay for the next run */
    for (guint i = 0; i < plan->n_steps; i++)
      walk_step (&w, &plan->steps[i]);
    walk_ids (&w, walk_read, in, g->inputs->len);
    walk_ids (&w, walk_read, out, g->outputs->len);
  }
  for (guint v = 0; v < g->values->len; v++)
    g_free (w.expect[v]);
  g_free (w.expect);
  g_free (w.label);
  return w.n_elided;
}

static void
fill_inputs (const TfcPlan *plan, const Values *values)
{
  for (guint i = 0; i < plan->graph->inputs->len; i++) {
    guint v = g_array_index (plan->graph->inputs, guint, i);
    memcpy (plan->buffer[v], values->bytes[v], bytes_of (plan, v));
  }
}

static void
compare_outputs (const TfcPlan *plan, const Values *values, gfloat tolerance)
{
  for (guint i = 0; i < plan->graph->outputs->len; i++) {
    guint v = g_array_index (plan->graph->outputs, guint, i);
    const gfloat *is = plan->buffer[v], *want = (const gfloat *)(gpointer)values->bytes[v];
    if (tolerance == 0)
      g_assert_cmpmem (is, bytes_of (plan, v), want, bytes_of (plan, v));
    for (gsize k = 0; k < bytes_of (plan, v) / sizeof (gfloat); k++)
      g_assert_cmpfloat (fabsf (is[k] - want[k]), <=, tolerance * (1 + fabsf (want[k])));
  }
}

TfcPlan *
plan_new (TfcGraph *g, const TfcBackend *backend)
{
  GError *error = NULL;
  TfcPlan *plan = tfc_plan_new (g, backend, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (plan);
  return plan;
}

/* Spoils what the segment hands on, so that only who computes it anew has it right. */
static void
scribble (const TfcPlan *plan, const TfcSegment *segment)
{
  for (guint i = 0; i < segment->n_out; i++)
    memset (plan->buffer[segment->out[i]], 0xff, bytes_of (plan, segment->out[i]));
}

/* Node by node where a backend can. */
static gboolean
run_nodes (const TfcPlan *plan)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < plan->n_steps; i++) {
    const TfcStep *step = &plan->steps[i];
    g_assert_true (!step->backend->run_node || step->backend->by_node);
    for (guint k = 0; ok && k < (step->backend->run_node ? step->segment.n : 1); k++)
      ok = step->backend->run_node ? step->backend->run_node (step->state, NULL, k)
                                   : step->backend->run (step->state, NULL);
  }
  return ok;
}

guint
check_plan (TfcGraph *g, const TfcBackend *backend, const Values *values, gfloat tolerance)
{
  TfcPlan *plan = plan_new (g, backend);
  guint n_elided = walk (plan);
  fill_inputs (plan, values);
  for (guint round = 0; round < 2; round++) {
    g_assert_true (tfc_plan_run (plan, NULL));
    compare_outputs (plan, values, tolerance);
  }
  for (guint i = 0; i < plan->n_steps; i++)
    scribble (plan, &plan->steps[i].segment);
  g_assert_true (run_nodes (plan));
  compare_outputs (plan, values, tolerance);
  tfc_plan_free (plan);
  return n_elided;
}
