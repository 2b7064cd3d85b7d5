/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Layers: sums over windows and axes. */
#include "tests/inference/ops/op-naive-private.h"
#include <math.h>

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

gdouble
naive_conv (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcWindow *w = &c->params.window;
  const gint32 *k = c->in[1].shape.dim;
  gint32 groups = c->in[0].shape.dim[3] / k[3], first = (at[3] * groups / k[0]) * k[3];
  gdouble sum = bias (c, at[3]);
  for (gint32 ch = 0; ch < k[3]; ch++)
    for (gint32 x = 0; x < k[2]; x++)
      for (gint32 y = 0; y < k[1]; y++)
        sum += pixel (&c->in[1], at[3], y, x, ch) *
               pixel (&c->in[0], at[0], at[1] * w->stride_h + y * w->dilation_h - w->pad_top,
                      at[2] * w->stride_w + x * w->dilation_w - w->pad_left, first + ch);
  return sum;
}

/* Every input pixel whose kernel covers the place. */
gdouble
naive_transpose_conv (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcWindow *w = &c->params.window;
  const gint32 *x = c->in[0].shape.dim;
  gdouble sum = bias (c, at[3]);
  for (gint32 row = 0; row < x[1]; row++) {
    for (gint32 col = 0; col < x[2]; col++) {
      const gint32 tap_y = at[1] + w->pad_top - row * w->stride_h,
                   tap_x = at[2] + w->pad_left - col * w->stride_w;
      for (gint32 ch = 0; ch < x[3]; ch++)
        sum += pixel (&c->in[1], at[3], tap_y, tap_x, ch) * pixel (&c->in[0], at[0], row, col, ch);
    }
  }
  return sum;
}

gdouble
naive_depthwise (const OpCase *c, const gint32 *at, gsize i)
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

gdouble
naive_fully_connected (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 outputs = c->in[1].shape.dim[0], n = c->in[1].shape.dim[1], o = i % outputs;
  gdouble sum = bias (c, o);
  for (gint32 k = n - 1; k >= 0; k--)
    sum += op_real (&c->in[0], i / outputs * n + k) * op_real (&c->in[1], o * n + k);
  return sum;
}

/* Element (row, column) of the matrix of input k that belongs to the product's batch. */
static gdouble
cell (const OpCase *c, guint k, const gint32 *at, gint32 row, gint32 column)
{
  const gboolean turn = k ? c->params.matmul.transpose_b : c->params.matmul.transpose_a;
  const gint rank = c->out.shape.rank;
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < rank; a++)
    own[a] = at[a];
  own[rank - 2] = turn ? column : row;
  own[rank - 1] = turn ? row : column;
  return spread (c, k, own);
}

gdouble
naive_matmul (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *a = &c->in[0].shape;
  const gint rank = c->out.shape.rank;
  gdouble sum = 0;
  for (gint32 k = a->dim[a->rank - (c->params.matmul.transpose_a ? 2 : 1)] - 1; k >= 0; k--)
    sum += cell (c, 0, at, at[rank - 2], k) * cell (c, 1, at, k, at[rank - 1]);
  return sum;
}

gdouble
naive_cumsum (const OpCase *c, const gint32 *at, gsize i)
{
  const gint axis = c->params.scan.axis;
  gint32 own[TFC_MAX_RANK];
  gdouble sum = 0;
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[a] = at[a];
  for (own[axis] = 0; own[axis] < c->out.shape.dim[axis]; own[axis]++) {
    const gint32 after = c->params.scan.reverse ? own[axis] - at[axis] : at[axis] - own[axis];
    if (after > 0 || (after == 0 && !c->params.scan.exclusive))
      sum += op_real (&c->in[0], index_of (&c->in[0].shape, own));
  }
  return sum;
}

/* Every input pixel that the window covers; best or sum. */
gdouble
naive_pool (const OpCase *c, const gint32 *at, gsize i)
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
gdouble
naive_reduce (const OpCase *c, const gint32 *at, gsize i)
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

gdouble
naive_softmax (const OpCase *c, const gint32 *at, gsize i)
{
  gsize n = c->out.shape.dim[c->out.shape.rank - 1], row = i / n * n;
  gdouble sum = 0;
  for (gsize k = row; k < row + n; k++)
    sum += exp (c->params.alpha * (op_real (&c->in[0], k) - op_real (&c->in[0], i)));
  return 1 / sum;
}
