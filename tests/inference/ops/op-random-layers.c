/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Convolutions, pools and means. */
#include "tests/inference/ops/op-random-private.h"
#include <math.h>
#include <string.h>

/* Output size of one axis, with its padding; SAME, numbers or none. */
static gint32
axis_window (GRand *r, gint32 in, gint kernel, gint stride, gint dilation, gint mode, gint *before,
             gint *after)
{
  gint32 reach = (kernel - 1) * dilation + 1, n = (in + stride - 1) / stride;
  *before = *after = 0;
  if (mode == 1) {
    gint32 total = MAX ((n - 1) * stride + reach - in, 0);
    *before = total / 2;
    *after = total - total / 2;
  } else if (mode == 2) {
    *before = random_upto (r, 0, kernel - 1);
    *after = random_upto (r, 0, kernel - 1);
  }
  return (in + *before + *after - reach) / stride + 1;
}

/* Fits the picture to the kernel, sets the window, returns the output's shape. */
static TfcShape
some_window (GRand *r, OpCase *c, TfcShape *x, gint kh, gint kw, gboolean may_dilate)
{
  TfcWindow *w = &c->params.window;
  gint mode = random_upto (r, 0, 2);
  w->stride_h = w->stride_w = random_upto (r, 1, 3);
  if (random_upto (r, 0, 3) == 0)
    w->stride_w = random_upto (r, 1, 3);
  if (may_dilate && random_upto (r, 0, 3) == 0)
    w->dilation_h = w->dilation_w = 2;
  x->dim[1] = MAX (x->dim[1], (kh - 1) * w->dilation_h + 1);
  x->dim[2] = MAX (x->dim[2], (kw - 1) * w->dilation_w + 1);
  w->same = mode == 1;
  TfcShape y = *x;
  y.dim[1] =
      axis_window (r, x->dim[1], kh, w->stride_h, w->dilation_h, mode, &w->pad_top, &w->pad_bottom);
  y.dim[2] =
      axis_window (r, x->dim[2], kw, w->stride_w, w->dilation_w, mode, &w->pad_left, &w->pad_right);
  return y;
}

static void
per_channel (GRand *r, OpCase *c, TfcTensor *w, gint axis)
{
  guint n = w->shape.dim[axis];
  gfloat *scales = op_case_alloc (c, n * sizeof *scales);
  for (guint i = 0; i < n; i++)
    scales[i] = (gfloat)g_rand_double_range (r, 0.005, 0.02);
  w->quant = (TfcQuant){.axis = axis, .n_channels = n, .scales = scales};
}

/* Weights, bias and output of a layer whose sums run over n products. */
static OpCase *
layer (GRand *r, OpCase *c, TfcType type, const TfcShape *shape_w, gint axis, const TfcShape *y,
       gint n)
{
  TfcTensor *w = random_input (r, c, type, shape_w);
  TfcShape channels = tfc_shape (1, shape_w->dim[axis]);
  if (type == TFC_TYPE_I8) {
    w->quant.zero_point = 0;
    w->quant.scale = 0.01f;
  }
  if (type == TFC_TYPE_I8 && random_coin (r))
    per_channel (r, c, w, axis);
  if (random_upto (r, 0, 4) > 0) {
    TfcTensor *b =
        random_input (r, c, type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32, &channels);
    for (gint i = 0; b->type == TFC_TYPE_I32 && i < channels.dim[0]; i++)
      op_store (b, i, random_upto (r, -9000, 9000));
  }
  c->constant[1] = c->constant[2] = TRUE;
  random_some_clamp (r, c);
  gdouble scale_w = w->quant.n_channels ? 0.012 : w->quant.scale;
  random_output (r, c, type, y, sqrt (n) * 74 * 74 / 60 * c->in[0].quant.scale * scale_w);
  return c;
}

OpCase *
make_conv (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const gint kernels[] = {1, 1, 2, 3, 3, 5};
  gint kh = kernels[random_upto (r, 0, 5)],
       kw = random_upto (r, 0, 3) ? kh : kernels[random_upto (r, 0, 5)];
  gint outputs = random_upto (r, 1, 20),
       multiplier = random_upto (r, 0, 3) ? 1 : random_upto (r, 2, 3);
  TfcShape x = random_picture (r), y = some_window (r, c, &x, kh, kw, TRUE);
  gboolean full = op == TFC_OP_CONV_2D;
  gint32 group = x.dim[3];
  if (full && random_upto (r, 0, 3) == 0) { /* in groups of channels */
    gint groups = random_upto (r, 2, 4);
    x.dim[3] *= groups;
    outputs *= groups;
  }
  TfcShape w = full ? tfc_shape (4, outputs, kh, kw, group)
                    : tfc_shape (4, 1, kh, kw, x.dim[3] * multiplier);
  y.dim[3] = full ? outputs : w.dim[3];
  random_input (r, c, type, &x);
  return layer (r, c, type, &w, full ? 0 : 3, &y, kh * kw * (full ? group : 1));
}

/* Some padding, cut off, or some pixels more at the end. */
static gint32
axis_transposed (GRand *r, gint32 in, gint kernel, gint stride, gint *before, gint *after)
{
  *before = random_upto (r, 0, kernel - 1);
  *after = random_upto (r, 1 - stride, kernel - 1);
  *after = MIN (*after, (in - 1) * stride + kernel - *before - 1);
  return (in - 1) * stride + kernel - *before - *after;
}

