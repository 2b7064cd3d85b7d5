/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/reader.h"

#include <math.h>

static gdouble
element (const TfcTensor *t, gsize i)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      return ((const gfloat *)t->data)[i];
    case TFC_TYPE_I32:
      return ((const gint32 *)t->data)[i];
    default:
      return ((const guint8 *)t->data)[i];
  }
}

static gboolean
known (TfjsCall *c, guint k, TfcTensor *t)
{
  guint id = tfjs_tensor (c, k);
  if (id == TFC_NONE)
    return FALSE;
  *t = *tfjs_desc (c, id);
  if (!t->data)
    return tfjs_unsupported (c, "input %u is not known before the network runs", k);
  return t->type == TFC_TYPE_F32 || t->type == TFC_TYPE_I32 || t->type == TFC_TYPE_BOOL ||
         t->type == TFC_TYPE_U8 || tfjs_unsupported (c, "of %s", tfc_type_name (t->type));
}

static void
put (TfcType type, void *data, gsize i, gdouble v)
{
  if (type == TFC_TYPE_F32)
    ((gfloat *)data)[i] = (gfloat)v;
  else if (type == TFC_TYPE_I32)
    ((gint32 *)data)[i] = (gint32)CLAMP (v, G_MININT32, G_MAXINT32);
  else
    ((guint8 *)data)[i] = v != 0;
}

gboolean
tfjs_range (TfjsCall *c, gint which)
{
  TfcTensor t[3];
  gdouble v[3];
  void *data = NULL;
  for (guint k = 0; k < 3; k++) {
    if (!known (c, k, &t[k]))
      return FALSE;
    if (tfc_tensor_count (&t[k]) != 1 || t[k].type != t[0].type)
      return tfjs_bad (c, "input %u is no number", k);
    v[k] = element (&t[k], 0);
  }
  gdouble n = ceil ((v[1] - v[0]) / v[2]);
  if (!(n >= 0 && n <= TFJS_MAX_ELEMENTS))
    return tfjs_bad (c, "%g numbers", n);
  TfcShape shape = tfc_shape (1, (gint)n);
  guint id = tfjs_alloc (c, t[0].type, &shape, &data);
  for (gsize i = 0; id != TFC_NONE && i < (gsize)n; i++)
    put (t[0].type, data, i, v[0] + (gdouble)i * v[2]);
  return tfjs_give_id (c, id);
}

gboolean
tfjs_fill (TfjsCall *c, gint which)
{
  TfcShape shape = {0};
  TfcTensor value;
  guint n = 0;
  void *data = NULL;
  if (!tfjs_ints (c, 0, shape.dim, TFC_MAX_RANK, &n) || !known (c, 1, &value))
    return FALSE;
  if (tfc_tensor_count (&value) != 1)
    return tfjs_bad (c, "with more than one value");
  shape.rank = (gint)n;
  guint id = tfjs_alloc (c, value.type, &shape, &data);
  for (gsize i = 0; id != TFC_NONE && i < tfc_tensor_count (tfjs_desc (c, id)); i++)
    put (value.type, data, i, element (&value, 0));
  return tfjs_give_id (c, id);
}

/* Zeros or ones of the input's shape. */
gboolean
tfjs_like (TfjsCall *c, gint number)
{
  guint x = tfjs_tensor (c, 0);
  void *data = NULL;
  if (x == TFC_NONE)
    return FALSE;
  TfcShape shape = tfjs_desc (c, x)->shape;
  TfcType type = tfjs_desc (c, x)->type;
  guint id = tfjs_alloc (c, type, &shape, &data);
  for (gsize i = 0; number && id != TFC_NONE && i < tfc_tensor_count (tfjs_desc (c, id)); i++)
    put (type, data, i, number);
  return tfjs_give_id (c, id);
}

/* which 0: Shape, 1: Rank, 2: Size. */
gboolean
tfjs_shape_op (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0), shape, vector;
  gsize count;
  if (c->in[0].kind == TFJS_PICTURE) {
    shape = c->in[0].shape;
  } else if (c->in[0].kind == TFJS_WEIGHT) {
    shape = g_array_index (c->l->weights, TfjsWeight, c->in[0].id).shape;
  } else {
    guint x = tfjs_tensor (c, 0);
    if (x == TFC_NONE)
      return FALSE;
    shape = tfjs_desc (c, x)->shape;
  }
  if (which == 1)
    return tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &scalar, &shape.rank));
  if (!tfc_shape_count (&shape, &count)) {
    TfjsValue sizes = {.kind = TFJS_SIZES, .type = TFC_TYPE_I32, .shape = shape};
    return which ? tfjs_unsupported (c, "depends on the size of the picture")
                 : tfjs_give (c, &sizes);
  }
  if (which == 2)
    return tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &scalar, &(gint32){(gint32)count}));
  vector = tfc_shape (1, shape.rank);
  return tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &vector, shape.dim));
}
