/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "f32.h"

/* With fewer outputs a gain is lost in leaving XNNPACK and coming back. */
#define PAYS_OUTPUTS 40000
#define NEAR_BYTES ((gsize)4 << 20)
#define STRIP_BYTES ((gsize)16 << 10)

typedef struct {
  TfcLayer base;
  const TfcF32 *isa;
  TfcDepthwiseF32 dw;
  const gfloat *x;
  gfloat *y;
  gint32 pictures, strips, strip_rows;
  gfloat *memory;
} Layer;

static void
run_strip (gpointer data, gsize index)
{
  const Layer *l = data;
  const TfcDepthwiseF32 *d = &l->dw;
  const gsize picture = index / l->strips;
  const gint32 from = (gint32)(index % l->strips) * l->strip_rows;
  l->isa->depthwise (d, l->x + picture * d->x_rows * d->x_columns * d->channels,
                     l->y + picture * d->y_rows * d->y_columns * d->channels, from,
                     MIN (from + l->strip_rows, d->y_rows));
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  tfc_pool_parallel (pool, run_strip, (gpointer)l, (gsize)l->pictures * l->strips, more);
}

static void
free_layer (TfcLayer *layer)
{
  free (((Layer *)layer)->memory);
  g_free (layer);
}

static void
pack (const TfcDepthwiseF32 *d, const TfcTensor *w, const TfcTensor *b, gfloat *to)
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
strip_rows (const Layer *l, const TfcPool *pool)
{
  const TfcDepthwiseF32 *d = &l->dw;
  const gsize line = (gsize)d->x_columns * d->channels * sizeof (gfloat);
  const gboolean near = d->channels % TFC_PANEL == 0 && line * d->x_rows <= NEAR_BYTES;
  const gint32 rows = near ? d->y_rows : (gint32)MAX (STRIP_BYTES / line, 1);
  const gsize work = (gsize)l->pictures * d->y_rows * d->y_columns * d->channels / TFC_PANEL;
  const guint pieces = tfc_f32_pieces (pool, work * d->kernel_h * d->kernel_w);
  const gint32 share = (gint32)(((gsize)l->pictures * d->y_rows + pieces - 1) / pieces);
  return CLAMP (MIN (rows, share), 1, d->y_rows);
}

static gboolean
set_kernel (Layer *l, const TfcTensor *w, const TfcTensor *b, GError **error)
{
  TfcDepthwiseF32 *d = &l->dw;
  const gsize blocks = (d->channels + TFC_PANEL - 1) / TFC_PANEL;
  const gsize n = blocks * (1 + d->kernel_h * d->kernel_w) * TFC_PANEL;
  l->memory = tfc_layer_alloc ((n + (gsize)d->x_columns * d->channels) * sizeof (gfloat), error);
  if (!l->memory)
    return FALSE;
  pack (d, w, b, l->memory);
  d->kernel = l->memory;
  d->zeros = l->memory + n;
  return TRUE;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *w = tfc_layer_in (segment->graph, node, 1);
  const TfcTensor *b = tfc_layer_in (segment->graph, node, 2);
  const gint32 *y_dim = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim;
  Layer *l = g_new0 (Layer, 1);
  TfcDepthwiseF32 *d = &l->dw;
  l->base = (TfcLayer){run, free_layer};
  l->isa = tfc_isa ()->f32;
  l->x = segment->place[node->in[0]];
  l->y = segment->place[node->out[0]];
  *d = (TfcDepthwiseF32){.channels = x->shape.dim[3],
                         .x_rows = x->shape.dim[1],
                         .x_columns = x->shape.dim[2],
                         .y_rows = y_dim[1],
                         .y_columns = y_dim[2],
                         .kernel_h = w->shape.dim[1],
                         .kernel_w = w->shape.dim[2],
                         .window = node->params.window,
                         .clamp = node->params.clamp};
  d->limited = d->clamp.min > -G_MAXFLOAT || d->clamp.max < G_MAXFLOAT;
  l->pictures = x->shape.dim[0];
  l->strip_rows = strip_rows (l, pool);
  l->strips = (d->y_rows + l->strip_rows - 1) / l->strip_rows;
  if (!set_kernel (l, w, b, error)) {
    g_free (l);
    return NULL;
  }
  return &l->base;
}

static gboolean
is_float_const (const TfcTensor *t)
{
  return t->data && t->type == TFC_TYPE_F32;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *b = tfc_layer_in (graph, node, 2);
  TfcWeights l = {tfc_layer_in (graph, node, 0), tfc_layer_in (graph, node, 1), b,
                  &tfc_graph_v (graph, node->out[0])->tensor};
  if (!tfc_isa ()->f32 || !l.x || l.x->type != TFC_TYPE_F32 || l.x->data || !l.w ||
      !is_float_const (l.w) || !tfc_window_fits (node, &l) || l.w->shape.dim[0] != 1)
    return FALSE;
  const gint32 channels = l.x->shape.dim[3];
  return l.w->shape.dim[3] == channels && l.y->shape.dim[3] == channels &&
         (!b || (is_float_const (b) && tfc_tensor_count (b) == (gsize)channels));
}

static gboolean
pays (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_tensor_count (&tfc_graph_v (graph, node->out[0])->tensor) >= PAYS_OUTPUTS;
}

const TfcLayerKind tfc_layer_depthwise_f32 = {can_run, make, pays};
