/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/inference/ops/op-naive.h"

#include <math.h>

#include "tests/inference/ops/op-landmarks.h"
#include "tests/inference/ops/op-unary.h"

typedef gdouble (*Naive) (const OpCase *c, const gint32 *at, gsize i);

static void
coordinates (const TfcShape *s, gsize i, gint32 *at)
{
  for (gint a = s->rank - 1; a >= 0; a--) {
    at[a] = i % s->dim[a];
    i /= s->dim[a];
  }
}

static gsize
index_of (const TfcShape *s, const gint32 *at)
{
  gsize i = 0;
  for (gint a = 0; a < s->rank; a++)
    i = i * s->dim[a] + at[a];
  return i;
}

/* Element of a picture; 0 beside it. */
static gdouble
pixel (const TfcTensor *t, gint32 n, gint32 y, gint32 x, gint32 c)
{
  const gint32 at[] = {n, y, x, c};
  if (y < 0 || x < 0 || y >= t->shape.dim[1] || x >= t->shape.dim[2])
    return 0;
  return op_real (t, index_of (&t->shape, at));
}

/* Element of an input broadcast to the output. */
static gdouble
spread (const OpCase *c, guint k, const gint32 *at)
{
  const TfcShape *s = &c->in[k].shape;
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < s->rank; a++)
    own[a] = MIN (at[c->out.shape.rank - s->rank + a], s->dim[a] - 1);
  return op_real (&c->in[k], index_of (s, own));
}

static gdouble
bias (const OpCase *c, gint32 o)
{
  const TfcTensor *w = &c->in[1];
  if (c->n_in < 3 || !c->in[2].data)
    return 0;
  gdouble b = op_stored (&c->in[2], o);
  if (!op_is_quant (w))
    return b;
  return b * c->in[0].quant.scale * (w->quant.n_channels ? w->quant.scales[o] : w->quant.scale);
}

static gdouble
conv (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcWindow *w = &c->params.window;
  const gint32 *k = c->in[1].shape.dim;
  gdouble sum = bias (c, at[3]);
  for (gint32 ch = 0; ch < k[3]; ch++)
    for (gint32 x = 0; x < k[2]; x++)
      for (gint32 y = 0; y < k[1]; y++)
        sum += pixel (&c->in[1], at[3], y, x, ch) *
               pixel (&c->in[0], at[0], at[1] * w->stride_h + y * w->dilation_h - w->pad_top,
                      at[2] * w->stride_w + x * w->dilation_w - w->pad_left, ch);
  return sum;
}

static gdouble
depthwise (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcWindow *w = &c->params.window;
  const gint32 *k = c->in[1].shape.dim;
  gint32 from = at[3] * c->in[0].shape.dim[3] / k[3];
  gdouble sum = bias (c, at[3]);
  for (gint32 x = 0; x < k[2]; x++)
    for (gint32 y = 0; y < k[1]; y++)
      sum += pixel (&c->in[1], 0, y, x, at[3]) *
             pixel (&c->in[0], at[0], at[1] * w->stride_h + y * w->dilation_h - w->pad_top,
                    at[2] * w->stride_w + x * w->dilation_w - w->pad_left, from);
  return sum;
}

static gdouble
fully_connected (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 outputs = c->in[1].shape.dim[0], n = c->in[1].shape.dim[1], o = i % outputs;
  gdouble sum = bias (c, o);
  for (gint32 k = n - 1; k >= 0; k--)
    sum += op_real (&c->in[0], i / outputs * n + k) * op_real (&c->in[1], o * n + k);
  return sum;
}

/* Every input pixel that the window covers; best or sum. */
static gdouble
pool (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcWindow *w = &c->params.window;
  const gint32 *d = c->in[0].shape.dim;
  gdouble best = -INFINITY, sum = 0;
  gint count = 0;
  for (gint32 y = 0; y < d[1]; y++) {
    for (gint32 x = 0; x < d[2]; x++) {
      gint32 ky = y - at[1] * w->stride_h + w->pad_top, kx = x - at[2] * w->stride_w + w->pad_left;
      if (ky < 0 || kx < 0 || ky >= w->kernel_h || kx >= w->kernel_w)
        continue;
      gdouble v = pixel (&c->in[0], at[0], y, x, at[3]);
      best = fmax (best, v);
      sum += v;
      count++;
    }
  }
  return c->op == TFC_OP_MAX_POOL_2D ? best : sum / count;
}

