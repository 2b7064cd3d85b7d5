/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Two inputs of one shape, or the second one repeated along the first: a number, one a channel, ...
 */
#include <string.h>

#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/common/broadcast.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define ROW 1024 /* elements */

typedef struct {
  TfcSplitF32 split;
  void (*run) (gfloat *y, const gfloat *x, const gfloat *z, const TfcRowsF32 *r, gsize rows,
               gsize columns);
  TfcRowsF32 r;
  gfloat *y;
  const gfloat *x, *z;
  gsize rows, columns, rest; /* rest: of a row that is not whole */
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize from = tfc_f32_share (l->rows, index, l->split.chunks);
  const gsize to = tfc_f32_share (l->rows, index + 1, l->split.chunks);
  gsize at = from * l->columns;
  if (from < to)
    l->run (l->y + at, l->x + at, l->z + from * l->r.z_step, &l->r, to - from, l->columns);
  at = l->rows * l->columns;
  if (l->rest && index + 1 == l->split.chunks)
    l->run (l->y + at, l->x + at, l->z + l->rows * l->r.z_step, &l->r, 1, l->rest);
}

static gboolean
commutes (TfcOp op)
{
  return op == TFC_OP_ADD || op == TFC_OP_MUL;
}

static guint
large_one (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_broadcast_large (graph, node, commutes (node->op));
}

/* A constant that repeats is written out until it fills a row of whole vectors. */
static gsize
repeated (gsize period)
{
  gsize columns = period;
  while (columns < ROW && (columns % TFC_PANEL || columns < ROW / 4))
    columns += period;
  return columns;
}

static void
repeat (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  const TfcTensor *z = tfc_layer_in (graph, node, !large_one (graph, node));
  const gsize period = tfc_tensor_count (z);
  gfloat *to = memory;
  for (gsize i = 0; i < l->columns && !layer->is_packed; i++)
    to[i] = ((const gfloat *)z->data)[i % period];
  l->z = to;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const guint k = large_one (segment->graph, node);
  const TfcTensor *z = tfc_layer_in (segment->graph, node, !k);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gsize n = tfc_tensor_count (y), period = tfc_broadcast_period (z, y);
  Layer *l = g_new0 (Layer, 1);
  l->run = tfc_kernels ()->f32->binary[node->op];
  l->r.clamp = node->params.clamp;
  l->y = segment->buffer[node->out[0]];
  l->x = segment->buffer[node->in[k]];
  l->z = z->data ? z->data : segment->buffer[node->in[!k]];
  l->columns = period < n ? period : MIN (n, ROW);
  tfc_split_f32_init (&l->split, pool, run_chunk, 2 * n / TFC_PANEL);
  l->r.z_step = period < n || node->op == TFC_OP_PRELU ? 0 : l->columns;
  if (z->data && (period < n || node->op == TFC_OP_PRELU)) {
    l->columns = repeated (period);
    l->split.base.pack = repeat;
    l->split.base.order = tfc_packed_order (&(guint32){(guint32)period}, 1);
    l->split.base.packed_bytes = l->columns * sizeof (gfloat);
  }
  l->rows = n / l->columns;
  l->rest = n % l->columns;
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  const guint k = node->n_in == 2 ? large_one (graph, node) : 2;
  if (k == 2 || !tfc_f32_good (tfc_layer_in (graph, node, k), y))
    return FALSE;
  const TfcTensor *z = tfc_layer_in (graph, node, !k);
  return tfc_kernels ()->f32->binary[node->op] && z->type == TFC_TYPE_F32 &&
         (node->op != TFC_OP_PRELU || z->data);
}

const TfcLayerKind tfc_layer_binary_f32 = {can_run, make, tfc_f32_never_pays};
