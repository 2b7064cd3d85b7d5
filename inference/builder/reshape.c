/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

#include <string.h>

guint
tfc_build_copy (TfcBuilder *b, guint x, const TfcQuant *quant)
{
  const TfcParams p = tfc_params (TFC_OP_RESHAPE);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  TfcTensor y = *tfc_builder_tensor (b, x);
  y.data = NULL;
  y.quant = quant ? *quant : y.quant;
  return tfc_build (b, TFC_OP_RESHAPE, &p, &x, 1, &y);
}

guint
tfc_build_reshape (TfcBuilder *b, guint x, const TfcShape *shape)
{
  const TfcParams p = tfc_params (TFC_OP_RESHAPE);
  if (!tfc_builder_ok (b) || tfc_shape_equal (tfc_builder_shape (b, x), shape))
    return tfc_builder_ok (b) ? x : TFC_NONE;
  TfcTensor y = *tfc_builder_tensor (b, x);
  y.data = NULL;
  y.shape = *shape;
  return tfc_build (b, TFC_OP_RESHAPE, &p, &x, 1, &y);
}

guint
tfc_build_reshape_to (TfcBuilder *b, guint x, guint shape)
{
  TfcShape to;
  return tfc_builder_known_shape (b, shape, &to) ? tfc_build_reshape (b, x, &to) : TFC_NONE;
}

gboolean
tfc_build_expanded (TfcBuilder *b, const TfcShape *from, gint32 axis, TfcShape *to)
{
  if (from->rank >= TFC_MAX_RANK)
    return tfc_builder_unsupported (b, "more than %d dimensions", TFC_MAX_RANK);
  if (!tfc_builder_axis (b, &axis, from->rank + 1))
    return FALSE;
  *to = tfc_shape (0);
  for (gint i = 0; i <= from->rank; i++)
    to->dim[to->rank++] = i == axis ? 1 : from->dim[i - (i > axis)];
  return TRUE;
}

guint
tfc_build_insert_axis (TfcBuilder *b, guint x, gint axis)
{
  TfcShape to;
  if (!tfc_builder_ok (b) || !tfc_build_expanded (b, tfc_builder_shape (b, x), axis, &to))
    return TFC_NONE;
  return tfc_build_reshape (b, x, &to);
}

guint
tfc_build_expand_dims (TfcBuilder *b, guint x, guint axis)
{
  gint32 at;
  return tfc_builder_int (b, axis, "axis", &at) ? tfc_build_insert_axis (b, x, at) : TFC_NONE;
}

guint
tfc_build_drop_axis (TfcBuilder *b, guint x, gint axis)
{
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  TfcShape s = *tfc_builder_shape (b, x);
  s.rank--;
  memmove (&s.dim[axis], &s.dim[axis + 1], (gsize)(s.rank - axis) * sizeof (gint32));
  return tfc_build_reshape (b, x, &s);
}

gboolean
tfc_build_squeezed (TfcBuilder *b, const TfcShape *from, const gint32 *axes, guint n, TfcShape *to)
{
  guint drop = 0;
  for (guint i = 0; i < n; i++) {
    gint32 axis = axes[i];
    if (!tfc_builder_axis (b, &axis, from->rank))
      return FALSE;
    if (from->dim[axis] != 1)
      return tfc_builder_bad (b, "dimension %d is not 1", axis);
    drop |= 1u << axis;
  }
  *to = tfc_shape (0);
  for (gint i = 0; i < from->rank; i++) {
    if (!(n ? drop >> i & 1 : from->dim[i] == 1))
      to->dim[to->rank++] = from->dim[i];
  }
  return TRUE;
}

guint
tfc_build_squeeze (TfcBuilder *b, guint x, const gint32 *axes, guint n)
{
  TfcShape to;
  if (!tfc_builder_ok (b) || !tfc_build_squeezed (b, tfc_builder_shape (b, x), axes, n, &to))
    return TFC_NONE;
  return tfc_build_reshape (b, x, &to);
}

/* Scales of channels go where their axis goes. */
static guint
transposed (TfcBuilder *b, guint x, const TfcParams *p)
{
  const TfcTensor *t = tfc_builder_tensor (b, x);
  TfcTensor y = {.type = t->type, .shape = {.rank = -1}, .quant = t->quant};
  for (gint i = 0; t->quant.n_channels && i < p->axes.n; i++) {
    if (p->axes.axis[i] == t->quant.axis)
      y.quant.axis = i;
  }
  return tfc_build (b, TFC_OP_TRANSPOSE, p, &x, 1, t->quant.n_channels ? &y : NULL);
}

guint
tfc_build_transpose (TfcBuilder *b, guint x, const gint32 *axes)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  p.axes.n = tfc_builder_shape (b, x)->rank;
  memcpy (p.axes.axis, axes, (gsize)p.axes.n * sizeof *axes);
  return transposed (b, x, &p);
}

guint
tfc_build_transpose_by (TfcBuilder *b, guint x, guint axes)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  guint n = 0;
  if (!tfc_builder_ints (b, axes, "permutation", p.axes.axis, TFC_MAX_AXES, &n))
    return TFC_NONE;
  p.axes.n = (gint)n;
  return transposed (b, x, &p);
}
