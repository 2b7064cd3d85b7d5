/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tensor.h"

#include <stdarg.h>
#include <string.h>

static const struct {
  const gchar *name;
  gsize size;
} types[TFC_N_TYPES] = {
    [TFC_TYPE_F32] = {"float32", 4}, [TFC_TYPE_F16] = {"float16", 2}, [TFC_TYPE_U8] = {"uint8", 1},
    [TFC_TYPE_I8] = {"int8", 1},     [TFC_TYPE_U16] = {"uint16", 2},  [TFC_TYPE_I32] = {"int32", 4},
    [TFC_TYPE_I64] = {"int64", 8},   [TFC_TYPE_BOOL] = {"bool", 1},
};

gsize
tfc_type_size (TfcType type)
{
  return types[type].size;
}

const gchar *
tfc_type_name (TfcType type)
{
  return (guint)type < TFC_N_TYPES ? types[type].name : "unknown";
}

gboolean
tfc_shape_count (const TfcShape *shape, gsize *count)
{
  gsize n = 1;
  for (gint i = 0; i < shape->rank; i++) {
    if (shape->dim[i] < 0 || !g_size_checked_mul (&n, n, shape->dim[i]))
      return FALSE;
  }
  *count = n;
  return TRUE;
}

gboolean
tfc_shape_equal (const TfcShape *a, const TfcShape *b)
{
  if (a->rank != b->rank)
    return FALSE;
  for (gint i = 0; i < a->rank; i++) {
    if (a->dim[i] != b->dim[i])
      return FALSE;
  }
  return TRUE;
}

const gchar *
tfc_shape_print (const TfcShape *shape, gchar *buf)
{
  gchar *end = buf;
  *buf = 0;
  for (gint i = 0; i < shape->rank; i++)
    end += g_snprintf (end, 13, i ? "x%d" : "%d", shape->dim[i]);
  return shape->rank ? buf : "scalar";
}

TfcShape
tfc_shape (gint rank, ...)
{
  TfcShape shape = {.rank = rank};
  va_list args;
  va_start (args, rank);
  for (gint i = 0; i < rank; i++)
    shape.dim[i] = va_arg (args, gint);
  va_end (args);
  return shape;
}

gboolean
tfc_quant_equal (const TfcQuant *a, const TfcQuant *b)
{
  if (a->scale != b->scale || a->zero_point != b->zero_point || a->n_channels != b->n_channels)
    return FALSE;
  return !a->n_channels || (a->axis == b->axis &&
                            (a->scales == b->scales ||
                             !memcmp (a->scales, b->scales, a->n_channels * sizeof *a->scales)));
}

gsize
tfc_tensor_count (const TfcTensor *tensor)
{
  gsize n = 0;
  tfc_shape_count (&tensor->shape, &n);
  return n;
}

gsize
tfc_tensor_bytes (const TfcTensor *tensor)
{
  return tfc_tensor_count (tensor) * tfc_type_size (tensor->type);
}
