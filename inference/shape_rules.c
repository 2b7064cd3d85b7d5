/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "shape_rules.h"

static gboolean
need_rank (const TfcInfer *c, guint input, gint rank)
{
  gint has = c->in[input]->shape.rank;
  return has == rank || BAD (c, "input %u has %d dimensions, not %d", input, has, rank);
}

/* One axis of a window: how many positions, and SAME padding as numbers. */
static gboolean
window_axis (const TfcInfer *c, gint64 in, gint64 kernel, gint64 stride, gint64 dilation,
             gboolean same, gint *before, gint *after, gint32 *out)
{
  if (stride < 1 || dilation < 1 || kernel < 1)
    return BAD (c, "stride %d, dilation %d, kernel %d", (gint)stride, (gint)dilation, (gint)kernel);
  gint64 reach = (kernel - 1) * dilation + 1;
  if (reach > G_MAXINT32)
    return BAD (c, "kernel %d with dilation %d is too large", (gint)kernel, (gint)dilation);
  if (same) {
    gint64 n = (in + stride - 1) / stride;
    gint64 total = MAX ((n - 1) * stride + reach - in, 0);
    *before = total / 2;
    *after = total - *before;
  }
  if (*before < 0 || *after < 0)
    return BAD (c, "negative padding");
  if (in + *before + *after > G_MAXINT32)
    return BAD (c, "too much padding");
  gint64 room = in + *before + *after - reach;
  if (room < 0)
    return BAD (c, "kernel of %d on %d pixels", (gint)reach, (gint)in);
  *out = room / stride + 1;
  return TRUE;
}

static gboolean
window (TfcInfer *c, gint kernel_h, gint kernel_w, gint channels)
{
  TfcWindow *w = &c->node->params.window;
  const TfcShape *x = &c->in[0]->shape;
  c->shape = tfc_shape (4, x->dim[0], 0, 0, channels);
  if (!window_axis (c, x->dim[1], kernel_h, w->stride_h, w->dilation_h, w->same, &w->pad_top,
                    &w->pad_bottom, &c->shape.dim[1]) ||
      !window_axis (c, x->dim[2], kernel_w, w->stride_w, w->dilation_w, w->same, &w->pad_left,
                    &w->pad_right, &c->shape.dim[2]))
    return FALSE;
  w->same = FALSE;
  return TRUE;
}

static gboolean
check_bias (const TfcInfer *c, gint channels)
{
  const TfcTensor *b = c->in[2];
  if (!b)
    return TRUE;
  gint rank = b->shape.rank;
  if (rank < 1 || tfc_tensor_count (b) != (gsize)channels || b->shape.dim[rank - 1] != channels)
    return BAD (c, "the bias does not have %d elements", channels);
  TfcType want = c->in[0]->type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32;
  return b->type == want || BAD (c, "a bias of %s with inputs of %s", tfc_type_name (b->type),
                                 tfc_type_name (c->in[0]->type));
}

static gboolean
infer_conv (TfcInfer *c)
{
  if (!need_rank (c, 0, 4) || !need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  if (w[3] < 1 || w[3] != x[3])
    return tfc_infer_bad (c,
                          w[3] > 0 && x[3] % w[3] == 0 ? TFC_ERROR_UNSUPPORTED : TFC_ERROR_FORMAT,
                          "weights for %d channels on %d", w[3], x[3]);
  return check_bias (c, w[0]) && window (c, w[1], w[2], w[0]);
}

static gboolean
infer_depthwise (TfcInfer *c)
{
  if (!need_rank (c, 0, 4) || !need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  if (w[0] != 1 || w[3] < 1 || w[3] % x[3] != 0)
    return BAD (c, "weights %dx..x%d on %d channels", w[0], w[3], x[3]);
  return check_bias (c, w[3]) && window (c, w[1], w[2], w[3]);
}

static gboolean
infer_fully_connected (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *w = &c->in[1]->shape;
  if (!need_rank (c, 1, 2))
    return FALSE;
  if (x->rank < 1 || x->dim[x->rank - 1] != w->dim[1])
    return BAD (c, "weights for %d channels do not fit the input", w->dim[1]);
  c->shape = *x;
  c->shape.dim[x->rank - 1] = w->dim[0];
  return check_bias (c, w->dim[0]);
}

static gboolean
infer_pool (TfcInfer *c)
{
  const TfcWindow *w = &c->node->params.window;
  if (!need_rank (c, 0, 4))
    return FALSE;
  if (w->dilation_h != 1 || w->dilation_w != 1)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "a pool with dilation");
  if (!window (c, w->kernel_h, w->kernel_w, c->in[0]->shape.dim[3]))
    return FALSE;
  if (MAX (w->pad_top, w->pad_bottom) >= w->kernel_h ||
      MAX (w->pad_left, w->pad_right) >= w->kernel_w)
    return BAD (c, "more padding than kernel");
  return TRUE;
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
  TfcParams *p = &c->node->params;
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
      c->shape.dim[c->shape.rank++] = reduced[i] ? 1 : x->dim[i];
  }
  return TRUE;
}

