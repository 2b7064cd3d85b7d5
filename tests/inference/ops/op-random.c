/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/inference/ops/op-random.h"

#include <math.h>
#include <string.h>

#include "tests/inference/ops/op-landmarks.h"
#include "tests/inference/ops/op-unary.h"

#define ONE(t) (1u << (t))
#define FLOAT ONE (TFC_TYPE_F32)
#define QUANT (ONE (TFC_TYPE_U8) | ONE (TFC_TYPE_I8))
#define INT ONE (TFC_TYPE_I32)

typedef OpCase *(*Maker) (GRand *r, TfcOp op, TfcType type);

static gint
upto (GRand *r, gint lo, gint hi)
{
  return g_rand_int_range (r, lo, hi + 1);
}

static gboolean
coin (GRand *r)
{
  return g_rand_boolean (r);
}

static TfcShape
some_shape (GRand *r, gint rank, gint most)
{
  TfcShape s = {.rank = rank};
  for (gint i = 0; i < rank; i++)
    s.dim[i] = upto (r, 1, most);
  return s;
}

static TfcShape
picture (GRand *r)
{
  const gint many[] = {24, 33, 40, 48};
  gint channels = upto (r, 0, 3) ? upto (r, 1, 20) : many[upto (r, 0, 3)];
  return tfc_shape (4, upto (r, 1, 2), upto (r, 1, 9), upto (r, 1, 9), channels);
}

static void
quantise (GRand *r, TfcTensor *t, gdouble scale)
{
  if (t->type != TFC_TYPE_U8 && t->type != TFC_TYPE_I8)
    return;
  t->quant.scale = (gfloat)(scale * g_rand_double_range (r, 0.7, 1.4));
  t->quant.zero_point = upto (r, 60, 200) - (t->type == TFC_TYPE_I8 ? 128 : 0);
}

static void
fill (GRand *r, TfcTensor *t, gdouble lo, gdouble hi)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++) {
    gdouble v = g_rand_double_range (r, lo, hi);
    if (t->type == TFC_TYPE_F32)
      op_store (t, i, v);
    else if (t->type == TFC_TYPE_I32)
      op_store (t, i, floor (v * 10));
    else
      op_store (t, i, upto (r, 0, 255) - (t->type == TFC_TYPE_I8 ? 128 : 0));
  }
}

static TfcTensor *
input (GRand *r, OpCase *c, TfcType type, const TfcShape *s)
{
  TfcTensor *t = op_case_input (c, type, s);
  quantise (r, t, 0.03);
  fill (r, t, -4, 4);
  return t;
}

static TfcTensor *
output (GRand *r, OpCase *c, TfcType type, const TfcShape *s, gdouble scale)
{
  TfcTensor *t = op_case_output (c, type, s);
  quantise (r, t, scale);
  return t;
}

/* An output with the first input's type and quantisation. */
static OpCase *
output_like (OpCase *c, const TfcShape *s)
{
  op_case_output (c, c->in[0].type, s)->quant = c->in[0].quant;
  return c;
}

static void
some_clamp (GRand *r, OpCase *c)
{
  const TfcClamp some[] = {TFC_NO_CLAMP, {0, G_MAXFLOAT}, {0, 6}, {-1, 1}, TFC_NO_CLAMP};
  c->params.clamp = some[upto (r, 0, 4)];
}

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
    *before = upto (r, 0, kernel - 1);
    *after = upto (r, 0, kernel - 1);
  }
  return (in + *before + *after - reach) / stride + 1;
}

