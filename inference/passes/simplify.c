/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/passes.h"

void
tfc_pass_noop (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *x, *y;
  guint before;
  if (n->n_in < 1 || n->in[0] == TFC_NONE)
    return;
  x = &tfc_graph_v (e->graph, n->in[0])->tensor;
  y = &tfc_graph_v (e->graph, n->out[0])->tensor;
  if (!tfc_op_table[n->op].is_noop || x->type != y->type ||
      !tfc_quant_equal (&x->quant, &y->quant) || !tfc_shape_equal (&x->shape, &y->shape) ||
      !tfc_op_table[n->op].is_noop (&n->params, n->n_in, x->shape.rank))
    return;
  if (tfc_rewriter_replace (e, index, n->in[0]))
    return;
  before = tfc_rewriter_private (e, n->in[0]);
  if (before != TFC_NONE)
    tfc_rewriter_absorb (e, before, index);
}

void
tfc_pass_reshape (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index), *inner;
  guint before = n->n_in && n->in[0] < e->n_values ? e->producer[n->in[0]] : TFC_NONE;
  if (n->op != TFC_OP_RESHAPE || before == TFC_NONE)
    return;
  inner = tfc_graph_n (e->graph, before);
  if (inner->n_out && inner->op == TFC_OP_RESHAPE)
    tfc_rewriter_input (e, index, 0, inner->in[0]);
}
