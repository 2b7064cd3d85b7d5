/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define COST 8 /* of a vector, in vector operations */

typedef struct {
  TfcSplitF32 split;
  void (*run) (gfloat *y, const gfloat *x, gsize rows, gsize n, gfloat beta);
  gfloat *y;
  const gfloat *x;
  gsize rows, n;
  gfloat beta;
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize from = tfc_f32_share (l->rows, index, l->split.chunks);
  const gsize to = tfc_f32_share (l->rows, index + 1, l->split.chunks);
  l->run (l->y + from * l->n, l->x + from * l->n, to - from, l->n, l->beta);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  Layer *l = g_new0 (Layer, 1);
  l->run = tfc_kernels ()->f32->softmax;
  l->beta = node->params.alpha;
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  l->n = y->shape.dim[y->shape.rank - 1];
  l->rows = tfc_tensor_count (y) / l->n;
  /* A row takes some vectors' time however short it is. */
  tfc_split_f32_init (&l->split, pool, run_chunk, COST * l->rows * (l->n / TFC_PANEL + 2));
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return tfc_f32_good (x, y) && tfc_kernels ()->f32->softmax && y->shape.rank > 0 &&
         tfc_shape_equal (&x->shape, &y->shape);
}

const TfcLayerKind tfc_layer_softmax_f32 = {can_run, make, tfc_f32_seldom_pays};
