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

static guint
run_pass (TfcGraph *graph, TfcPass pass, TfcBudget *budget)
{
  TfcRewriter e;
  guint n = graph->nodes->len;
  edit_init (&e, graph, budget);
  for (guint i = 0; i < n; i++) {
    TfcNode *node = tfc_graph_n (graph, i);
    follow_aliases (&e, node);
    if (node->n_out == 1 || (node->n_out && pass == tfc_pass_fold)) /* others know one output */
      pass (&e, i);
  }
  for (guint i = 0; i < graph->nodes->len; i++)
    follow_aliases (&e, tfc_graph_n (graph, i));
  edit_finish (&e);
  tfc_close_holes (graph);
  return e.changed;
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
  guint changed = 1;
  for (guint round = 0; changed && round < MAX_ROUNDS; round++) {
    changed = 0;
    for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
      changed += run_pass (graph, passes[i], &budget);
    if (!tfc_graph_check (graph, error)) /* brings nodes in order */
      return FALSE;
    tfc_eliminate_dead (graph);
    if (!tfc_graph_check (graph, error))
      return FALSE;
  }
  return TRUE;
}
