/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/arithmetic/quant.h"
#include "inference/backends/xnnpack/check.h"

#define MAX_REQUANT 0x1p8f
#define MIN_REQUANT 0x1p-32f
/* XNNPACK keeps a pointer for each element that a window reads, of every output pixel: 128 MiB.
 * Files of a few bytes can ask for far more. */
#define MAX_POINTERS (1 << 24)

/* Pixels of which XNNPACK adds up 8-bit values in 32 bits. */
#define MAX_BYTE_SUM (1 << 23)

static const TfcTensor *
in (const TfcGraph *g, const TfcNode *n, guint i)
{
  return i < n->n_in && n->in[i] != TFC_NONE ? &tfc_graph_v (g, n->in[i])->tensor : NULL;
}

static const TfcTensor *
out (const TfcGraph *g, const TfcNode *n)
{
  return &tfc_graph_v (g, n->out[0])->tensor;
}

static gint
last_dim (const TfcTensor *t)
{
  return t->shape.rank ? t->shape.dim[t->shape.rank - 1] : 1;
}

static gboolean
good_scale (gfloat scale)
{
  return scale > 0 && isnormal (scale);
}

TfcXnnTypes
tfc_xnn_type (const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  if (t->type == TFC_TYPE_F32)
    return TFC_XNN_F32;
  if (!good_scale (q->scale) || q->n_channels)
    return 0;
  if (t->type == TFC_TYPE_U8 && q->zero_point >= 0 && q->zero_point <= 255)
    return TFC_XNN_QU8;
  if (t->type == TFC_TYPE_I8 && q->zero_point >= -128 && q->zero_point <= 127)
    return TFC_XNN_QS8;
  return 0;
}

gboolean
tfc_xnn_good_clamp (const TfcNode *n, const TfcTensor *y)
{
  const TfcClamp *c = &n->params.clamp;
  if (!(c->min < c->max))
    return FALSE;
  const TfcRefRange range = tfc_ref_range (y, c);
  return y->type == TFC_TYPE_F32 || range.lo < range.hi;
}

gboolean
tfc_xnn_good_shape (const TfcTensor *t)
{
  gsize count;
  return t->shape.rank <= XNN_MAX_TENSOR_DIMS && tfc_shape_count (&t->shape, &count) && count > 0;
}

static gboolean
ratio_within (gfloat ratio, gfloat low, gfloat high)
{
  return ratio >= low && ratio < high;
}

/* One axis of a window: the graph's output length must be what XNNPACK will compute itself. */
static gboolean
good_axis (gint length, gint kernel, gint stride, gint dilation, gint before, gint after,
           gint result)
{
  gint64 span = (gint64)(kernel - 1) * dilation + 1, room;
  if (kernel < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0)
    return FALSE;
  room = (gint64)length + before + after - span;
  return room >= 0 && room / stride + 1 == result;
}

static gboolean
few_pointers (const TfcTensor *y, gsize each)
{
  return y->shape.dim[1] > 0 && y->shape.dim[2] > 0 &&
         each <= MAX_POINTERS / (gsize)y->shape.dim[1] / (gsize)y->shape.dim[2];
}

static gboolean
good_window (const TfcNode *n, const TfcTensor *x, const TfcTensor *y, gint kh, gint kw)
{
  const TfcWindow *w = &n->params.window;
  return x->shape.rank == 4 && y->shape.rank == 4 && x->shape.dim[0] == y->shape.dim[0] &&
         !w->same && few_pointers (y, (gsize)MAX (kh, 1) * (gsize)MAX (kw, 1)) &&
         good_axis (x->shape.dim[1], kh, w->stride_h, w->dilation_h, w->pad_top, w->pad_bottom,
                    y->shape.dim[1]) &&
         good_axis (x->shape.dim[2], kw, w->stride_w, w->dilation_w, w->pad_left, w->pad_right,
                    y->shape.dim[2]);
}

/* Weights of a float, per-tensor or (int8, along axis) per-channel layer. */
static gboolean
good_weights (const TfcTensor *x, const TfcTensor *w, const TfcTensor *y, gint axis, gint outputs)
{
  const TfcQuant *q = &w->quant;
  guint n = q->n_channels;
  if (!w->data || w->type != x->type)
    return FALSE;
  if (w->type == TFC_TYPE_F32)
    return TRUE;
  if ((TFC_XNN_HALF_UP && !n) || (w->type == TFC_TYPE_I8 && q->zero_point != 0))
    return FALSE;
  if (n && (w->type != TFC_TYPE_I8 || axis < 0 || q->axis != axis || n != (guint)outputs))
    return FALSE;
  if (!n && !tfc_xnn_type (w))
    return FALSE;
  for (guint i = 0; i < MAX (n, 1); i++) {
    gfloat scale = n ? q->scales[i] : q->scale;
    if (!good_scale (scale) || !good_scale (x->quant.scale * scale) ||
        !ratio_within (x->quant.scale * scale / y->quant.scale, MIN_REQUANT, MAX_REQUANT))
      return FALSE;
  }
  return TRUE;
}

