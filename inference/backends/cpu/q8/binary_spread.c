/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A constant that is one number all over, and an input that is repeated along the output: the 256
 * results are known, so the input goes through a table and its rows are copied to their places. */
#include <string.h>

#include "inference/arithmetic/strided_iter.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/binary.h"

typedef struct {
  TfcSplitF32 split;
  TfcLookUp *look_up;
  guint8 map[256];
  TfcStridedIter rows; /* place 0: of the input */
  gsize n_rows, n, n_x;
  guint8 *y;
  const guint8 *x;
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize from = tfc_f32_share (l->n_rows, index, l->split.chunks);
  const gsize to = tfc_f32_share (l->n_rows, index + 1, l->split.chunks);
  const guint8 *x = l->split.base.scratch;
  TfcStridedIter at = l->rows;
  for (gsize i = 0; i < from; i++)
    tfc_strided_iter_next (&at);
  for (gsize i = from; i < to; i++, tfc_strided_iter_next (&at))
    memcpy (l->y + i * l->n, x + at.place[0], l->n);
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  l->look_up (layer->scratch, l->x, l->n_x, l->map);
  tfc_pool_parallel (pool, run_chunk, (gpointer)l, l->split.chunks, more);
}

/* Which input is repeated; 2: this is none of these layers. */
static guint
spread_one (const TfcGraph *graph, const TfcNode *node)
{
  for (guint k = 0; k < 2; k++) {
    if (tfc_q8_is_uniform (tfc_layer_in (graph, node, !k)) && !tfc_layer_in (graph, node, k)->data)
      return k;
  }
  return 2;
}

/* Rows are as long as the input goes on beside the output. */
static void
find_rows (Layer *l, const TfcShape *y, const TfcShape *x)
{
  l->rows = tfc_strided_iter (y);
  tfc_strided_iter_broadcast (&l->rows, 0, x);
  l->n = l->n_rows = 1;
  while (l->rows.rank > 0 &&
         (l->rows.dim[l->rows.rank - 1] == 1 || l->rows.step[0][l->rows.rank - 1] == (gssize)l->n))
    l->n *= l->rows.dim[--l->rows.rank];
  for (gint i = 0; i < l->rows.rank; i++)
    l->n_rows *= l->rows.dim[i];
}

static void
fill_map (Layer *l, const TfcGraph *graph, const TfcNode *node, guint k)
{
  const TfcTensor *z = tfc_layer_in (graph, node, !k);
  guint8 every[256 + TFC_TAIL_BYTES], same[256 + TFC_TAIL_BYTES];
  TfcBinaryQ8 how;
  for (guint i = 0; i < sizeof every; i++)
    every[i] = (guint8)i;
  memset (same, *(const guint8 *)z->data, sizeof same);
  tfc_binary_q8_how (&how, graph, node, k);
  tfc_binary_q8_kernel (node->op) (l->map, every, same, 256, &how);
}

TfcLayer *
tfc_binary_q8_spread (const TfcSegment *segment, const TfcNode *node, TfcPool *pool)
{
  const guint k = spread_one (segment->graph, node);
  if (k == 2)
    return NULL;
  const TfcTensor *x = tfc_layer_in (segment->graph, node, k);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  Layer *l = g_new0 (Layer, 1);
  l->look_up = tfc_kernels ()->q8->look_up;
  l->x = segment->buffer[node->in[k]];
  l->y = segment->buffer[node->out[0]];
  l->n_x = tfc_tensor_count (x);
  find_rows (l, &y->shape, &x->shape);
  fill_map (l, segment->graph, node, k);
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (y) / TFC_PANEL);
  l->split.base.run = run;
  l->split.base.scratch_bytes = l->n_x;
  return &l->split.base;
}