/* Fits the picture to the kernel, sets the window, returns the output's shape. */
static TfcShape
some_window (GRand *r, OpCase *c, TfcShape *x, gint kh, gint kw, gboolean may_dilate)
{
  TfcWindow *w = &c->params.window;
  gint mode = upto (r, 0, 2);
  w->stride_h = w->stride_w = upto (r, 1, 3);
  if (upto (r, 0, 3) == 0)
    w->stride_w = upto (r, 1, 3);
  if (may_dilate && upto (r, 0, 3) == 0)
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
  TfcTensor *w = input (r, c, type, shape_w);
  TfcShape channels = tfc_shape (1, shape_w->dim[axis]);
  if (type == TFC_TYPE_I8) {
    w->quant.zero_point = 0;
    w->quant.scale = 0.01f;
  }
  if (type == TFC_TYPE_I8 && coin (r))
    per_channel (r, c, w, axis);
  if (upto (r, 0, 4) > 0) {
    TfcTensor *b = input (r, c, type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32, &channels);
    for (gint i = 0; b->type == TFC_TYPE_I32 && i < channels.dim[0]; i++)
      op_store (b, i, upto (r, -9000, 9000));
  }
  c->constant[1] = c->constant[2] = TRUE;
  some_clamp (r, c);
  gdouble scale_w = w->quant.n_channels ? 0.012 : w->quant.scale;
  output (r, c, type, y, sqrt (n) * 74 * 74 / 60 * c->in[0].quant.scale * scale_w);
  return c;
}

static OpCase *
make_conv (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const gint kernels[] = {1, 1, 2, 3, 3, 5};
  gint kh = kernels[upto (r, 0, 5)], kw = upto (r, 0, 3) ? kh : kernels[upto (r, 0, 5)];
  gint outputs = upto (r, 1, 20), multiplier = upto (r, 0, 3) ? 1 : upto (r, 2, 3);
  TfcShape x = picture (r), y = some_window (r, c, &x, kh, kw, TRUE);
  gboolean full = op == TFC_OP_CONV_2D;
  TfcShape w = full ? tfc_shape (4, outputs, kh, kw, x.dim[3])
                    : tfc_shape (4, 1, kh, kw, x.dim[3] * multiplier);
  y.dim[3] = full ? outputs : w.dim[3];
  input (r, c, type, &x);
  return layer (r, c, type, &w, full ? 0 : 3, &y, kh * kw * (full ? x.dim[3] : 1));
}

static OpCase *
make_fully_connected (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint outputs = upto (r, 1, 20);
  TfcShape x = some_shape (r, upto (r, 1, 4), 5), y = x;
  x.dim[x.rank - 1] = upto (r, 1, 40);
  y.dim[y.rank - 1] = outputs;
  TfcShape w = tfc_shape (2, outputs, x.dim[x.rank - 1]);
  input (r, c, type, &x);
  return layer (r, c, type, &w, 0, &y, w.dim[1]);
}

static OpCase *
make_pool (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = picture (r);
  c->params.window.kernel_h = upto (r, 1, 3);
  c->params.window.kernel_w = upto (r, 1, 3);
  TfcShape y = some_window (r, c, &x, c->params.window.kernel_h, c->params.window.kernel_w, FALSE);
  input (r, c, type, &x);
  some_clamp (r, c);
  return output_like (c, &y);
}

static OpCase *
make_mean (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 5), 6), y = {.rank = 0};
  guint mask = upto (r, 1, (1 << x.rank) - 1);
  if (coin (r)) { /* the usual one: over a picture */
    x = picture (r);
    mask = 6;
  }
  c->params.axes.keep_dims = coin (r);
  for (gint i = 0; i < x.rank; i++) {
    if (mask >> i & 1)
      c->params.axes.axis[c->params.axes.n++] = i;
    if (!(mask >> i & 1) || c->params.axes.keep_dims)
      y.dim[y.rank++] = mask >> i & 1 ? 1 : x.dim[i];
  }
  input (r, c, type, &x);
  if (op == TFC_OP_PROD)
    fill (r, &c->in[0], type == TFC_TYPE_I32 ? -0.2 : -1.4, type == TFC_TYPE_I32 ? 0.2 : 1.4);
  if (op == TFC_OP_REDUCE_MAX || op == TFC_OP_REDUCE_MIN)
    return output_like (c, &y);
  output (r, c, type, &y, op == TFC_OP_SUM ? 0.6 : 0.015);
  return c;
}

