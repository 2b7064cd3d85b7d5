/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/drop_packed.h"

#include "inference/passes/passes.h"

/* Input k of such a node is a weight or a bias. Slopes of a PRELU of its own are none: XNNPACK
 * reads them in each run from 2024 on. */
static gboolean
is_weight (const TfcNode *node, guint k)
{
  return k > 0 && tfc_op_is (node->op, TFC_OP_FLAG_WEIGHTS);
}

static void
keep_ids (gboolean *keep, const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    keep[ids[i]] = TRUE;
}

static void
keep_node (const TfcStep *step, const TfcNode *node, gboolean *keep)
{
  const gboolean packed = step && step->backend->packs_weights && !tfc_step_is_native (step);
  for (guint k = 0; k < node->n_in; k++) {
    if (node->in[k] != TFC_NONE && !(packed && is_weight (node, k)))
      keep[node->in[k]] = TRUE;
  }
}

void
tfc_drop_packed (TfcGraph *graph, TfcPlan *plan)
{
  gboolean *keep = g_new0 (gboolean, graph->values->len + 1);
  guint n = 0;
  for (guint i = 0; i < plan->n_steps; i++) {
    const TfcStep *step = &plan->steps[i];
    for (guint k = 0; k < step->segment.n; k++)
      keep_node (step, tfc_graph_n (plan->graph, step->segment.first + k), keep);
    n = MAX (n, step->segment.first + step->segment.n);
  }
  for (; n < plan->graph->nodes->len; n++)
    keep_node (NULL, tfc_graph_n (plan->graph, n), keep);
  keep_ids (keep, (guint *)(gpointer)graph->outputs->data, graph->outputs->len);
  if (graph->tail)
    keep_ids (keep, graph->tail->consts, graph->tail->n_consts);
  for (guint v = 0; v < graph->values->len; v++) {
    TfcTensor *t = &tfc_graph_v (graph, v)->tensor;
    if (t->data && !keep[v]) {
      tfc_graph_advise_dontneed (graph, t);
      t->data = plan->buffer[v] = NULL;
    }
  }
  g_free (keep);
  tfc_drop_memory (graph);
  tfc_graph_settle (graph);
}
