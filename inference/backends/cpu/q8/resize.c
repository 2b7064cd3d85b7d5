/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/picture.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

typedef struct {
  TfcSplitF32 split;
  const TfcQ8 *q8;
  gsize x_size, channels;
  gsize y_rows, y_columns, pictures;
  TfcBetweenQ8 *rows, *columns;
  guint8 flip;
  const guint8 *x;
  guint8 *y;
} Layer;

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize all = l->pictures * l->y_rows, bytes = l->y_columns * l->channels;
  const gsize end = tfc_f32_share (all, index + 1, l->split.chunks);
  for (gsize i = tfc_f32_share (all, index, l->split.chunks); i < end; i++) {
    const TfcBetweenQ8 *row = &l->rows[i % l->y_rows];
    const guint8 *x = l->x + i / l->y_rows * l->x_size;
    const TfcBlendQ8 how = {x + row->first, x + row->second, row->weight, l->columns,
                            l->y_columns,   l->channels,     l->flip};
    l->q8->blend (l->y + i * bytes, &how);
  }
}

static void
fill (TfcBetweenQ8 *to, gint32 n, gint32 length, const TfcParams *params, gsize step)
{
  for (gint32 i = 0; i < n; i++) {
    const TfcBetweenF32 b = tfc_between_f32 (i, n, length, params, step);
    to[i] = (TfcBetweenQ8){b.first, b.second, (gint32)lrintf (b.weight * 2048)};
  }
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gint32 *x_dim = x->shape.dim, *y_dim = y->shape.dim;
  Layer *l = g_new0 (Layer, 1);
  l->q8 = tfc_kernels ()->q8;
  l->pictures = x_dim[0];
  l->channels = x_dim[3];
  l->x_size = tfc_tensor_count (x) / l->pictures;
  l->y_rows = y_dim[1];
  l->y_columns = y_dim[2];
  l->flip = tfc_weights_flip (x);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (y) / TFC_PANEL);
  void *room =
      tfc_layer_room (&l->split.base, l->y_rows + l->y_columns, sizeof (TfcBetweenQ8), error);
  if (!room)
    return NULL;
  l->rows = room;
  l->columns = l->rows + l->y_rows;
  fill (l->rows, y_dim[1], x_dim[1], &node->params, x_dim[2] * l->channels);
  fill (l->columns, y_dim[2], x_dim[2], &node->params, l->channels);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return node->n_in == 1 && tfc_q8_good_input (x) && tfc_q8_good (y) && x->type == y->type &&
         tfc_quant_equal (&x->quant, &y->quant) && tfc_pictures_alike (x, y);
}

const TfcLayerKind tfc_layer_resize_q8 = {can_run, make, tfc_f32_seldom_pays};
