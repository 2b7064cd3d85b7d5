/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/cpu/common/check.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

typedef struct {
  TfcSplitF32 split;
  const TfcQ8 *q8;
  TfcWindow window;
  TfcRequant store;
  gint32 x_dim[4], y_dim[4];
  const guint8 *x;
  guint8 *y;
} Layer;

/* What output at sees of an axis of length: elements from first on, n of them. */
static gsize
span (gint32 at, gint stride, gint pad, gint kernel, gint32 length, gsize *n)
{
  const gint32 origin = at * stride - pad, first = MAX (origin, 0);
  *n = MIN (origin + kernel, length) - first;
  return first;
}

static void
max_at (const Layer *l, const TfcWindowQ8 *w, guint8 *y)
{
  l->q8->most (y, w, l->y_dim[3], &l->store);
}

static void
average_at (const Layer *l, const TfcWindowQ8 *w, guint8 *y)
{
  const gsize channels = l->y_dim[3];
  gint32 sums[TFC_Q8_BLOCK] __attribute__ ((aligned (64)));
  TfcWindowQ8 block = *w;
  for (gsize c = 0; c < channels; c += TFC_Q8_BLOCK, block.first += TFC_Q8_BLOCK) {
    const guint n = (guint)MIN (channels - c, TFC_Q8_BLOCK);
    l->q8->add_up (sums, &block, n, l->store.flip);
    l->q8->average (y + c, sums, (guint)(w->rows * w->columns), n, l->store.zero, &l->store);
  }
}

/* Rows of all pictures are counted through. */
static inline void
run_rows (const Layer *l, gsize index, void (*at) (const Layer *l, const TfcWindowQ8 *w, guint8 *y))
{
  const gsize all = (gsize)l->y_dim[0] * l->y_dim[1],
              end = tfc_f32_share (all, index + 1, l->split.chunks);
  const gsize step = l->x_dim[3], x_row = l->x_dim[2] * step;
  const TfcWindow *w = &l->window;
  for (gsize i = tfc_f32_share (all, index, l->split.chunks); i < end; i++) {
    guint8 *y = l->y + i * l->y_dim[2] * step;
    TfcWindowQ8 seen = {.row = x_row, .step = step};
    const gsize top = span ((gint32)(i % l->y_dim[1]), w->stride_h, w->pad_top, w->kernel_h,
                            l->x_dim[1], &seen.rows);
    const guint8 *x = l->x + (i / l->y_dim[1] * l->x_dim[1] + top) * x_row;
    for (gint32 column = 0; column < l->y_dim[2]; column++, y += step) {
      seen.first = x + step * span (column, w->stride_w, w->pad_left, w->kernel_w, l->x_dim[2],
                                    &seen.columns);
      at (l, &seen, y);
    }
  }
}

static void
run_max (gpointer data, gsize index)
{
  run_rows (data, index, max_at);
}

static void
run_average (gpointer data, gsize index)
{
  run_rows (data, index, average_at);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gboolean averages = node->op == TFC_OP_AVERAGE_POOL_2D;
  const gsize taps = (gsize)node->params.window.kernel_h * node->params.window.kernel_w;
  Layer *l = g_new0 (Layer, 1);
  l->q8 = tfc_kernels ()->q8;
  l->window = node->params.window;
  l->store = tfc_q8_store (y, &node->params.clamp);
  l->store.zero = tfc_weights_flip (y); /* stored numbers are averaged, whatever they stand for */
  memcpy (l->x_dim, x->shape.dim, sizeof l->x_dim);
  memcpy (l->y_dim, y->shape.dim, sizeof l->y_dim);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  tfc_split_f32_init (&l->split, pool, averages ? run_average : run_max,
                      tfc_tensor_count (y) / TFC_Q8_BLOCK * taps);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  const TfcWindow *w = &node->params.window;
  if (node->n_in != 1 || !tfc_q8_good_input (x) || !tfc_q8_good (y) || x->type != y->type ||
      !tfc_quant_equal (&x->quant, &y->quant) || x->shape.rank != 4 || y->shape.rank != 4 ||
      w->dilation_h != 1 || w->dilation_w != 1)
    return FALSE;
  const TfcTensor kernel = {.shape = tfc_shape (4, 1, w->kernel_h, w->kernel_w, x->shape.dim[3])};
  const TfcWeights l = {x, &kernel, NULL, y};
  return tfc_window_fits (node, &l) && x->shape.dim[3] == y->shape.dim[3] &&
         (gint64)w->kernel_h * w->kernel_w <= TFC_Q8_MAX_WINDOW &&
         MAX (w->pad_top, w->pad_bottom) < w->kernel_h &&
         MAX (w->pad_left, w->pad_right) < w->kernel_w;
}

const TfcLayerKind tfc_layer_pool_q8 = {can_run, make, tfc_f32_seldom_pays};
