/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/graph/graph.h"

gboolean
tfc_infer_node (TfcGraph *graph, TfcNode *node, GError **error)
{
  TfcInfer c = {.op = node->op,
                .params = &node->params,
                .n_in = node->n_in,
                .n_out = node->n_out,
                .name = node->n_out ? tfc_graph_v (graph, node->out[0])->name : NULL,
                .value = node->n_out ? node->out[0] : 0,
                .error = error};
  for (guint k = 0; k < MIN (node->n_in, TFC_MAX_NODE_INPUTS); k++)
    c.in[k] = node->in[k] == TFC_NONE ? NULL : &tfc_graph_v (graph, node->in[k])->tensor;
  for (guint k = 0; k < MIN (node->n_out, TFC_MAX_NODE_OUTPUTS); k++)
    c.out[k] = &tfc_graph_v (graph, node->out[k])->tensor;
  return tfc_op_infer (&c);
}