static gboolean
broadcast (TfcInfer *c, const TfcShape *a, const TfcShape *b)
{
  gint rank = MAX (a->rank, b->rank);
  c->shape.rank = rank;
  for (gint i = 0; i < rank; i++) {
    gint ai = i - (rank - a->rank), bi = i - (rank - b->rank);
    gint32 da = ai < 0 ? 1 : a->dim[ai], db = bi < 0 ? 1 : b->dim[bi];
    if (da != db && da != 1 && db != 1)
      return BAD (c, "dimensions %d and %d do not go together", da, db);
    c->shape.dim[i] = da == 1 ? db : da;
  }
  return TRUE;
}

static gboolean
infer_broadcast (TfcInfer *c)
{
  return broadcast (c, &c->in[0]->shape, &c->in[1]->shape);
}

static gboolean
need_type (const TfcInfer *c, const TfcTensor *t, TfcType type)
{
  return t->type == type || tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with %s, not %s",
                                           tfc_type_name (t->type), tfc_type_name (type));
}

static gboolean
infer_compare (TfcInfer *c)
{
  TfcType type = c->in[0]->type;
  gboolean logical = c->node->op == TFC_OP_LOGICAL_AND || c->node->op == TFC_OP_LOGICAL_OR;
  if (c->out->shape.rank < 0 && c->out->type == TFC_TYPE_F32)
    c->out->type = TFC_TYPE_BOOL;
  if (logical ? !need_type (c, c->in[0], TFC_TYPE_BOOL)
              : type == TFC_TYPE_F16 || type == TFC_TYPE_U16)
    return logical ? FALSE
                   : tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "of %s", tfc_type_name (type));
  return need_type (c, c->out, TFC_TYPE_BOOL) && infer_broadcast (c);
}

static gboolean
infer_select (TfcInfer *c)
{
  const TfcQuant *a = &c->in[0]->quant, *b = &c->in[1]->quant;
  TfcShape both;
  if (!need_type (c, c->in[2], TFC_TYPE_BOOL))
    return FALSE;
  if (a->scale != b->scale || a->zero_point != b->zero_point || a->n_channels || b->n_channels)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "of two quantisations");
  if (!infer_broadcast (c))
    return FALSE;
  both = c->shape;
  return broadcast (c, &both, &c->in[2]->shape);
}

static gboolean
infer_prelu (TfcInfer *c)
{
  if (!infer_broadcast (c))
    return FALSE;
  return tfc_shape_equal (&c->shape, &c->in[0]->shape) ||
         BAD (c, "the slope is larger than the input");
}

static gboolean
infer_same (TfcInfer *c)
{
  c->shape = c->in[0]->shape;
  return TRUE;
}

static gboolean
infer_softmax (TfcInfer *c)
{
  c->shape = c->in[0]->shape;
  return c->shape.rank > 0 || BAD (c, "a scalar has no last axis");
}

static gboolean
infer_pad (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  c->shape = c->in[0]->shape;
  if (p->pad.value != p->pad.value)
    return BAD (c, "with what is no number");
  for (gint i = 0; i < c->shape.rank; i++) {
    gint64 size = (gint64)c->shape.dim[i] + p->pad.before[i] + p->pad.after[i];
    if (p->pad.before[i] < 0 || p->pad.after[i] < 0 || size > G_MAXINT32)
      return BAD (c, "padding %d and %d", p->pad.before[i], p->pad.after[i]);
    c->shape.dim[i] = size;
  }
  return TRUE;
}

