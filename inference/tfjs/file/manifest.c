/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <math.h>
#include <string.h>

// clang-format off
static const struct {
  const gchar *name;
  gboolean usable;
  TfcType type;
  gsize size;
} dtypes[] = {
  {"float32", TRUE, TFC_TYPE_F32, 4}, {"int32", TRUE, TFC_TYPE_I32, 4}, {"bool", TRUE, TFC_TYPE_BOOL, 1},
  {"uint8", TRUE, TFC_TYPE_U8, 1}, {"uint16", TRUE, TFC_TYPE_U16, 2}, {"float16", TRUE, TFC_TYPE_F16, 2},
  {"complex64", FALSE, TFC_TYPE_F32, 8},
};
// clang-format on

static gint
find_dtype (const gchar *name)
{
  for (guint i = 0; name && i < G_N_ELEMENTS (dtypes); i++) {
    if (strcmp (dtypes[i].name, name) == 0)
      return (gint)i;
  }
  return -1;
}

static gboolean
read_shape (TfjsLoad *l, TfjsWeight *w, const cJSON *dims)
{
  const gint rank = cJSON_GetArraySize (dims);
  gint32 *to = w->shape.dim;
  const cJSON *dim;
  gdouble size;
  if (!dims || rank > TFC_MAX_RANK)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                             "weight %s has no shape or too many dimensions", w->name);
  w->shape.rank = rank;
  cJSON_ArrayForEach (dim, dims) {
    if (!tfjs_number (dim, &size) || !(size >= 0) || size > G_MAXINT32 || size != floor (size))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "weight %s has an impossible shape",
                               w->name);
    *to++ = (gint32)size;
  }
  if (!tfc_shape_count (&w->shape, &w->count) || w->count > TFC_MAX_TENSOR_BYTES / 8)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "weight %s is impossibly large", w->name);
  return TRUE;
}

static gboolean
read_quantization (TfjsLoad *l, TfjsWeight *w, const cJSON *q, gint *stored)
{
  const gchar *name = tfjs_member_string (l, q, "dtype");
  *stored = find_dtype (name);
  if (*stored < 0 || (dtypes[*stored].type != TFC_TYPE_U8 && dtypes[*stored].type != TFC_TYPE_U16 &&
                      dtypes[*stored].type != TFC_TYPE_F16))
    return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "weight %s is quantised to %s", w->name,
                             name ? name : "nothing");
  if (w->type != TFC_TYPE_F32 && (w->type != TFC_TYPE_I32 || dtypes[*stored].type == TFC_TYPE_F16))
    return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "weight %s: quantised %s", w->name,
                             tfc_type_name (w->type));
  if (dtypes[*stored].type == TFC_TYPE_F16)
    return TRUE;
  w->scaled = TRUE;
  if (!tfjs_number (tfjs_member (l, q, "scale"), &w->scale) ||
      !tfjs_number (tfjs_member (l, q, "min"), &w->min) || !isfinite (w->scale) ||
      !isfinite (w->min) || fabs (w->scale) > G_MAXFLOAT / 65536 || fabs (w->min) > G_MAXFLOAT / 2)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "weight %s: impossible scale or min",
                             w->name);
  return TRUE;
}

static gboolean
read_weight (TfjsLoad *l, const cJSON *object, guint group, gsize *offset)
{
  const cJSON *q = tfjs_member_object (l, object, "quantization");
  const gchar *dtype = tfjs_member_string (l, object, "dtype");
  gint type = find_dtype (dtype), stored = type;
  TfjsWeight w = {
      .name = tfjs_member_string (l, object, "name"), .group = group, .offset = *offset};
  if (!w.name)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "a weight without name in group %u", group);
  if (type < 0)
    return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "weight %s is of %s", w.name,
                             dtype ? dtype : "no type");
  w.type = dtypes[type].type;
  if (!read_shape (l, &w, tfjs_member_array (l, object, "shape")) ||
      (q && !read_quantization (l, &w, q, &stored)))
    return FALSE;
  w.stored = dtypes[stored].type;
  w.usable = dtypes[stored].usable;
  if (w.type == TFC_TYPE_F16)
    w.type = TFC_TYPE_F32;
  for (guint i = 0; i < TFJS_N_LAYOUTS; i++)
    w.id[i] = TFC_NONE;
  if (!g_size_checked_add (offset, *offset, w.count * dtypes[stored].size))
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "weight %s is impossibly large", w.name);
  g_array_append_val (l->weights, w);
  if (l->weights->len > TFC_MAX_VALUES || !g_hash_table_insert (l->weight_by_name, (gpointer)w.name,
                                                                GUINT_TO_POINTER (l->weights->len)))
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                             "two weights are called %s, or too many weights", w.name);
  return TRUE;
}

static gboolean
read_group (TfjsLoad *l, const cJSON *object, guint group)
{
  const cJSON *list = tfjs_member_array (l, object, "weights"), *weight;
  gsize wanted = 0;
  if (!list)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "group %u of the manifest has no weights",
                             group);
  cJSON_ArrayForEach (weight, list) {
    if (!read_weight (l, weight, group, &wanted))
      return FALSE;
  }
  if (!tfjs_map_shards (l, tfjs_member_array (l, object, "paths"), group, wanted))
    return FALSE;
  l->b.bytes += 8 * wanted;
  return TRUE;
}

gboolean
tfjs_read_manifest (TfjsLoad *l, const cJSON *root)
{
  const cJSON *groups = tfjs_member_array (l, root, "weightsManifest"), *group;
  guint i = 0;
  cJSON_ArrayForEach (group, groups) {
    if (!read_group (l, group, i++))
      return FALSE;
  }
  return TRUE;
}
