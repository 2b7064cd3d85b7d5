/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

static const TfcTensor real = {.type = TFC_TYPE_F32, .shape = {.rank = -1}};

guint
tfc_build_clamp (TfcBuilder *b, guint x, TfcClamp clamp, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_CLAMP);
  p.clamp = clamp;
  return tfc_build (b, TFC_OP_CLAMP, &p, &x, 1, y);
}

guint
tfc_build_convert (TfcBuilder *b, guint x, const TfcTensor *y)
{
  const TfcParams p = tfc_params (TFC_OP_CONVERT);
  return tfc_build (b, TFC_OP_CONVERT, &p, &x, 1, y);
}

/* As real numbers, whatever the tensor's bytes stand for. */
static guint
as_real (TfcBuilder *b, guint x)
{
  if (!tfc_builder_ok (b) || !(tfc_builder_tensor (b, x)->quant.scale > 0) ||
      tfc_builder_tensor (b, x)->type == TFC_TYPE_I32)
    return x;
  return tfc_build_convert (b, x, &real);
}

guint
tfc_build_add_n (TfcBuilder *b, const guint *in, guint n)
{
  guint sum = as_real (b, in[0]);
  for (guint k = 1; k < n; k++)
    sum = tfc_build2 (b, TFC_OP_ADD, sum, as_real (b, in[k]));
  return sum;
}

guint
tfc_build_reduce (TfcBuilder *b, TfcOp op, guint x, guint axes, gboolean keep_dims,
                  const TfcTensor *y)
{
  TfcParams p = tfc_params (op);
  guint n = 0;
  if (!tfc_builder_ints (b, axes, "axis", p.axes.axis, TFC_MAX_AXES, &n))
    return TFC_NONE;
  p.axes.n = (gint)n;
  p.axes.keep_dims = keep_dims;
  return tfc_build (b, op, &p, &x, 1, y);
}

guint
tfc_build_arg (TfcBuilder *b, TfcOp op, guint x, guint axis)
{
  static const TfcTensor places = {.type = TFC_TYPE_I32, .shape = {.rank = -1}};
  TfcParams p = tfc_params (op);
  return tfc_builder_int (b, axis, "axis", &p.axis) ? tfc_build (b, op, &p, &x, 1, &places)
                                                    : TFC_NONE;
}

gboolean
tfc_build_top_k (TfcBuilder *b, guint x, guint k, const TfcTensor *y, guint out[2])
{
  TfcParams p = tfc_params (TFC_OP_TOP_K);
  return tfc_builder_int (b, k, "number of elements", &p.k) &&
         tfc_build_all (b, TFC_OP_TOP_K, &p, &x, 1, y, out);
}

guint
tfc_build_alpha (TfcBuilder *b, TfcOp op, guint x, gfloat alpha, const TfcTensor *y)
{
  TfcParams p = tfc_params (op);
  p.alpha = alpha;
  return tfc_build (b, op, &p, &x, 1, y);
}

/* Along the last axis, which stays. */
static guint
reduce_last (TfcBuilder *b, TfcOp op, guint x)
{
  TfcParams p = tfc_params (op);
  p.axes.n = 1;
  p.axes.axis[0] = -1;
  p.axes.keep_dims = TRUE;
  return tfc_build (b, op, &p, &x, 1, NULL);
}

/* Less the greatest first, so that no sum is infinite or zero. */
guint
tfc_build_log_softmax (TfcBuilder *b, guint x)
{
  x = as_real (b, x);
  x = tfc_build2 (b, TFC_OP_SUB, x, reduce_last (b, TFC_OP_REDUCE_MAX, x));
  const guint sum = reduce_last (b, TFC_OP_SUM, tfc_build1 (b, TFC_OP_EXP, x));
  return tfc_build2 (b, TFC_OP_SUB, x, tfc_build1 (b, TFC_OP_LOG, sum));
}

guint
tfc_build_l2_normalise (TfcBuilder *b, guint x)
{
  static const TfcShape one = {.rank = 1, .dim = {1}};
  x = as_real (b, x);
  const guint least = tfc_build_filled (b, TFC_TYPE_F32, &one, 1e-6f);
  if (least == TFC_NONE)
    return TFC_NONE;
  const guint sum = reduce_last (b, TFC_OP_SUM, tfc_build1 (b, TFC_OP_SQUARE, x)),
              length = tfc_build1 (b, TFC_OP_SQRT, sum);
  return tfc_build2 (b, TFC_OP_DIV, x, tfc_build2 (b, TFC_OP_MAXIMUM, length, least));
}

