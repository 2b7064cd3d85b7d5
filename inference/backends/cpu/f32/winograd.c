/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/winograd.h"

#include <math.h>
#include <string.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

gdouble tfc_winograd_f32_most = 1;
gsize tfc_winograd_f32_scratch = (gsize)8 << 20;

typedef struct {
  TfcLayer base;
  const TfcF32 *kernels;
  TfcGemmF32 product, how;  /* each component's; and what is done to the sums of all */
  TfcNTiles *n_tile;        /* [TFC_WINOGRAD][n_tiles] */
  guint n_tiles, tile_rows; /* rows of a matrix tile, which are tiles here */
  gint32 x_rows, x_columns, y_rows, y_columns, top, left; /* top, left: padding */
  guint down, across, tiles;                              /* of a picture, and of all */
  guint batch, chunks; /* tiles at once, and into how many chunks they are cut */
  gsize row;           /* elements of a transformed pixel */
  const gfloat *x, *add, *zeros;
  gfloat *y;
} Layer;

/* One batch of tiles. v[component][tile][row], m[component][tile][product.outputs] */
typedef struct {
  const Layer *l;
  guint first, n;
  gfloat *v, *m, *beside; /* beside: a pixel for nobody */
} Batch;

static void
find_tile (const Layer *l, guint tile, gint32 *picture, gint32 *row, gint32 *column)
{
  const guint at = tile % (l->down * l->across);
  *picture = tile / (l->down * l->across);
  *row = at / l->across * 2;
  *column = at % l->across * 2;
}

static void
enter_tile (const Batch *b, guint i)
{
  const Layer *l = b->l;
  const gfloat *x[TFC_WINOGRAD];
  gint32 picture, row, column;
  find_tile (l, b->first + i, &picture, &row, &column);
  for (gint32 k = 0; k < TFC_WINOGRAD; k++) {
    const gint32 at = row - l->top + k / 4, beside = column - l->left + k % 4;
    const gboolean inside = at >= 0 && at < l->x_rows && beside >= 0 && beside < l->x_columns;
    const gsize pixel = ((gsize)picture * l->x_rows + at) * l->x_columns + beside;
    x[k] = inside ? l->x + pixel * l->product.channels : l->zeros;
  }
  l->kernels->winograd_enter (b->v + i * l->row, b->n * l->row, x, l->product.channels);
}

/* What hangs over the edge is computed and goes nowhere. */
static void
leave_tile (const Batch *b, guint i)
{
  const Layer *l = b->l;
  const gsize outputs = l->product.outputs;
  const gfloat *add[4];
  gfloat *y[4];
  gint32 picture, row, column;
  find_tile (l, b->first + i, &picture, &row, &column);
  const gsize first = ((gsize)picture * l->y_rows + row) * l->y_columns + column;
  for (gint32 k = 0; k < 4; k++) {
    const gboolean inside = row + k / 2 < l->y_rows && column + k % 2 < l->y_columns;
    const gsize pixel = first + (inside ? k / 2 * l->y_columns + k % 2 : 0);
    y[k] = inside ? l->y + pixel * l->how.outputs : b->beside;
    add[k] = l->add + pixel * l->how.added;
  }
  l->kernels->winograd_leave (&l->how, y, add, b->m + i * outputs, b->n * outputs);
}

static void
enter_chunk (gpointer data, gsize index)
{
  const Batch *b = data;
  const guint end = tfc_n_tiles_share (index + 1, b->l->chunks, b->n);
  for (guint i = tfc_n_tiles_share (index, b->l->chunks, b->n); i < end; i++)
    enter_tile (b, i);
}

static void
leave_chunk (gpointer data, gsize index)
{
  Batch b = *(const Batch *)data;
  const guint end = tfc_n_tiles_share (index + 1, b.l->chunks, b.n);
  b.beside += index * b.l->product.outputs;
  for (guint i = tfc_n_tiles_share (index, b.l->chunks, b.n); i < end; i++)
    leave_tile (&b, i);
}

/* One component's sums of an n_tile, for all tiles of the batch. */
static void
multiply (gpointer data, gsize index)
{
  const Batch *b = data;
  const Layer *l = b->l;
  const gsize from = index / l->n_tiles * b->n, n = (b->n + l->tile_rows - 1) / l->tile_rows;
  for (guint t = 0; t < n; t++) {
    const guint first = tfc_n_tiles_share (t, n, b->n);
    const guint rows = tfc_n_tiles_share (t + 1, n, b->n) - first;
    const guint8 *v = (const guint8 *)(b->v + (from + first) * l->row);
    gfloat *m = b->m + (from + first) * l->product.outputs;
    l->kernels->gemm (&l->product, &l->n_tile[index], &v, l->row * sizeof (gfloat), rows, m, m);
  }
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  Batch b = {.l = l, .v = l->base.scratch};
  b.m = b.v + TFC_WINOGRAD * l->batch * l->row;
  b.beside = b.m + TFC_WINOGRAD * l->batch * (gsize)l->product.outputs;
  for (; b.first < l->tiles; b.first += b.n) {
    b.n = MIN (l->batch, l->tiles - b.first);
    tfc_pool_parallel (pool, enter_chunk, &b, l->chunks, TRUE);
    tfc_pool_parallel (pool, multiply, &b, (gsize)TFC_WINOGRAD * l->n_tiles, TRUE);
    tfc_pool_parallel (pool, leave_chunk, &b, l->chunks, more || b.first + b.n < l->tiles);
  }
}

