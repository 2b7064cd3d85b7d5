/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Ops that move elements. */
#include "tests/inference/ops/op-random-private.h"
#include <math.h>
#include <string.h>

OpCase *
make_pad (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_coin (r) ? random_picture (r)
                               : random_some_shape (r, random_upto (r, 1, 6), 4),
           y = x;
  gint only = random_coin (r) ? x.rank - 1 : -1; /* channels, as residual blocks widen */
  for (gint i = MAX (only, 0); i < x.rank; i++) {
    c->params.pad.before[i] = random_upto (r, 0, 2);
    c->params.pad.after[i] = random_upto (r, 0, 2);
    y.dim[i] += c->params.pad.before[i] + c->params.pad.after[i];
  }
  random_input (r, c, type, &x);
  if (random_upto (r, 0, 2) == 0)
    c->params.pad.value = type == TFC_TYPE_F32 ? -2.5f
                          : type == TFC_TYPE_I32
                              ? (gfloat)random_upto (r, -20, 20)
                              : (gfloat)random_upto (r, -20, 20) * c->in[0].quant.scale;
  return random_output_like (c, &y);
}

OpCase *
make_arg (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 5), 6), y = {.rank = 0};
  c->params.axis = random_upto (r, 0, x.rank - 1);
  for (gint i = 0; i < x.rank; i++) {
    if (i != c->params.axis)
      y.dim[y.rank++] = x.dim[i];
  }
  random_input (r, c, type, &x);
  random_output (r, c, TFC_TYPE_I32, &y, 1);
  return c;
}

/* Of few whole numbers, so that some are equal. */
OpCase *
make_top_k (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 4), 5);
  x.dim[x.rank - 1] = random_upto (r, 1, 40);
  TfcTensor *t = random_input (r, c, type, &x);
  for (gsize i = 0; random_coin (r) && i < tfc_tensor_count (t); i++)
    op_store (t, i, random_upto (r, 0, 9));
  c->params.k = random_upto (r, 1, x.dim[x.rank - 1]);
  x.dim[x.rank - 1] = c->params.k;
  random_output_like (c, &x);
  op_case_output (c, TFC_TYPE_I32, &x);
  return c;
}

/* Indices, some of them beside an axis so long. */
static void
random_indices (GRand *r, OpCase *c, const TfcShape *s, gint32 size)
{
  TfcTensor *t = op_case_input (c, TFC_TYPE_I32, s);
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i,
              random_upto (r, 0, 20) ? random_upto (r, 0, size - 1)
              : random_coin (r)      ? G_MAXINT32
                                     : G_MININT32);
  c->constant[1] = random_upto (r, 0, 3) == 0;
}

OpCase *
make_gather (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 4), 5),
           s = random_some_shape (r, random_upto (r, 0, 3), 4), y = {0};
  gint axis = c->params.gather.axis = random_upto (r, 0, x.rank - 1);
  gint batch = c->params.gather.batch = random_upto (r, 0, MIN (axis, s.rank));
  for (gint i = 0; i < batch; i++)
    s.dim[i] = x.dim[i];
  for (gint i = 0; i < axis; i++)
    y.dim[y.rank++] = x.dim[i];
  for (gint i = batch; i < s.rank; i++)
    y.dim[y.rank++] = s.dim[i];
  for (gint i = axis + 1; i < x.rank; i++)
    y.dim[y.rank++] = x.dim[i];
  random_input (r, c, type, &x);
  random_indices (r, c, &s, x.dim[axis]);
  return random_output_like (c, &y);
}

OpCase *
make_gather_nd (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 4), 5),
           s = random_some_shape (r, random_upto (r, 1, 4), 4), y = s;
  gint n = s.dim[s.rank - 1] = random_upto (r, 1, x.rank);
  y.rank--;
  for (gint i = n; i < x.rank; i++)
    y.dim[y.rank++] = x.dim[i];
  random_input (r, c, type, &x);
  random_indices (r, c, &s, 5);
  return random_output_like (c, &y);
}