/* A shape that broadcasts to s: fewer axes, or ones among them. */
static TfcShape
narrower (GRand *r, const TfcShape *s)
{
  TfcShape n = *s;
  if (upto (r, 0, 2) == 0)
    return n;
  n.rank = upto (r, 0, s->rank);
  for (gint i = 0; i < n.rank; i++)
    n.dim[i] = upto (r, 0, 3) ? s->dim[s->rank - n.rank + i] : 1;
  return n;
}

static OpCase *
make_binary (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint rank = upto (r, 0, 4) ? upto (r, 1, 4) : upto (r, 5, 8);
  TfcShape y = some_shape (r, rank, rank > 4 ? 3 : 7), other = narrower (r, &y);
  gboolean first = coin (r);
  input (r, c, type, first ? &y : &other);
  TfcTensor *b = input (r, c, type, first ? &other : &y);
  if ((op == TFC_OP_DIV || op == TFC_OP_FLOOR_DIV || op == TFC_OP_FLOOR_MOD) &&
      type == TFC_TYPE_F32)
    fill (r, b, 0.5, 4);
  if (op == TFC_OP_POW)
    fill (r, &c->in[0], 0.1, type == TFC_TYPE_I32 ? 0.9 : 4);
  if (op == TFC_OP_POW && type == TFC_TYPE_I32)
    fill (r, b, 0, 0.8);
  c->constant[1] = upto (r, 0, 2) == 0;
  if (type != TFC_TYPE_I32)
    some_clamp (r, c);
  if (op == TFC_OP_SQUARED_DIFFERENCE && type != TFC_TYPE_I32 && type != TFC_TYPE_F32)
    c->params.clamp = TFC_NO_CLAMP;
  if ((op == TFC_OP_MAXIMUM || op == TFC_OP_MINIMUM) && type != TFC_TYPE_I32)
    c->in[1].quant = c->in[0].quant;
  output (r, c, type, &y, op == TFC_OP_MUL ? 0.08 : 0.05);
  return c;
}

static TfcTensor *
input_bools (GRand *r, OpCase *c, const TfcShape *s)
{
  TfcTensor *t = op_case_input (c, TFC_TYPE_BOOL, s);
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, coin (r));
  return t;
}

/* Of numbers as they are and of few, so that some are equal; LOGICAL_ of bools. */
static OpCase *
make_compare (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = some_shape (r, upto (r, 1, 4), 5), other = narrower (r, &y);
  gboolean first = coin (r), logical = op == TFC_OP_LOGICAL_AND || op == TFC_OP_LOGICAL_OR;
  for (guint k = 0; k < 2; k++) {
    const TfcShape *s = first == (k == 0) ? &y : &other;
    if (logical)
      input_bools (r, c, s);
    else
      input (r, c, type, s);
    if (!logical && type == TFC_TYPE_I32)
      fill (r, &c->in[k], -0.2, 0.2);
  }
  if (coin (r))
    c->in[1].quant = c->in[0].quant;
  output (r, c, TFC_TYPE_BOOL, &y, 1);
  return c;
}

static OpCase *
make_select (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = some_shape (r, upto (r, 1, 4), 5), other = narrower (r, &y),
           third = narrower (r, &y);
  gint whole = upto (r, 0, 2);
  input (r, c, type, whole == 0 ? &y : &other);
  input (r, c, type, whole == 1 ? &y : &third);
  input_bools (r, c, whole == 2 ? &y : &other);
  c->in[1].quant = c->in[0].quant;
  return output_like (c, &y);
}

/* SOFTMAX, CLAMP */
static OpCase *
make_same_shape (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape s = some_shape (r, upto (r, 1, 5), 6);
  input (r, c, type, &s);
  if (op == TFC_OP_SOFTMAX)
    c->params.alpha = (gfloat)(coin (r) ? 1 : g_rand_double_range (r, 0.5, 2));
  if (op == TFC_OP_CLAMP)
    some_clamp (r, c);
  if (op == TFC_OP_CLAMP && coin (r))
    return output_like (c, &s);
  output (r, c, type, &s, 0.03);
  return c;
}