static gboolean
is_reduced (const OpCase *c, gint axis)
{
  for (gint i = 0; i < c->params.axes.n; i++) {
    if (c->params.axes.axis[i] == axis)
      return TRUE;
  }
  return FALSE;
}

/* Every input element whose other coordinates are the output's. */
static gdouble
reduce (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *s = &c->in[0].shape;
  gdouble sum = 0, count = 0, product = 1, least = INFINITY, most = -INFINITY;
  for (gsize k = 0; k < tfc_tensor_count (&c->in[0]); k++) {
    gint32 own[TFC_MAX_RANK], b = 0;
    gboolean mine = TRUE;
    coordinates (s, k, own);
    for (gint a = 0; a < s->rank; a++) {
      gboolean reduced = is_reduced (c, a);
      mine = mine && (reduced || own[a] == at[b]);
      b += !reduced || c->params.axes.keep_dims;
    }
    if (mine) {
      gdouble v = op_real (&c->in[0], k);
      sum += v;
      product *= v;
      least = fmin (least, v);
      most = fmax (most, v);
      count++;
    }
  }
  switch (c->op) {
    case TFC_OP_SUM:
      return sum;
    case TFC_OP_PROD:
      return product;
    case TFC_OP_REDUCE_MAX:
      return most;
    case TFC_OP_REDUCE_MIN:
      return least;
    default:
      return c->out.type == TFC_TYPE_I32 ? trunc (sum / count) : sum / count;
  }
}

static gdouble
binary (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble a = spread (c, 0, at), b = spread (c, 1, at);
  switch (c->op) {
    case TFC_OP_ADD:
      return a + b;
    case TFC_OP_SUB:
      return a - b;
    case TFC_OP_MUL:
      return a * b;
    case TFC_OP_DIV:
      return c->out.type != TFC_TYPE_I32 ? a / b : b == 0 ? 0 : trunc (a / b);
    case TFC_OP_POW:
      return c->out.type == TFC_TYPE_I32 ? trunc (pow (a, b)) : pow (a, b);
    case TFC_OP_SQUARED_DIFFERENCE:
      return a * a - 2 * a * b + b * b;
    case TFC_OP_FLOOR_DIV:
      return b == 0 ? 0 : floor ((gdouble)(gfloat)(a / b));
    case TFC_OP_FLOOR_MOD:
      return b == 0 ? 0 : a - floor (a / b) * b;
    case TFC_OP_MAXIMUM:
      return fmax (a, b);
    default:
      return fmin (a, b);
  }
}

static gdouble
compare (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble a = spread (c, 0, at), b = spread (c, 1, at);
  gint order = (a > b) - (a < b);
  switch (c->op) {
    case TFC_OP_LESS:
      return order == -1;
    case TFC_OP_LESS_EQUAL:
      return order != 1;
    case TFC_OP_GREATER:
      return order == 1;
    case TFC_OP_GREATER_EQUAL:
      return order != -1;
    case TFC_OP_EQUAL:
      return order == 0;
    case TFC_OP_NOT_EQUAL:
      return order != 0;
    case TFC_OP_LOGICAL_AND:
      return a * b;
    default:
      return a + b > 0;
  }
}

static gdouble
pick (const OpCase *c, const gint32 *at, gsize i)
{
  return spread (c, spread (c, 2, at) ? 0 : 1, at);
}

static gdouble
same (const OpCase *c, const gint32 *at, gsize i)
{
  return op_real (&c->in[0], i);
}

static gdouble
prelu (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble x = op_real (&c->in[0], i);
  return fmax (x, 0) + spread (c, 1, at) * fmin (x, 0);
}

static gdouble
softmax (const OpCase *c, const gint32 *at, gsize i)
{
  gsize n = c->out.shape.dim[c->out.shape.rank - 1], row = i / n * n;
  gdouble sum = 0;
  for (gsize k = row; k < row + n; k++)
    sum += exp (c->params.alpha * (op_real (&c->in[0], k) - op_real (&c->in[0], i)));
  return 1 / sum;
}