static gboolean
good_bias (const TfcTensor *x, const TfcTensor *bias, gint outputs)
{
  if (!bias)
    return TRUE;
  return bias->data && tfc_tensor_count (bias) == (gsize)outputs &&
         bias->type == (x->type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32);
}

/* Each group of channels has as many outputs. */
static gboolean
good_groups (gint channels, const TfcTensor *w)
{
  const gint inputs = w->shape.dim[3];
  return inputs > 0 && channels % inputs == 0 && w->shape.dim[0] % (channels / inputs) == 0;
}

gboolean
tfc_xnn_check_conv (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  return w && w->shape.rank == 4 && good_window (n, x, y, w->shape.dim[1], w->shape.dim[2]) &&
         good_groups (x->shape.dim[3], w) && w->shape.dim[0] == y->shape.dim[3] &&
         good_weights (x, w, y, 0, w->shape.dim[0]) && good_bias (x, in (g, n, 2), w->shape.dim[0]);
}

gboolean
tfc_xnn_check_depthwise (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  return w && w->shape.rank == 4 && good_window (n, x, y, w->shape.dim[1], w->shape.dim[2]) &&
         w->shape.dim[0] == 1 && w->shape.dim[3] % x->shape.dim[3] == 0 &&
         w->shape.dim[3] == y->shape.dim[3] && good_weights (x, w, y, 3, w->shape.dim[3]) &&
         good_bias (x, in (g, n, 2), w->shape.dim[3]);
}

gboolean
tfc_xnn_flattens (const TfcTensor *x, const TfcTensor *y, gint outputs)
{
  TfcShape expected = x->shape;
  if (expected.rank)
    expected.dim[expected.rank - 1] = outputs;
  return !tfc_shape_equal (&expected, &y->shape);
}

gboolean
tfc_xnn_check_fully_connected (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  gint outputs, inputs;
  if (!w || w->shape.rank != 2 || !x->shape.rank)
    return FALSE;
  outputs = w->shape.dim[0];
  inputs = w->shape.dim[1];
  if (tfc_tensor_count (x) % inputs ||
      tfc_tensor_count (x) / inputs * outputs != tfc_tensor_count (y))
    return FALSE;
  if (tfc_xnn_flattens (x, y, outputs) ? y->shape.rank != 2 || y->shape.dim[1] != outputs
                                       : last_dim (x) != inputs)
    return FALSE;
  return good_weights (x, w, y, -1, outputs) && good_bias (x, in (g, n, 2), outputs);
}

gboolean
tfc_xnn_check_pool (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  const TfcWindow *w = &n->params.window;
  return (w->kernel_h > 1 || w->kernel_w > 1) && w->stride_h <= w->kernel_h &&
         w->stride_w <= w->kernel_w && w->dilation_h == 1 && w->dilation_w == 1 &&
         MAX (w->pad_top, w->pad_bottom) < w->kernel_h &&
         MAX (w->pad_left, w->pad_right) < w->kernel_w &&
         good_window (n, x, y, w->kernel_h, w->kernel_w) && x->shape.dim[3] == y->shape.dim[3];
}

gboolean
tfc_xnn_check_mean (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  const gint32 *axis = n->params.axes.axis;
  if (x->shape.rank != 4 || n->params.axes.n != 2 || axis[0] + axis[1] != 3 ||
      axis[0] * axis[1] != 2)
    return FALSE;
  if (tfc_tensor_count (y) != (gsize)x->shape.dim[0] * x->shape.dim[3])
    return FALSE;
  return x->type == TFC_TYPE_F32 ||
         (!TFC_XNN_ROUGH_MEAN && (gint64)x->shape.dim[1] * x->shape.dim[2] <= MAX_BYTE_SUM &&
          ratio_within (x->quant.scale / y->quant.scale, 0x1p-8f, 0x1p8f));
}

