/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define MAX_TILES 8       /* in a block of rows */
#define MAX_POINTERS 1024 /* in a block of rows */
#define BLOCK_ROWS (MAX_TILES * TFC_TILE_ROWS)
#define MAX_JOINED 60 /* bytes of a kernel's row that may be one piece */
#define MAX_JOINED_ROWS 8
#define PATCH 64

typedef struct {
  TfcLayer base;
  const TfcIsa *isa;
  TfcGemm gemm;
  TfcWindow window;
  gint32 x_dim[4], y_dim[4], kernel[2];
  const guint8 *x;
  guint8 *y;
  gboolean joined; /* a piece is a row of the kernel, not one tap */
  gint32 inner[4]; /* rows from, to, columns from, to whose windows hang over no edge */
  gboolean flat;   /* 1 by 1, every pixel once, no padding */
  guint rows, block_rows, columns, column_panels;
  void *memory;
  const guint8 *zeros;
} Conv;

/* One block of rows: pointers to its pieces, and its sums. */
typedef struct {
  const guint8 *pieces[MAX_POINTERS];
  gint32 sums[BLOCK_ROWS];
  guint8 patches[BLOCK_ROWS * MAX_JOINED_ROWS][PATCH];
  guint n_patches;
} Block;

static const guint8 *
row_of (const Conv *c, gint32 batch, gint32 y)
{
  if (y < 0 || y >= c->x_dim[1])
    return NULL;
  return c->x + ((gsize)batch * c->x_dim[1] + y) * c->x_dim[2] * c->x_dim[3];
}

/* A row of the kernel that hangs over the edge, put together. */
static const guint8 *
patch (const Conv *c, Block *b, const guint8 *row, gint32 from)
{
  guint8 *to = b->patches[b->n_patches++];
  guint channels = c->x_dim[3];
  for (gint32 i = 0; i < c->kernel[1]; i++) {
    gint32 at = from + i;
    gboolean inside = at >= 0 && at < c->x_dim[2];
    memcpy (to + i * channels, inside ? row + at * channels : c->zeros, channels);
  }
  return to;
}

static const guint8 *
piece (const Conv *c, Block *b, const guint8 *row, gint32 column)
{
  gsize channels = c->x_dim[3];
  gint32 last = c->joined ? c->kernel[1] - 1 : 0;
  if (!row || column + last < 0 || column >= c->x_dim[2])
    return c->zeros;
  if (c->joined && (column < 0 || column + last >= c->x_dim[2]))
    return patch (c, b, row, column);
  return row + column * channels;
}

/* Where an output pixel is. */
typedef struct {
  gint32 batch, row, column;
} Place;

static Place
place_at (const Conv *c, guint index)
{
  guint pixels = (guint)c->y_dim[1] * c->y_dim[2], at = index % pixels;
  return (Place){index / pixels, at / c->y_dim[2], at % c->y_dim[2]};
}

static void
next_place (const Conv *c, Place *p)
{
  if (++p->column < c->y_dim[2])
    return;
  p->column = 0;
  if (++p->row < c->y_dim[1])
    return;
  p->row = 0;
  p->batch++;
}

/* The pieces of an output pixel, each TFC_TILE_ROWS after the one before. */
static void
find_pieces (const Conv *c, Block *b, const Place *p, const guint8 **to)
{
  const TfcWindow *w = &c->window;
  gint32 top = p->row * w->stride_h - w->pad_top, left = p->column * w->stride_w - w->pad_left;
  gint32 columns = c->joined ? 1 : c->kernel[1];
  for (gint32 i = 0; i < c->kernel[0]; i++) {
    const guint8 *row = row_of (c, p->batch, top + i * w->dilation_h);
    for (gint32 j = 0; j < columns; j++, to += TFC_TILE_ROWS)
      *to = piece (c, b, row, left + j * w->dilation_w);
  }
}

static gboolean
inside (const Conv *c, const Place *p)
{
  return p->row >= c->inner[0] && p->row < c->inner[1] && p->column >= c->inner[2] &&
         p->column < c->inner[3];
}

/* Rows past the last one repeat it; a pixel beside another one, both away from the edges, has its
 * pieces beside the other's. */
