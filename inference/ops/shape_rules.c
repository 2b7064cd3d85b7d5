/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/ops/families.h"

gboolean
tfc_infer_need_rank (const TfcInfer *c, guint input, gint rank)
{
  gint has = c->in[input]->shape.rank;
  return has == rank || BAD (c, "input %u has %d dimensions, not %d", input, has, rank);
}

static gboolean
fix_axis (const TfcInfer *c, gint32 *axis, gint rank)
{
  if (*axis < -rank || *axis >= rank)
    return BAD (c, "axis %d of %d dimensions", *axis, rank);
  if (*axis < 0)
    *axis += rank;
  return TRUE;
}

static gboolean
infer_mean (TfcInfer *c)
{
  TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  gboolean reduced[TFC_MAX_RANK] = {FALSE};
  if (p->axes.n < 0 || p->axes.n > TFC_MAX_AXES)
    return BAD (c, "%d axes", p->axes.n);
  for (gint i = 0; i < p->axes.n; i++) {
    if (!fix_axis (c, &p->axes.axis[i], x->rank))
      return FALSE;
    reduced[p->axes.axis[i]] = TRUE;
  }
  for (gint i = 0; i < x->rank; i++) {
    if (!reduced[i] || p->axes.keep_dims)
      c->shape[0].dim[c->shape[0].rank++] = reduced[i] ? 1 : x->dim[i];
  }
  return TRUE;
}

static gboolean
infer_same (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return TRUE;
}

static gboolean
infer_softmax (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return c->shape[0].rank > 0 || BAD (c, "a scalar has no last axis");
}

static gboolean
infer_pad (TfcInfer *c)
{
  const TfcParams *p = c->params;
  c->shape[0] = c->in[0]->shape;
  if (p->pad.value != p->pad.value)
    return BAD (c, "with what is no number");
  for (gint i = 0; i < c->shape[0].rank; i++) {
    gint64 size = (gint64)c->shape[0].dim[i] + p->pad.before[i] + p->pad.after[i];
    if (p->pad.before[i] < 0 || p->pad.after[i] < 0 || size > G_MAXINT32)
      return BAD (c, "padding %d and %d", p->pad.before[i], p->pad.after[i]);
    c->shape[0].dim[i] = size;
  }
  return TRUE;
}

static gboolean
infer_resize (TfcInfer *c)
{
  const TfcParams *p = c->params;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  if (p->resize.height < 1 || p->resize.width < 1)
    return BAD (c, "to %dx%d pixels", p->resize.width, p->resize.height);
  if (p->resize.align_corners && p->resize.half_pixel)
    return BAD (c, "aligned corners and half pixels at once");
  const gint32 *x = c->in[0]->shape.dim;
  c->shape[0] = tfc_shape (4, x[0], p->resize.height, p->resize.width, x[3]);
  return TRUE;
}

static gboolean
infer_depth_to_space (TfcInfer *c)
{
  gint64 b = c->params->block;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim;
  if (b < 1 || b > 32767 || x[3] % (b * b) != 0 || MAX (x[1], x[2]) * b > G_MAXINT32)
    return BAD (c, "block %d of %d channels", (gint)b, x[3]);
  c->shape[0] = tfc_shape (4, x[0], (gint)(x[1] * b), (gint)(x[2] * b), (gint)(x[3] / (b * b)));
  return TRUE;
}

static gboolean
infer_reshape (TfcInfer *c)
{
  gsize count = tfc_tensor_count (c->in[0]), rest = 1;
  gint open = -1;
  c->shape[0] = c->out[0]->shape;
  if (c->shape[0].rank < 0)
    return BAD (c, "to an unknown shape");
  for (gint i = 0; i < c->shape[0].rank; i++) {
    gint32 d = c->shape[0].dim[i];
    if (d < 0 && open < 0)
      open = i;
    else if (d < 1 || !g_size_checked_mul (&rest, rest, d))
      return BAD (c, "to an impossible shape");
  }
  if (open >= 0 ? count % rest != 0 || count / rest > G_MAXINT32 : count != rest)
    return BAD (c, "%" G_GSIZE_FORMAT " elements do not fill the new shape", count);
  if (open >= 0)
    c->shape[0].dim[open] = count / rest;
  return TRUE;
}