static gboolean
infer_resize (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  if (!need_rank (c, 0, 4))
    return FALSE;
  if (p->resize.height < 1 || p->resize.width < 1)
    return BAD (c, "to %dx%d pixels", p->resize.width, p->resize.height);
  if (p->resize.align_corners && p->resize.half_pixel)
    return BAD (c, "aligned corners and half pixels at once");
  const gint32 *x = c->in[0]->shape.dim;
  c->shape = tfc_shape (4, x[0], p->resize.height, p->resize.width, x[3]);
  return TRUE;
}

static gboolean
infer_depth_to_space (TfcInfer *c)
{
  gint64 b = c->node->params.block;
  if (!need_rank (c, 0, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim;
  if (b < 1 || b > 32767 || x[3] % (b * b) != 0 || MAX (x[1], x[2]) * b > G_MAXINT32)
    return BAD (c, "block %d of %d channels", (gint)b, x[3]);
  c->shape = tfc_shape (4, x[0], (gint)(x[1] * b), (gint)(x[2] * b), (gint)(x[3] / (b * b)));
  return TRUE;
}

static gboolean
infer_reshape (TfcInfer *c)
{
  gsize count = tfc_tensor_count (c->in[0]), rest = 1;
  gint open = -1;
  c->shape = c->out->shape;
  if (c->shape.rank < 0)
    return BAD (c, "to an unknown shape");
  for (gint i = 0; i < c->shape.rank; i++) {
    gint32 d = c->shape.dim[i];
    if (d < 0 && open < 0)
      open = i;
    else if (d < 1 || !g_size_checked_mul (&rest, rest, d))
      return BAD (c, "to an impossible shape");
  }
  if (open >= 0 ? count % rest != 0 || count / rest > G_MAXINT32 : count != rest)
    return BAD (c, "%" G_GSIZE_FORMAT " elements do not fill the new shape", count);
  if (open >= 0)
    c->shape.dim[open] = count / rest;
  return TRUE;
}

static gboolean
infer_concat (TfcInfer *c)
{
  TfcParams *p = &c->node->params;
  c->shape = c->in[0]->shape;
  if (!fix_axis (c, &p->axis, c->shape.rank))
    return FALSE;
  gint64 sum = c->shape.dim[p->axis];
  for (guint k = 1; k < c->node->n_in; k++) {
    TfcShape s = c->in[k]->shape;
    if (s.rank != c->shape.rank)
      return BAD (c, "inputs of %d and %d dimensions", c->shape.rank, s.rank);
    sum += s.dim[p->axis];
    s.dim[p->axis] = c->shape.dim[p->axis];
    if (!tfc_shape_equal (&s, &c->shape))
      return BAD (c, "input %u differs beside the axis", k);
  }
  if (sum > G_MAXINT32)
    return BAD (c, "too long");
  c->shape.dim[p->axis] = sum;
  return TRUE;
}

static gboolean
infer_transpose (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  const TfcShape *x = &c->in[0]->shape;
  guint seen = 0;
  c->shape.rank = x->rank;
  if (p->axes.n != x->rank)
    return BAD (c, "%d axes for %d dimensions", p->axes.n, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint32 a = p->axes.axis[i];
    if (a < 0 || a >= x->rank || (seen & (1u << a)))
      return BAD (c, "axis %d out of range or used twice", a);
    seen |= 1u << a;
    c->shape.dim[i] = x->dim[a];
  }
  return TRUE;
}

static gboolean
infer_slice (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  const TfcShape *x = &c->in[0]->shape;
  c->shape = c->out->shape;
  if (c->shape.rank != x->rank)
    return BAD (c, "%d dimensions out of %d", c->shape.rank, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint64 first = p->slice.begin[i], n = c->shape.dim[i];
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
  TfcParams *p = &c->node->params;
  const TfcShape *x = &c->in[0]->shape;
  if (!fix_axis (c, &p->axis, x->rank))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    if (i != p->axis)
      c->shape.dim[c->shape.rank++] = x->dim[i];
  }
  if (c->out->shape.rank < 0 && c->out->type == TFC_TYPE_F32)
    c->out->type = TFC_TYPE_I32;
  return c->out->type == TFC_TYPE_I32 ||
         tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "places as %s", tfc_type_name (c->out->type));
}

static gboolean
infer_convert (TfcInfer *c)
{
  c->shape = c->in[0]->shape;
  return c->out->type != TFC_TYPE_F16 ||
         tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "computing float16");
}

