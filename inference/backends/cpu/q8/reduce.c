/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* MEAN, SUM, REDUCE_MAX and REDUCE_MIN of 8 bits along axes beside each other: outer times n times
 * inner elements become outer times inner. */
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

typedef struct {
  TfcSplitF32 split;
  const TfcQ8 *q8;
  gsize outer, n, inner;
  gboolean picks; /* one of the elements; else they are added up */
  gint32 less;
  gfloat scale;
  TfcRequant store; /* flip: turns the order such that the greatest is picked */
  const guint8 *x;
  guint8 *y;
} Layer;

static void
add_up (const Layer *l, guint8 *y, const guint8 *x, guint channels)
{
  const TfcWindowQ8 all = {x, 0, l->inner, 1, l->n};
  gint32 sums[TFC_Q8_BLOCK] __attribute__ ((aligned (64)));
  l->q8->add_up (sums, &all, channels, l->store.flip);
  l->q8->requantise (y, sums, l->less, l->scale, channels, &l->store);
}

/* n elements beside each other become one: by blocks, and what is left one by one. */
static void
pick_one (const Layer *l, guint8 *y, const guint8 *x)
{
  const TfcWindowQ8 blocks = {x, 0, TFC_Q8_BLOCK, 1, l->n / TFC_Q8_BLOCK};
  guint8 tops[TFC_Q8_BLOCK], top = 0;
  l->q8->most (tops, &blocks, TFC_Q8_BLOCK, &l->store);
  for (guint c = 0; c < TFC_Q8_BLOCK; c++)
    top = MAX (top, tops[c] ^ l->store.flip);
  for (gsize i = blocks.columns * TFC_Q8_BLOCK; i < l->n; i++)
    top = MAX (top, x[i] ^ l->store.flip);
  *y = top ^ l->store.flip;
}

static void
add_up_one (const Layer *l, guint8 *y, const guint8 *x)
{
  const TfcWindowQ8 blocks = {x, 0, TFC_Q8_BLOCK, 1, l->n / TFC_Q8_BLOCK};
  gint32 sums[TFC_Q8_BLOCK] __attribute__ ((aligned (64)));
  l->q8->add_up (sums, &blocks, TFC_Q8_BLOCK, l->store.flip);
  for (guint c = 1; c < TFC_Q8_BLOCK; c++)
    sums[0] += sums[c];
  for (gsize i = blocks.columns * TFC_Q8_BLOCK; i < l->n; i++)
    sums[0] += x[i] ^ l->store.flip;
  l->q8->requantise (y, sums, l->less, l->scale, 1, &l->store);
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize blocks = (l->inner + TFC_Q8_BLOCK - 1) / TFC_Q8_BLOCK, all = l->outer * blocks;
  const gsize end = tfc_f32_share (all, index + 1, l->split.chunks);
  for (gsize i = tfc_f32_share (all, index, l->split.chunks); i < end; i++) {
    const gsize from = i % blocks * TFC_Q8_BLOCK;
    const guint8 *x = l->x + i / blocks * l->n * l->inner + from;
    guint8 *y = l->y + i / blocks * l->inner + from;
    const guint channels = (guint)MIN (l->inner - from, TFC_Q8_BLOCK);
    if (l->inner == 1)
      (l->picks ? pick_one : add_up_one) (l, y, x);
    else if (l->picks)
      l->q8->most (y, &(TfcWindowQ8){x, 0, l->inner, 1, l->n}, channels, &l->store);
    else
      add_up (l, y, x, channels);
  }
}

/* FALSE: the axes are not beside each other. */
static gboolean
find_axes (const TfcNode *node, const TfcShape *x, gsize *outer, gsize *n, gsize *inner)
{
  guint mask = 0;
  gint last = -1;
  *outer = *n = *inner = 1;
  for (gint i = 0; i < node->params.axes.n; i++) {
    const gint32 axis = node->params.axes.axis[i];
    mask |= 1u << (axis < 0 ? axis + x->rank : axis);
  }
  for (gint i = 0; i < x->rank; i++) {
    const gboolean reduced = mask >> i & 1;
    if (reduced && last >= 0 && i != last + 1)
      return FALSE;
    *(reduced ? n : last >= 0 ? inner : outer) *= x->dim[i];
    last = reduced ? i : last;
  }
  return TRUE;
}

/* The reference's: what a step of the sum is in steps of the output. */
static gfloat
scale_of (const TfcNode *node, const TfcTensor *x, const TfcTensor *y, gsize n)
{
  return node->op == TFC_OP_SUM ? x->quant.scale / y->quant.scale
                                : x->quant.scale / (y->quant.scale * (gfloat)n);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  Layer *l = g_new0 (Layer, 1);
  l->q8 = tfc_kernels ()->q8;
  find_axes (node, &x->shape, &l->outer, &l->n, &l->inner);
  l->picks = node->op == TFC_OP_REDUCE_MAX || node->op == TFC_OP_REDUCE_MIN;
  l->less = (gint32)l->n * tfc_q8_zero (x);
  l->scale = scale_of (node, x, y, l->n);
  l->store = tfc_q8_store (y, NULL);
  l->store.flip ^= node->op == TFC_OP_REDUCE_MIN ? 0xff : 0;
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (x) / TFC_Q8_BLOCK);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  gsize outer, n, inner;
  if (node->n_in != 1 || !tfc_q8_good_input (x) || !tfc_q8_good (y) || x->type != y->type ||
      !find_axes (node, &x->shape, &outer, &n, &inner))
    return FALSE;
  if (node->op == TFC_OP_REDUCE_MAX || node->op == TFC_OP_REDUCE_MIN)
    return tfc_quant_equal (&x->quant, &y->quant);
  return n <= TFC_Q8_MAX_SUM && isfinite (scale_of (node, x, y, n));
}

const TfcLayerKind tfc_layer_reduce_q8 = {can_run, make, tfc_f32_seldom_pays};