static OpCase *
make_unary (GRand *r, const OpUnary *row, TfcType type)
{
  OpCase *c = op_case_new (row->op);
  TfcShape s = some_shape (r, upto (r, 1, 5), 6);
  TfcTensor *x = input (r, c, type, &s);
  c->params.alpha = row->alpha[coin (r)];
  if (type == TFC_TYPE_F32)
    fill (r, x, row->least, row->most);
  if (row->least > 0 && (type == TFC_TYPE_U8 || type == TFC_TYPE_I8)) {
    x->quant.zero_point = type == TFC_TYPE_U8 ? 0 : -128;
    for (gsize i = 0; i < tfc_tensor_count (x); i++)
      op_store (x, i, MAX (op_stored (x, i), x->quant.zero_point + 1));
  }
  output (r, c, type, &s, 0.03);
  if (row->op == TFC_OP_SIGMOID && type != TFC_TYPE_F32) {
    c->out.quant.scale = 1.0f / 256;
    c->out.quant.zero_point = type == TFC_TYPE_U8 ? 0 : -128;
  }
  return c;
}

static OpCase *
make_prelu (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = picture (r);
  TfcShape slopes = coin (r) ? tfc_shape (1, x.dim[3]) : tfc_shape (3, 1, 1, x.dim[3]);
  input (r, c, type, &x);
  input (r, c, type, &slopes);
  c->constant[1] = TRUE;
  output (r, c, type, &x, 0.05);
  return c;
}

static OpCase *
make_pad (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = coin (r) ? picture (r) : some_shape (r, upto (r, 1, 6), 4), y = x;
  for (gint i = 0; i < x.rank; i++) {
    c->params.pad.before[i] = upto (r, 0, 2);
    c->params.pad.after[i] = upto (r, 0, 2);
    y.dim[i] += c->params.pad.before[i] + c->params.pad.after[i];
  }
  input (r, c, type, &x);
  if (type != TFC_TYPE_I32 && upto (r, 0, 2) == 0)
    c->params.pad.value =
        type == TFC_TYPE_F32 ? -2.5f : (gfloat)upto (r, -20, 20) * c->in[0].quant.scale;
  return output_like (c, &y);
}

static OpCase *
make_arg (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 5), 6), y = {.rank = 0};
  c->params.axis = upto (r, 0, x.rank - 1);
  for (gint i = 0; i < x.rank; i++) {
    if (i != c->params.axis)
      y.dim[y.rank++] = x.dim[i];
  }
  input (r, c, type, &x);
  output (r, c, TFC_TYPE_I32, &y, 1);
  return c;
}

/* Of few whole numbers, so that some are equal. */
static OpCase *
make_top_k (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 4), 5);
  x.dim[x.rank - 1] = upto (r, 1, 40);
  TfcTensor *t = input (r, c, type, &x);
  for (gsize i = 0; coin (r) && i < tfc_tensor_count (t); i++)
    op_store (t, i, upto (r, 0, 9));
  c->params.k = upto (r, 1, x.dim[x.rank - 1]);
  x.dim[x.rank - 1] = c->params.k;
  output_like (c, &x);
  op_case_output (c, TFC_TYPE_I32, &x);
  return c;
}

static OpCase *
make_resize (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = picture (r), y = x;
  gint mode = upto (r, 0, 2);
  y.dim[1] = upto (r, 1, 20);
  y.dim[2] = upto (r, 1, 20);
  c->params.resize.height = y.dim[1];
  c->params.resize.width = y.dim[2];
  c->params.resize.align_corners = mode == 1;
  c->params.resize.half_pixel = mode == 2;
  input (r, c, type, &x);
  return output_like (c, &y);
}

static OpCase *
make_depth_to_space (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint b = c->params.block = upto (r, 2, 3);
  TfcShape x = picture (r), y = x;
  y.dim[1] *= b;
  y.dim[2] *= b;
  x.dim[3] *= b * b;
  input (r, c, type, &x);
  return output_like (c, &y);
}

