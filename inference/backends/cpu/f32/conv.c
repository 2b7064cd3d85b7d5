/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/cpu/f32/dots.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/common/indirection.h"
#include "inference/backends/cpu/f32/winograd.h"

#define SMALL_ROWS 128
#define LONG_ROWS 512
#define FEW_WEIGHTS 16384 /* bytes: half a first cache */

typedef struct {
  TfcLayer base;
  void (*gemm) (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                gsize step, guint rows, const gfloat *add, gfloat *y);
  TfcGemmF32 f;
  TfcIndirection indirection;
  guint n_tiles, parts; /* blocks are cut into parts where they are too few for the threads */
  TfcNTiles *n_tile;
  guint tile_rows, block_rows;
  guint long_rows;      /* of a tile where they lie beside each other; 0: no more than tile_rows */
  gboolean few_weights; /* All stay in the first cache while results are written from end to end. Of
                           many, those of one tile's width do while a block passes. */
  gboolean dots;        /* gemm is TfcF32.dots */
  const gfloat *add;
  gfloat *y;
} Conv;

/* Rows of a block that are computed at a time. */
typedef struct {
  guint first, rows;
  gsize step; /* how far apart they lie, or 0: each has its pointers */
} Tile;

typedef struct {
  guint tiles;
  Tile tile[TFC_MAX_BLOCK_ROWS];
  TfcIndirectionBlock in;
} Block;

static const guint8 **
pointers_of (const Conv *c, Block *b, guint tile)
{
  return b->in.pointers + (gsize)tile * c->f.taps * TFC_TILE_ROWS;
}

/* Of left rows. The last two tiles are about as long. */
static Tile
cut_tile (const Conv *c, Block *b, guint left, const guint8 **pointers)
{
  const guint beside = MIN (tfc_indirection_beside (&c->indirection, &b->in), left);
  Tile t = {.rows = c->tile_rows};
  if (c->long_rows && beside >= c->long_rows)
    t.rows = c->long_rows;
  else if (left < 2 * t.rows)
    t.rows = left > t.rows ? (left + 1) / 2 : left;
  if (t.rows <= beside)
    t.step = tfc_indirection_first (&c->indirection, &b->in, t.rows, pointers);
  else
    tfc_indirection_tile (&c->indirection, &b->in, t.rows, pointers);
  return t;
}

static void
fill_block (const Conv *c, Block *b, guint first)
{
  const guint end = MIN (first + c->block_rows, c->indirection.rows);
  tfc_indirection_begin (&c->indirection, &b->in, first);
  for (b->tiles = 0; first < end; first += b->tile[b->tiles++].rows) {
    b->tile[b->tiles] = cut_tile (c, b, end - first, pointers_of (c, b, b->tiles));
    b->tile[b->tiles].first = first;
  }
}

static void
run_tile (const Conv *c, Block *b, guint tile, const TfcNTiles *n_tile)
{
  const Tile *t = &b->tile[tile];
  c->gemm (&c->f, n_tile, pointers_of (c, b, tile), t->step, t->rows,
           c->add + (gsize)t->first * c->f.added, c->y + (gsize)t->first * c->f.outputs);
}

/* The block that begins with row first: n_tile from to to - 1. */
static void
run_tiles (const Conv *c, guint first, guint from, guint to)
{
  Block b;
  fill_block (c, &b, first);
  if (c->few_weights) {
    for (guint t = 0; t < b.tiles; t++) {
      for (guint i = from; i < to; i++)
        run_tile (c, &b, t, &c->n_tile[i]);
    }
    return;
  }
  for (guint i = from; i < to; i++) {
    for (guint t = 0; t < b.tiles; t++)
      run_tile (c, &b, t, &c->n_tile[i]);
  }
}

static void
run_block (gpointer data, gsize index)
{
  const Conv *c = data;
  const guint part = index % c->parts;
  run_tiles (c, index / c->parts * c->block_rows, tfc_n_tiles_share (part, c->parts, c->n_tiles),
             tfc_n_tiles_share (part + 1, c->parts, c->n_tiles));
}