static gboolean
need_point (const TfcInfer *c, gint32 index, gsize points)
{
  return (index >= 0 && (gsize)index < points) ||
         BAD (c, "point %d of %" G_GSIZE_FORMAT, index, points);
}

/* x[.., 3 * n] points as x, y, z -> y[1, 4, 4], the matrix */
static gboolean
infer_landmarks_to_transform (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  gsize points = tfc_tensor_count (c->in[0]) / 3;
  if (p->landmarks.n < 1 || p->landmarks.n > (gint)G_N_ELEMENTS (p->landmarks.index))
    return BAD (c, "%d indices", p->landmarks.n);
  for (gint i = 0; i < p->landmarks.n; i++) {
    if (!need_point (c, p->landmarks.index[i], points))
      return FALSE;
  }
  if (!need_point (c, p->landmarks.left_rotation, points) ||
      !need_point (c, p->landmarks.right_rotation, points))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  c->shape = tfc_shape (3, 1, 4, 4);
  return TRUE;
}

static gboolean
need_matrix (const TfcInfer *c)
{
  return tfc_tensor_count (c->in[1]) == 16 || BAD (c, "the matrix is not 4x4");
}

static gboolean
infer_transform_tensor (TfcInfer *c)
{
  const TfcParams *p = &c->node->params;
  if (!need_rank (c, 0, 4) || !need_matrix (c))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  const gint32 *x = c->in[0]->shape.dim;
  c->shape = tfc_shape (4, x[0], p->landmarks.height, p->landmarks.width, x[3]);
  return TRUE;
}

static gboolean
infer_transform_landmarks (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape;
  c->shape = *x;
  if (x->rank < 1 || x->dim[x->rank - 1] < 2)
    return BAD (c, "points without x and y");
  return need_matrix (c);
}

// clang-format off
const TfcInferRule tfc_infer_rules[TFC_N_OPS] = {
  [TFC_OP_CONV_2D] = {infer_conv, 2, 3, 0},
  [TFC_OP_DEPTHWISE_CONV_2D] = {infer_depthwise, 2, 3, 0},
  [TFC_OP_FULLY_CONNECTED] = {infer_fully_connected, 2, 3, 0},
  [TFC_OP_MAX_POOL_2D] = {infer_pool, 1, 1, TFC_INFER_SAME_QUANT},
  [TFC_OP_AVERAGE_POOL_2D] = {infer_pool, 1, 1, 0},
  [TFC_OP_MEAN] = {infer_mean, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_SUM] = {infer_mean, 1, 1, TFC_INFER_INTEGERS},
  [TFC_OP_PROD] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_REDUCE_MAX] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_SAME_QUANT},
  [TFC_OP_REDUCE_MIN] = {infer_mean, 1, 1, TFC_INFER_INTEGERS | TFC_INFER_SAME_QUANT},
  [TFC_OP_ADD] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_SUB] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_MUL] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_DIV] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_POW] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_SQUARED_DIFFERENCE] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_FLOOR_DIV] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_FLOOR_MOD] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS | TFC_INFER_NO_BYTES},
  [TFC_OP_MAXIMUM] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_MINIMUM] = {infer_broadcast, 2, 2, TFC_INFER_INTEGERS},
  [TFC_OP_LESS] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LESS_EQUAL] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_GREATER] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_GREATER_EQUAL] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_EQUAL] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_NOT_EQUAL] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LOGICAL_AND] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_LOGICAL_OR] = {infer_compare, 2, 2, TFC_INFER_ANY | TFC_INFER_MIXED},
  [TFC_OP_SELECT] = {infer_select, 3, 3, TFC_INFER_ANY | TFC_INFER_SAME_QUANT},
  [TFC_OP_CLAMP] = {infer_same, 1, 1, 0},
  [TFC_OP_PRELU] = {infer_prelu, 2, 2, 0},
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
  [TFC_OP_LANDMARKS_TO_TRANSFORM] = {infer_landmarks_to_transform, 1, 1, TFC_INFER_FLOAT},
  [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = {infer_transform_tensor, 2, 2, TFC_INFER_FLOAT},
  [TFC_OP_TRANSFORM_LANDMARKS] = {infer_transform_landmarks, 2, 2, TFC_INFER_FLOAT},
};
// clang-format on