static void
fill_tile (const Conv *c, Block *b, Place *place, guint n, const guint8 **pieces)
{
  const guint taps = c->gemm.taps;
  const gsize step = (gsize)c->window.stride_w * c->x_dim[3];
  gboolean follows = FALSE;
  for (guint i = 0; i < TFC_TILE_ROWS; i++) {
    if (i < n && !follows) {
      find_pieces (c, b, place, pieces + i);
    } else {
      for (guint t = 0; t < taps * TFC_TILE_ROWS; t += TFC_TILE_ROWS)
        pieces[t + i] = pieces[t + i - 1] + (i < n ? step : 0);
    }
    follows = inside (c, place);
    next_place (c, place);
    follows = follows && place->column && inside (c, place);
  }
}

/* Input rows are one behind the other. */
static void
fill_flat_tile (const Conv *c, guint first, guint n, const guint8 **pieces)
{
  const guint8 *x = c->x + (gsize)first * c->gemm.channels;
  for (guint i = 0; i < TFC_TILE_ROWS; i++)
    pieces[i] = x + (gsize)MIN (i, n - 1) * c->gemm.channels;
}

static void
fill_block (const Conv *c, Block *b, guint first, guint n)
{
  Place place = place_at (c, first);
  b->n_patches = 0;
  for (guint i = 0; i < n; i += TFC_TILE_ROWS) {
    const guint8 **pieces = b->pieces + (gsize)i * c->gemm.taps;
    guint rows = MIN (n - i, TFC_TILE_ROWS);
    if (c->flat)
      fill_flat_tile (c, first + i, rows, pieces);
    else
      fill_tile (c, b, &place, rows, pieces);
    if (c->gemm.zero_v)
      c->isa->sums (&c->gemm, pieces, b->sums + i);
    else
      memset (b->sums + i, 0, TFC_TILE_ROWS * sizeof (gint32));
  }
}

static void
run_block (gpointer data, gsize index)
{
  const Conv *c = data;
  const TfcGemm *g = &c->gemm;
  guint first = index / c->columns * c->block_rows, n = MIN (c->block_rows, c->rows - first);
  guint panel = index % c->columns * c->column_panels;
  guint end = MIN (panel + c->column_panels, g->panels);
  Block b;
  fill_block (c, &b, first, n);
  for (; panel < end; panel += TFC_PANELS) {
    guint8 *y = c->y + (gsize)first * g->outputs + panel * TFC_PANEL;
    for (guint i = 0; i < n; i += TFC_TILE_ROWS)
      c->isa->gemm (g, b.pieces + (gsize)i * g->taps, b.sums + i, MIN (n - i, TFC_TILE_ROWS), panel,
                    MIN (end - panel, TFC_PANELS), y + (gsize)i * g->outputs, g->outputs);
  }
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Conv *c = (const Conv *)layer;
  gsize blocks = (c->rows + c->block_rows - 1) / c->block_rows;
  tfc_pool_parallel (pool, run_block, (gpointer)c, blocks * c->columns, more);
}

static void
free_conv (TfcLayer *layer)
{
  free (((Conv *)layer)->memory);
  g_free (layer);
}

/* Weights of output channel o, and its constants. */
static void
pack_output (const Conv *c, const TfcWeights *l, guint o, gint8 *to, gint32 *start, gfloat *scale)
{
  const TfcGemm *g = &c->gemm;
  gsize from = (gsize)o * l->products;
  gint64 sum = 0;
  to += (gsize)(o / TFC_PANEL) * g->taps * g->quads * TFC_PANEL * 4 + o % TFC_PANEL * 4;
  for (guint t = 0; t < g->taps; t++) {
    for (guint i = 0; i < g->channels; i++) {
      gint32 v = tfc_weights_get (l, from++);
      to[((gsize)t * g->quads + i / 4) * TFC_PANEL * 4 + i % 4] = v;
      sum += v;
    }
  }
  start[o] = tfc_weights_start (l, o, sum);
  scale[o] = tfc_weights_scale (l, o);
}

