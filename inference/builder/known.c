/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/builder.h"

/* The value's tensor if its bytes are known; NULL with the error recorded. */
static const TfcTensor *
known (TfcBuilder *b, guint id, const gchar *what)
{
  if (!tfc_builder_ok (b))
    return NULL;
  if (id == TFC_NONE) {
    tfc_builder_bad (b, "its %s is missing", what);
    return NULL;
  }
  if (!tfc_builder_tensor (b, id)->data) {
    tfc_builder_unsupported (b, "its %s is not constant", what);
    return NULL;
  }
  return tfc_builder_tensor (b, id);
}

static gint32
whole (const TfcTensor *t, gsize i)
{
  return t->type == TFC_TYPE_I32
             ? ((const gint32 *)t->data)[i]
             : (gint32)CLAMP (((const gint64 *)t->data)[i], G_MININT32, G_MAXINT32);
}

gboolean
tfc_builder_ints (TfcBuilder *b, guint id, const gchar *what, gint32 *list, guint max, guint *n)
{
  const TfcTensor *t = known (b, id, what);
  if (!t)
    return FALSE;
  const gsize count = tfc_tensor_count (t);
  if ((t->type != TFC_TYPE_I32 && t->type != TFC_TYPE_I64) || count > max)
    return tfc_builder_bad (b, "its %s is %" G_GSIZE_FORMAT " numbers of %s", what, count,
                            tfc_type_name (t->type));
  for (gsize i = 0; i < count; i++)
    list[i] = whole (t, i);
  *n = (guint)count;
  return TRUE;
}

gboolean
tfc_builder_int (TfcBuilder *b, guint id, const gchar *what, gint32 *number)
{
  guint n = 0;
  return tfc_builder_ints (b, id, what, number, 1, &n) &&
         (n == 1 || tfc_builder_bad (b, "its %s is no number", what));
}

gboolean
tfc_builder_known_shape (TfcBuilder *b, guint id, TfcShape *shape)
{
  guint n = 0;
  *shape = (TfcShape){0};
  if (!tfc_builder_ints (b, id, "shape", shape->dim, TFC_MAX_RANK, &n))
    return FALSE;
  shape->rank = (gint)n;
  return TRUE;
}

gint32 *
tfc_builder_list (TfcBuilder *b, guint id, const gchar *what, gsize *n)
{
  const TfcTensor *t = known (b, id, what);
  if (!t)
    return NULL;
  *n = tfc_tensor_count (t);
  if (t->type != TFC_TYPE_I32 && t->type != TFC_TYPE_I64) {
    tfc_builder_bad (b, "its %s is numbers of %s", what, tfc_type_name (t->type));
    return NULL;
  }
  gint32 *list = tfc_builder_work (b, *n) ? g_try_new (gint32, *n + 1) : NULL;
  for (gsize i = 0; list && i < *n; i++)
    list[i] = whole (t, i);
  if (!list)
    tfc_builder_fail (b, TFC_ERROR_MEMORY, "no memory for a list");
  return list;
}

/* One number as it is stored. */
static gboolean
stored (const TfcTensor *t, gdouble *number)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      *number = *(const gfloat *)t->data;
      return TRUE;
    case TFC_TYPE_I32:
      *number = *(const gint32 *)t->data;
      return TRUE;
    case TFC_TYPE_U8:
    case TFC_TYPE_BOOL:
      *number = *(const guint8 *)t->data;
      return TRUE;
    case TFC_TYPE_I8:
      *number = *(const gint8 *)t->data;
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
tfc_builder_number (TfcBuilder *b, guint id, const gchar *what, gdouble *number)
{
  const TfcTensor *t = known (b, id, what);
  if (!t)
    return FALSE;
  if (tfc_tensor_count (t) != 1 || t->quant.n_channels || !stored (t, number))
    return tfc_builder_bad (b, "its %s is no number", what);
  if (t->quant.scale > 0)
    *number = (gfloat)(*number - t->quant.zero_point) * t->quant.scale;
  return TRUE;
}

gboolean
tfc_builder_axis (TfcBuilder *b, gint32 *axis, gint rank)
{
  if (*axis < -rank || *axis >= rank)
    return tfc_builder_bad (b, "axis %d of %d dimensions", *axis, rank);
  *axis += *axis < 0 ? rank : 0;
  return TRUE;
}
