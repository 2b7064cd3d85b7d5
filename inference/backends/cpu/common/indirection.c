/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/indirection.h"

#include <string.h>

#include "inference/backends/cpu/common/check.h"

static const guint8 *
row_of (const TfcIndirection *c, gint32 batch, gint32 y)
{
  if (y < 0 || y >= c->x_dim[1])
    return NULL;
  return c->x + ((gsize)batch * c->x_dim[1] + y) * c->x_dim[2] * c->bytes;
}

/* A row of the kernel that hangs over the edge, put together. */
static const guint8 *
patch (const TfcIndirection *c, TfcIndirectionBlock *b, const guint8 *row, gint32 from)
{
  const gint32 first = MAX (from, 0), end = MIN (from + c->kernel[1], c->x_dim[2]);
  guint8 *to = b->patches[b->n_patches++];
  memcpy (to, c->zeros, TFC_PATCH);
  memcpy (to + (first - from) * (gssize)c->bytes, row + first * (gssize)c->bytes,
          (end - first) * c->bytes);
  return to;
}

static const guint8 *
piece (const TfcIndirection *c, TfcIndirectionBlock *b, const guint8 *row, gint32 column)
{
  gint32 last = c->joined ? c->kernel[1] - 1 : 0;
  if (!row || column + last < 0 || column >= c->x_dim[2])
    return c->zeros;
  if (c->joined && (column < 0 || column + last >= c->x_dim[2]))
    return patch (c, b, row, column);
  return row + column * c->bytes;
}

/* The pieces of an output pixel. */
static void
find_pointers (const TfcIndirection *c, TfcIndirectionBlock *b)
{
  const TfcWindow *w = &c->window;
  gint32 top = b->row * w->stride_h - w->pad_top, left = b->column * w->stride_w - w->pad_left;
  gint32 columns = c->joined ? 1 : c->kernel[1];
  const guint8 **to = b->next;
  for (gint32 i = 0; i < c->kernel[0]; i++) {
    const guint8 *row = row_of (c, b->batch, top + i * w->dilation_h);
    for (gint32 j = 0; j < columns; j++)
      *to++ = piece (c, b, row, left + j * w->dilation_w);
  }
}

/* How many pixels from here on have pieces beside each other: those whose windows hang over no
 * edge. */
static guint
count_beside (const TfcIndirection *c, const TfcIndirectionBlock *b)
{
  const gint32 *in = c->inner;
  gboolean inside = b->row >= in[0] && b->row < in[1] && b->column >= in[2] && b->column < in[3];
  return inside ? in[3] - b->column : 1;
}

/* n pixels further; no more than to the end of the row. */
static void
go_on (const TfcIndirection *c, TfcIndirectionBlock *b, guint n)
{
  b->column += n;
  if (b->column < c->y_dim[2])
    return;
  b->column = 0;
  if (++b->row < c->y_dim[1])
    return;
  b->row = 0;
  b->batch++;
}

void
tfc_indirection_begin (const TfcIndirection *c, TfcIndirectionBlock *b, guint first)
{
  b->n_patches = b->beside = b->batch = b->row = b->column = 0;
  if (c->flat) { /* input pixels are one behind the other */
    b->next[0] = c->x + first * c->bytes;
    b->beside = c->rows - first;
    return;
  }
  const guint pixels = (guint)c->y_dim[1] * c->y_dim[2], at = first % pixels;
  b->batch = first / pixels;
  b->row = at / c->y_dim[2];
  b->column = at % c->y_dim[2];
}

guint
tfc_indirection_beside (const TfcIndirection *c, TfcIndirectionBlock *b)
{
  if (b->beside)
    return b->beside;
  find_pointers (c, b);
  b->beside = count_beside (c, b);
  return b->beside;
}

/* Most runs are as long as a tile: the compiler unrolls those. */
static inline void
step_on (const guint8 **to, const guint8 *at, gsize step, guint n)
{
  if (n == TFC_TILE_ROWS) {
    for (guint k = 0; k < TFC_TILE_ROWS; k++)
      to[k] = at + k * step;
    return;
  }
  for (guint k = 0; k < n; k++)
    to[k] = at + k * step;
}