OpCase *
make_scatter_nd (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape y = random_some_shape (r, random_upto (r, 1, 4), 4),
           s = random_some_shape (r, random_upto (r, 1, 3), 4), x = s;
  gint n = s.dim[s.rank - 1] = random_upto (r, 1, y.rank);
  x.rank--;
  for (gint i = n; i < y.rank; i++)
    x.dim[x.rank++] = y.dim[i];
  c->params.scattered = y;
  random_input (r, c, type, &x);
  random_indices (r, c, &s, 4);
  return random_output_like (c, &y);
}

OpCase *
make_resize (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_picture (r), y = x;
  gint mode = random_upto (r, 0, 2);
  y.dim[1] = random_upto (r, 1, 20);
  y.dim[2] = random_upto (r, 1, 20);
  c->params.resize.height = y.dim[1];
  c->params.resize.width = y.dim[2];
  c->params.resize.align_corners = mode == 1;
  c->params.resize.half_pixel = mode == 2;
  random_input (r, c, type, &x);
  return random_output_like (c, &y);
}

OpCase *
make_depth_to_space (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint b = c->params.block = random_upto (r, 2, 3);
  TfcShape x = random_picture (r), y = x;
  y.dim[1] *= b;
  y.dim[2] *= b;
  x.dim[3] *= b * b;
  random_input (r, c, type, &x);
  return random_output_like (c, &y);
}

OpCase *
make_reshape (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 4), 6), y = {.rank = 0};
  for (gint i = x.rank - 1; i >= 0; i--) {
    if (random_coin (r))
      y.dim[y.rank++] = 1;
    y.dim[y.rank++] = x.dim[i];
  }
  random_input (r, c, type, &x);
  return random_output_like (c, &y);
}

OpCase *
make_concat (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 5), 5), y = x;
  gint axis = c->params.axis = random_upto (r, 0, x.rank - 1),
       n = random_upto (r, 2, OP_CASE_INPUTS);
  gboolean alike = random_coin (r);
  y.dim[axis] = 0;
  for (gint i = 0; i < n; i++) {
    x.dim[axis] = random_upto (r, 1, 5);
    y.dim[axis] += x.dim[axis];
    random_input (r, c, type, &x);
    if (alike)
      c->in[i].quant = c->in[0].quant;
    c->constant[i] = i > 0 && random_upto (r, 0, 4) == 0;
  }
  if (alike)
    return random_output_like (c, &y);
  random_output (r, c, type, &y, 0.04);
  return c;
}

OpCase *
make_transpose (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  gint rank = random_upto (r, 1, 8);
  TfcShape x = random_some_shape (r, rank, rank > 5 ? 3 : 5), y = x;
  c->params.axes.n = rank;
  for (gint i = 0; i < rank; i++) {
    gint k = random_upto (r, 0, i);
    c->params.axes.axis[i] = c->params.axes.axis[k];
    c->params.axes.axis[k] = i;
  }
  for (gint i = 0; i < rank; i++)
    y.dim[i] = x.dim[c->params.axes.axis[i]];
  random_input (r, c, type, &x);
  return random_output_like (c, &y);
}

OpCase *
make_slice (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  TfcShape x = random_some_shape (r, random_upto (r, 1, 6), 6), y = x;
  for (gint i = 0; i < x.rank; i++) {
    gint32 begin = random_upto (r, 0, x.dim[i] - 1), stride = random_upto (r, 1, 3);
    gboolean back = random_upto (r, 0, 3) == 0;
    gint32 room = back ? begin : x.dim[i] - 1 - begin;
    y.dim[i] = random_upto (r, 1, room / stride + 1);
    c->params.slice.begin[i] = begin;
    c->params.slice.stride[i] = back ? -stride : stride;
  }
  random_input (r, c, type, &x);
  return random_output_like (c, &y);
}
