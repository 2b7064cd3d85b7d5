/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

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
read_shape (TfjsLoad *l, TfjsWeight *w, JsonArray *dims)
{
  guint rank = dims ? json_array_get_length (dims) : 0;
  gdouble size;
  if (!dims || rank > TFC_MAX_RANK)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "weight %s has no shape or too many dimensions",
                      w->name);
  w->shape.rank = (gint)rank;
  for (guint i = 0; i < rank; i++) {
    if (!tfjs_number (json_array_get_element (dims, i), &size) || !(size >= 0) ||
        size > G_MAXINT32 || size != floor (size))
      return tfjs_fail (l, TFC_ERROR_FORMAT, "weight %s has an impossible shape", w->name);
    w->shape.dim[i] = (gint32)size;
  }
  if (!tfc_shape_count (&w->shape, &w->count) || w->count > TFC_MAX_TENSOR_BYTES / 8)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "weight %s is impossibly large", w->name);
  return TRUE;
}

static gboolean
read_quantization (TfjsLoad *l, TfjsWeight *w, JsonObject *q, gint *stored)
{
  const gchar *name = tfjs_member_string (q, "dtype");
  *stored = find_dtype (name);
  if (*stored < 0 || (dtypes[*stored].type != TFC_TYPE_U8 && dtypes[*stored].type != TFC_TYPE_U16 &&
                      dtypes[*stored].type != TFC_TYPE_F16))
    return tfjs_fail (l, TFC_ERROR_UNSUPPORTED, "weight %s is quantised to %s", w->name,
                      name ? name : "nothing");
  if (w->type != TFC_TYPE_F32 && (w->type != TFC_TYPE_I32 || dtypes[*stored].type == TFC_TYPE_F16))
    return tfjs_fail (l, TFC_ERROR_UNSUPPORTED, "weight %s: quantised %s", w->name,
                      tfc_type_name (w->type));
  if (dtypes[*stored].type == TFC_TYPE_F16)
    return TRUE;
  w->scaled = TRUE;
  if (!tfjs_number (json_object_get_member (q, "scale"), &w->scale) ||
      !tfjs_number (json_object_get_member (q, "min"), &w->min) || !isfinite (w->scale) ||
      !isfinite (w->min) || fabs (w->scale) > G_MAXFLOAT / 65536 || fabs (w->min) > G_MAXFLOAT / 2)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "weight %s: impossible scale or min", w->name);
  return TRUE;
}

static gboolean
read_weight (TfjsLoad *l, JsonNode *json, guint group, gsize *offset)
{
  JsonObject *object = json && JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonObject *q = tfjs_member_object (object, "quantization");
  const gchar *dtype = tfjs_member_string (object, "dtype");
  gint type = find_dtype (dtype), stored = type;
  TfjsWeight w = {.name = tfjs_member_string (object, "name"), .group = group, .offset = *offset};
  if (!w.name)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "a weight without name in group %u", group);
  if (type < 0)
    return tfjs_fail (l, TFC_ERROR_UNSUPPORTED, "weight %s is of %s", w.name,
                      dtype ? dtype : "no type");
  w.type = dtypes[type].type;
  if (!read_shape (l, &w, tfjs_member_array (object, "shape")) ||
      (q && !read_quantization (l, &w, q, &stored)))
    return FALSE;
  w.stored = dtypes[stored].type;
  w.usable = dtypes[stored].usable;
  if (w.type == TFC_TYPE_F16)
    w.type = TFC_TYPE_F32;
  for (guint i = 0; i < TFJS_N_LAYOUTS; i++)
    w.id[i] = TFC_NONE;
  if (!g_size_checked_add (offset, *offset, w.count * dtypes[stored].size))
    return tfjs_fail (l, TFC_ERROR_FORMAT, "weight %s is impossibly large", w.name);
  g_array_append_val (l->weights, w);
  if (l->weights->len > TFC_MAX_VALUES || !g_hash_table_insert (l->weight_by_name, (gpointer)w.name,
                                                                GUINT_TO_POINTER (l->weights->len)))
    return tfjs_fail (l, TFC_ERROR_FORMAT, "two weights are called %s, or too many weights",
                      w.name);
  return TRUE;
}

static gboolean
read_group (TfjsLoad *l, JsonNode *json, guint group)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonArray *list = tfjs_member_array (object, "weights");
  gsize wanted = 0;
  if (!list)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "group %u of the manifest has no weights", group);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    if (!read_weight (l, json_array_get_element (list, i), group, &wanted))
      return FALSE;
  }
  if (!tfjs_map_shards (l, tfjs_member_array (object, "paths"), group, wanted))
    return FALSE;
  l->budget += 8 * wanted;
  return TRUE;
}

gboolean
tfjs_read_manifest (TfjsLoad *l, JsonObject *root)
{
  JsonArray *groups = tfjs_member_array (root, "weightsManifest");
  guint n = groups ? json_array_get_length (groups) : 0;
  for (guint i = 0; i < n; i++) {
    if (!read_group (l, json_array_get_element (groups, i), i))
      return FALSE;
  }
  return TRUE;
}
