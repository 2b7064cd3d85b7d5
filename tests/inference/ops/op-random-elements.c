/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Ops element by element. */
#include "tests/inference/ops/op-random-private.h"
#include <math.h>
#include <string.h>

OpCase *
make_binary (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint rank = random_upto (r, 0, 4) ? random_upto (r, 1, 4) : random_upto (r, 5, 8);
  TfcShape y = random_some_shape (r, rank, rank > 4 ? 3 : 7), other = random_narrower (r, &y);
  gboolean first = random_coin (r);
  random_input (r, c, type, first ? &y : &other);
  TfcTensor *b = random_input (r, c, type, first ? &other : &y);
  if ((op == TFC_OP_DIV || op == TFC_OP_FLOOR_DIV || op == TFC_OP_FLOOR_MOD) &&
      type == TFC_TYPE_F32)
    random_fill (r, b, 0.5, 4);
  if (op == TFC_OP_POW)
    random_fill (r, &c->in[0], 0.1, type == TFC_TYPE_I32 ? 0.9 : 4);
  if (op == TFC_OP_POW && type == TFC_TYPE_I32)
    random_fill (r, b, 0, 0.8);
  c->constant[1] = random_upto (r, 0, 2) == 0;
  if (type != TFC_TYPE_I32)
    random_some_clamp (r, c);
  if (op == TFC_OP_SQUARED_DIFFERENCE && type != TFC_TYPE_I32 && type != TFC_TYPE_F32)
    c->params.clamp = TFC_NO_CLAMP;
  if ((op == TFC_OP_MAXIMUM || op == TFC_OP_MINIMUM) && type != TFC_TYPE_I32)
    c->in[1].quant = c->in[0].quant;
  random_output (r, c, type, &y, op == TFC_OP_MUL ? 0.08 : 0.05);
  return c;
}

/* Of numbers as they are and of few, so that some are equal; LOGICAL_ of bools. */
OpCase *
make_compare (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = random_some_shape (r, random_upto (r, 1, 4), 5), other = random_narrower (r, &y);
  gboolean first = random_coin (r), logical = op == TFC_OP_LOGICAL_AND || op == TFC_OP_LOGICAL_OR;
  for (guint k = 0; k < 2; k++) {
    const TfcShape *s = first == (k == 0) ? &y : &other;
    if (logical)
      random_input_bools (r, c, s);
    else
      random_input (r, c, type, s);
    if (!logical && type == TFC_TYPE_I32)
      random_fill (r, &c->in[k], -0.2, 0.2);
  }
  if (random_coin (r))
    c->in[1].quant = c->in[0].quant;
  random_output (r, c, TFC_TYPE_BOOL, &y, 1);
  return c;
}

OpCase *
make_select (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = random_some_shape (r, random_upto (r, 1, 4), 5), other = random_narrower (r, &y),
           third = random_narrower (r, &y);
  gint whole = random_upto (r, 0, 2);
  random_input (r, c, type, whole == 0 ? &y : &other);
  random_input (r, c, type, whole == 1 ? &y : &third);
  random_input_bools (r, c, whole == 2 ? &y : &other);
  c->in[1].quant = c->in[0].quant;
  return random_output_like (c, &y);
}

/* SOFTMAX, CLAMP */
OpCase *
make_same_shape (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape s = random_some_shape (r, random_upto (r, 1, 5), 6);
  random_input (r, c, type, &s);
  if (op == TFC_OP_SOFTMAX)
    c->params.alpha = (gfloat)(random_coin (r) ? 1 : g_rand_double_range (r, 0.5, 2));
  if (op == TFC_OP_CLAMP)
    random_some_clamp (r, c);
  if (op == TFC_OP_CLAMP && random_coin (r))
    return random_output_like (c, &s);
  random_output (r, c, type, &s, 0.03);
  return c;
}

OpCase *
make_unary (GRand *r, const OpUnary *row, TfcType type)
{
  OpCase *c = op_case_new (row->op);
  TfcShape s = random_some_shape (r, random_upto (r, 1, 5), 6);
  TfcTensor *x = random_input (r, c, type, &s);
  c->params.alpha = row->alpha[random_coin (r)];
  if (type == TFC_TYPE_F32)
    random_fill (r, x, row->least, row->most);
  if (row->least > 0 && (type == TFC_TYPE_U8 || type == TFC_TYPE_I8)) {
    x->quant.zero_point = type == TFC_TYPE_U8 ? 0 : -128;
    for (gsize i = 0; i < tfc_tensor_count (x); i++)
      op_store (x, i, MAX (op_stored (x, i), x->quant.zero_point + 1));
  }
  random_output (r, c, type, &s, 0.03);
  if (row->op == TFC_OP_SIGMOID && type != TFC_TYPE_F32) {
    c->out.quant.scale = 1.0f / 256;
    c->out.quant.zero_point = type == TFC_TYPE_U8 ? 0 : -128;
  }
  return c;
}

OpCase *
make_prelu (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_picture (r);
  TfcShape slopes = random_coin (r) ? tfc_shape (1, x.dim[3]) : tfc_shape (3, 1, 1, x.dim[3]);
  random_input (r, c, type, &x);
  random_input (r, c, type, &slopes);
  c->constant[1] = TRUE;
  random_output (r, c, type, &x, 0.05);
  return c;
}

static void
fill_halves (GRand *r, TfcTensor *t)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, random_upto (r, 0, 0x7bff) | (random_coin (r) ? 0x8000 : 0));
}

OpCase *
make_convert (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  const TfcType from_float[] = {TFC_TYPE_U8, TFC_TYPE_I8, TFC_TYPE_I32, TFC_TYPE_BOOL};
  const TfcType from_quant[] = {TFC_TYPE_F32, TFC_TYPE_F32, TFC_TYPE_U8, TFC_TYPE_I8};
  const TfcType from_int[] = {TFC_TYPE_F32, TFC_TYPE_BOOL, TFC_TYPE_I64, TFC_TYPE_F32};
  const TfcType *to = type == TFC_TYPE_F32   ? from_float
                      : type == TFC_TYPE_I32 ? from_int
                                             : from_quant;
  TfcShape s = random_some_shape (r, random_upto (r, 0, 5), 5);
  gboolean whole = type == TFC_TYPE_I32 && random_coin (r);
  if (whole) /* half, unsigned bytes as they are, 64 bits: to float */
    type = ((TfcType[]){TFC_TYPE_F16, TFC_TYPE_BOOL, TFC_TYPE_I64})[random_upto (r, 0, 2)];
  TfcTensor *x = op_case_input (c, type, &s);
  random_quantise (r, x, 0.03);
  if (type == TFC_TYPE_F16)
    fill_halves (r, x);
  else if (type == TFC_TYPE_BOOL || type == TFC_TYPE_I64)
    for (gsize i = 0; i < tfc_tensor_count (x); i++)
      op_store (x, i, random_upto (r, 0, 1));
  else
    random_fill (r, x, -4, 4);
  random_output (r, c, whole ? TFC_TYPE_F32 : to[random_upto (r, 0, 3)], &s, 0.03);
  return c;
}