static OpCase *
make_reshape (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 4), 6), y = {.rank = 0};
  for (gint i = x.rank - 1; i >= 0; i--) {
    if (coin (r))
      y.dim[y.rank++] = 1;
    y.dim[y.rank++] = x.dim[i];
  }
  input (r, c, type, &x);
  return output_like (c, &y);
}

static OpCase *
make_concat (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 5), 5), y = x;
  gint axis = c->params.axis = upto (r, 0, x.rank - 1), n = upto (r, 2, OP_CASE_INPUTS);
  gboolean alike = coin (r);
  y.dim[axis] = 0;
  for (gint i = 0; i < n; i++) {
    x.dim[axis] = upto (r, 1, 5);
    y.dim[axis] += x.dim[axis];
    input (r, c, type, &x);
    if (alike)
      c->in[i].quant = c->in[0].quant;
    c->constant[i] = i > 0 && upto (r, 0, 4) == 0;
  }
  if (alike)
    return output_like (c, &y);
  output (r, c, type, &y, 0.04);
  return c;
}

static OpCase *
make_transpose (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint rank = upto (r, 1, 8);
  TfcShape x = some_shape (r, rank, rank > 5 ? 3 : 5), y = x;
  c->params.axes.n = rank;
  for (gint i = 0; i < rank; i++) {
    gint k = upto (r, 0, i);
    c->params.axes.axis[i] = c->params.axes.axis[k];
    c->params.axes.axis[k] = i;
  }
  for (gint i = 0; i < rank; i++)
    y.dim[i] = x.dim[c->params.axes.axis[i]];
  input (r, c, type, &x);
  return output_like (c, &y);
}

static OpCase *
make_slice (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = some_shape (r, upto (r, 1, 6), 6), y = x;
  for (gint i = 0; i < x.rank; i++) {
    gint32 begin = upto (r, 0, x.dim[i] - 1), stride = upto (r, 1, 3);
    gboolean back = upto (r, 0, 3) == 0;
    gint32 room = back ? begin : x.dim[i] - 1 - begin;
    y.dim[i] = upto (r, 1, room / stride + 1);
    c->params.slice.begin[i] = begin;
    c->params.slice.stride[i] = back ? -stride : stride;
  }
  input (r, c, type, &x);
  return output_like (c, &y);
}

static void
fill_halves (GRand *r, TfcTensor *t)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, upto (r, 0, 0x7bff) | (coin (r) ? 0x8000 : 0));
}

static OpCase *
make_convert (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcType from_float[] = {TFC_TYPE_U8, TFC_TYPE_I8, TFC_TYPE_I32, TFC_TYPE_BOOL};
  const TfcType from_quant[] = {TFC_TYPE_F32, TFC_TYPE_F32, TFC_TYPE_U8, TFC_TYPE_I8};
  const TfcType from_int[] = {TFC_TYPE_F32, TFC_TYPE_BOOL, TFC_TYPE_I64, TFC_TYPE_F32};
  const TfcType *to = type == TFC_TYPE_F32   ? from_float
                      : type == TFC_TYPE_I32 ? from_int
                                             : from_quant;
  TfcShape s = some_shape (r, upto (r, 0, 5), 5);
  gboolean whole = type == TFC_TYPE_I32 && coin (r);
  if (whole) /* half, unsigned bytes as they are, 64 bits: to float */
    type = ((TfcType[]){TFC_TYPE_F16, TFC_TYPE_BOOL, TFC_TYPE_I64})[upto (r, 0, 2)];
  TfcTensor *x = op_case_input (c, type, &s);
  quantise (r, x, 0.03);
  if (type == TFC_TYPE_F16)
    fill_halves (r, x);
  else if (type == TFC_TYPE_BOOL || type == TFC_TYPE_I64)
    for (gsize i = 0; i < tfc_tensor_count (x); i++)
      op_store (x, i, upto (r, 0, 1));
  else
    fill (r, x, -4, 4);
  output (r, c, whole ? TFC_TYPE_F32 : to[upto (r, 0, 3)], &s, 0.03);
  return c;
}

