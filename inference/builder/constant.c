/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

#include <math.h>

#define MAX_RANGE (1 << 24)

static void
put (TfcType type, void *data, gsize i, gdouble v)
{
  if (type == TFC_TYPE_F32)
    ((gfloat *)data)[i] = (gfloat)v;
  else if (type == TFC_TYPE_I32)
    ((gint32 *)data)[i] = (gint32)CLAMP (v, G_MININT32, G_MAXINT32);
  else
    ((guint8 *)data)[i] = (guint8)CLAMP (v, 0, type == TFC_TYPE_BOOL ? 1 : 255);
}

static gboolean
can_put (TfcBuilder *b, TfcType type)
{
  return type == TFC_TYPE_F32 || type == TFC_TYPE_I32 || type == TFC_TYPE_BOOL ||
         type == TFC_TYPE_U8 ||
         tfc_builder_unsupported (b, "constants of %s", tfc_type_name (type));
}

/* Whether it may be a constant: what may not is computed from one number when the network runs,
 * where it is the reader's wish that it can be. */
static gboolean
fits (const TfcBuilder *b, TfcType type, const TfcShape *shape)
{
  gsize count;
  return tfc_shape_count (shape, &count) && count <= b->work &&
         count <= b->bytes / tfc_type_size (type);
}

guint
tfc_build_filled (TfcBuilder *b, TfcType type, const TfcShape *shape, gdouble value)
{
  static const TfcShape scalar = {.rank = 0};
  void *data = NULL;
  if (!tfc_builder_ok (b) || !can_put (b, type))
    return TFC_NONE;
  const gboolean whole = b->must_fold || fits (b, type, shape);
  const guint id = tfc_builder_constant (b, type, whole ? shape : &scalar, &data);
  const gsize n = id == TFC_NONE ? 0 : tfc_tensor_count (tfc_builder_tensor (b, id));
  for (gsize i = 0; value != 0 && i < n; i++)
    put (type, data, i, value);
  return whole ? id : tfc_build_broadcast (b, id, shape);
}

guint
tfc_build_fill (TfcBuilder *b, guint shape, guint value)
{
  TfcShape to;
  gdouble number;
  if (!tfc_builder_known_shape (b, shape, &to))
    return TFC_NONE;
  for (gint i = 0; i < to.rank; i++) {
    if (to.dim[i] < 0)
      return TFC_BAD (b, "a dimension of %d", to.dim[i]);
  }
  const TfcTensor *t = tfc_builder_tensor (b, value);
  if (tfc_tensor_count (t) != 1)
    return TFC_BAD (b, "with more than one value");
  if (!t->data || t->quant.scale > 0)
    return tfc_build_broadcast (b, value, &to);
  const TfcType type = t->type;
  return tfc_builder_number (b, value, "value", &number) ? tfc_build_filled (b, type, &to, number)
                                                         : TFC_NONE;
}

guint
tfc_build_range (TfcBuilder *b, guint first, guint limit, guint step)
{
  const guint ids[] = {first, limit, step};
  gdouble v[3] = {0};
  void *data = NULL;
  for (guint k = 0; k < 3; k++) {
    if (!tfc_builder_number (b, ids[k], "limit or step", &v[k]))
      return TFC_NONE;
  }
  const TfcType type = tfc_builder_tensor (b, first)->type;
  if ((type != TFC_TYPE_F32 && type != TFC_TYPE_I32) ||
      tfc_builder_tensor (b, limit)->type != type || tfc_builder_tensor (b, step)->type != type)
    return TFC_UNSUPPORTED (b, "of numbers that are not all float32 or all int32");
  const gdouble n = ceil ((v[1] - v[0]) / v[2]);
  if (!(n >= 0 && n <= MAX_RANGE))
    return TFC_BAD (b, "too long: %g numbers", n);
  const TfcShape shape = tfc_shape (1, (gint)n);
  const guint id = tfc_builder_constant (b, type, &shape, &data);
  for (gsize i = 0; id != TFC_NONE && i < (gsize)n; i++)
    put (type, data, i, v[0] + (gdouble)i * v[2]);
  return id;
}
