/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* ADD, SUB and MUL of 8 bits, of one shape or the smaller input repeated along the larger one. */
#include <string.h>

#include "inference/backends/cpu/common/broadcast.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/binary.h"

#define ROW 1024     /* bytes, at least, of what is repeated */
#define LEAST_ROW 64 /* shorter rows are begun more often than XNNPACK does */

typedef struct {
  TfcSplitF32 split;
  TfcBinaryKernel *kernel;
  TfcBinaryQ8 how;
  guint8 *y;
  const guint8 *x, *z;
  gsize n, period, columns; /* columns: of z, as often as it is repeated; n if it is not */
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize rows = (l->n + l->columns - 1) / l->columns;
  const guint8 *z = l->columns > l->period ? l->split.base.scratch : l->z;
  const gsize from = tfc_f32_share (rows, index, l->split.chunks);
  for (gsize row = from; row < tfc_f32_share (rows, index + 1, l->split.chunks); row++) {
    const gsize at = row * l->columns;
    l->kernel (l->y + at, l->x + at, l->period == l->n ? z + at : z, MIN (l->columns, l->n - at),
               &l->how);
  }
}

static void
repeat (guint8 *to, const guint8 *z, gsize period, gsize n)
{
  for (gsize i = 0; i < n; i += period)
    memcpy (to + i, z, period);
}

static void
run_repeated (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  repeat (layer->scratch, l->z, l->period, l->columns);
  tfc_pool_parallel (pool, run_chunk, (gpointer)l, l->split.chunks, more);
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  repeat (memory, l->z, l->period, l->columns);
  l->z = memory;
  l->period = l->columns;
}

/* The reference's: ratios of scales as whole numbers of 21 bits, at one power of two. */
static gboolean
sum_how (TfcBinaryQ8 *how, TfcOp op, gfloat scale_a, gfloat scale_b)
{
  gint exponent;
  const gfloat a = MIN (scale_a, G_MAXFLOAT), b = MIN (scale_b, G_MAXFLOAT);
  frexpf (MAX (a, b), &exponent);
  how->shift = 21 - exponent;
  how->a = (gint32)lrintf (ldexpf (a, how->shift));
  how->b = (gint32)lrintf (ldexpf (b, how->shift));
  if (op == TFC_OP_SUB)
    how->b = -how->b;
  return how->shift >= 1 && how->shift <= 31;
}

gboolean
tfc_binary_q8_how (TfcBinaryQ8 *how, const TfcGraph *graph, const TfcNode *node, guint x)
{
  const TfcTensor *a = tfc_layer_in (graph, node, 0), *b = tfc_layer_in (graph, node, 1);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  gint32 zero[] = {tfc_q8_zero (a), tfc_q8_zero (b)};
  *how = (TfcBinaryQ8){.store = tfc_q8_store (y, &node->params.clamp)};
  how->zero_x = zero[x];
  how->zero_z = zero[!x];
  how->scale = a->quant.scale * b->quant.scale / y->quant.scale;
  if (node->op == TFC_OP_MUL)
    return isfinite (how->scale);
  if (!sum_how (how, node->op, a->quant.scale / y->quant.scale, b->quant.scale / y->quant.scale))
    return FALSE;
  how->bias = (gint32)((1u << (how->shift - 1)) - (guint32)how->a * (guint32)zero[0] -
                       (guint32)how->b * (guint32)zero[1]);
  if (x) {
    const gint32 first = how->a;
    how->a = how->b;
    how->b = first;
  }
  return TRUE;
}

TfcBinaryKernel *
tfc_binary_q8_kernel (TfcOp op)
{
  const TfcQ8 *q8 = tfc_kernels ()->q8;
  return op == TFC_OP_MUL ? q8->product : q8->sum;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const guint k = tfc_broadcast_large (segment->graph, node, TRUE);
  const TfcTensor *z = tfc_layer_in (segment->graph, node, !(k & 1));
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  if (k == 2) {
    TfcLayer *spread = tfc_binary_q8_spread (segment, node, pool);
    return spread ? spread : tfc_binary_q8_walk (segment, node, pool);
  }
  Layer *l = g_new0 (Layer, 1);
  l->kernel = tfc_binary_q8_kernel (node->op);
  if (node->op != TFC_OP_MUL && tfc_q8_is_uniform (z) && tfc_kernels ()->q8->linear)
    l->kernel = tfc_kernels ()->q8->linear;
  tfc_binary_q8_how (&l->how, segment->graph, node, k);
  l->y = segment->buffer[node->out[0]];
  l->x = segment->buffer[node->in[k]];
  l->z = z->data ? z->data : segment->buffer[node->in[!k]];
  l->n = tfc_tensor_count (y);
  l->period = tfc_broadcast_period (z, y);
  l->columns = l->period < l->n ? (ROW + l->period - 1) / l->period * l->period : MIN (l->n, ROW);
  if (l->period == l->n && z->data)
    l->columns = l->n;
  tfc_split_f32_init (&l->split, pool, run_chunk, l->n / TFC_PANEL);
  if (z->data) {
    l->split.base.pack = pack;
    l->split.base.packed_bytes = l->columns + TFC_TAIL_BYTES;
  } else if (l->columns > l->period) {
    l->split.base.run = run_repeated;
    l->split.base.scratch_bytes = l->columns + TFC_TAIL_BYTES;
  }
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  guint computed = 0;
  TfcBinaryQ8 how;
  if (node->n_in != 2 || !tfc_q8_good (y))
    return FALSE;
  for (guint k = 0; k < 2; k++) {
    const TfcTensor *x = tfc_layer_in (graph, node, k);
    if (!tfc_q8_good (x) || x->type != y->type)
      return FALSE;
    computed += !x->data;
  }
  if (!computed || !tfc_binary_q8_how (&how, graph, node, 0))
    return FALSE;
  return tfc_broadcast_large (graph, node, TRUE) < 2 ||
         tfc_binary_q8_row (graph, node) >= LEAST_ROW || !tfc_f32_xnnpack_runs (graph, node);
}

const TfcLayerKind tfc_layer_binary_q8 = {can_run, make, tfc_f32_seldom_pays};