static gdouble
pad (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *s = &c->in[0].shape;
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < s->rank; a++) {
    own[a] = at[a] - c->params.pad.before[a];
    if (own[a] < 0 || own[a] >= s->dim[a])
      return c->params.pad.value;
  }
  return op_real (&c->in[0], index_of (s, own));
}

/* Where output row or column at looks, in input rows or columns. */
static gdouble
source (const OpCase *c, gint32 at, gint32 in, gint32 out)
{
  if (c->params.resize.align_corners)
    return out == 1 ? 0 : at * (in - 1.0) / (out - 1.0);
  if (c->params.resize.half_pixel)
    return CLAMP ((at + 0.5) * in / out - 0.5, 0, in - 1);
  return MIN (at * (gdouble)in / out, in - 1);
}

/* Every input pixel counts by how near it is. */
static gdouble
resize (const OpCase *c, const gint32 *at, gsize i)
{
  const gint32 *d = c->in[0].shape.dim;
  gdouble y = source (c, at[1], d[1], c->out.shape.dim[1]), sum = 0;
  gdouble x = source (c, at[2], d[2], c->out.shape.dim[2]);
  for (gint32 r = 0; r < d[1]; r++)
    for (gint32 k = 0; k < d[2]; k++)
      sum += fmax (0, 1 - fabs (y - r)) * fmax (0, 1 - fabs (x - k)) *
             pixel (&c->in[0], at[0], r, k, at[3]);
  return sum;
}

/* The input pixel whose middle, corner or place in a row of corners is the nearest. */
static gdouble
resize_nearest (const OpCase *c, const gint32 *at, gsize i)
{
  const gint32 *d = c->in[0].shape.dim;
  gint32 own[2];
  for (guint k = 0; k < 2; k++) {
    gint32 in = d[k + 1], out = c->out.shape.dim[k + 1];
    gint64 v = (gint64)at[k + 1] * in / out;
    if (c->params.resize.half_pixel)
      v = (2 * (gint64)at[k + 1] + 1) * in / (2 * (gint64)out);
    if (c->params.resize.align_corners && out > 1)
      v = (2 * (gint64)at[k + 1] * (in - 1) + out - 1) / (2 * (out - 1));
    own[k] = (gint32)MIN (v, in - 1);
  }
  return pixel (&c->in[0], at[0], own[0], own[1], at[3]);
}

/* The place along the axis; ties go to the first. */
static gdouble
arg (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *s = &c->in[0].shape;
  gint32 own[TFC_MAX_RANK], best = s->dim[c->params.axis] - 1;
  gdouble top = -INFINITY;
  for (gint a = 0; a < s->rank; a++)
    own[a] = a == c->params.axis ? 0 : at[a - (a > c->params.axis)];
  for (gint32 k = best; k >= 0; k--) {
    own[c->params.axis] = k;
    gdouble v = op_real (&c->in[0], index_of (s, own)) * (c->op == TFC_OP_ARG_MAX ? 1 : -1);
    if (v >= top)
      top = v, best = k;
  }
  return best;
}

gdouble
op_naive_place (const OpCase *c, gsize i)
{
  const gint32 n = c->in[0].shape.dim[c->in[0].shape.rank - 1], k = c->params.k;
  const gsize row = i / k * n;
  for (gint32 a = 0; a < n; a++) {
    gsize before = 0;
    for (gint32 b = 0; b < n; b++) {
      const gdouble more = op_real (&c->in[0], row + b) - op_real (&c->in[0], row + a);
      before += more > 0 || (more == 0 && b < a);
    }
    if (before == i % k)
      return a;
  }
  return -1;
}

static gdouble
top_k (const OpCase *c, const gint32 *at, gsize i)
{
  return op_real (&c->in[0], i / c->params.k * c->in[0].shape.dim[c->in[0].shape.rank - 1] + op_naive_place (c, i));
}

static gdouble
depth_to_space (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 b = c->params.block, n = c->out.shape.dim[3];
  return pixel (&c->in[0], at[0], at[1] / b, at[2] / b, (at[1] % b * b + at[2] % b) * n + at[3]);
}

static gdouble
concat (const OpCase *c, const gint32 *at, gsize i)
{
  gint axis = c->params.axis;
  gint32 own[TFC_MAX_RANK];
  guint k = 0;
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[a] = at[a];
  while (own[axis] >= c->in[k].shape.dim[axis])
    own[axis] -= c->in[k++].shape.dim[axis];
  return op_real (&c->in[k], index_of (&c->in[k].shape, own));
}

