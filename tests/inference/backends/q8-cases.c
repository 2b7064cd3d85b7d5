/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/backends/q8-cases.h"

#include <string.h>

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

static TfcQuant
some_quant (GRand *r, TfcType type)
{
  const gint zero = upto (r, 0, 3) ? upto (r, 0, 255) : upto (r, 0, 1) * 255;
  return (TfcQuant){.scale = (gfloat)g_rand_double_range (r, 0.002, 0.1),
                    .zero_point = zero - (type == TFC_TYPE_I8 ? 128 : 0)};
}

/* Many of the least and the greatest. */
static TfcTensor *
input (GRand *r, OpCase *c, TfcType type, const TfcShape *shape)
{
  TfcTensor *t = op_case_input (c, type, shape);
  t->quant = some_quant (r, type);
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    ((guint8 *)t->data)[i] =
        upto (r, 0, 3) ? upto (r, 0, 255) : 127 + upto (r, 0, 1) + upto (r, 0, 1) * 128;
  return t;
}

static TfcShape
picture (GRand *r)
{
  const gint channels[] = {1,  3,  15, 16, 17,  24,  31,  32,  33,
                           63, 64, 65, 96, 100, 128, 130, 160, 200};
  return tfc_shape (4, upto (r, 1, 2), upto (r, 3, 9), upto (r, 3, 9), channels[upto (r, 0, 17)]);
}

static void
output (GRand *r, OpCase *c, TfcType type, const TfcShape *shape, gboolean same_quant)
{
  op_case_output (c, type, shape)->quant = same_quant ? c->in[0].quant : some_quant (r, type);
  if (upto (r, 0, 1) && tfc_op_is (c->op, TFC_OP_FLAG_CLAMPS))
    c->params.clamp = (TfcClamp){-0.5f, upto (r, 0, 1) ? 0.8f : G_MAXFLOAT};
}

/* Some axes of x alone. */
static TfcShape
partly (GRand *r, const TfcShape *x)
{
  TfcShape s = *x;
  for (gint i = 0; i < s.rank; i++)
    s.dim[i] = upto (r, 0, 1) ? s.dim[i] : 1;
  return s;
}

/* Of one shape, one input laid along the other, or both repeated. */
static OpCase *
binary (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape y = picture (r), some = partly (r, &y);
  const TfcShape others[] = {y,
                             tfc_shape (4, 1, 1, 1, y.dim[3]),
                             tfc_shape (1, y.dim[3]),
                             tfc_shape (0),
                             tfc_shape (4, 1, 1, y.dim[2], y.dim[3]),
                             partly (r, &y)};
  const gint which = upto (r, 0, 6);
  TfcShape x = y, z = others[MIN (which, 5)];
  for (gint i = 0; which == 6 && i < 4; i++) /* each axis is whole in one of them */
    x.dim[i] = z.dim[i] == 1 ? y.dim[i] : some.dim[i];
  const guint first = (guint)upto (r, 0, 1);
  input (r, c, type, first ? &z : &x);
  input (r, c, type, first ? &x : &z);
  c->constant[!first] = upto (r, 0, 3) == 0;
  if (c->constant[!first] && upto (r, 0, 1))
    memset (c->in[!first].data, 77, tfc_tensor_bytes (&c->in[!first]));
  output (r, c, type, &y, FALSE);
  if (upto (r, 0, 2) == 0) { /* half steps */
    c->in[0].quant.scale = c->in[1].quant.scale = 0.5f;
    c->out.quant.scale = 1;
  }
  return c;
}

static OpCase *
pool (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = picture (r), y = x;
  TfcWindow *w = &c->params.window;
  if (upto (r, 0, 9) == 0) { /* more than 256 of them */
    x.dim[1] = x.dim[2] = 20;
    w->kernel_h = w->kernel_w = 20;
  } else {
    w->kernel_h = upto (r, 1, x.dim[1]);
    w->kernel_w = upto (r, 1, x.dim[2]);
    w->pad_top = upto (r, 0, w->kernel_h - 1);
    w->pad_right = upto (r, 0, w->kernel_w - 1);
  }
  w->stride_h = upto (r, 1, 3);
  w->stride_w = upto (r, 1, 3);
  y.dim[1] = (x.dim[1] + w->pad_top - w->kernel_h) / w->stride_h + 1;
  y.dim[2] = (x.dim[2] + w->pad_right - w->kernel_w) / w->stride_w + 1;
  input (r, c, type, &x);
  output (r, c, type, &y, TRUE);
  return c;
}

