/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/indirection.h"
#include "inference/passes/weight_layout.h"
#include "inference/backends/cpu/f32/winograd.h"

#define SMALL_ROWS 128
#define FEW_WEIGHTS 16384 /* bytes: half a first cache */
#define PACK_ROWS 16

typedef struct {
  TfcLayer base;
  void (*gemm) (const TfcGemmF32 *gemm, const TfcNTiles *columns, const guint8 *const *pieces,
                guint rows, const gfloat *add, gfloat *y);
  TfcGemmF32 f;
  TfcIndirection pieces;
  guint n_columns, parts; /* blocks are cut into parts where they are too few for the threads */
  TfcNTiles *columns;
  guint tile_rows, block_rows;
  gboolean few_weights; /* All stay in the first cache while results are written from end to end. Of
                           many, those of one tile's width do while a block passes. */
  const gfloat *add;
  gfloat *y;
} Conv;

/* A block of rows, cut into tiles of least rows, of which so many (longer) have one more. */
typedef struct {
  guint first, tiles, least, longer;
  TfcIndirectionBlock in;
} Block;

static guint
tile_at (const Block *b, guint tile)
{
  return tile * b->least + MIN (tile, b->longer);
}

static guint
tile_rows (const Block *b, guint tile)
{
  return b->least + (tile < b->longer);
}

static const guint8 **
pieces_of (const Conv *c, Block *b, guint tile)
{
  return b->in.pieces + (gsize)tile * c->f.taps * TFC_TILE_ROWS;
}

static void
fill_block (const Conv *c, Block *b, guint first)
{
  const guint n = MIN (c->block_rows, c->pieces.rows - first);
  b->first = first;
  b->tiles = (n + c->tile_rows - 1) / c->tile_rows;
  b->least = n / b->tiles;
  b->longer = n % b->tiles;
  tfc_indirection_begin (&c->pieces, &b->in, first);
  for (guint t = 0; t < b->tiles; t++)
    tfc_indirection_tile (&c->pieces, &b->in, tile_rows (b, t), pieces_of (c, b, t));
}

static void
run_tile (const Conv *c, Block *b, guint tile, const TfcNTiles *columns)
{
  const gsize at = b->first + tile_at (b, tile);
  c->gemm (&c->f, columns, pieces_of (c, b, tile), tile_rows (b, tile), c->add + at * c->f.added,
           c->y + at * c->f.outputs);
}

/* The block that begins with row first: columns from to to - 1. */
static void
run_columns (const Conv *c, guint first, guint from, guint to)
{
  Block b;
  fill_block (c, &b, first);
  if (c->few_weights) {
    for (guint t = 0; t < b.tiles; t++) {
      for (guint i = from; i < to; i++)
        run_tile (c, &b, t, &c->columns[i]);
    }
    return;
  }
  for (guint i = from; i < to; i++) {
    for (guint t = 0; t < b.tiles; t++)
      run_tile (c, &b, t, &c->columns[i]);
  }
}

static void
run_block (gpointer data, gsize index)
{
  const Conv *c = data;
  const guint part = index % c->parts;
  run_columns (c, index / c->parts * c->block_rows,
               tfc_n_tiles_share (part, c->parts, c->n_columns),
               tfc_n_tiles_share (part + 1, c->parts, c->n_columns));
}

/* The same layer with its places elsewhere. */
static void
run_band (const TfcLayer *layer, const gfloat *x, const TfcRing *ring, gfloat *y, gint32 from,
          gint32 to)
{
  Conv c = *(const Conv *)layer;
  const guint columns = c.pieces.y_dim[2];
  const gssize line = (gssize)(c.pieces.bytes * c.pieces.x_dim[2]);
  c.pieces.x = (const guint8 *)x;
  if (c.pieces.flat)
    c.pieces.x += ((gssize)tfc_ring_at (ring, from) - from) * line;
  c.pieces.rows = to * columns;
  c.y = y;
  c.add = c.f.added ? c.add : y;
  for (guint first = from * columns; first < c.pieces.rows; first += c.block_rows)
    run_columns (&c, first, 0, c.n_columns);
}

static guint
n_blocks (const Conv *c)
{
  return (c->pieces.rows + c->block_rows - 1) / c->block_rows;
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Conv *c = (const Conv *)layer;
  tfc_pool_parallel (pool, run_block, (gpointer)c, (gsize)n_blocks (c) * c->parts, more);
}

static void
free_conv (TfcLayer *layer)
{
  g_free (((Conv *)layer)->columns);
  g_free (layer);
}

/* Those to which something is added stand apart, where they fill their octets. */
static gboolean
divide_columns (Conv *c, const TfcTilesF32 *tiles, GError **error)
{
  const guint apart = c->f.added % TFC_OCTET == 0 ? c->f.added : 0;
  c->n_columns = tfc_n_tiles_count (apart, tiles) + tfc_n_tiles_count (c->f.outputs - apart, tiles);
  void *room = tfc_layer_room (&c->base, c->n_columns, sizeof *c->columns, error);
  if (!room)
    return FALSE;
  c->columns = room;
  const guint n = tfc_n_tiles_divide (c->columns, 0, apart, tiles);
  tfc_n_tiles_divide (c->columns + n, apart, c->f.outputs, tiles);
  c->tile_rows = tfc_n_tiles_rows (c->columns, c->n_columns, tiles);
  return TRUE;
}

