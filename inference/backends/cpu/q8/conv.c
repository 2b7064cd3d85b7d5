/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/cpu/common/indirection.h"
#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/picture.h"
#include "inference/backends/cpu/q8/q8.h"

#define MANY_WEIGHTS ((gsize)1 << 20) /* more than fits a second cache as words */

typedef struct {
  TfcLayer base;
  const TfcQ8 *kernels;
  TfcGemm gemm;
  TfcIndirection indirection;
  guint8 *y;
  guint block_rows, columns, column_panels;
} Conv;

typedef struct {
  TfcIndirectionBlock in;
  gint32 sums[TFC_MAX_BLOCK_ROWS];
} Block;

static void
fill_block (const Conv *c, Block *b, guint first, guint n)
{
  tfc_indirection_begin (&c->indirection, &b->in, first);
  for (guint i = 0; i < n; i += TFC_TILE_ROWS) {
    const guint8 **pointers = b->in.pointers + (gsize)i * c->gemm.taps;
    tfc_indirection_tile (&c->indirection, &b->in, MIN (n - i, TFC_TILE_ROWS), pointers);
    if (c->gemm.zero_v) /* never with K2 */
      c->kernels->sums (&c->gemm, pointers, b->sums + i);
    else
      memset (b->sums + i, 0, TFC_TILE_ROWS * sizeof (gint32));
  }
}

static void
run_block (gpointer data, gsize index)
{
  const Conv *c = data;
  const TfcGemm *g = &c->gemm;
  guint first = index / c->columns * c->block_rows;
  guint n = MIN (c->block_rows, c->indirection.rows - first);
  guint panel = index % c->columns * c->column_panels;
  guint end = MIN (panel + c->column_panels, g->panels);
  Block b;
  fill_block (c, &b, first, n);
  for (; panel < end; panel += TFC_PANELS) {
    guint8 *y = c->y + (gsize)first * g->outputs + panel * TFC_PANEL;
    for (guint i = 0; i < n; i += TFC_TILE_ROWS)
      c->kernels->gemm (g, b.in.pointers + (gsize)i * g->taps, b.sums + i,
                        MIN (n - i, TFC_TILE_ROWS), panel, MIN (end - panel, TFC_PANELS),
                        y + (gsize)i * g->outputs, g->outputs);
  }
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Conv *c = (const Conv *)layer;
  gsize blocks = (c->indirection.rows + c->block_rows - 1) / c->block_rows;
  tfc_pool_parallel (pool, run_block, (gpointer)c, blocks * c->columns, more);
}

/* The channels of one tap, four by four; what is missing of the last four stays 0. */
static void
pack_tap_k4 (const TfcGemm *g, const guint8 *from, guint8 flip, gint8 *to)
{
  const guint fours = g->channels / 4;

  for (guint i = 0; i < fours; i++) {
    guint32 four;
    memcpy (&four, from + 4 * i, sizeof four);
    four ^= flip * 0x01010101u;
    memcpy (to + (gsize)i * TFC_PANEL * 4, &four, sizeof four);
  }
  for (guint i = 4 * fours; i < g->channels; i++)
    to[(gsize)fours * TFC_PANEL * 4 + i % 4] = (gint8)(from[i] ^ flip);
}

/* Weights of output channel o, and what its sums begin with. */
static gint32
pack_output_k4 (const TfcGemm *g, const TfcWeights *l, guint o, gint8 *to)
{
  const guint8 *from = (const guint8 *)l->w->data + (gsize)o * l->products;
  const guint8 flip = tfc_weights_flip_w (l);
  gint32 sum = 0;
  to += (gsize)(o / TFC_PANEL) * g->taps * g->k4 * TFC_PANEL * 4 + o % TFC_PANEL * 4;
  for (guint t = 0; t < g->taps; t++)
    pack_tap_k4 (g, from + (gsize)t * g->channels, flip, to + (gsize)t * g->k4 * TFC_PANEL * 4);
  for (guint i = 0; i < l->products; i++)
    sum += (gint8)(from[i] ^ flip);
  return tfc_weights_start (l, o, sum);
}

/* The same: zero points are taken off here. */
static gint32
pack_output_k2 (const TfcGemm *g, const TfcWeights *l, guint o, gint16 *to)
{
  const gint32 zero = tfc_weights_zero (l);
  const gsize from = (gsize)o * l->products;
  gint32 sum = 0;
  to += (gsize)(o / TFC_PANEL) * g->taps * g->k4 * TFC_PANEL * 4 + o % TFC_PANEL * 2;
  for (guint t = 0; t < g->taps; t++, to += (gsize)g->k4 * TFC_PANEL * 4) {
    for (guint i = 0; i < g->channels; i++) {
      const gint32 v = tfc_weights_get (l, from + (gsize)t * g->channels + i) - zero;
      to[(gsize)(i / 2) * TFC_PANEL * 2 + i % 2] = (gint16)v;
      sum += v;
    }
  }
  return tfc_weights_start_less_zero (l, o, sum);
}

static gsize
weight_bytes (const Conv *c)
{
  const TfcGemm *g = &c->gemm;
  const gsize each = c->kernels->gemm_packing == TFC_Q8_K2 ? sizeof (gint16) : sizeof (gint8);
  return (gsize)g->panels * g->taps * g->k4 * TFC_PANEL * 4 * each;
}

