/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/passes/passes.h"
#include "inference/passes/weight_layout.h"

/* Whether the node can be run within what may still be spent, which is then spent. */
static gboolean
affordable (const TfcRewriter *e, const TfcNode *n, gsize count)
{
  const TfcTensor *w =
      n->n_in > 1 && n->in[1] != TFC_NONE ? &tfc_graph_v (e->graph, n->in[1])->tensor : NULL;
  gsize each = tfc_op_products (n->op, &n->params, w), sum = 0;
  for (guint i = 0; i < n->n_in; i++)
    sum += n->in[i] == TFC_NONE ? 0 : tfc_tensor_count (&tfc_graph_v (e->graph, n->in[i])->tensor);
  if (!g_size_checked_mul (&each, each, count) || !g_size_checked_add (&sum, sum, each) ||
      sum > e->budget->work)
    return FALSE;
  e->budget->work -= sum;
  return TRUE;
}

static gboolean
all_constant (const TfcRewriter *e, const TfcNode *n)
{
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !tfc_rewriter_data (e, n->in[i]))
      return FALSE;
  }
  return n->n_in > 0;
}

/* Room for what the node computes, of which nothing is taken if it cannot be had. */
static gboolean
make_room (TfcRewriter *e, const TfcNode *n, TfcTensor *result)
{
  gsize count = 0;
  for (guint k = 0; k < n->n_out; k++)
    count += tfc_tensor_count (&result[k]);
  if (!affordable (e, n, count))
    return FALSE;
  for (guint k = 0; k < n->n_out; k++) {
    result[k].data = tfc_rewriter_alloc (e, tfc_tensor_bytes (&result[k]));
    if (!result[k].data)
      return FALSE;
  }
  return TRUE;
}

void
tfc_pass_fold (TfcRewriter *e, guint index)
{
  TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *in[TFC_MAX_NODE_INPUTS];
  TfcTensor result[TFC_MAX_NODE_OUTPUTS], *out[TFC_MAX_NODE_OUTPUTS];
  if (!all_constant (e, n))
    return;
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !tfc_weight_layout_restore (e->graph, n->in[i]))
      return;
    in[i] = n->in[i] == TFC_NONE ? NULL : &tfc_graph_v (e->graph, n->in[i])->tensor;
  }
  for (guint k = 0; k < n->n_out; k++) {
    result[k] = tfc_graph_v (e->graph, n->out[k])->tensor;
    out[k] = &result[k];
  }
  if (n->op == TFC_OP_RESHAPE)
    result[0].data = in[0]->data;
  else if (!make_room (e, n, result) || !tfc_reference_run_node (n, in, out, NULL))
    return;
  for (guint k = 0; k < n->n_out; k++)
    tfc_graph_v (e->graph, n->out[k])->tensor.data = result[k].data;
  tfc_rewriter_remove (e, index);
}