OpCase *
make_transpose_conv (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcWindow *k = &c->params.window;
  TfcShape x = random_picture (r), y = x;
  TfcShape w =
      tfc_shape (4, random_upto (r, 1, 20), random_upto (r, 1, 4), random_upto (r, 1, 4), x.dim[3]);
  k->stride_h = k->stride_w = random_upto (r, 1, 3);
  if (random_upto (r, 0, 3) == 0)
    k->stride_w = random_upto (r, 1, 3);
  if (random_coin (r)) /* the usual one: windows side by side */
    w.dim[1] = w.dim[2] = k->stride_h = k->stride_w = 2;
  y.dim[1] = axis_transposed (r, x.dim[1], w.dim[1], k->stride_h, &k->pad_top, &k->pad_bottom);
  y.dim[2] = axis_transposed (r, x.dim[2], w.dim[2], k->stride_w, &k->pad_left, &k->pad_right);
  y.dim[3] = w.dim[0];
  random_input (r, c, type, &x);
  return layer (r, c, type, &w, 0, &y, w.dim[1] * w.dim[2] * x.dim[3]);
}

OpCase *
make_fully_connected (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint outputs = random_upto (r, 1, 20);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 4), 5), y = x;
  x.dim[x.rank - 1] = random_upto (r, 1, 40);
  y.dim[y.rank - 1] = outputs;
  TfcShape w = tfc_shape (2, outputs, x.dim[x.rank - 1]);
  random_input (r, c, type, &x);
  return layer (r, c, type, &w, 0, &y, w.dim[1]);
}

/* Batches that are broadcast to those of the product. */
static TfcShape
matrices (GRand *r, const TfcShape *batch, gint32 rows, gint32 columns, gboolean transposed)
{
  TfcShape s = random_narrower (r, batch);
  s.dim[s.rank++] = transposed ? columns : rows;
  s.dim[s.rank++] = transposed ? rows : columns;
  return s;
}

OpCase *
make_matmul (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = random_some_shape (r, random_upto (r, 0, 3), 3);
  gint32 m = random_upto (r, 1, 6), k = random_upto (r, 1, 30), n = random_upto (r, 1, 6);
  gboolean first = random_coin (r);
  c->params.matmul.transpose_a = random_coin (r);
  c->params.matmul.transpose_b = random_coin (r);
  TfcShape a = matrices (r, &y, m, k, c->params.matmul.transpose_a),
           b = matrices (r, &y, k, n, c->params.matmul.transpose_b);
  TfcShape whole = y; /* one of them has all batches */
  whole.dim[whole.rank++] = first ? a.dim[a.rank - 2] : b.dim[b.rank - 2];
  whole.dim[whole.rank++] = first ? a.dim[a.rank - 1] : b.dim[b.rank - 1];
  *(first ? &a : &b) = whole;
  y.dim[y.rank++] = m;
  y.dim[y.rank++] = n;
  random_input (r, c, type, &a);
  random_input (r, c, type, &b);
  c->constant[1] = random_upto (r, 0, 2) == 0;
  random_output (r, c, type, &y,
                 sqrt (k) * 74 * 74 / 60 * c->in[0].quant.scale * c->in[1].quant.scale);
  return c;
}

OpCase *
make_cumsum (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape s = random_some_shape (r, random_upto (r, 1, 4), 6);
  c->params.scan.axis = random_upto (r, 0, s.rank - 1);
  c->params.scan.exclusive = random_coin (r);
  c->params.scan.reverse = random_coin (r);
  random_input (r, c, type, &s);
  return random_output_like (c, &s);
}

OpCase *
make_pool (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_picture (r);
  c->params.window.kernel_h = random_upto (r, 1, 3);
  c->params.window.kernel_w = random_upto (r, 1, 3);
  TfcShape y = some_window (r, c, &x, c->params.window.kernel_h, c->params.window.kernel_w, FALSE);
  random_input (r, c, type, &x);
  random_some_clamp (r, c);
  return random_output_like (c, &y);
}

OpCase *
make_mean (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 5), 6), y = {.rank = 0};
  guint mask = random_upto (r, 1, (1 << x.rank) - 1);
  if (random_coin (r)) { /* the usual one: over a picture */
    x = random_picture (r);
    mask = 6;
  }
  c->params.axes.keep_dims = random_coin (r);
  for (gint i = 0; i < x.rank; i++) {
    if (mask >> i & 1)
      c->params.axes.axis[c->params.axes.n++] = i;
    if (!(mask >> i & 1) || c->params.axes.keep_dims)
      y.dim[y.rank++] = mask >> i & 1 ? 1 : x.dim[i];
  }
  if (type == TFC_TYPE_I32 && (op == TFC_OP_REDUCE_MAX || op == TFC_OP_REDUCE_MIN) &&
      random_coin (r)) {
    random_input_bools (r, c, &x);
    return random_output_like (c, &y);
  }
  random_input (r, c, type, &x);
  if (op == TFC_OP_PROD)
    random_fill (r, &c->in[0], type == TFC_TYPE_I32 ? -0.2 : -1.4,
                 type == TFC_TYPE_I32 ? 0.2 : 1.4);
  if (op == TFC_OP_REDUCE_MAX || op == TFC_OP_REDUCE_MIN)
    return random_output_like (c, &y);
  random_output (r, c, type, &y, op == TFC_OP_SUM ? 0.6 : 0.015);
  return c;
}