/* Over a picture, or over the last axis. */
static OpCase *
reduce (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const gboolean last = upto (r, 0, 2) == 0;
  TfcShape x = picture (r);
  if (upto (r, 0, 3) == 0)
    x.dim[1] = x.dim[2] = 30;
  TfcShape y =
      last ? tfc_shape (3, x.dim[0], x.dim[1], x.dim[2]) : tfc_shape (2, x.dim[0], x.dim[3]);
  c->params.axes.n = last ? 1 : 2;
  c->params.axes.axis[0] = last ? 3 : 1;
  c->params.axes.axis[1] = 2;
  input (r, c, type, &x);
  output (r, c, type, &y, op == TFC_OP_REDUCE_MAX || op == TFC_OP_REDUCE_MIN);
  if (op == TFC_OP_SUM)
    c->out.quant.scale *= 8;
  return c;
}

static OpCase *
resize (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape x = picture (r);
  TfcShape y = x;
  y.dim[1] = upto (r, 1, 20);
  y.dim[2] = upto (r, 1, 20);
  c->params.resize.height = y.dim[1];
  c->params.resize.width = y.dim[2];
  c->params.resize.align_corners = upto (r, 0, 2) == 0;
  c->params.resize.half_pixel = !c->params.resize.align_corners && upto (r, 0, 1);
  input (r, c, type, &x);
  output (r, c, type, &y, TRUE);
  return c;
}

static OpCase *
softmax (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape x = tfc_shape (2, upto (r, 1, 9), upto (r, 1, 600));
  input (r, c, type, &x)->quant.scale = 0.05f;
  c->params.alpha = upto (r, 0, 1) ? 1 : 0.7f;
  output (r, c, type, &x, FALSE);
  c->out.quant = (TfcQuant){.scale = 1.0f / 256, .zero_point = type == TFC_TYPE_I8 ? -128 : 0};
  return c;
}

/* To the other type, or float32; or from it. */
static OpCase *
convert (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape x = tfc_shape (1, upto (r, 1, 1000));
  const gint way = upto (r, 0, 3);
  const TfcType other = way == 0 ? type : type == TFC_TYPE_U8 ? TFC_TYPE_I8 : TFC_TYPE_U8;
  if (way == 3) {
    TfcTensor *t = op_case_input (c, TFC_TYPE_F32, &x);
    for (gsize i = 0; i < tfc_tensor_count (t); i++)
      op_store (t, i,
                upto (r, 0, 1) ? g_rand_double_range (r, -20, 20) : upto (r, -300, 300) * 0.25);
    output (r, c, type, &x, FALSE);
    c->out.quant.scale = upto (r, 0, 1) ? 0.5f : c->out.quant.scale;
    return c;
  }
  input (r, c, type, &x);
  if (way == 1)
    op_case_output (c, TFC_TYPE_F32, &x);
  else
    output (r, c, other, &x, FALSE);
  return c;
}

static OpCase *
unary (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape x = picture (r);
  input (r, c, type, &x);
  output (r, c, type, &x, FALSE);
  return c;
}

/* Another input that is one number. */
static OpCase *
with_number (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcShape x = picture (r), number = tfc_shape (0);
  const gboolean first = op != TFC_OP_PRELU && upto (r, 0, 1);
  if (first)
    input (r, c, type, &number);
  input (r, c, type, &x);
  if (!first)
    input (r, c, type, &number);
  c->constant[!first] = TRUE;
  output (r, c, type, &x, FALSE);
  return c;
}

static OpCase *(*const makers[TFC_N_OPS]) (GRand *r, TfcOp op, TfcType type) = {
    [TFC_OP_ADD] = binary,
    [TFC_OP_SUB] = binary,
    [TFC_OP_MUL] = binary,
    [TFC_OP_MAX_POOL_2D] = pool,
    [TFC_OP_AVERAGE_POOL_2D] = pool,
    [TFC_OP_MEAN] = reduce,
    [TFC_OP_SUM] = reduce,
    [TFC_OP_REDUCE_MAX] = reduce,
    [TFC_OP_REDUCE_MIN] = reduce,
    [TFC_OP_RESIZE_BILINEAR] = resize,
    [TFC_OP_RESIZE_NEAREST] = resize,
    [TFC_OP_SOFTMAX] = softmax,
    [TFC_OP_CONVERT] = convert,
    [TFC_OP_SIGMOID] = unary,
    [TFC_OP_TANH] = unary,
    [TFC_OP_CLAMP] = unary,
    [TFC_OP_PRELU] = with_number,
    [TFC_OP_MAXIMUM] = with_number,
    [TFC_OP_MINIMUM] = with_number,
    [TFC_OP_SQUARED_DIFFERENCE] = with_number,
};

OpCase *
q8_larger_case (GRand *r, TfcOp op, TfcType type)
{
  return makers[op] ? makers[op](r, op, type) : NULL;
}

gboolean
q8_has_larger_cases (TfcOp op)
{
  return makers[op] != NULL;
}