/* The same layer with its places elsewhere. */
static void
run_band (const TfcLayer *layer, const gfloat *x, const TfcRing *ring, gfloat *y, gint32 from,
          gint32 to)
{
  Conv c = *(const Conv *)layer;
  const guint columns = c.indirection.y_dim[2];
  const gssize line = (gssize)(c.indirection.bytes * c.indirection.x_dim[2]);
  c.indirection.x = (const guint8 *)x;
  if (c.indirection.flat)
    c.indirection.x += ((gssize)tfc_ring_at (ring, from) - from) * line;
  c.indirection.rows = to * columns;
  c.y = y;
  c.add = c.f.added ? c.add : y;
  for (guint first = from * columns; first < c.indirection.rows; first += c.block_rows)
    run_tiles (&c, first, 0, c.n_tiles);
}

static guint
n_blocks (const Conv *c)
{
  return (c->indirection.rows + c->block_rows - 1) / c->block_rows;
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Conv *c = (const Conv *)layer;
  tfc_pool_parallel (pool, run_block, (gpointer)c, (gsize)n_blocks (c) * c->parts, more);
}

/* Output channels that something is added to get tiles of their own, if they are a multiple of 8.
 */
static gboolean
divide_n_tiles (Conv *c, const TfcTilesF32 *tiles, GError **error)
{
  const guint apart = c->f.added % TFC_OCTET == 0 ? c->f.added : 0;
  c->n_tiles = tfc_n_tiles_count (apart, tiles) + tfc_n_tiles_count (c->f.outputs - apart, tiles);
  void *room = tfc_layer_room (&c->base, c->n_tiles, sizeof *c->n_tile, error);
  if (!room)
    return FALSE;
  c->n_tile = room;
  const guint n = tfc_n_tiles_divide (c->n_tile, 0, apart, tiles);
  tfc_n_tiles_divide (c->n_tile + n, apart, c->f.outputs, tiles);
  c->tile_rows = tfc_n_tiles_rows (c->n_tile, c->n_tiles, tiles);
  c->long_rows = tfc_n_tiles_long_rows (c->n_tile, c->n_tiles, tiles);
  return TRUE;
}

/* Tiles that a block may have. Many weights are fetched once for all rows of a small picture; with
 * few, nothing is read twice, and a longer block begins less often. */
static guint
most_tiles (const Conv *c)
{
  if (c->indirection.flat && c->few_weights)
    return LONG_ROWS / TFC_TILE_ROWS;
  return c->indirection.flat && c->indirection.rows <= SMALL_ROWS
             ? (SMALL_ROWS + c->tile_rows - 1) / c->tile_rows
             : tfc_indirection_block_tiles (&c->indirection, c->tile_rows);
}

/* Blocks of about as many tiles each. For threads, where blocks are few, so are n_tiles dealt out,
 * and where those are few too, blocks are made shorter; but not where all is done before a thread
 * would have begun. */
static void
divide_rows (Conv *c, const TfcPool *pool)
{
  const guint tiles = (c->indirection.rows + c->tile_rows - 1) / c->tile_rows;
  const guint most = most_tiles (c);
  const gsize products = (gsize)c->f.taps * c->f.channels;
  const gsize work = products * c->f.outputs * c->indirection.rows / TFC_PANEL;
  const guint jobs = tfc_f32_work_items (pool, work);
  guint blocks = (tiles + most - 1) / most;
  c->parts = blocks < jobs ? c->n_tiles : 1;
  blocks = CLAMP ((jobs + c->parts - 1) / c->parts, blocks, MAX (blocks, tiles));
  c->block_rows = (tiles + blocks - 1) / blocks * c->tile_rows;
}

