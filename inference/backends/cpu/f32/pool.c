/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/check.h"
#include "inference/backends/cpu/f32/picture.h"
#include "inference/backends/cpu/f32/reduce.h"
#include "inference/backends/cpu/common/kernel_table.h"

typedef struct {
  TfcPictureF32 base;
  TfcPoolF32 p;
  TfcSpanF32 *spans;
} Layer;

static void
run_rows (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  layer->kernels->max_pool (&((const Layer *)layer)->p, x, y, from, to);
}

static void
run_average_rows (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  layer->kernels->average_pool (&((const Layer *)layer)->p, x, y, from, to);
}

/* What each of n outputs along an axis sees of an input of length, whose elements are step apart.
 */
static void
fill_spans (TfcSpanF32 *to, gint32 n, gint32 length, gint kernel, gint stride, gint pad, gsize step)
{
  for (gint32 i = 0; i < n; i++) {
    const gint32 first = MAX (i * stride - pad, 0), end = MIN (i * stride - pad + kernel, length);
    to[i] = (TfcSpanF32){first * step, end - first};
  }
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const gint32 *x = tfc_layer_in (segment->graph, node, 0)->shape.dim;
  const gint32 *y = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim;
  const TfcWindow *w = &node->params.window;
  const gsize channels = x[3];
  Layer *l = g_new0 (Layer, 1);
  tfc_picture_f32_init (&l->base, segment, node, pool, (gsize)w->kernel_h * w->kernel_w,
                        node->op == TFC_OP_MAX_POOL_2D ? run_rows : run_average_rows);
  void *room = tfc_layer_room (&l->base.split.base, (gsize)y[1] + y[2], sizeof *l->spans, error);
  if (!room)
    return NULL;
  l->spans = room;
  fill_spans (l->spans, y[1], x[1], w->kernel_h, w->stride_h, w->pad_top, x[2] * channels);
  fill_spans (l->spans + y[1], y[2], x[2], w->kernel_w, w->stride_w, w->pad_left, channels);
  l->p = (TfcPoolF32){.channels = channels,
                      .x_columns = x[2],
                      .y_columns = y[2],
                      .rows = l->spans,
                      .columns = l->spans + y[1],
                      .clamp = node->params.clamp};
  return &l->base.split.base;
}

/* One window sees all of the picture. */
static gboolean
is_global (const TfcWindow *w, const gint32 *x, const gint32 *y)
{
  return y[1] == 1 && y[2] == 1 && w->kernel_h - w->pad_top >= x[1] &&
         w->kernel_w - w->pad_left >= x[2];
}

static TfcLayer *
make_average (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const gint32 *x = tfc_layer_in (segment->graph, node, 0)->shape.dim;
  const gint32 *y = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim;
  const TfcReductionF32 mean = {TFC_OP_MEAN, x[0], (gsize)x[1] * x[2], x[3], node->params.clamp};
  if (is_global (&node->params.window, x, y))
    return tfc_reduction_f32_new (segment, node, pool, &mean);
  return make (segment, node, pool, error);
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  const TfcWindow *w = &node->params.window;
  if (!tfc_kernels ()->f32->max_pool || !tfc_kernels ()->f32->average_pool ||
      !tfc_picture_f32_good (x, y) || w->dilation_h != 1 || w->dilation_w != 1)
    return FALSE;
  const TfcTensor kernel = {.shape = tfc_shape (4, 1, w->kernel_h, w->kernel_w, x->shape.dim[3])};
  const TfcWeights l = {x, &kernel, NULL, y};
  return tfc_window_fits (node, &l) && MAX (w->pad_top, w->pad_bottom) < w->kernel_h &&
         MAX (w->pad_left, w->pad_right) < w->kernel_w;
}

const TfcLayerKind tfc_layer_average_pool_f32 = {can_run, make_average, tfc_f32_seldom_pays};
const TfcLayerKind tfc_layer_max_pool_f32 = {can_run, make, tfc_f32_seldom_pays};
