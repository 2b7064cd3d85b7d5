/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-naive-private.h"
#include <math.h>
#include "tests/inference/ops/op-landmarks.h"
#include "tests/inference/ops/op-unary.h"

typedef gdouble (*Naive) (const OpCase *c, const gint32 *at, gsize i);

void
coordinates (const TfcShape *s, gsize i, gint32 *at)
{
  for (gint a = s->rank - 1; a >= 0; a--) {
    at[a] = i % s->dim[a];
    i /= s->dim[a];
  }
}

gsize
index_of (const TfcShape *s, const gint32 *at)
{
  gsize i = 0;
  for (gint a = 0; a < s->rank; a++)
    i = i * s->dim[a] + at[a];
  return i;
}

gdouble
pixel (const TfcTensor *t, gint32 n, gint32 y, gint32 x, gint32 c)
{
  const gint32 at[] = {n, y, x, c};
  if (y < 0 || x < 0 || y >= t->shape.dim[1] || x >= t->shape.dim[2])
    return 0;
  return op_real (t, index_of (&t->shape, at));
}

gdouble
spread (const OpCase *c, guint k, const gint32 *at)
{
  const TfcShape *s = &c->in[k].shape;
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < s->rank; a++)
    own[a] = MIN (at[c->out.shape.rank - s->rank + a], s->dim[a] - 1);
  return op_real (&c->in[k], index_of (s, own));
}

static const Naive naive[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = naive_conv,
    [TFC_OP_DEPTHWISE_CONV_2D] = naive_depthwise,
    [TFC_OP_TRANSPOSE_CONV_2D] = naive_transpose_conv,
    [TFC_OP_BATCH_MATMUL] = naive_matmul,
    [TFC_OP_CUMSUM] = naive_cumsum,
    [TFC_OP_DIV_NO_NAN] = naive_binary,
    [TFC_OP_ATAN2] = naive_binary,
    [TFC_OP_FULLY_CONNECTED] = naive_fully_connected,
    [TFC_OP_MAX_POOL_2D] = naive_pool,
    [TFC_OP_AVERAGE_POOL_2D] = naive_pool,
    [TFC_OP_MEAN] = naive_reduce,
    [TFC_OP_SUM] = naive_reduce,
    [TFC_OP_PROD] = naive_reduce,
    [TFC_OP_REDUCE_MAX] = naive_reduce,
    [TFC_OP_REDUCE_MIN] = naive_reduce,
    [TFC_OP_ADD] = naive_binary,
    [TFC_OP_SUB] = naive_binary,
    [TFC_OP_MUL] = naive_binary,
    [TFC_OP_DIV] = naive_binary,
    [TFC_OP_POW] = naive_binary,
    [TFC_OP_SQUARED_DIFFERENCE] = naive_binary,
    [TFC_OP_FLOOR_DIV] = naive_binary,
    [TFC_OP_FLOOR_MOD] = naive_binary,
    [TFC_OP_MAXIMUM] = naive_binary,
    [TFC_OP_MINIMUM] = naive_binary,
    [TFC_OP_LESS] = naive_compare,
    [TFC_OP_LESS_EQUAL] = naive_compare,
    [TFC_OP_GREATER] = naive_compare,
    [TFC_OP_GREATER_EQUAL] = naive_compare,
    [TFC_OP_EQUAL] = naive_compare,
    [TFC_OP_NOT_EQUAL] = naive_compare,
    [TFC_OP_LOGICAL_AND] = naive_compare,
    [TFC_OP_LOGICAL_OR] = naive_compare,
    [TFC_OP_SELECT] = naive_pick,
    [TFC_OP_CLAMP] = naive_same,
    [TFC_OP_PRELU] = naive_prelu,
    [TFC_OP_SOFTMAX] = naive_softmax,
    [TFC_OP_PAD] = naive_pad,
    [TFC_OP_RESIZE_BILINEAR] = naive_resize,
    [TFC_OP_RESIZE_NEAREST] = naive_resize_nearest,
    [TFC_OP_DEPTH_TO_SPACE] = naive_depth_to_space,
    [TFC_OP_RESHAPE] = naive_same,
    [TFC_OP_CONCAT] = naive_concat,
    [TFC_OP_TRANSPOSE] = naive_transpose,
    [TFC_OP_SLICE] = naive_slice,
    [TFC_OP_ARG_MAX] = naive_arg,
    [TFC_OP_ARG_MIN] = naive_arg,
    [TFC_OP_TOP_K] = naive_top_k,
    [TFC_OP_GATHER] = naive_gather,
    [TFC_OP_GATHER_ND] = naive_gather_nd,
    [TFC_OP_SCATTER_ND] = naive_scatter_nd,
    [TFC_OP_CONVERT] = naive_convert,
    [TFC_OP_LANDMARKS_TO_TRANSFORM] = op_naive_to_transform,
    [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = op_naive_transform_tensor,
    [TFC_OP_TRANSFORM_LANDMARKS] = op_naive_transform_landmarks,
};

gdouble
op_naive (const OpCase *c, gsize i)
{
  gint32 at[TFC_MAX_RANK] = {0};
  coordinates (&c->out.shape, i, at);
  if (op_unary_of (c->op))
    return op_unary_naive (c->op, op_real (&c->in[0], i), c->params.alpha);
  return naive[c->op](c, at, i);
}

gdouble
op_naive_tolerance (const OpCase *c)
{
  gboolean resized = c->op == TFC_OP_RESIZE_BILINEAR || c->op == TFC_OP_TRANSFORM_TENSOR_BILINEAR;
  if (op_is_quant (&c->out))
    return resized ? 0.7 : 0.51;
  if (c->out.type != TFC_TYPE_F32)
    return 0;
  if (tfc_op_is (c->op, TFC_OP_FLAG_WEIGHTS) || c->op == TFC_OP_BATCH_MATMUL)
    return op_sum_tolerance (c);
  return resized ? 1e-5 : 1e-6;
}

/* Of float32, as the reference: half a step in float32 may be a little less in float64. */
static gdouble
clamp_in_steps (gfloat end, const TfcTensor *t)
{
  gdouble lo = t->type == TFC_TYPE_I8 ? -128 : 0;
  return CLAMP (t->quant.zero_point + (gdouble)roundf (end / t->quant.scale), lo, lo + 255);
}

gboolean
op_naive_agrees (const OpCase *c, gsize i)
{
  gdouble want = op_naive (c, i), have = op_stored (&c->out, i), allowed = op_naive_tolerance (c);
  const TfcClamp *clamp = &c->params.clamp;
  if (op_is_quant (&c->out)) {
    want = want / c->out.quant.scale + c->out.quant.zero_point;
    want = CLAMP (want, clamp_in_steps (clamp->min, &c->out), clamp_in_steps (clamp->max, &c->out));
  } else {
    want = CLAMP (want, clamp->min, clamp->max);
    want = c->out.type == TFC_TYPE_I32 ? CLAMP (want, G_MININT32, G_MAXINT32) : want;
    allowed *= 1 + fabs (want);
  }
  return fabs (have - want) <= allowed;
}
