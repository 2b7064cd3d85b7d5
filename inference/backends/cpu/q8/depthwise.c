/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/cpu/common/check.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"

#define MAX_TAPS 64

typedef struct {
  TfcLayer base;
  void (*pixel) (const TfcDepthwise *dw, const guint8 *const *taps, guint8 *y);
  void (*pixels) (const TfcDepthwise *dw, const guint8 *const *rows, gsize tap, gsize step, guint n,
                  guint8 *y);
  TfcQ8Packing packing;
  gint32 less;    /* as in TfcQ8 */
  guint group;    /* taps of a group */
  gsize bytes;    /* of a pixel */
  gboolean small; /* done before a thread would have begun */
  TfcDepthwise dw;
  TfcWindow window;
  gint32 x_dim[4], y_dim[4], kernel[2];
  const guint8 *x;
  guint8 *y;
  gint32
      inner[2]; /* columns from, to that the 3 by 3 kernel takes: their windows hang over no edge */
  const guint8 *zeros;
} Layer;

/* Place of a tap among the groups. */
static guint
slot_of (const Layer *l, guint row, guint column)
{
  return l->kernel[0] == 3 && l->packing == TFC_Q8_K4 ? 4 * column + row
                                                      : row * l->kernel[1] + column;
}

/* Pointers to the taps of the output pixel in column, from those of its rows. */
static void
find_taps (const Layer *l, const guint8 *const *rows, gint32 column, const guint8 **taps)
{
  const TfcWindow *w = &l->window;
  gint32 left = column * w->stride_w - w->pad_left;
  for (guint t = 0; t < l->dw.groups * l->group; t++)
    taps[t] = l->zeros;
  for (gint32 i = 0; i < l->kernel[0]; i++) {
    for (gint32 j = 0; j < l->kernel[1]; j++) {
      gint32 at = left + j * w->dilation_w;
      if (rows[i] && at >= 0 && at < l->x_dim[2])
        taps[slot_of (l, i, j)] = rows[i] + at * l->bytes;
    }
  }
}

static void
run_pixels (const Layer *l, const guint8 *const *rows, gint32 from, gint32 to, guint8 *y)
{
  const guint8 *taps[(MAX_TAPS + 1) * 4];
  for (gint32 column = from; column < to; column++) {
    find_taps (l, rows, column, taps);
    l->pixel (&l->dw, taps, y + column * l->bytes);
  }
}

/* The inner columns under a 3 by 3 kernel; rows that lie outside are read from a row of zeros. */
static void
run_inner (const Layer *l, const guint8 *const *rows, gint32 from, gint32 to, guint8 *y)
{
  const TfcWindow *w = &l->window;
  gsize left = (gsize)(from * w->stride_w - w->pad_left) * l->bytes;
  const guint8 *at[3];
  for (guint i = 0; i < 3; i++)
    at[i] = (rows[i] ? rows[i] : l->zeros) + left;
  l->pixels (&l->dw, at, w->dilation_w * l->bytes, w->stride_w * l->bytes, to - from,
             y + from * l->bytes);
}

/* One row of the output. */
static void
run_row (gpointer data, gsize index)
{
  const Layer *l = data;
  const TfcWindow *w = &l->window;
  const guint8 *rows[MAX_TAPS];
  gsize line = l->x_dim[2] * l->bytes;
  guint8 *y = l->y + index * l->y_dim[2] * l->bytes;
  gint32 top = (gint32)(index % l->y_dim[1]) * w->stride_h - w->pad_top;
  gint32 from = l->inner[0], to = l->inner[1];
  for (gint32 i = 0; i < l->kernel[0]; i++) {
    gint32 at = top + i * w->dilation_h;
    gboolean inside = at >= 0 && at < l->x_dim[1];
    rows[i] = inside ? l->x + (index / l->y_dim[1] * l->x_dim[1] + at) * line : NULL;
  }
  run_pixels (l, rows, 0, from, y);
  if (from < to)
    run_inner (l, rows, from, to, y);
  run_pixels (l, rows, to, l->y_dim[2], y);
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  tfc_pool_parallel (l->small ? NULL : pool, run_row, (gpointer)l, (gsize)l->y_dim[0] * l->y_dim[1],
                     more);
}

/* What a layer points to, while it is filled. */
typedef struct {
  void *weights;
  gint8 *extra;
  guint8 *needs_extra;
  gint32 *start;
  gfloat *scale;
} Packed;

/* Place of a channel inside start and scale. */
static gsize
place_of (guint channel)
{
  guint in = channel % TFC_DW_BLOCK;
  return channel - in + in % 16 / 4 * 16 + in / 16 * 4 + in % 4;
}

/* v, the weight at place at of a group: for K4 in two parts, as it may need nine bits. */
static void
pack_weight (const Layer *l, gint32 v, gsize group, gsize at, Packed *to)
{
  if (l->packing == TFC_Q8_K2) {
    ((gint16 *)to->weights)[at] = (gint16)v;
    return;
  }
  const gint8 first = (gint8)CLAMP (v, -128, 127);
  ((gint8 *)to->weights)[at] = first;
  to->extra[at] = (gint8)(v - first);
  to->needs_extra[group] |= to->extra[at] != 0;
}