static gboolean
infer_concat (TfcInfer *c)
{
  TfcParams *p = c->params;
  c->shape[0] = c->in[0]->shape;
  if (!fix_axis (c, &p->axis, c->shape[0].rank))
    return FALSE;
  gint64 sum = c->shape[0].dim[p->axis];
  for (guint k = 1; k < c->n_in; k++) {
    TfcShape s = c->in[k]->shape;
    if (s.rank != c->shape[0].rank)
      return BAD (c, "inputs of %d and %d dimensions", c->shape[0].rank, s.rank);
    sum += s.dim[p->axis];
    s.dim[p->axis] = c->shape[0].dim[p->axis];
    if (!tfc_shape_equal (&s, &c->shape[0]))
      return BAD (c, "input %u differs beside the axis", k);
  }
  if (sum > G_MAXINT32)
    return BAD (c, "too long");
  c->shape[0].dim[p->axis] = sum;
  return TRUE;
}

static gboolean
infer_transpose (TfcInfer *c)
{
  const TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  guint seen = 0;
  c->shape[0].rank = x->rank;
  if (p->axes.n != x->rank)
    return BAD (c, "%d axes for %d dimensions", p->axes.n, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint32 a = p->axes.axis[i];
    if (a < 0 || a >= x->rank || (seen & (1u << a)))
      return BAD (c, "axis %d out of range or used twice", a);
    seen |= 1u << a;
    c->shape[0].dim[i] = x->dim[a];
  }
  return TRUE;
}

static gboolean
infer_slice (TfcInfer *c)
{
  const TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  c->shape[0] = c->out[0]->shape;
  if (c->shape[0].rank != x->rank)
    return BAD (c, "%d dimensions out of %d", c->shape[0].rank, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint64 first = p->slice.begin[i], n = c->shape[0].dim[i];
    gint64 last = first + (n - 1) * p->slice.stride[i];
    if (n < 1 || p->slice.stride[i] == 0 || MIN (first, last) < 0 || MAX (first, last) >= x->dim[i])
      return BAD (c, "%d elements from %d by %d out of %d", (gint)n, (gint)first,
                  p->slice.stride[i], x->dim[i]);
  }
  return TRUE;
}

/* The axis goes; what comes out are places along it. */
static gboolean
infer_arg (TfcInfer *c)
{
  TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  if (!fix_axis (c, &p->axis, x->rank))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    if (i != p->axis)
      c->shape[0].dim[c->shape[0].rank++] = x->dim[i];
  }
  if (c->out[0]->shape.rank < 0 && c->out[0]->type == TFC_TYPE_F32)
    c->out[0]->type = TFC_TYPE_I32;
  return c->out[0]->type == TFC_TYPE_I32 ||
         tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "places as %s", tfc_type_name (c->out[0]->type));
}

static gboolean
infer_convert (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return c->out[0]->type != TFC_TYPE_F16 ||
         tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "computing float16");
}

