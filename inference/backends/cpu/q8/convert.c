/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* CONVERT between float32 and 8 bits; from 8 bits to 8 bits is a table (lut.c). */
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

#define COST 4 /* of a vector, in vector operations */

typedef struct {
  TfcSplitF32 split;
  const TfcQ8 *q8;
  TfcRequant store;
  gfloat scale; /* or its inverse */
  gint32 zero;
  guint8 flip;
  gsize n;
  const void *x;
  void *y;
} Layer;

static gsize
share (const Layer *l, gsize index)
{
  const gsize blocks = (l->n + TFC_Q8_BLOCK - 1) / TFC_Q8_BLOCK;
  return MIN (tfc_f32_share (blocks, index, l->split.chunks) * TFC_Q8_BLOCK, l->n);
}

static void
run_quantise (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize from = share (l, index);
  l->q8->quantise ((guint8 *)l->y + from, (const gfloat *)l->x + from, share (l, index + 1) - from,
                   l->scale, &l->store);
}

static void
run_dequantise (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize from = share (l, index);
  l->q8->dequantise ((gfloat *)l->y + from, (const guint8 *)l->x + from,
                     share (l, index + 1) - from, l->zero, l->scale, l->flip);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gboolean to_float = y->type == TFC_TYPE_F32;
  Layer *l = g_new0 (Layer, 1);
  l->q8 = tfc_kernels ()->q8;
  l->n = tfc_tensor_count (y);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  if (to_float) {
    l->scale = x->quant.scale > 0 ? x->quant.scale : 1; /* plain bytes are what they are */
    l->zero = x->quant.scale > 0 ? tfc_q8_zero (x) : tfc_weights_flip (x);
    l->flip = tfc_weights_flip (x);
  } else {
    l->scale = 1.0f / y->quant.scale;
    l->store = tfc_q8_store (y, NULL);
  }
  tfc_split_f32_init (&l->split, pool, to_float ? run_dequantise : run_quantise,
                      COST * l->n / TFC_PANEL);
  return &l->split.base;
}

static gboolean
plain_bytes (const TfcTensor *x)
{
  return (x->type == TFC_TYPE_U8 || x->type == TFC_TYPE_I8) && x->quant.scale == 0 &&
         x->quant.n_channels == 0;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  if (node->n_in != 1 || !x || x->data || tfc_tensor_count (x) != tfc_tensor_count (y))
    return FALSE;
  if (tfc_ref_is_float (y))
    return tfc_q8_good (x) || plain_bytes (x);
  return tfc_ref_is_float (x) && tfc_q8_good (y);
}

const TfcLayerKind tfc_layer_convert_q8 = {can_run, make, tfc_f32_seldom_pays};