static gboolean
pack (Conv *c, const TfcWeights *l, GError **error)
{
  TfcGemm *g = &c->gemm;
  gsize bytes = (gsize)g->panels * g->taps * g->quads * TFC_PANEL * 4;
  gsize n = (gsize)g->panels * TFC_PANEL, zeros = g->quads * 4 + PATCH;
  guint8 *memory = c->memory = tfc_layer_alloc (bytes + n * 8 + zeros, error);
  if (!memory)
    return FALSE;
  gint32 *start = (gint32 *)(gpointer)(memory + bytes);
  gfloat *scale = (gfloat *)(gpointer)(start + n);
  memset (scale + n, l->x->quant.zero_point, zeros);
  for (guint o = 0; o < l->outputs; o++)
    pack_output (c, l, o, (gint8 *)memory, start, scale);
  g->weights = (gint8 *)memory;
  g->start = start;
  g->scale = scale;
  c->zeros = (guint8 *)(scale + n);
  return TRUE;
}

/* Rows in blocks; columns too where that leaves threads without work. */
static void
divide (Conv *c, guint threads)
{
  guint tiles = MIN (MAX_POINTERS / (c->gemm.taps * TFC_TILE_ROWS), MAX_TILES);
  guint groups = (c->gemm.panels + TFC_PANELS - 1) / TFC_PANELS, blocks;
  c->block_rows = tiles * TFC_TILE_ROWS;
  blocks = (c->rows + c->block_rows - 1) / c->block_rows;
  c->columns = threads > 1 && blocks < 4 * threads ? (4 * threads + blocks - 1) / blocks : 1;
  c->columns = MIN (c->columns, groups);
  c->column_panels = (groups + c->columns - 1) / c->columns * TFC_PANELS;
  c->columns = (c->gemm.panels + c->column_panels - 1) / c->column_panels;
}

/* A fully connected layer is a convolution over one column. */
static void
set_shapes (Conv *c, const TfcNode *node, const TfcWeights *l)
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

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  Conv *c = g_new0 (Conv, 1);
  TfcWeights l;
  tfc_weights_init (&l, segment->graph, node);
  c->base = (TfcLayer){run, free_conv};
  c->isa = tfc_isa ();
  set_shapes (c, node, &l);
  gint32 channels = c->x_dim[3], joined = channels * c->kernel[1];
  c->joined = channels % 4 && c->window.dilation_w == 1 && joined <= MAX_JOINED &&
              c->kernel[1] > 1 && c->kernel[0] <= MAX_JOINED_ROWS;
  c->flat = c->kernel[0] == 1 && c->kernel[1] == 1 &&
            memcmp (c->x_dim, c->y_dim, 3 * sizeof (gint32)) == 0 && c->window.pad_top == 0 &&
            c->window.pad_left == 0;
  c->rows = (guint)c->y_dim[0] * c->y_dim[1] * c->y_dim[2];
  c->gemm.channels = c->joined ? joined : channels;
  c->gemm.quads = (c->gemm.channels + 3) / 4;
  c->gemm.taps = c->kernel[0] * (c->joined ? 1 : c->kernel[1]);
  c->gemm.outputs = l.outputs;
  c->gemm.panels = (l.outputs + TFC_PANEL - 1) / TFC_PANEL;
  c->gemm.zero_v = tfc_weights_zero (&l);
  c->gemm.flip = tfc_weights_flip (l.x);
  c->gemm.store = tfc_weights_store (&l, node);
  c->x = segment->place[node->in[0]];
  c->y = segment->place[node->out[0]];
  divide (c, tfc_pool_threads (pool));
  if (!pack (c, &l, error)) {
    g_free (c);
    return NULL;
  }
  return &c->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights l;
  if (!tfc_isa ()->gemm || !tfc_weights_init (&l, graph, node) ||
      tfc_tensor_count (l.y) > G_MAXINT32)
    return FALSE;
  if (node->op == TFC_OP_FULLY_CONNECTED)
    return l.w->shape.rank == 2 && tfc_tensor_count (l.x) % l.products == 0 &&
           tfc_tensor_count (l.x) / l.products * l.outputs == tfc_tensor_count (l.y);
  return tfc_window_fits (node, &l) && l.w->shape.dim[3] == l.x->shape.dim[3] &&
         l.y->shape.dim[3] == l.w->shape.dim[0] &&
         l.w->shape.dim[1] * l.w->shape.dim[2] <= MAX_POINTERS / TFC_TILE_ROWS;
}

const TfcLayerKind tfc_layer_conv = {can_run, make};