static void
set_shapes (Layer *l, const TfcNode *node, const TfcWeights *w, guint threads)
{
  const gint32 *x = w->x->shape.dim, *y = w->y->shape.dim;
  l->x_rows = x[1];
  l->x_columns = x[2];
  l->y_rows = y[1];
  l->y_columns = y[2];
  l->top = node->params.window.pad_top;
  l->left = node->params.window.pad_left;
  l->down = (y[1] + 1) / 2;
  l->across = (y[2] + 1) / 2;
  l->tiles = y[0] * l->down * l->across;
  l->row = (x[3] + TFC_PANEL - 1) / TFC_PANEL * TFC_PANEL;
  const gsize tile = TFC_WINOGRAD * (l->row + l->product.outputs) * sizeof (gfloat);
  const guint batches = l->tiles / MAX (tfc_winograd_f32_scratch / tile, 1) + 1;
  l->batch = (l->tiles + batches - 1) / batches;
  l->chunks = threads > 1 ? MIN (4 * threads, l->batch) : 1;
  l->base.scratch_bytes = l->batch * tile + l->chunks * l->product.outputs * sizeof (gfloat);
}

static gboolean
divide_n_tiles (Layer *l, guint outputs, GError **error)
{
  const TfcTilesF32 *tiles = &l->kernels->tiles;
  l->n_tiles = tfc_n_tiles_count (outputs, tiles);
  void *room =
      tfc_layer_room (&l->base, (gsize)TFC_WINOGRAD * l->n_tiles, sizeof *l->n_tile, error);
  if (!room)
    return FALSE;
  l->n_tile = room;
  tfc_n_tiles_divide (l->n_tile, 0, outputs, tiles);
  l->tile_rows = tfc_n_tiles_rows (l->n_tile, l->n_tiles, tiles);
  return TRUE;
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  const TfcTensor *slope = tfc_layer_in (graph, node, TFC_CONV_SLOPE);
  gfloat *to = memory;
  TfcWeights w;
  tfc_weights_init_f32 (&w, graph, node);
  tfc_winograd_f32_point (&w, l->n_tile, l->n_tiles, to);
  if (!layer->is_packed)
    tfc_winograd_f32_pack (&w, l->n_tile, l->n_tiles);
  to += tfc_winograd_f32_packed (&w);
  if (slope) {
    if (!layer->is_packed)
      memcpy (to, slope->data, w.outputs * sizeof (gfloat));
    l->how.slope = to;
    to += w.outputs;
  }
  l->zeros = to;
}

TfcLayer *
tfc_winograd_f32_make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                       const TfcWeights *w, GError **error)
{
  const TfcTensor *add = tfc_layer_in (segment->graph, node, TFC_CONV_ADD);
  Layer *l = g_new0 (Layer, 1);
  l->base = (TfcLayer){.run = run, .pack = pack};
  l->kernels = tfc_kernels ()->f32;
  l->product = (TfcGemmF32){.taps = 1,
                            .channels = w->products / 9,
                            .outputs = tfc_n8 (w->outputs) * TFC_OCTET,
                            .min = -INFINITY,
                            .max = INFINITY};
  l->how = (TfcGemmF32){
      .outputs = w->outputs, .min = node->params.clamp.min, .max = node->params.clamp.max};
  l->x = segment->buffer[node->in[0]];
  l->add = l->y = segment->buffer[node->out[0]];
  if (add) {
    l->add = segment->buffer[node->in[TFC_CONV_ADD]];
    l->how.added = add->shape.dim[add->shape.rank - 1];
  }
  set_shapes (l, node, w, tfc_pool_threads (pool));
  if (!divide_n_tiles (l, w->outputs, error))
    return NULL;
  const gsize slopes = tfc_layer_in (segment->graph, node, TFC_CONV_SLOPE) ? w->outputs : 0;
  l->base.order = tfc_n_tiles_order (l->n_tile, l->n_tiles);
  l->base.packed_bytes = (tfc_winograd_f32_packed (w) + slopes + l->row) * sizeof (gfloat);
  return &l->base;
}

/* In products: elements of the transformed input and of sums, on their way through memory; and a
 * weight more to be fetched. Measured on single layers with caches warm and cold. */
static gdouble
cost (const TfcWeights *w)
{
  const gint32 *y = w->y->shape.dim;
  const gdouble tiles = (gdouble)y[0] * ((y[1] + 1) / 2) * ((y[2] + 1) / 2);
  const gdouble in = w->products / 9, out = tfc_n8 (w->outputs) * TFC_OCTET;
  return TFC_WINOGRAD * tiles * (in * out + 10 * in + 24 * out) +
         12 * (TFC_WINOGRAD - 9) * in * out;
}

gboolean
tfc_winograd_f32_pays (const TfcNode *node, const TfcWeights *w)
{
  const TfcWindow *k = &node->params.window;
  const gint32 *kernel = w->w->shape.dim, *y = w->y->shape.dim;
  if (node->op != TFC_OP_CONV_2D || kernel[1] != 3 || kernel[2] != 3 || k->stride_h != 1 ||
      k->stride_w != 1 || k->dilation_h != 1 || k->dilation_w != 1)
    return FALSE;
  const gdouble direct = (gdouble)y[0] * y[1] * y[2] * w->products * w->outputs;
  return cost (w) < direct * tfc_winograd_f32_most;
}