// clang-format off
const TfcInferRule tfc_infer_rules[TFC_N_OPS] = {
  [TFC_OP_CONV_2D] = {tfc_infer_conv, 2, 3, 0},
  [TFC_OP_DEPTHWISE_CONV_2D] = {tfc_infer_depthwise, 2, 3, 0},
  [TFC_OP_FULLY_CONNECTED] = {tfc_infer_fully_connected, 2, 3, 0},
  [TFC_OP_MAX_POOL_2D] = {tfc_infer_pool, 1, 1, TFC_INFER_SAME_QUANT},
  [TFC_OP_AVERAGE_POOL_2D] = {tfc_infer_pool, 1, 1, 0},
  [TFC_OP_MEAN] = {infer_mean, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_SUM] = {infer_mean, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_PROD] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_REDUCE_MAX] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_SAME_QUANT},
  [TFC_OP_REDUCE_MIN] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_SAME_QUANT},
  [TFC_OP_ADD] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_SUB] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_MUL] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_DIV] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_POW] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_SQUARED_DIFFERENCE] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_FLOOR_DIV] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_FLOOR_MOD] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_MAXIMUM] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_MINIMUM] = {tfc_infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_LESS] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LESS_EQUAL] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_GREATER] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_GREATER_EQUAL] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_EQUAL] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_NOT_EQUAL] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LOGICAL_AND] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LOGICAL_OR] = {tfc_infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_SELECT] = {tfc_infer_select, 3, 3, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_CLAMP] = {infer_same, 1, 1, 0},
  [TFC_OP_PRELU] = {tfc_infer_prelu, 2, 2, 0},
  [TFC_OP_LEAKY_RELU] = {infer_same, 1, 1, 0},
  [TFC_OP_HARD_SWISH] = {infer_same, 1, 1, 0},
  [TFC_OP_SIGMOID] = {infer_same, 1, 1, 0},
  [TFC_OP_TANH] = {infer_same, 1, 1, 0},
  [TFC_OP_SOFTMAX] = {infer_softmax, 1, 1, 0},
  [TFC_OP_EXP] = {infer_same, 1, 1, 0},
  [TFC_OP_SQRT] = {infer_same, 1, 1, 0},
  [TFC_OP_RSQRT] = {infer_same, 1, 1, 0},
  [TFC_OP_NEG] = {infer_same, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_ABS] = {infer_same, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_SIGN] = {infer_same, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_FLOOR] = {infer_same, 1, 1, 0},
  [TFC_OP_CEIL] = {infer_same, 1, 1, 0},
  [TFC_OP_ROUND] = {infer_same, 1, 1, 0},
  [TFC_OP_LOG] = {infer_same, 1, 1, 0},
  [TFC_OP_SIN] = {infer_same, 1, 1, 0},
  [TFC_OP_COS] = {infer_same, 1, 1, 0},
  [TFC_OP_ELU] = {infer_same, 1, 1, 0},
  [TFC_OP_GELU] = {infer_same, 1, 1, 0},
  [TFC_OP_SQUARE] = {infer_same, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_PAD] = {infer_pad, 1, 1, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_RESIZE_BILINEAR] = {infer_resize, 1, 1, TFC_INFER_SAME_QUANT},
  [TFC_OP_RESIZE_NEAREST] = {infer_resize, 1, 1, TFC_INFER_SAME_QUANT},
  [TFC_OP_DEPTH_TO_SPACE] = {infer_depth_to_space, 1, 1, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_RESHAPE] = {infer_reshape, 1, 1, TFC_INFER_ANY | TFC_INFER_STORED},
  [TFC_OP_CONCAT] = {infer_concat, 1, TFC_MAX_NODE_INPUTS, TFC_INFER_ANY},
  [TFC_OP_TRANSPOSE] = {infer_transpose, 1, 1, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_SLICE] = {infer_slice, 1, 1, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_ARG_MAX] = {infer_arg, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_MIXED},
  [TFC_OP_ARG_MIN] = {infer_arg, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_MIXED},
  [TFC_OP_CONVERT] = {infer_convert, 1, 1, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LANDMARKS_TO_TRANSFORM] = {tfc_infer_landmarks_to_transform, 1, 1, TFC_INFER_FLOAT},
  [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = {tfc_infer_transform_tensor, 2, 2, TFC_INFER_FLOAT},
  [TFC_OP_TRANSFORM_LANDMARKS] = {tfc_infer_transform_landmarks, 2, 2, TFC_INFER_FLOAT},
};
// clang-format on
