/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/cpu/common/check.h"
#include "inference/backends/cpu/f32/picture.h"
#include "inference/backends/cpu/common/kernel_table.h"

/* With fewer outputs a gain is lost in leaving XNNPACK and coming back. */
#define PAYS_OUTPUTS 40000
#define NEAR_BYTES ((gsize)4 << 20)
#define CHUNK_ROWS 4
#define STRIP_BYTES ((gsize)16 << 10)

typedef struct {
  TfcPictureF32 base;
  TfcDepthwiseF32 dw;
} Layer;

static void
run_rows (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  layer->kernels->depthwise (&((const Layer *)layer)->dw, x, y, from, to);
}

static void
run_band (const TfcLayer *layer, const gfloat *x, const TfcRing *ring, gfloat *y, gint32 from,
          gint32 to)
{
  const Layer *l = (const Layer *)layer;
  TfcDepthwiseF32 d = l->dw;
  d.ring = *ring;
  l->base.kernels->depthwise (&d, x, y, from, to);
}

static void
pack_kernel (const TfcDepthwiseF32 *d, const TfcTensor *w, const TfcTensor *b, gfloat *to)
{
  const guint taps = d->kernel_h * d->kernel_w;
  for (guint o = 0; o < d->channels; o++) {
    gfloat *block = to + (gsize)o / TFC_PANEL * (1 + taps) * TFC_PANEL + o % TFC_PANEL;
    block[0] = b ? ((const gfloat *)b->data)[o] : 0;
    for (guint t = 0; t < taps; t++)
      block[(1 + t % d->kernel_w * d->kernel_h + t / d->kernel_w) * TFC_PANEL] =
          ((const gfloat *)w->data)[(gsize)t * d->channels + o];
  }
}

/* Blocks of channels go over a strip one after the other. Where each has cache lines of its own a
 * strip may be the whole picture, which reads them once; else, or if the picture comes from far
 * away, strips stay in the first cache. */
static gint32
strip_rows (const TfcDepthwiseF32 *d)
{
  const gsize line = (gsize)d->x_columns * d->channels * sizeof (gfloat);
  const gboolean near = d->channels % TFC_PANEL == 0 && line * d->x_rows <= NEAR_BYTES;
  return near ? d->y_rows : (gint32)MAX (STRIP_BYTES / line, 1);
}

/* What a kernel has read for one row it uses for the next ones, so that chunks of few rows cost more: no more of them
 * than threads, then. */
static guint
chunks_of (const TfcPictureF32 *l, const TfcPool *pool)
{
  const gsize rows = l->pictures * l->y_rows;
  const guint most = MAX (tfc_pool_threads (pool), (guint)(rows / CHUNK_ROWS));
  return MIN (l->split.chunks, most);
}

/* Elements of the kernel; a row of zeros is behind it. */
static gsize
kernel_size (const TfcDepthwiseF32 *d)
{
  const gsize blocks = (d->channels + TFC_PANEL - 1) / TFC_PANEL;
  return blocks * (1 + d->kernel_h * d->kernel_w) * TFC_PANEL;
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  TfcDepthwiseF32 *d = &((Layer *)layer)->dw;
  if (!layer->is_packed)
    pack_kernel (d, tfc_layer_in (graph, node, 1), tfc_layer_in (graph, node, 2), memory);
  d->kernel = memory;
  d->zeros = d->kernel + kernel_size (d);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *w = tfc_layer_in (segment->graph, node, 1);
  const gint32 *x = tfc_layer_in (segment->graph, node, 0)->shape.dim;
  const gint32 *y = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim;
  Layer *l = g_new0 (Layer, 1);
  TfcDepthwiseF32 *d = &l->dw;
  *d = (TfcDepthwiseF32){.channels = x[3],
                         .x_rows = x[1],
                         .ring = {x[1], 0},
                         .x_columns = x[2],
                         .y_rows = y[1],
                         .y_columns = y[2],
                         .kernel_h = w->shape.dim[1],
                         .kernel_w = w->shape.dim[2],
                         .window = node->params.window,
                         .clamp = node->params.clamp};
  d->limited = !tfc_clamp_is_none (&d->clamp);
  tfc_picture_f32_init (&l->base, segment, node, pool, (gsize)d->kernel_h * d->kernel_w, run_rows);
  l->base.split.chunks = chunks_of (&l->base, pool);
  l->base.split.base.rows = run_band;
  l->base.strip = strip_rows (d);
  l->base.split.base.pack = pack;
  l->base.split.base.order = 1; /* the kernel's shape says all */
  l->base.split.base.packed_bytes =
      (kernel_size (d) + (gsize)d->x_columns * d->channels) * sizeof (gfloat);
  return &l->base.split.base;
}

static gboolean
is_float_const (const TfcTensor *t)
{
  return t->data && t->type == TFC_TYPE_F32;
}

/* XNNPACK has kernels of 3, 4 and 9 taps, which are faster than ours but for that of 3 by 3. */
static gboolean
is_faster_elsewhere (const TfcGraph *graph, const TfcNode *node, const gint32 *kernel)
{
  const gint32 taps = kernel[1] * kernel[2];
  const gboolean theirs = taps == 3 || taps == 4 || (taps == 9 && kernel[1] != kernel[2]);
  return theirs && tfc_f32_xnnpack_runs (graph, node);
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *b = tfc_layer_in (graph, node, 2);
  TfcWeights l = {tfc_layer_in (graph, node, 0), tfc_layer_in (graph, node, 1), b,
                  &tfc_graph_v (graph, node->out[0])->tensor};
  if (!tfc_kernels ()->f32->depthwise || !tfc_f32_good (l.x, l.y) || !l.w ||
      !is_float_const (l.w) || !tfc_window_fits (node, &l) || l.w->shape.dim[0] != 1)
    return FALSE;
  const gint32 channels = l.x->shape.dim[3];
  return l.w->shape.dim[3] == channels && l.y->shape.dim[3] == channels &&
         (!b || (is_float_const (b) && tfc_tensor_count (b) == (gsize)channels)) &&
         !is_faster_elsewhere (graph, node, l.w->shape.dim);
}

static gboolean
pays (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_tensor_count (&tfc_graph_v (graph, node->out[0])->tensor) >= PAYS_OUTPUTS;
}

const TfcLayerKind tfc_layer_depthwise_f32 = {can_run, make, pays};