static gfloat *
pack_dots (Conv *c, const TfcWeights *l, gfloat *to)
{
  c->n_tile[0].weights = to;
  if (!c->base.is_packed)
    tfc_dots_f32_pack (&c->f, l, to);
  return to + tfc_dots_f32_weights (&c->f);
}

static void
pack_slope (const Conv *c, const TfcTensor *slope, gfloat *to)
{
  if (c->base.is_packed)
    return;
  if (c->dots)
    tfc_dots_f32_repeat (to, slope->data, c->f.outputs);
  else
    memcpy (to, slope->data, c->f.outputs * sizeof (gfloat));
}

static gsize
padded (const TfcWeights *l)
{
  return (gsize)tfc_n8 (l->outputs) * TFC_OCTET;
}

static gsize
zeros (const Conv *c)
{
  return c->f.channels + TFC_PATCH / sizeof (gfloat);
}

/* Bias and weights, the slope, and a pixel of zeros. */
static gsize
packed_bytes (const Conv *c, const TfcWeights *l, gboolean slope)
{
  const gsize weights =
      c->dots ? tfc_dots_f32_weights (&c->f) : padded (l) * ((gsize)l->products + 1);
  return (weights + padded (l) * slope + zeros (c)) * sizeof (gfloat);
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Conv *c = (Conv *)layer;
  const TfcTensor *slope = tfc_layer_in (graph, node, TFC_CONV_SLOPE);
  gfloat *to = memory;
  TfcWeights l;
  tfc_weights_init_f32 (&l, graph, node);
  to = c->dots ? pack_dots (c, &l, to)
               : tfc_n_tiles_pack (c->n_tile, c->n_tiles, &l, layer->is_packed, to);
  if (slope) {
    pack_slope (c, slope, to);
    c->f.slope = to;
    to += padded (&l);
  }
  c->indirection.zeros = (const guint8 *)to;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *add = tfc_layer_in (segment->graph, node, TFC_CONV_ADD);
  TfcWeights l;
  tfc_weights_init_f32 (&l, segment->graph, node);
  if (tfc_kernels ()->f32->winograd_enter && tfc_winograd_f32_pays (node, &l))
    return tfc_winograd_f32_make (segment, node, pool, &l, error);
  Conv *c = g_new0 (Conv, 1);
  c->base = (TfcLayer){.run = run, .rows = run_band, .pack = pack};
  tfc_indirection_init (&c->indirection, node, &l, TRUE);
  c->f = (TfcGemmF32){.taps = c->indirection.taps,
                      .channels = c->indirection.channels,
                      .outputs = l.outputs,
                      .min = node->params.clamp.min,
                      .max = node->params.clamp.max};
  c->indirection.x = segment->buffer[node->in[0]];
  c->add = c->y = segment->buffer[node->out[0]];
  if (add) {
    c->add = segment->buffer[node->in[TFC_CONV_ADD]];
    c->f.added = add->shape.dim[add->shape.rank - 1];
  }
  c->dots = tfc_dots_f32_pays (&c->f);
  c->gemm = c->dots ? tfc_kernels ()->f32->dots : tfc_kernels ()->f32->gemm;
  if (!divide_n_tiles (c, &tfc_kernels ()->f32->tiles, error))
    return NULL;
  c->few_weights = l.products * l.outputs * sizeof (gfloat) <= FEW_WEIGHTS;
  divide_rows (c, pool);
  c->base.order = c->dots ? tfc_dots_f32_order (&c->f) : tfc_n_tiles_order (c->n_tile, c->n_tiles);
  c->base.packed_bytes =
      packed_bytes (c, &l, tfc_layer_in (segment->graph, node, TFC_CONV_SLOPE) != NULL);
  return &c->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights l;
  return tfc_kernels ()->f32->gemm && tfc_weights_init_f32 (&l, graph, node) &&
         tfc_indirection_fit (node, &l);
}

const TfcLayerKind tfc_layer_conv_f32 = {can_run, make};
