/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

guint
tfc_build_slice (TfcBuilder *b, guint x, const TfcParams *p, const TfcShape *shape)
{
  gboolean all = TRUE;
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  for (gint i = 0; i < shape->rank; i++)
    all = all && p->slice.begin[i] == 0 && (p->slice.stride[i] == 1 || shape->dim[i] == 1);
  if (all && tfc_shape_equal (tfc_builder_shape (b, x), shape))
    return x;
  TfcTensor y = *tfc_builder_tensor (b, x);
  y.data = NULL;
  y.shape = *shape;
  return tfc_build (b, TFC_OP_SLICE, p, &x, 1, &y);
}

guint
tfc_build_slice_of (TfcBuilder *b, guint x, guint begin, guint size)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape to = {0};
  guint n = 0, n_size = 0;
  if (!tfc_builder_ints (b, begin, "begin", p.slice.begin, TFC_MAX_AXES, &n) ||
      !tfc_builder_ints (b, size, "size", to.dim, TFC_MAX_RANK, &n_size))
    return TFC_NONE;
  to.rank = tfc_builder_shape (b, x)->rank;
  if (n != (guint)to.rank || n_size != n)
    return TFC_BAD (b, "%u begins and %u sizes for %d dimensions", n, n_size, to.rank);
  for (gint i = 0; i < to.rank; i++) {
    if (to.dim[i] == -1 && p.slice.begin[i] >= 0)
      to.dim[i] = tfc_builder_shape (b, x)->dim[i] - p.slice.begin[i];
  }
  return tfc_build_slice (b, x, &p, &to);
}

guint
tfc_build_part (TfcBuilder *b, guint x, gint axis, gint32 first, gint32 n, gint32 step)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  TfcShape shape = *tfc_builder_shape (b, x);
  p.slice.begin[axis] = first;
  p.slice.stride[axis] = n == 1 ? 1 : step;
  shape.dim[axis] = n;
  return tfc_build_slice (b, x, &p, &shape);
}

guint
tfc_build_reverse (TfcBuilder *b, guint x, const gint32 *axes, guint n)
{
  for (guint i = 0; i < n && tfc_builder_ok (b); i++) {
    const TfcShape *s = tfc_builder_shape (b, x);
    gint32 axis = axes[i];
    if (!tfc_builder_axis (b, &axis, s->rank))
      break;
    x = tfc_build_part (b, x, axis, s->dim[axis] - 1, s->dim[axis], -1);
  }
  return tfc_builder_ok (b) ? x : TFC_NONE;
}

guint
tfc_build_reverse_by (TfcBuilder *b, guint x, guint axes)
{
  gint32 list[TFC_MAX_AXES];
  guint n = 0;
  return tfc_builder_ints (b, axes, "axis", list, TFC_MAX_AXES, &n)
             ? tfc_build_reverse (b, x, list, n)
             : TFC_NONE;
}