static gboolean
broadcasts (const TfcTensor *a, const TfcTensor *b, const TfcTensor *y)
{
  if (y->shape.rank != MAX (a->shape.rank, b->shape.rank))
    return FALSE;
  for (gint i = 1; i <= y->shape.rank; i++) {
    gint da = i <= a->shape.rank ? a->shape.dim[a->shape.rank - i] : 1;
    gint db = i <= b->shape.rank ? b->shape.dim[b->shape.rank - i] : 1;
    if ((da != db && da != 1 && db != 1) || y->shape.dim[y->shape.rank - i] != MAX (da, db))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_xnn_check_binary (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *a = in (g, n, 0), *b = in (g, n, 1), *y = out (g, n);
  if (!b || !broadcasts (a, b, y))
    return FALSE;
  if (a->type == TFC_TYPE_F32)
    return TRUE;
  if (n->op == TFC_OP_MUL)
    return !TFC_XNN_HALF_UP &&
           ratio_within (a->quant.scale * b->quant.scale / y->quant.scale, 0x1p-16f, 0x1p8f);
  return ratio_within (a->quant.scale / y->quant.scale, 0x1p-10f, 0x1p8f) &&
         ratio_within (b->quant.scale / y->quant.scale, 0x1p-10f, 0x1p8f);
}

gboolean
tfc_xnn_check_unary (const TfcGraph *g, const TfcNode *n)
{
  return tfc_shape_equal (&in (g, n, 0)->shape, &out (g, n)->shape);
}

gboolean
tfc_xnn_check_prelu (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *slope = in (g, n, 1);
  return tfc_xnn_check_unary (g, n) && slope && slope->data && in (g, n, 0)->shape.rank &&
         tfc_tensor_count (slope) == (gsize)last_dim (slope) &&
         last_dim (slope) == last_dim (in (g, n, 0));
}

gboolean
tfc_xnn_check_leaky (const TfcGraph *g, const TfcNode *n)
{
  return tfc_xnn_check_unary (g, n) && isfinite (n->params.alpha);
}

gboolean
tfc_xnn_check_sigmoid (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *y = out (g, n);
  return tfc_xnn_check_unary (g, n) &&
         (y->type == TFC_TYPE_F32 || (y->quant.scale == 0x1p-8f &&
                                      y->quant.zero_point == (y->type == TFC_TYPE_U8 ? 0 : -128)));
}

gboolean
tfc_xnn_check_softmax (const TfcGraph *g, const TfcNode *n)
{
  return tfc_xnn_check_unary (g, n) && in (g, n, 0)->shape.rank && n->params.alpha == 1.0f;
}

gboolean
tfc_xnn_check_pad (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  if (!x->rank || x->rank != y->rank || n->params.pad.value != 0)
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    gint32 before = n->params.pad.before[i], after = n->params.pad.after[i];
    if (before < 0 || after < 0 || (gint64)x->dim[i] + before + after != y->dim[i])
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_xnn_check_resize (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  return x->rank == 4 && y->rank == 4 && x->dim[0] == y->dim[0] && x->dim[3] == y->dim[3] &&
         few_pointers (out (g, n), 4) && y->dim[1] == n->params.resize.height &&
         y->dim[2] == n->params.resize.width &&
         !(n->params.resize.align_corners && n->params.resize.half_pixel) &&
         MAX (MAX (x->dim[1], x->dim[2]), MAX (y->dim[1], y->dim[2])) < 1 << 24;
}

gboolean
tfc_xnn_check_depth_to_space (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  gint64 b = n->params.block;
  return b >= 2 && x->rank == 4 && y->rank == 4 && x->dim[0] == y->dim[0] &&
         x->dim[1] * b == y->dim[1] && x->dim[2] * b == y->dim[2] && x->dim[3] == y->dim[3] * b * b;
}

gboolean
tfc_xnn_check_reshape (const TfcGraph *g, const TfcNode *n)
{
  return tfc_tensor_count (in (g, n, 0)) == tfc_tensor_count (out (g, n));
}

/* Quantise and dequantise. Plain bytes (a picture) widen as if their scale were 1. */
gboolean
tfc_xnn_check_convert (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  gboolean bytes =
      (x->type == TFC_TYPE_U8 || x->type == TFC_TYPE_I8) && !x->quant.scale && !x->quant.n_channels;
  if (!tfc_xnn_check_unary (g, n) || (x->type == TFC_TYPE_F32) == (y->type == TFC_TYPE_F32))
    return FALSE;
  return (bytes || tfc_xnn_type (x)) && tfc_xnn_type (y);
}