/* Tiles that a block may have. Many weights are fetched once for all rows of a small picture. */
static guint
most_tiles (const Conv *c)
{
  return c->pieces.flat && c->pieces.rows <= SMALL_ROWS
             ? (SMALL_ROWS + c->tile_rows - 1) / c->tile_rows
             : tfc_indirection_block_tiles (&c->pieces, c->tile_rows);
}

/* Blocks of about as many tiles each. For threads, where blocks are few, so are columns dealt out,
 * and where those are few too, blocks are made shorter; but not where all is done before a thread
 * would have begun. */
static void
divide_rows (Conv *c, const TfcPool *pool)
{
  const guint tiles = (c->pieces.rows + c->tile_rows - 1) / c->tile_rows;
  const guint most = most_tiles (c);
  const gsize products = (gsize)c->f.taps * c->f.channels;
  const gsize work = products * c->f.outputs * c->pieces.rows / TFC_PANEL;
  const guint jobs = tfc_f32_work_items (pool, work);
  guint blocks = (tiles + most - 1) / most;
  c->parts = blocks < jobs ? c->n_columns : 1;
  blocks = CLAMP ((jobs + c->parts - 1) / c->parts, blocks, MAX (blocks, tiles));
  c->block_rows = (tiles + blocks - 1) / blocks * c->tile_rows;
}

/* The bias as a row of width, zeros in what is left of it. */
static void
pack_bias (const TfcWeights *l, guint first, guint n, guint width, gfloat *to)
{
  memset (to, 0, width * sizeof (gfloat));
  if (l->b)
    memcpy (to, (const gfloat *)l->b->data + first, n * sizeof (gfloat));
}

/* Weights of n output channels from first on: a row of width for each of the products from .. from
 * + rows - 1. */
static void
pack_rows (const TfcWeights *l, guint from, guint rows, guint first, guint n, guint width,
           gfloat *to)
{
  const gfloat *w = l->w->data;
  to += (gsize)from * width;
  if (!l->w->turned)
    tfc_transpose_words (w + (gsize)first * l->products + from, n, l->products, rows, to, width);
  for (guint i = 0; i < rows; i++) {
    if (l->w->turned)
      memcpy (to + (gsize)i * width, w + (gsize)(from + i) * l->outputs + first,
              n * sizeof (gfloat));
    memset (to + (gsize)i * width + n, 0, (width - n) * sizeof (gfloat));
  }
}

/* Some rows of the file at a time, so that what is read lies near. */
static void
pack_weights (const Conv *c, const TfcWeights *l)
{
  for (guint from = 0; from < l->products; from += PACK_ROWS) {
    for (guint i = 0; i < c->n_columns; i++) {
      const TfcNTiles *columns = &c->columns[i];
      const guint width = columns->octets * TFC_OCTET;
      pack_rows (l, from, MIN (PACK_ROWS, l->products - from), columns->first,
                 MIN (width, l->outputs - columns->first), width,
                 (gfloat *)columns->weights + width);
    }
  }
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
  return (padded (l) * (l->products + 1 + slope) + zeros (c)) * sizeof (gfloat);
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Conv *c = (Conv *)layer;
  const TfcTensor *slope = tfc_layer_in (graph, node, TFC_CONV_SLOPE);
  gfloat *to = memory;
  TfcWeights l;
  tfc_weights_init_f32 (&l, graph, node);
  for (guint i = 0; i < c->n_columns; i++) {
    TfcNTiles *columns = &c->columns[i];
    const guint width = columns->octets * TFC_OCTET;
    columns->weights = to;
    pack_bias (&l, columns->first, MIN (width, l.outputs - columns->first), width, to);
    to += (gsize)width * (l.products + 1);
  }
  pack_weights (c, &l);
  if (slope) {
    c->f.slope = memcpy (to, slope->data, l.outputs * sizeof (gfloat));
    to += padded (&l);
  }
  c->pieces.zeros = memset (to, 0, zeros (c) * sizeof (gfloat));
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *add = tfc_layer_in (segment->graph, node, TFC_CONV_ADD);
  TfcWeights l;
  tfc_weights_init_f32 (&l, segment->graph, node);
  if (tfc_winograd_f32_pays (node, &l))
    return tfc_winograd_f32_make (segment, node, pool, &l, error);
  Conv *c = g_new0 (Conv, 1);
  c->base = (TfcLayer){.run = run, .free = free_conv, .rows = run_band, .pack = pack};
  c->gemm = tfc_isa ()->gemm_f32;
  tfc_indirection_init (&c->pieces, node, &l, TRUE);
  c->f = (TfcGemmF32){.taps = c->pieces.taps,
                      .channels = c->pieces.channels,
                      .outputs = l.outputs,
                      .min = node->params.clamp.min,
                      .max = node->params.clamp.max};
  c->pieces.x = segment->place[node->in[0]];
  c->add = c->y = segment->place[node->out[0]];
  if (add) {
    c->add = segment->place[node->in[TFC_CONV_ADD]];
    c->f.added = add->shape.dim[add->shape.rank - 1];
  }
  if (!divide_columns (c, &tfc_isa ()->tiles_f32, error))
    return NULL;
  c->few_weights = l.products * l.outputs * sizeof (gfloat) <= FEW_WEIGHTS;
  divide_rows (c, pool);
  c->base.packed_bytes =
      packed_bytes (c, &l, tfc_layer_in (segment->graph, node, TFC_CONV_SLOPE) != NULL);
  return &c->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights l;
  return tfc_isa ()->gemm_f32 && tfc_weights_init_f32 (&l, graph, node) &&
         tfc_indirection_fit (node, &l);
}

const TfcLayerKind tfc_layer_conv_f32 = {can_run, make};
