/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define MAX_TAPS 64

typedef struct {
  TfcLayer base;
  const TfcIsa *isa;
  TfcDepthwise dw;
  TfcWindow window;
  gint32 x_dim[4], y_dim[4], kernel[2];
  const guint8 *x;
  guint8 *y;
  void *memory;
  const guint8 *zeros;
} Layer;

/* Pointers to the taps of the output pixel in column, from those of its rows. */
static void
find_taps (const Layer *l, const guint8 *const *rows, gint32 column, const guint8 **taps)
{
  const TfcWindow *w = &l->window;
  gint32 left = column * w->stride_w - w->pad_left;
  for (gint32 i = 0; i < l->kernel[0]; i++) {
    for (gint32 j = 0; j < l->kernel[1]; j++) {
      gint32 at = left + j * w->dilation_w;
      gboolean inside = rows[i] && at >= 0 && at < l->x_dim[2];
      *taps++ = inside ? rows[i] + (gsize)at * l->x_dim[3] : l->zeros;
    }
  }
}

/* Columns that see no edge: from .. to - 1; empty if a row of the window lies outside. */
static void
find_inner (const Layer *l, const guint8 *const *rows, gint32 *from, gint32 *to)
{
  const TfcWindow *w = &l->window;
  gint32 room = l->x_dim[2] - 1 - (l->kernel[1] - 1) * w->dilation_w + w->pad_left;
  *from = (w->pad_left + w->stride_w - 1) / w->stride_w;
  *to = room < 0 ? 0 : MIN (room / w->stride_w + 1, l->y_dim[2]);
  for (gint32 i = 0; i < l->kernel[0]; i++) {
    if (!rows[i])
      *to = 0;
  }
}

/* One row of the output. */
static void
run_row (gpointer data, gsize index)
{
  const Layer *l = data;
  const TfcWindow *w = &l->window;
  const guint8 *rows[MAX_TAPS], *taps[MAX_TAPS + 4];
  gsize line = (gsize)l->x_dim[2] * l->x_dim[3], channels = l->dw.channels;
  guint8 *y = l->y + index * l->y_dim[2] * channels;
  gint32 top = (gint32)(index % l->y_dim[1]) * w->stride_h - w->pad_top, from, to;
  for (gint32 i = 0; i < l->kernel[0]; i++) {
    gint32 at = top + i * w->dilation_h;
    gboolean inside = at >= 0 && at < l->x_dim[1];
    rows[i] = inside ? l->x + (index / l->y_dim[1] * l->x_dim[1] + at) * line : NULL;
  }
  find_inner (l, rows, &from, &to);
  for (gint32 column = 0, n; column < l->y_dim[2]; column += n) {
    find_taps (l, rows, column, taps);
    for (guint i = l->kernel[0] * l->kernel[1]; i < l->dw.groups * 4; i++)
      taps[i] = taps[0]; /* their weights are 0 */
    n = column >= from && column < to ? to - column : 1;
    l->isa->depthwise (&l->dw, taps, w->stride_w * channels, n, y + column * channels);
  }
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  tfc_pool_parallel (pool, run_row, (gpointer)l, (gsize)l->y_dim[0] * l->y_dim[1], more);
}

static void
free_layer (TfcLayer *layer)
{
  free (((Layer *)layer)->memory);
  g_free (layer);
}

/* Place of a channel inside start and scale. */
static gsize
place_of (guint channel)
{
  guint in = channel % TFC_DW_BLOCK;
  return channel - in + in % 16 / 4 * 16 + in / 16 * 4 + in % 4;
}

/* Weights less their zero point: in two parts, as one may need nine bits. TRUE if the second was
 * needed. */
static gboolean
pack_channel (const Layer *l, const TfcWeights *w, guint channel, gint8 *to, gint8 *extra,
              gint32 *start)
{
  gsize place = place_of (channel), in = place % TFC_DW_BLOCK;
  gsize block = place / TFC_DW_BLOCK * l->dw.groups * TFC_DW_BLOCK * 4;
  gint32 sum = 0, zero = tfc_weights_zero (w);
  gboolean needed = FALSE;
  for (guint t = 0; t < w->products; t++) {
    gint32 v = tfc_weights_get (w, (gsize)t * l->dw.channels + channel) - zero;
    gsize at = block + (t / 4 * TFC_DW_BLOCK + in) * 4 + t % 4;
    to[at] = CLAMP (v, -128, 127);
    extra[at] = v - to[at];
    needed |= extra[at] != 0;
    sum += v;
  }
  start[place] = (w->b ? ((const gint32 *)w->b->data)[channel] : 0) - sum * tfc_weights_zero_u (w);
  return needed;
}

static gboolean
pack (Layer *l, const TfcWeights *w, GError **error)
{
  TfcDepthwise *d = &l->dw;
  gsize n = (gsize)d->blocks * TFC_DW_BLOCK, bytes = n * d->groups * 4;
  guint8 *memory = l->memory = tfc_layer_alloc (2 * bytes + n * 9, error);
  if (!memory)
    return FALSE;
  gint8 *weights = (gint8 *)memory, *extra = weights + bytes;
  gint32 *start = (gint32 *)(gpointer)(extra + bytes);
  gfloat *scale = (gfloat *)(start + n);
  for (guint o = 0; o < d->channels; o++) {
    if (pack_channel (l, w, o, weights, extra, start))
      d->extra = extra;
    scale[place_of (o)] = tfc_weights_scale (w, o);
  }
  d->weights = weights;
  d->start = start;
  d->scale = scale;
  l->zeros = memset (scale + n, w->x->quant.zero_point, n);
  return TRUE;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  Layer *l = g_new0 (Layer, 1);
  TfcWeights w;
  tfc_weights_init (&w, segment->graph, node);
  l->base = (TfcLayer){run, free_layer};
  l->isa = tfc_isa ();
  l->window = node->params.window;
  memcpy (l->x_dim, w.x->shape.dim, sizeof l->x_dim);
  memcpy (l->y_dim, w.y->shape.dim, sizeof l->y_dim);
  memcpy (l->kernel, w.w->shape.dim + 1, sizeof l->kernel);
  l->dw.channels = w.outputs;
  l->dw.blocks = (w.outputs + TFC_DW_BLOCK - 1) / TFC_DW_BLOCK;
  l->dw.groups = (w.products + 3) / 4;
  l->dw.flip = tfc_weights_flip (w.x);
  l->dw.store = tfc_weights_store (&w, node);
  l->x = segment->place[node->in[0]];
  l->y = segment->place[node->out[0]];
  if (!pack (l, &w, error)) {
    g_free (l);
    return NULL;
  }
  return &l->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights w;
  return tfc_weights_init (&w, graph, node) && tfc_window_fits (node, &w) &&
         w.w->shape.dim[0] == 1 && w.products <= MAX_TAPS &&
         w.w->shape.dim[3] == w.x->shape.dim[3] && w.y->shape.dim[3] == w.w->shape.dim[3];
}

const TfcLayerKind tfc_layer_depthwise = {can_run, make};