/* Weights less their zero point. */
static void
pack_channel (Layer *l, const TfcWeights *w, guint channel, Packed *to)
{
  gsize place = place_of (channel), block = place / TFC_DW_BLOCK, in = place % TFC_DW_BLOCK;
  gint32 sum = 0, zero = tfc_weights_zero (w);
  for (guint t = 0; t < w->products; t++) {
    guint slot = slot_of (l, t / l->kernel[1], t % l->kernel[1]);
    gsize group = block * l->dw.groups + slot / l->group;
    gint32 v = tfc_weights_get (w, (gsize)t * l->dw.channels + channel) - zero;
    pack_weight (l, v, group, (group * TFC_DW_BLOCK + in) * l->group + slot % l->group, to);
    sum += v;
  }
  to->start[place] = tfc_weights_start_less_zero (w, channel, sum);
  to->scale[place] = tfc_weights_scale (w, channel);
}

static gsize
channels (const TfcDepthwise *d)
{
  return (gsize)d->blocks * TFC_DW_BLOCK;
}

static gsize
zero_bytes (const Layer *l)
{
  return (gsize)l->x_dim[2] * l->x_dim[3] + TFC_TAIL_BYTES;
}

/* Of weights, or extra. */
static gsize
weight_bytes (const Layer *l)
{
  const gsize each = l->packing == TFC_Q8_K2 ? sizeof (gint16) : sizeof (gint8);
  return channels (&l->dw) * l->dw.groups * l->group * each;
}

/* Weights (for K4 twice), start, scale, what needs extra, and a row of zeros. */
static gsize
packed_bytes (const Layer *l)
{
  const TfcDepthwise *d = &l->dw;
  return (l->packing == TFC_Q8_K4 ? 2 : 1) * weight_bytes (l) +
         channels (d) * (sizeof (gint32) + sizeof (gfloat)) + d->blocks * d->groups +
         zero_bytes (l);
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  TfcDepthwise *d = &l->dw;
  const gsize n = channels (d);
  Packed to;
  TfcWeights w;
  tfc_weights_init (&w, graph, node);
  w.less = l->less;
  to.weights = memory;
  to.extra = (gint8 *)memory + weight_bytes (l);
  to.start = (gint32 *)(gpointer)(to.extra + (l->packing == TFC_Q8_K4 ? weight_bytes (l) : 0));
  to.scale = (gfloat *)(gpointer)(to.start + n);
  to.needs_extra = (guint8 *)(to.scale + n);
  l->zeros = to.needs_extra + d->blocks * d->groups;
  if (!layer->is_packed)
    memset (to.needs_extra + d->blocks * d->groups, w.x->quant.zero_point, zero_bytes (l));
  for (guint o = 0; o < d->channels && !layer->is_packed; o++)
    pack_channel (l, &w, o, &to);
  d->weights = to.weights;
  d->extra = to.extra;
  d->needs_extra = to.needs_extra;
  d->start = to.start;
  d->scale = to.scale;
}

static void
fill (Layer *l, const TfcSegment *segment, const TfcNode *node)
{
  TfcDepthwise *d = &l->dw;
  TfcWeights w;
  tfc_weights_init (&w, segment->graph, node);
  d->blocks = (w.outputs + TFC_DW_BLOCK - 1) / TFC_DW_BLOCK;
  l->packing = tfc_kernels ()->q8->depthwise_packing;
  l->less = tfc_kernels ()->q8->less;
  l->group = l->packing == TFC_Q8_K2 ? 2 : 4;
  d->groups = l->kernel[0] == 3 && l->packing == TFC_Q8_K4 ? (guint)l->kernel[1]
                                                           : (w.products + l->group - 1) / l->group;
  d->flip = tfc_weights_flip (w.x);
  d->store = tfc_weights_store (&w, node);
  l->bytes = d->channels;
  l->pixel = tfc_kernels ()->q8->depthwise;
  l->pixels = tfc_kernels ()->q8->depthwise_3x3;
  l->base.order = tfc_packed_order (&d->groups, 1);
  l->base.packed_bytes = packed_bytes (l);
}

/* Vector operations of TFC_PANEL lanes. */
static gsize
work_of (const Layer *l)
{
  return (gsize)l->y_dim[0] * l->y_dim[1] * l->y_dim[2] * l->dw.groups * l->dw.blocks *
         (TFC_DW_BLOCK / TFC_PANEL);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *w = tfc_layer_in (segment->graph, node, 1);
  Layer *l = g_new0 (Layer, 1);
  l->base = (TfcLayer){.run = run, .pack = pack};
  l->window = node->params.window;
  memcpy (l->x_dim, x->shape.dim, sizeof l->x_dim);
  memcpy (l->y_dim, tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim, sizeof l->y_dim);
  memcpy (l->kernel, w->shape.dim + 1, sizeof l->kernel);
  if (l->kernel[0] == 3 && l->kernel[1] == 3)
    tfc_window_inner (l->x_dim[2], l->y_dim[2], 3, l->window.stride_w, l->window.dilation_w,
                      l->window.pad_left, l->inner);
  l->dw.channels = l->x_dim[3];
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  fill (l, segment, node);
  l->small = tfc_f32_work_items (pool, work_of (l)) == 1;
  return &l->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights w;
  if (!tfc_weights_init (&w, graph, node) || !tfc_window_fits (node, &w) ||
      w.w->shape.dim[0] != 1 || w.w->shape.dim[3] != w.x->shape.dim[3] ||
      w.y->shape.dim[3] != w.w->shape.dim[3])
    return FALSE;
  const TfcQ8 *kernels = tfc_kernels ()->q8;
  /* K4: with a zero point of -128 a weight may need more than two parts */
  return kernels->depthwise && w.products <= MAX_TAPS &&
         (kernels->depthwise_packing == TFC_Q8_K2 || tfc_weights_zero (&w) > -128);
}

const TfcLayerKind tfc_layer_depthwise = {can_run, make};
