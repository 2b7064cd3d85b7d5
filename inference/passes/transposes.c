/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/passes.h"

#include <string.h>

/* Each node gets one behind it at most, so graphs grow by no more than they have nodes. */
#define MOST_NODES (TFC_MAX_NODES / 4)

/* The TRANSPOSE that computes the value, NULL if another op does. */
static const TfcNode *
transpose_of (const TfcRewriter *e, guint value)
{
  const guint by = value < e->n_values ? e->producer[value] : TFC_NONE;
  const TfcNode *n = by == TFC_NONE ? NULL : tfc_graph_n (e->graph, by);
  return n && n->n_out == 1 && n->op == TFC_OP_TRANSPOSE ? n : NULL;
}

static gboolean
same_axes (const TfcNode *a, const TfcNode *b)
{
  return a->params.axes.n == b->params.axes.n &&
         memcmp (a->params.axes.axis, b->params.axes.axis,
                 a->params.axes.n * sizeof *a->params.axes.axis) == 0;
}

void
tfc_pass_join_transposes (TfcRewriter *e, guint index)
{
  TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcNode *before = n->n_in && n->in[0] != TFC_NONE ? transpose_of (e, n->in[0]) : NULL;
  gint32 axis[TFC_MAX_AXES];
  if (n->op != TFC_OP_TRANSPOSE || !before)
    return;
  for (gint i = 0; i < n->params.axes.n; i++)
    axis[i] = before->params.axes.axis[n->params.axes.axis[i]];
  memcpy (n->params.axes.axis, axis, sizeof axis);
  tfc_rewriter_input (e, index, 0, before->in[0]);
}

/* An op that does the same to every element wherever it lies, or says by axis what it does. */
static gboolean
can_go_before (const TfcNode *n)
{
  return tfc_op_is (n->op, TFC_OP_FLAG_ELEMENTWISE) || n->op == TFC_OP_PAD ||
         n->op == TFC_OP_SLICE || n->op == TFC_OP_CONCAT || n->op == TFC_OP_ADD ||
         n->op == TFC_OP_SUB || n->op == TFC_OP_MUL;
}

/* The TRANSPOSE that all inputs have, of one shape but for CONCAT's axis; NULL if there is none. */
static const TfcNode *
common_transpose (const TfcRewriter *e, const TfcNode *n)
{
  const TfcNode *first = n->n_in && n->in[0] != TFC_NONE ? transpose_of (e, n->in[0]) : NULL;
  const TfcShape *shape = first ? &tfc_graph_v (e->graph, n->in[0])->tensor.shape : NULL;
  for (guint i = 1; first && i < n->n_in; i++) {
    const TfcNode *other = n->in[i] == TFC_NONE ? NULL : transpose_of (e, n->in[i]);
    if (!other || !same_axes (first, other) ||
        (n->op != TFC_OP_CONCAT &&
         !tfc_shape_equal (shape, &tfc_graph_v (e->graph, n->in[i])->tensor.shape)))
      return NULL;
  }
  return first;
}

/* values[axis[i]] of what was values[i]. */
static void
turn_back (gint32 *values, const TfcNode *transpose)
{
  gint32 copy[TFC_MAX_AXES];
  memcpy (copy, values, sizeof copy);
  for (gint i = 0; i < transpose->params.axes.n; i++)
    values[transpose->params.axes.axis[i]] = copy[i];
}

static void
turn_params (TfcNode *n, const TfcNode *transpose)
{
  switch (n->op) {
    case TFC_OP_PAD:
      turn_back (n->params.pad.before, transpose);
      turn_back (n->params.pad.after, transpose);
      break;
    case TFC_OP_SLICE:
      turn_back (n->params.slice.begin, transpose);
      turn_back (n->params.slice.stride, transpose);
      break;
    case TFC_OP_CONCAT:
      n->params.axis = transpose->params.axes.axis[n->params.axis];
      break;
    default:
      break;
  }
}

/* The node computes a value of that shape from now on, and a TRANSPOSE makes its old output of it.
 */
static void
put_transpose_behind (TfcRewriter *e, guint index, const TfcShape *shape, const TfcParams *axes)
{
  const guint out = tfc_graph_n (e->graph, index)->out[0];
  TfcTensor turned = tfc_graph_v (e->graph, out)->tensor;
  turned.shape = *shape;
  const guint value = tfc_graph_value (e->graph, tfc_graph_v (e->graph, out)->name, &turned);
  tfc_graph_n (e->graph, index)->out[0] = value;
  e->producer[out] = tfc_graph_node (e->graph, TFC_OP_TRANSPOSE, axes, &value, 1, &out, 1);
}

void
tfc_pass_sink_transpose (TfcRewriter *e, guint index)
{
  TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcNode *transpose =
      can_go_before (n) && e->graph->nodes->len < MOST_NODES ? common_transpose (e, n) : NULL;
  if (!transpose)
    return;
  const TfcParams axes = transpose->params;
  TfcShape shape = tfc_graph_v (e->graph, n->out[0])->tensor.shape;
  turn_back (shape.dim, transpose);
  turn_params (n, transpose);
  for (guint i = 0; i < n->n_in; i++)
    tfc_rewriter_input (e, index, i, transpose_of (e, n->in[i])->in[0]);
  put_transpose_behind (e, index, &shape, &axes);
}

/* TRANSPOSE [N,H,W,C] to [N,C,H,W], RESHAPE to [N,C,H*W]: RESHAPE to [N,H*W,C], TRANSPOSE. */
void
tfc_pass_turned_rows (TfcRewriter *e, guint index)
{
  static const gint32 channels_first[4] = {0, 3, 1, 2};
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcNode *transpose = n->op == TFC_OP_RESHAPE && e->graph->nodes->len < MOST_NODES
                                 ? transpose_of (e, n->in[0])
                                 : NULL;
  const TfcShape *y = &tfc_graph_v (e->graph, n->out[0])->tensor.shape;
  if (!transpose || transpose->params.axes.n != 4 ||
      memcmp (transpose->params.axes.axis, channels_first, sizeof channels_first) != 0)
    return;
  const TfcShape *x = &tfc_graph_v (e->graph, transpose->in[0])->tensor.shape;
  if (y->rank != 3 || y->dim[0] != x->dim[0] || y->dim[1] != x->dim[3])
    return;
  const TfcShape shape = tfc_shape (3, y->dim[0], y->dim[2], y->dim[1]);
  TfcParams axes = tfc_params (TFC_OP_TRANSPOSE);
  axes.axes.n = 3;
  axes.axes.axis[1] = 2;
  axes.axes.axis[2] = 1;
  tfc_rewriter_input (e, index, 0, transpose->in[0]);
  put_transpose_behind (e, index, &shape, &axes);
}
