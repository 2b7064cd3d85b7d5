/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/picture.h"

#include "inference/backends/cpu/common/kernel_table.h"

/* Rows of all pictures are counted through. */
static void
run_chunk (gpointer data, gsize index)
{
  const TfcPictureF32 *l = data;
  const gsize all = l->pictures * l->y_rows, end = tfc_f32_share (all, index + 1, l->split.chunks);
  gsize at = tfc_f32_share (all, index, l->split.chunks);
  while (at < end) {
    const gsize picture = at / l->y_rows;
    const gint32 row = (gint32)(at % l->y_rows);
    const gint32 n = (gint32)MIN (end - at, (gsize)MIN (l->strip, l->y_rows - row));
    l->rows (l, l->x + picture * l->x_size, l->y + picture * l->y_size, row, row + n);
    at += n;
  }
}

void
tfc_picture_f32_init (TfcPictureF32 *l, const TfcSegment *segment, const TfcNode *node,
                      TfcPool *pool, gsize work,
                      void (*rows) (const TfcPictureF32 *layer, const gfloat *x, gfloat *y,
                                    gint32 from, gint32 to))
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  l->kernels = tfc_kernels ()->f32;
  l->rows = rows;
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  l->pictures = x->shape.dim[0];
  l->x_size = tfc_tensor_count (x) / l->pictures;
  l->y_size = tfc_tensor_count (y) / l->pictures;
  l->y_rows = l->strip = y->shape.dim[1];
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (y) / TFC_PANEL * work);
}

static gboolean
good_side (gint32 x, gint32 y)
{
  return x > 0 && y > 0 && x <= TFC_MAX_LENGTH_F32 && y <= TFC_MAX_LENGTH_F32;
}

gboolean
tfc_pictures_alike (const TfcTensor *x, const TfcTensor *y)
{
  return x->shape.rank == 4 && y->shape.rank == 4 && x->shape.dim[0] == y->shape.dim[0] &&
         x->shape.dim[3] == y->shape.dim[3] && good_side (x->shape.dim[1], y->shape.dim[1]) &&
         good_side (x->shape.dim[2], y->shape.dim[2]);
}

gboolean
tfc_picture_f32_good (const TfcTensor *x, const TfcTensor *y)
{
  return tfc_f32_good (x, y) && tfc_pictures_alike (x, y);
}
