/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* RESIZE_NEAREST of any type: pixels are copied. */
#include <string.h>

#include "inference/backends/cpu/f32/picture.h"

typedef struct {
  TfcSplitF32 split;
  gsize pictures, x_rows, x_columns, y_rows, y_columns, pixel; /* pixel: bytes */
  guint32 *row, *column; /* of the input, for each of the output */
  const guint8 *x;
  guint8 *y;
} Layer;

static void
run_row (const Layer *l, const guint8 *x, guint8 *y)
{
  for (gsize j = 0; j < l->y_columns; j++, y += l->pixel)
    memcpy (y, x + l->column[j] * l->pixel, l->pixel);
}

/* A row like the one before is copied as a whole. */
static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize all = l->pictures * l->y_rows, bytes = l->y_columns * l->pixel;
  const gsize from = tfc_f32_share (all, index, l->split.chunks);
  for (gsize i = from; i < tfc_f32_share (all, index + 1, l->split.chunks); i++) {
    const gsize at = i % l->y_rows, row = i / l->y_rows * l->x_rows + l->row[at];
    guint8 *y = l->y + i * bytes;
    if (i > from && at && l->row[at] == l->row[at - 1])
      memcpy (y, y - bytes, bytes);
    else
      run_row (l, l->x + row * l->x_columns * l->pixel, y);
  }
}

/* Where each of n comes from, of length: the reference resizes a line of numbers. */
static gboolean
fill (guint32 *to, gint32 n, gint32 length, const TfcNode *node, GError **error)
{
  g_autofree gfloat *line = g_new (gfloat, (gsize)length + n);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, length, 1, 1), .data = line};
  TfcTensor y = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, n, 1, 1), .data = line + length};
  const TfcTensor *in[] = {&x};
  TfcTensor *out[] = {&y};
  TfcNode one = *node;
  one.params.resize.height = n;
  one.params.resize.width = 1;
  for (gint32 i = 0; i < length; i++)
    line[i] = (gfloat)i;
  if (!tfc_reference_run_node (&one, in, out, error))
    return FALSE;
  for (gint32 i = 0; i < n; i++)
    to[i] = (guint32)line[length + i];
  return TRUE;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gint32 *x_dim = x->shape.dim, *y_dim = y->shape.dim;
  Layer *l = g_new0 (Layer, 1);
  l->pictures = x_dim[0];
  l->x_rows = x_dim[1];
  l->x_columns = x_dim[2];
  l->y_rows = y_dim[1];
  l->y_columns = y_dim[2];
  l->pixel = x_dim[3] * tfc_type_size (x->type);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_bytes (y) / 16);
  void *room = tfc_layer_room (&l->split.base, l->y_rows + l->y_columns, sizeof (guint32), error);
  if (!room)
    return NULL;
  l->row = room;
  l->column = l->row + l->y_rows;
  if (fill (l->row, y_dim[1], x_dim[1], node, error) &&
      fill (l->column, y_dim[2], x_dim[2], node, error))
    return &l->split.base;
  tfc_layer_free (&l->split.base);
  return NULL;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return node->n_in == 1 && x && !x->data && x->type == y->type && tfc_pictures_alike (x, y);
}

const TfcLayerKind tfc_layer_nearest = {can_run, make, tfc_f32_seldom_pays};