static gdouble
transpose (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[c->params.axes.axis[a]] = at[a];
  return op_real (&c->in[0], index_of (&c->in[0].shape, own));
}

static gdouble
slice (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[a] = c->params.slice.begin[a] + at[a] * c->params.slice.stride[a];
  return op_real (&c->in[0], index_of (&c->in[0].shape, own));
}

static gdouble
half (guint bits)
{
  gdouble sign = bits & 0x8000 ? -1 : 1, fraction = (bits & 1023) / 1024.0;
  gint e = bits >> 10 & 31;
  return e ? sign * (1 + fraction) * pow (2, e - 15) : sign * fraction * pow (2, -14);
}

static gdouble
convert (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble x = op_real (&c->in[0], i);
  if (c->in[0].type == TFC_TYPE_F16)
    x = half (op_stored (&c->in[0], i));
  if (c->out.type == TFC_TYPE_BOOL)
    return x != 0;
  return op_is_quant (&c->out) || c->out.type == TFC_TYPE_F32 ? x : trunc (x);
}

static const Naive naive[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = conv,
    [TFC_OP_DEPTHWISE_CONV_2D] = depthwise,
    [TFC_OP_FULLY_CONNECTED] = fully_connected,
    [TFC_OP_MAX_POOL_2D] = pool,
    [TFC_OP_AVERAGE_POOL_2D] = pool,
    [TFC_OP_MEAN] = reduce,
    [TFC_OP_SUM] = reduce,
    [TFC_OP_PROD] = reduce,
    [TFC_OP_REDUCE_MAX] = reduce,
    [TFC_OP_REDUCE_MIN] = reduce,
    [TFC_OP_ADD] = binary,
    [TFC_OP_SUB] = binary,
    [TFC_OP_MUL] = binary,
    [TFC_OP_DIV] = binary,
    [TFC_OP_POW] = binary,
    [TFC_OP_SQUARED_DIFFERENCE] = binary,
    [TFC_OP_FLOOR_DIV] = binary,
    [TFC_OP_FLOOR_MOD] = binary,
    [TFC_OP_MAXIMUM] = binary,
    [TFC_OP_MINIMUM] = binary,
    [TFC_OP_LESS] = compare,
    [TFC_OP_LESS_EQUAL] = compare,
    [TFC_OP_GREATER] = compare,
    [TFC_OP_GREATER_EQUAL] = compare,
    [TFC_OP_EQUAL] = compare,
    [TFC_OP_NOT_EQUAL] = compare,
    [TFC_OP_LOGICAL_AND] = compare,
    [TFC_OP_LOGICAL_OR] = compare,
    [TFC_OP_SELECT] = pick,
    [TFC_OP_CLAMP] = same,
    [TFC_OP_PRELU] = prelu,
    [TFC_OP_SOFTMAX] = softmax,
    [TFC_OP_PAD] = pad,
    [TFC_OP_RESIZE_BILINEAR] = resize,
    [TFC_OP_RESIZE_NEAREST] = resize_nearest,
    [TFC_OP_DEPTH_TO_SPACE] = depth_to_space,
    [TFC_OP_RESHAPE] = same,
    [TFC_OP_CONCAT] = concat,
    [TFC_OP_TRANSPOSE] = transpose,
    [TFC_OP_SLICE] = slice,
    [TFC_OP_ARG_MAX] = arg,
    [TFC_OP_ARG_MIN] = arg,
    [TFC_OP_TOP_K] = top_k,
    [TFC_OP_CONVERT] = convert,
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
  if (tfc_op_is (c->op, TFC_OP_FLAG_WEIGHTS))
    return op_sum_tolerance (c);
  return resized ? 1e-5 : 1e-6;
}

static gdouble
clamp_in_steps (gdouble end, const TfcTensor *t)
{
  gdouble lo = t->type == TFC_TYPE_I8 ? -128 : 0;
  return CLAMP (t->quant.zero_point + round (end / t->quant.scale), lo, lo + 255);
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
    allowed *= 1 + fabs (want);
  }
  return fabs (have - want) <= allowed;
}
