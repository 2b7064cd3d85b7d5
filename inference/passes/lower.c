/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/lower.h"
#include "inference/passes/passes.h"

#define MAX_ROUNDS 64
/* Folded and merged constants may take this much beside those that are there. */
#define BUDGET_TIMES 8
#define BUDGET_BYTES (16 << 20)
/* A second or two on the reference backend. */
#define MAX_WORK ((gsize)1 << 30)

static const TfcPass passes[] = {
    tfc_pass_fold,
    tfc_pass_noop,
    tfc_pass_reshape,
    tfc_pass_join_transposes,
    tfc_pass_absorb_preprocess,
    tfc_pass_linear,
    tfc_pass_sink,
    tfc_pass_activation,
    tfc_pass_leaky_relu,
    tfc_pass_pad,
    tfc_pass_transpose_conv, /* these three last: they add nodes at the end */
    tfc_pass_sink_transpose,
    tfc_pass_turned_rows,
};

static void
edit_init (TfcRewriter *e, TfcGraph *graph, TfcBudget *budget)
{
  guint n = graph->values->len;
  *e = (TfcRewriter){.graph = graph, .n_values = n, .budget = budget};
  e->uses = g_new0 (guint, n);
  e->producer = g_new (guint, n);
  e->alias = g_new (guint, n);
  e->output = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++) {
    e->producer[i] = TFC_NONE;
    e->alias[i] = i;
  }
  for (guint i = 0; i < graph->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (graph, i);
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE)
        e->uses[node->in[k]]++;
    }
    for (guint k = 0; k < node->n_out; k++)
      e->producer[node->out[k]] = i;
  }
  for (guint i = 0; i < graph->outputs->len; i++) {
    guint id = g_array_index (graph->outputs, guint, i);
    e->uses[id]++;
    e->output[id] = TRUE;
  }
  for (guint i = 0; graph->tail && i < graph->tail->n_consts; i++)
    e->uses[graph->tail->consts[i]]++;
}

static void
edit_finish (TfcRewriter *e)
{
  g_free (e->uses);
  g_free (e->producer);
  g_free (e->alias);
  g_free (e->output);
}

/* Values that were replaced, in the inputs of one node; later ones may have been replaced again. */
static void
follow_aliases (const TfcRewriter *e, TfcNode *node)
{
  for (guint k = 0; k < node->n_in; k++) {
    while (node->in[k] < e->n_values && e->alias[node->in[k]] != node->in[k])
      node->in[k] = e->alias[node->in[k]];
  }
}

static void
run_pass (TfcRewriter *e, TfcPass pass)
{
  TfcGraph *graph = e->graph;
  const guint n = graph->nodes->len;
  for (guint i = 0; i < n; i++) {
    TfcNode *node = tfc_graph_n (graph, i);
    if (e->changed)
      follow_aliases (e, node);
    if (node->n_out == 1 || (node->n_out && pass == tfc_pass_fold)) /* others know one output */
      pass (e, i);
  }
  for (guint i = 0; e->changed && i < graph->nodes->len; i++)
    follow_aliases (e, tfc_graph_n (graph, i));
}

/* Most passes find nothing: what was counted for the one before holds for the next then. */
static guint
run_passes (TfcGraph *graph, TfcBudget *budget)
{
  TfcRewriter e;
  guint changed = 0;
  edit_init (&e, graph, budget);
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++) {
    run_pass (&e, passes[i]);
    if (!e.changed && e.n_values == graph->values->len)
      continue;
    changed += e.changed;
    edit_finish (&e);
    tfc_close_holes (graph);
    edit_init (&e, graph, budget);
  }
  edit_finish (&e);
  return changed;
}

static TfcBudget
budget_of (const TfcGraph *graph)
{
  gsize sum = MIN (tfc_graph_constant_bytes (graph), G_MAXSSIZE / BUDGET_TIMES / 2);
  return (TfcBudget){sum * BUDGET_TIMES + BUDGET_BYTES, MAX_WORK};
}

gboolean
tfc_lower (TfcGraph *graph, GError **error)
{
  TfcBudget budget = budget_of (graph);
  for (guint round = 0; round < MAX_ROUNDS; round++) {
    const guint values = graph->values->len, changed = run_passes (graph, &budget);
    if (round && !changed && graph->values->len == values)
      break;
    if (!tfc_graph_check (graph, error)) /* brings nodes in order */
      return FALSE;
    tfc_eliminate_dead (graph);
    if (!changed)
      break;
  }
  return TRUE;
}