void
tfc_indirection_tile (const TfcIndirection *c, TfcIndirectionBlock *b, guint n, const guint8 **to)
{
  const gsize step = c->window.stride_w * c->bytes;
  if (c->flat && n == TFC_TILE_ROWS) {
    step_on (to, b->next[0], step, TFC_TILE_ROWS);
    b->next[0] += TFC_TILE_ROWS * step;
    b->beside -= TFC_TILE_ROWS;
    return;
  }
  for (guint i = 0, run; i < n; i += run) {
    run = MIN (n - i, tfc_indirection_beside (c, b));
    for (guint t = 0; t < c->taps; t++) {
      step_on (to + t * TFC_TILE_ROWS + i, b->next[t], step, run);
      b->next[t] += run * step;
    }
    b->beside -= run;
    go_on (c, b, run);
  }
  for (guint t = 0; n < TFC_TILE_ROWS && t < c->taps; t++) {
    for (guint i = n; i < TFC_TILE_ROWS; i++)
      to[t * TFC_TILE_ROWS + i] = to[t * TFC_TILE_ROWS + n - 1];
  }
}

gsize
tfc_indirection_first (const TfcIndirection *c, TfcIndirectionBlock *b, guint n, const guint8 **to)
{
  const gsize step = c->window.stride_w * c->bytes;
  for (guint t = 0; t < c->taps; t++) {
    to[t * TFC_TILE_ROWS] = b->next[t];
    b->next[t] += n * step;
  }
  b->beside -= n;
  if (!c->flat)
    go_on (c, b, n);
  return step;
}

guint
tfc_indirection_block_tiles (const TfcIndirection *c, guint rows)
{
  return MIN (TFC_MAX_POINTERS / (c->taps * TFC_TILE_ROWS), TFC_MAX_BLOCK_ROWS / rows);
}

gboolean
tfc_indirection_fit (const TfcNode *node, const TfcWeights *l)
{
  if (tfc_tensor_count (l->y) > G_MAXINT32)
    return FALSE;
  if (node->op == TFC_OP_FULLY_CONNECTED)
    return l->w->shape.rank == 2 && tfc_tensor_count (l->x) % l->products == 0 &&
           tfc_tensor_count (l->x) / l->products * l->outputs == tfc_tensor_count (l->y);
  return tfc_window_fits (node, l) && l->w->shape.dim[3] == l->x->shape.dim[3] &&
         l->y->shape.dim[3] == l->w->shape.dim[0] &&
         l->w->shape.dim[1] * l->w->shape.dim[2] <= TFC_MAX_POINTERS / TFC_TILE_ROWS;
}

static void
set_shapes (TfcIndirection *c, const TfcNode *node, const TfcWeights *l)
{
  if (node->op == TFC_OP_FULLY_CONNECTED) {
    gint32 rows = tfc_tensor_count (l->x) / l->products;
    c->window = (TfcWindow){.stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1};
    memcpy (c->x_dim, (gint32[]){1, rows, 1, (gint32)l->products}, sizeof c->x_dim);
    memcpy (c->y_dim, (gint32[]){1, rows, 1, (gint32)l->outputs}, sizeof c->y_dim);
    c->kernel[0] = c->kernel[1] = 1;
    return;
  }
  const TfcWindow *w = &c->window;
  c->window = node->params.window;
  memcpy (c->x_dim, l->x->shape.dim, sizeof c->x_dim);
  memcpy (c->y_dim, l->y->shape.dim, sizeof c->y_dim);
  memcpy (c->kernel, l->w->shape.dim + 1, sizeof c->kernel);
  tfc_window_inner (c->x_dim[1], c->y_dim[1], c->kernel[0], w->stride_h, w->dilation_h, w->pad_top,
                    c->inner);
  tfc_window_inner (c->x_dim[2], c->y_dim[2], c->kernel[1], w->stride_w, w->dilation_w, w->pad_left,
                    c->inner + 2);
}

void
tfc_indirection_init (TfcIndirection *c, const TfcNode *node, const TfcWeights *l,
                      gboolean may_join)
{
  set_shapes (c, node, l);
  c->bytes = c->x_dim[3] * tfc_type_size (l->x->type);
  c->joined = may_join && c->window.dilation_w == 1 && c->bytes * c->kernel[1] <= TFC_MAX_JOINED &&
              c->kernel[1] > 1 && c->kernel[0] <= TFC_MAX_JOINED_ROWS;
  c->flat = c->kernel[0] == 1 && c->kernel[1] == 1 && c->window.stride_h == 1 &&
            c->window.stride_w == 1 && memcmp (c->x_dim, c->y_dim, 3 * sizeof (gint32)) == 0 &&
            c->window.pad_top == 0 && c->window.pad_left == 0;
  c->rows = (guint)c->y_dim[0] * c->y_dim[1] * c->y_dim[2];
  c->channels = c->x_dim[3] * (c->joined ? c->kernel[1] : 1);
  c->taps = c->kernel[0] * (c->joined ? 1 : c->kernel[1]);
}
