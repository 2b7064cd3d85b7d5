/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define COST 4 /* of a vector, in vector operations */

typedef struct {
  TfcSplitF32 split;
  void (*run) (gfloat *y, const gfloat *x, gsize n, const TfcUnaryF32 *how);
  TfcUnaryF32 how;
  gfloat *y;
  const gfloat *x;
  gsize n;
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize blocks = (l->n + TFC_PANEL - 1) / TFC_PANEL;
  const gsize from = tfc_f32_share (blocks, index, l->split.chunks) * TFC_PANEL;
  const gsize to = MIN (tfc_f32_share (blocks, index + 1, l->split.chunks) * TFC_PANEL, l->n);
  l->run (l->y + from, l->x + from, to - from, &l->how);
}

static gboolean
has_alpha (TfcOp op)
{
  return op == TFC_OP_LEAKY_RELU || op == TFC_OP_GELU;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  Layer *l = g_new0 (Layer, 1);
  l->run = tfc_kernels ()->f32->unary[node->op];
  l->how.clamp = node->params.clamp;
  if (has_alpha (node->op))
    l->how.alpha = node->params.alpha;
  l->y = segment->buffer[node->out[0]];
  l->x = segment->buffer[node->in[0]];
  l->n = tfc_tensor_count (&tfc_graph_v (segment->graph, node->out[0])->tensor);
  tfc_split_f32_init (&l->split, pool, run_chunk, COST * l->n / TFC_PANEL);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return node->n_in == 1 && tfc_f32_good (x, y) && tfc_kernels ()->f32->unary[node->op] &&
         tfc_tensor_count (x) == tfc_tensor_count (y) &&
         (node->op != TFC_OP_GELU || node->params.alpha == 1); /* the one by tanh */
}

const TfcLayerKind tfc_layer_unary_f32 = {can_run, make, tfc_f32_seldom_pays};