guint
tfc_build_select_rows (TfcBuilder *b, guint mask, guint x, guint other, const TfcTensor *y)
{
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape *m = tfc_builder_shape (b, mask), *s = tfc_builder_shape (b, x);
  if (m->rank == 1 && s->rank > 1) {
    TfcShape rows = {.rank = s->rank, .dim = {m->dim[0]}};
    for (gint i = 1; i < rows.rank; i++)
      rows.dim[i] = 1;
    mask = tfc_build_reshape (b, mask, &rows);
  }
  return tfc_build_select (b, mask, x, other, y);
}

guint
tfc_build_select (TfcBuilder *b, guint mask, guint x, guint other, const TfcTensor *y)
{
  const TfcParams p = tfc_params (TFC_OP_SELECT);
  return tfc_build (b, TFC_OP_SELECT, &p, (guint[]){x, other, mask}, 3, y);
}

guint
tfc_build_cumsum (TfcBuilder *b, guint x, guint axis, gboolean exclusive, gboolean reverse)
{
  TfcParams p = tfc_params (TFC_OP_CUMSUM);
  p.scan.exclusive = exclusive;
  p.scan.reverse = reverse;
  return tfc_builder_int (b, axis, "axis", &p.scan.axis)
             ? tfc_build (b, TFC_OP_CUMSUM, &p, &x, 1, NULL)
             : TFC_NONE;
}

/* 0 to depth - 1 along the axis of as many as rank. */
static guint
places_along (TfcBuilder *b, gint32 depth, gint axis, gint rank)
{
  TfcShape shape = {.rank = rank - axis};
  void *data = NULL;
  for (gint i = 0; i < shape.rank; i++)
    shape.dim[i] = i ? 1 : depth;
  const guint id = tfc_builder_constant (b, TFC_TYPE_I32, &shape, &data);
  for (gint32 i = 0; id != TFC_NONE && i < depth; i++)
    ((gint32 *)data)[i] = i;
  return id;
}

guint
tfc_build_one_hot (TfcBuilder *b, guint indices, guint depth, guint on, guint off, gint axis,
                   const TfcTensor *y)
{
  gint32 n = 0;
  if (!tfc_builder_int (b, depth, "depth", &n))
    return TFC_NONE;
  const TfcTensor *t = tfc_builder_tensor (b, indices);
  const gint rank = t->shape.rank + 1;
  if (t->type != TFC_TYPE_I32 && t->type != TFC_TYPE_I64)
    return TFC_BAD (b, "indices of %s", tfc_type_name (t->type));
  if (n < 1 || rank > TFC_MAX_RANK)
    return TFC_BAD (b, "a depth of %d of %d dimensions", n, rank);
  if (!tfc_builder_axis (b, &axis, rank))
    return TFC_NONE;
  if (tfc_tensor_count (tfc_builder_tensor (b, on)) != 1 ||
      tfc_tensor_count (tfc_builder_tensor (b, off)) != 1)
    return TFC_BAD (b, "more than one number for what is set or not");
  const guint rows = tfc_build_insert_axis (b, indices, axis),
              mask = tfc_build2 (b, TFC_OP_EQUAL, rows, places_along (b, n, axis, rank));
  return tfc_build_select (b, mask, on, off, y);
}

guint
tfc_build_not (TfcBuilder *b, guint x)
{
  static const TfcShape scalar = {.rank = 0};
  return tfc_build2 (b, TFC_OP_EQUAL, x, tfc_build_filled (b, TFC_TYPE_BOOL, &scalar, 0));
}

guint
tfc_build_reciprocal (TfcBuilder *b, guint x)
{
  static const TfcShape scalar = {.rank = 0};
  return tfc_build2 (b, TFC_OP_DIV, tfc_build_filled (b, TFC_TYPE_F32, &scalar, 1), x);
}

guint
tfc_build_cast (TfcBuilder *b, guint x, TfcType type)
{
  const TfcTensor to = {.type = type, .shape = {.rank = -1}};
  if (!tfc_builder_ok (b) || tfc_builder_tensor (b, x)->type == type)
    return x;
  return tfc_build_convert (b, x, &to);
}
