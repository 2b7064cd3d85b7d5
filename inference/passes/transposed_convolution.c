/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A transposed convolution of stride s is a convolution to s times s as many channels, one set for
 * each place of a block of s by s pixels, and DEPTH_TO_SPACE. Along an axis, place p of block b
 * sees, of tap k, input row (b s + p + before - k) / s where that is whole: b + q with k = p +
 * before - s q. All places get one window, the rows from b + q_min to b + q_max; where k is no tap
 * of theirs, weights are 0. */
#include <string.h>

#include "inference/passes/passes.h"

#define MAX_STRIDE 64 /* larger ones are left as they are */

typedef struct {
  gint32 kernel, stride, before; /* of the transposed one */
  gint32 first, taps;            /* q_min; rows of the window */
  gint32 blocks, after;          /* how many there are; padding behind */
} Axis;

/* FALSE if it does not fit. */
static gboolean
lay_axis (Axis *a, gint32 in, gint32 out, gint32 kernel, gint32 stride, gint32 before)
{
  const gint32 most = (stride - 1 + before) / stride;
  *a = (Axis){.kernel = kernel, .stride = stride, .before = before};
  a->first = -((kernel - 1 - before) / stride);
  a->taps = most - a->first + 1;
  a->blocks = out / stride + (out % stride != 0);
  a->after = a->blocks - in + a->first + a->taps - 1;
  return before < kernel && a->after >= 0;
}

/* The tap that place p has at t of its window; negative or the kernel's length and more: none. */
static gint32
tap_of (const Axis *a, gint32 p, gint32 t)
{
  return p + a->before - a->stride * (a->first + t);
}

/* Weights [O,kh,kw,C] to [s*s*O,rows.taps,columns.taps,C]. */
static void
spread_weights (gfloat *to, const gfloat *w, const gint32 *dim, const Axis *rows,
                const Axis *columns)
{
  const gsize channels = dim[3], places = (gsize)rows->stride * columns->stride;
  for (gsize n = 0; n < places * dim[0]; n++) {
    const gsize place = n / dim[0], o = n % dim[0];
    for (gint32 i = 0; i < rows->taps; i++) {
      const gint32 y = tap_of (rows, (gint32)(place / columns->stride), i);
      for (gint32 j = 0; j < columns->taps; j++, to += channels) {
        const gint32 x = tap_of (columns, (gint32)(place % columns->stride), j);
        if (y >= 0 && y < dim[1] && x >= 0 && x < dim[2])
          memcpy (to, w + ((o * dim[1] + y) * dim[2] + x) * channels, channels * sizeof *to);
      }
    }
  }
}

static guint
new_weights (TfcRewriter *e, guint w, const Axis *rows, const Axis *columns)
{
  const gint32 dim[] = {tfc_graph_v (e->graph, w)->tensor.shape.dim[0],
                        tfc_graph_v (e->graph, w)->tensor.shape.dim[1],
                        tfc_graph_v (e->graph, w)->tensor.shape.dim[2],
                        tfc_graph_v (e->graph, w)->tensor.shape.dim[3]};
  const gint64 outputs = (gint64)rows->stride * columns->stride * dim[0];
  TfcShape shape = tfc_shape (4, (gint32)outputs, rows->taps, columns->taps, dim[3]);
  gsize count;
  if (outputs > G_MAXINT32 || !tfc_shape_count (&shape, &count))
    return TFC_NONE;
  gfloat *to = tfc_rewriter_alloc (e, count * sizeof *to);
  if (!to)
    return TFC_NONE;
  spread_weights (to, tfc_rewriter_data (e, w), dim, rows, columns);
  return tfc_rewriter_const (e, NULL, &shape, to);
}

/* The same bias for each place of a block. */
static guint
new_bias (TfcRewriter *e, guint b, gint32 outputs, gint32 places)
{
  TfcShape shape = tfc_shape (1, outputs * places);
  gfloat *to = tfc_rewriter_alloc (e, (gsize)outputs * places * sizeof *to);
  if (!to)
    return TFC_NONE;
  for (gint32 i = 0; i < places; i++)
    memcpy (to + (gsize)i * outputs, tfc_rewriter_data (e, b), outputs * sizeof *to);
  return tfc_rewriter_const (e, NULL, &shape, to);
}

