/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/picture.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define COST 4 /* of a vector, in vector operations */

typedef struct {
  TfcPictureF32 base;
  TfcResizeF32 r;
  TfcBetweenF32 *between;
} Layer;

static void
run_rows (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  layer->kernels->resize (&((const Layer *)layer)->r, x, y, from, to);
}

/* As ops/resize.c: coordinates are float32, as all of TFLite, XNNPACK and TensorFlow have
 * them. */
TfcBetweenF32
tfc_between_f32 (gint32 at, gint32 n, gint32 length, const TfcParams *p, gsize step)
{
  const gint corners = p->resize.align_corners && n > 1;
  const gfloat scale = (gfloat)(length - corners) / (gfloat)(n - corners);
  const gfloat shift = p->resize.half_pixel ? 0.5f * scale - 0.5f : 0.0f;
  const gfloat v = CLAMP ((gfloat)at * scale + shift, 0.0f, (gfloat)(length - 1));
  const gint32 first = MIN ((gint32)v, length - 1), second = MIN (first + 1, length - 1);
  return (TfcBetweenF32){first * step, second * step, v - (gfloat)first};
}

static void
fill_between (TfcBetweenF32 *to, gint32 n, gint32 length, const TfcParams *p, gsize step)
{
  for (gint32 i = 0; i < n; i++)
    to[i] = tfc_between_f32 (i, n, length, p, step);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const gint32 *x = tfc_layer_in (segment->graph, node, 0)->shape.dim;
  const gint32 *y = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim;
  const gsize channels = x[3];
  Layer *l = g_new0 (Layer, 1);
  tfc_picture_f32_init (&l->base, segment, node, pool, COST, run_rows);
  void *room = tfc_layer_room (&l->base.split.base, (gsize)y[1] + y[2], sizeof *l->between, error);
  if (!room)
    return NULL;
  l->between = room;
  fill_between (l->between, y[1], x[1], &node->params, x[2] * channels);
  fill_between (l->between + y[1], y[2], x[2], &node->params, channels);
  l->r = (TfcResizeF32){channels, y[2], l->between, l->between + y[1]};
  return &l->base.split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return tfc_kernels ()->f32->resize && tfc_picture_f32_good (x, y);
}

const TfcLayerKind tfc_layer_resize_f32 = {can_run, make, tfc_f32_seldom_pays};
