/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-random-private.h"
#include <math.h>
#include <string.h>
#include "tests/inference/ops/op-landmarks.h"

#define ONE(t) (1u << (t))
#define FLOAT ONE (TFC_TYPE_F32)
#define QUANT (ONE (TFC_TYPE_U8) | ONE (TFC_TYPE_I8))
#define INT ONE (TFC_TYPE_I32)

typedef OpCase *(*Maker) (GRand *r, TfcOp op, TfcType type);

gint
random_upto (GRand *r, gint lo, gint hi)
{
  return g_rand_int_range (r, lo, hi + 1);
}

gboolean
random_coin (GRand *r)
{
  return g_rand_boolean (r);
}

TfcShape
random_some_shape (GRand *r, gint rank, gint most)
{
  TfcShape s = {.rank = rank};
  for (gint i = 0; i < rank; i++)
    s.dim[i] = random_upto (r, 1, most);
  return s;
}

TfcShape
random_picture (GRand *r)
{
  const gint many[] = {24, 33, 40, 48};
  gint channels = random_upto (r, 0, 3) ? random_upto (r, 1, 20) : many[random_upto (r, 0, 3)];
  return tfc_shape (4, random_upto (r, 1, 2), random_upto (r, 1, 9), random_upto (r, 1, 9),
                    channels);
}

void
random_quantise (GRand *r, TfcTensor *t, gdouble scale)
{
  if (t->type != TFC_TYPE_U8 && t->type != TFC_TYPE_I8)
    return;
  t->quant.scale = (gfloat)(scale * g_rand_double_range (r, 0.7, 1.4));
  t->quant.zero_point = random_upto (r, 60, 200) - (t->type == TFC_TYPE_I8 ? 128 : 0);
}

void
random_fill (GRand *r, TfcTensor *t, gdouble lo, gdouble hi)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++) {
    gdouble v = g_rand_double_range (r, lo, hi);
    if (t->type == TFC_TYPE_F32)
      op_store (t, i, v);
    else if (t->type == TFC_TYPE_I32)
      op_store (t, i, floor (v * 10));
    else
      op_store (t, i, random_upto (r, 0, 255) - (t->type == TFC_TYPE_I8 ? 128 : 0));
  }
}

TfcTensor *
random_input (GRand *r, OpCase *c, TfcType type, const TfcShape *s)
{
  TfcTensor *t = op_case_input (c, type, s);
  random_quantise (r, t, 0.03);
  random_fill (r, t, -4, 4);
  return t;
}

TfcTensor *
random_output (GRand *r, OpCase *c, TfcType type, const TfcShape *s, gdouble scale)
{
  TfcTensor *t = op_case_output (c, type, s);
  random_quantise (r, t, scale);
  return t;
}

OpCase *
random_output_like (OpCase *c, const TfcShape *s)
{
  op_case_output (c, c->in[0].type, s)->quant = c->in[0].quant;
  return c;
}

void
random_some_clamp (GRand *r, OpCase *c)
{
  const TfcClamp some[] = {TFC_NO_CLAMP, {0, G_MAXFLOAT}, {0, 6}, {-1, 1}, TFC_NO_CLAMP};
  c->params.clamp = some[random_upto (r, 0, 4)];
}

TfcShape
random_narrower (GRand *r, const TfcShape *s)
{
  TfcShape n = *s;
  if (random_upto (r, 0, 2) == 0)
    return n;
  n.rank = random_upto (r, 0, s->rank);
  for (gint i = 0; i < n.rank; i++)
    n.dim[i] = random_upto (r, 0, 3) ? s->dim[s->rank - n.rank + i] : 1;
  return n;
}

TfcTensor *
random_input_bools (GRand *r, OpCase *c, const TfcShape *s)
{
  TfcTensor *t = op_case_input (c, TFC_TYPE_BOOL, s);
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, random_coin (r));
  return t;
}

static const struct {
  Maker make;
  guint types;
} makers[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = {make_conv, FLOAT | QUANT},
    [TFC_OP_DEPTHWISE_CONV_2D] = {make_conv, FLOAT | QUANT},
    [TFC_OP_TRANSPOSE_CONV_2D] = {make_transpose_conv, FLOAT | QUANT},
    [TFC_OP_BATCH_MATMUL] = {make_matmul, FLOAT | QUANT},
    [TFC_OP_CUMSUM] = {make_cumsum, FLOAT | INT},
    [TFC_OP_DIV_NO_NAN] = {make_binary, FLOAT},
    [TFC_OP_ATAN2] = {make_binary, FLOAT},
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
    [TFC_OP_GATHER] = {make_gather, FLOAT | QUANT | INT},
    [TFC_OP_GATHER_ND] = {make_gather_nd, FLOAT | QUANT | INT},
    [TFC_OP_SCATTER_ND] = {make_scatter_nd, FLOAT | INT},
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