/* A value of the same batch for a node in between. */
static guint
new_picture (TfcRewriter *e, gint32 batch, gint32 height, gint32 width, gint32 channels)
{
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, batch, height, width, channels)};
  return tfc_graph_value (e->graph, NULL, &desc);
}

/* The blocks taken apart; what hangs over the output cut off. */
static void
add_tail (TfcRewriter *e, guint blocks, guint y, gint32 block)
{
  const TfcShape b = tfc_graph_v (e->graph, blocks)->tensor.shape;
  const TfcShape out = tfc_graph_v (e->graph, y)->tensor.shape;
  const gint32 height = b.dim[1] * block, width = b.dim[2] * block;
  TfcParams p = tfc_params (TFC_OP_DEPTH_TO_SPACE);
  p.block = block;
  if (height == out.dim[1] && width == out.dim[2]) {
    tfc_graph_node (e->graph, TFC_OP_DEPTH_TO_SPACE, &p, &blocks, 1, &y, 1);
    return;
  }
  const guint whole = new_picture (e, out.dim[0], height, width, out.dim[3]);
  tfc_graph_node (e->graph, TFC_OP_DEPTH_TO_SPACE, &p, &blocks, 1, &whole, 1);
  p = tfc_params (TFC_OP_SLICE);
  tfc_graph_node (e->graph, TFC_OP_SLICE, &p, &whole, 1, &y, 1);
}

static void
to_convolution (TfcRewriter *e, guint node, guint blocks, guint w, guint b, const Axis *rows,
                const Axis *columns)
{
  tfc_rewriter_input (e, node, 1, w);
  if (b != TFC_NONE)
    tfc_rewriter_input (e, node, 2, b);
  TfcNode *n = tfc_graph_n (e->graph, node);
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  p.clamp = n->params.clamp;
  p.window.pad_top = -rows->first;
  p.window.pad_bottom = rows->after;
  p.window.pad_left = -columns->first;
  p.window.pad_right = columns->after;
  n->op = TFC_OP_CONV_2D;
  n->params = p;
  n->out[0] = blocks;
}

void
tfc_pass_transpose_conv (TfcRewriter *e, guint node)
{
  const TfcNode *n = tfc_graph_n (e->graph, node);
  if (n->op != TFC_OP_TRANSPOSE_CONV_2D || !tfc_rewriter_data (e, n->in[1]))
    return;
  const guint weights = n->in[1], bias = n->n_in > 2 ? n->in[2] : TFC_NONE, y = n->out[0];
  const TfcShape x = tfc_graph_v (e->graph, n->in[0])->tensor.shape;
  const TfcShape out = tfc_graph_v (e->graph, y)->tensor.shape;
  const TfcTensor *w = &tfc_graph_v (e->graph, weights)->tensor;
  const TfcWindow k = n->params.window;
  Axis rows, columns;
  if (w->type != TFC_TYPE_F32 || tfc_graph_v (e->graph, y)->tensor.type != TFC_TYPE_F32 ||
      k.stride_h != k.stride_w || k.stride_h > MAX_STRIDE ||
      (bias != TFC_NONE && !tfc_rewriter_data (e, bias)) ||
      !lay_axis (&rows, x.dim[1], out.dim[1], w->shape.dim[1], k.stride_h, k.pad_top) ||
      !lay_axis (&columns, x.dim[2], out.dim[2], w->shape.dim[2], k.stride_w, k.pad_left))
    return;
  const gint32 outputs = w->shape.dim[0], places = k.stride_h * k.stride_w;
  const guint to = new_weights (e, weights, &rows, &columns);
  const guint more =
      to != TFC_NONE && bias != TFC_NONE ? new_bias (e, bias, outputs, places) : TFC_NONE;
  if (to == TFC_NONE || (bias != TFC_NONE && more == TFC_NONE))
    return;
  const guint blocks = new_picture (e, x.dim[0], rows.blocks, columns.blocks, outputs * places);
  to_convolution (e, node, blocks, to, more, &rows, &columns);
  add_tail (e, blocks, y, k.stride_h);
}