static gsize
zero_bytes (const TfcGemm *g)
{
  return g->k4 * 4 + TFC_PATCH;
}

/* Weights, start, scale, and a pixel of zeros. */
static gsize
packed_bytes (const Conv *c)
{
  const TfcGemm *g = &c->gemm;
  const gsize n = (gsize)g->panels * TFC_PANEL;
  return weight_bytes (c) + n * (sizeof (gint32) + sizeof (gfloat)) + zero_bytes (g);
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Conv *c = (Conv *)layer;
  TfcGemm *g = &c->gemm;
  const gsize n = (gsize)g->panels * TFC_PANEL;
  gint32 *start = (gint32 *)(gpointer)((guint8 *)memory + weight_bytes (c));
  gfloat *scale = (gfloat *)(gpointer)(start + n);
  TfcWeights l;
  tfc_weights_init (&l, graph, node);
  l.less = c->kernels->less;
  if (!layer->is_packed)
    memset (scale + n, l.x->quant.zero_point, zero_bytes (g));
  for (guint o = 0; o < l.outputs && !layer->is_packed; o++) {
    start[o] = c->kernels->gemm_packing == TFC_Q8_K2 ? pack_output_k2 (g, &l, o, memory)
                                                     : pack_output_k4 (g, &l, o, memory);
    scale[o] = tfc_weights_scale (&l, o);
  }
  g->weights = memory;
  g->start = start;
  g->scale = scale;
  c->indirection.zeros = (guint8 *)(scale + n);
}

/* Vector operations: four products a lane, two with 16-bit weights. */
static gsize
work_of (const Conv *c)
{
  const gsize each = c->kernels->gemm_packing == TFC_Q8_K2 ? 2 : 4;
  return (gsize)c->gemm.taps * c->gemm.channels * c->gemm.panels * c->indirection.rows / each;
}

/* Rows in blocks; columns too where that leaves threads without work, unless all is done before a
 * thread would have begun. */
static void
divide (Conv *c, const TfcPool *pool)
{
  const guint jobs = tfc_f32_work_items (pool, work_of (c));
  guint groups = (c->gemm.panels + TFC_PANELS - 1) / TFC_PANELS, blocks;
  c->block_rows = tfc_indirection_block_tiles (&c->indirection, TFC_TILE_ROWS) * TFC_TILE_ROWS;
  blocks = (c->indirection.rows + c->block_rows - 1) / c->block_rows;
  c->columns = blocks < jobs ? (jobs + blocks - 1) / blocks : 1;
  c->columns = MIN (c->columns, groups);
  c->column_panels = c->columns < groups ? (groups + c->columns - 1) / c->columns * TFC_PANELS
                                         : (c->gemm.panels + c->columns - 1) / c->columns;
  c->columns = (c->gemm.panels + c->column_panels - 1) / c->column_panels;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  TfcWeights l;
  tfc_weights_init (&l, segment->graph, node);
  if (tfc_picture_q8_fits (node, &l))
    return tfc_picture_q8_new (segment, node, pool);
  Conv *c = g_new0 (Conv, 1);
  c->base = (TfcLayer){.run = run, .pack = pack};
  c->kernels = tfc_kernels ()->q8;
  tfc_indirection_init (&c->indirection, node, &l, l.x->shape.dim[l.x->shape.rank - 1] % 4 != 0);
  c->gemm.channels = c->indirection.channels;
  c->gemm.k4 = (c->gemm.channels + 3) / 4;
  c->gemm.taps = c->indirection.taps;
  c->gemm.outputs = l.outputs;
  c->gemm.panels = (l.outputs + TFC_PANEL - 1) / TFC_PANEL;
  c->gemm.zero_v = c->kernels->gemm_packing == TFC_Q8_K2 ? 0 : tfc_weights_zero (&l);
  c->gemm.flip = tfc_weights_flip (l.x);
  c->gemm.store = tfc_weights_store (&l, node);
  c->indirection.x = segment->buffer[node->in[0]];
  c->y = segment->buffer[node->out[0]];
  divide (c, pool);
  c->base.order =
      tfc_packed_order ((const guint32[]){c->gemm.taps, c->gemm.channels, c->gemm.k4}, 3);
  c->base.packed_bytes = packed_bytes (c);
  return &c->base;
}

/* One row reads each weight once: of those packed as words that is twice as much as elsewhere. */
static gboolean
is_slower (const TfcGraph *graph, const TfcNode *node, const TfcWeights *l)
{
  const TfcBackend *other = tfc_backend_auto.fallback;
  return tfc_kernels ()->q8->gemm_packing == TFC_Q8_K2 &&
         tfc_tensor_count (l->y) == (gsize)l->outputs &&
         (gsize)l->outputs * l->products >= MANY_WEIGHTS && other != &tfc_backend_reference &&
         other->can_run (graph, node);
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights l;
  return tfc_kernels ()->q8->gemm && tfc_weights_init (&l, graph, node) &&
         tfc_indirection_fit (node, &l) && !is_slower (graph, node, &l);
}

const TfcLayerKind tfc_layer_conv = {can_run, make};