static const struct {
  Maker make;
  guint types;
} makers[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = {make_conv, FLOAT | QUANT},
    [TFC_OP_DEPTHWISE_CONV_2D] = {make_conv, FLOAT | QUANT},
    [TFC_OP_FULLY_CONNECTED] = {make_fully_connected, FLOAT | QUANT},
    [TFC_OP_MAX_POOL_2D] = {make_pool, FLOAT | QUANT},
    [TFC_OP_AVERAGE_POOL_2D] = {make_pool, FLOAT | QUANT},
    [TFC_OP_MEAN] = {make_mean, FLOAT | QUANT | INT},
    [TFC_OP_SUM] = {make_mean, FLOAT | QUANT | INT},
    [TFC_OP_PROD] = {make_mean, FLOAT | INT},
    [TFC_OP_REDUCE_MAX] = {make_mean, FLOAT | QUANT | INT},
    [TFC_OP_REDUCE_MIN] = {make_mean, FLOAT | QUANT | INT},
    [TFC_OP_ADD] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_SUB] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_MUL] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_DIV] = {make_binary, FLOAT | INT},
    [TFC_OP_POW] = {make_binary, FLOAT | INT},
    [TFC_OP_SQUARED_DIFFERENCE] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_FLOOR_DIV] = {make_binary, FLOAT | INT},
    [TFC_OP_FLOOR_MOD] = {make_binary, FLOAT | INT},
    [TFC_OP_MAXIMUM] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_MINIMUM] = {make_binary, FLOAT | QUANT | INT},
    [TFC_OP_LESS] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_LESS_EQUAL] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_GREATER] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_GREATER_EQUAL] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_EQUAL] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_NOT_EQUAL] = {make_compare, FLOAT | QUANT | INT},
    [TFC_OP_LOGICAL_AND] = {make_compare, INT},
    [TFC_OP_LOGICAL_OR] = {make_compare, INT},
    [TFC_OP_SELECT] = {make_select, FLOAT | QUANT | INT},
    [TFC_OP_CLAMP] = {make_same_shape, FLOAT | QUANT},
    [TFC_OP_PRELU] = {make_prelu, FLOAT | QUANT},
    [TFC_OP_SOFTMAX] = {make_same_shape, FLOAT | QUANT},
    [TFC_OP_PAD] = {make_pad, FLOAT | QUANT | INT},
    [TFC_OP_RESIZE_BILINEAR] = {make_resize, FLOAT | QUANT},
    [TFC_OP_RESIZE_NEAREST] = {make_resize, FLOAT | QUANT},
    [TFC_OP_DEPTH_TO_SPACE] = {make_depth_to_space, FLOAT | QUANT},
    [TFC_OP_RESHAPE] = {make_reshape, FLOAT | QUANT | INT},
    [TFC_OP_CONCAT] = {make_concat, FLOAT | QUANT | INT},
    [TFC_OP_TRANSPOSE] = {make_transpose, FLOAT | QUANT | INT},
    [TFC_OP_SLICE] = {make_slice, FLOAT | QUANT | INT},
    [TFC_OP_ARG_MAX] = {make_arg, FLOAT | QUANT | INT},
    [TFC_OP_ARG_MIN] = {make_arg, FLOAT | QUANT | INT},
    [TFC_OP_TOP_K] = {make_top_k, FLOAT | QUANT | INT},
    [TFC_OP_CONVERT] = {make_convert, FLOAT | QUANT | INT},
    [TFC_OP_LANDMARKS_TO_TRANSFORM] = {op_landmarks_case, FLOAT},
    [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = {op_landmarks_case, FLOAT},
    [TFC_OP_TRANSFORM_LANDMARKS] = {op_landmarks_case, FLOAT},
};

OpCase *
op_random_case (GRand *r, TfcOp op, TfcType type)
{
  const OpUnary *row = op_unary_of (op);
  if (row)
    return tfc_op_table[op].in[0] & ONE (type) && (!row->whole || type == TFC_TYPE_F32)
               ? make_unary (r, row, type)
               : NULL;
  return makers[op].types & ONE (type) ? makers[op].make (r, op, type) : NULL;
}
