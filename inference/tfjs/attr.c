/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <math.h>
#include <string.h>

/* Ops ask for their attributes each time they run, so these are short. */
#define MAX_TEXT 4096
#define MAX_TEXTS 64

static const cJSON *
field (TfjsCall *c, const gchar *name, const gchar *kind)
{
  return tfjs_member (c->l, tfjs_member_object (c->l, c->node->attr, name), kind);
}

static const cJSON *
list (TfjsCall *c, const gchar *name, const gchar *kind)
{
  const cJSON *attr = tfjs_member_object (c->l, c->node->attr, name);
  return tfjs_member_array (c->l, tfjs_member_object (c->l, attr, "list"), kind);
}

static gboolean
whole (TfjsCall *c, const gchar *name, const cJSON *json, gint32 *number)
{
  gdouble v;
  if (!tfjs_number (json, &v) || !(fabs (v) <= G_MAXINT32) || v != floor (v))
    return tfc_builder_bad (c->b, "attribute %s is no whole number", name);
  *number = (gint32)v;
  return TRUE;
}

gint
tfjs_attr_int (TfjsCall *c, const gchar *name, gint fallback)
{
  const cJSON *json = field (c, name, "i");
  gint32 number = fallback;
  if (json)
    whole (c, name, json, &number);
  return number;
}

gboolean
tfjs_attr_bool (TfjsCall *c, const gchar *name, gboolean fallback)
{
  const cJSON *json = field (c, name, "b");
  if (!json)
    return fallback;
  if (!cJSON_IsBool (json))
    return tfc_builder_bad (c->b, "attribute %s is neither true nor false", name);
  return cJSON_IsTrue (json);
}

gfloat
tfjs_attr_float (TfjsCall *c, const gchar *name, gfloat fallback)
{
  const cJSON *json = field (c, name, "f");
  gdouble v;
  if (!json)
    return fallback;
  if (!tfjs_number (json, &v) || !(fabs (v) <= G_MAXFLOAT)) {
    tfc_builder_bad (c->b, "attribute %s is no number", name);
    return fallback;
  }
  return (gfloat)v;
}

/* An array of character codes, or base64. */
static gchar *
text (TfjsCall *c, const gchar *name, const cJSON *json)
{
  GString *s = g_string_new (NULL);
  if (cJSON_IsArray (json)) {
    gdouble code;
    for (const cJSON *one = json->child; one && s->len < MAX_TEXT; one = one->next) {
      if (!tfjs_number (one, &code) || !(code >= 1 && code <= 255))
        tfc_builder_bad (c->b, "attribute %s is no text", name);
      else
        g_string_append_c (s, (gchar)(gint)code);
    }
  } else if (cJSON_IsString (json) && strlen (json->valuestring) <= MAX_TEXT) {
    gsize n = 0;
    guchar *bytes = g_base64_decode (json->valuestring, &n);
    if (memchr (bytes, 0, n))
      tfc_builder_bad (c->b, "attribute %s is no text", name);
    else
      g_string_append_len (s, (const gchar *)bytes, (gssize)n);
    g_free (bytes);
  } else {
    tfc_builder_bad (c->b, "attribute %s is no text", name);
  }
  return g_string_free (s, FALSE);
}

gchar *
tfjs_attr_string (TfjsCall *c, const gchar *name)
{
  const cJSON *json = field (c, name, "s");
  return json ? text (c, name, json) : NULL;
}

gchar **
tfjs_attr_strings (TfjsCall *c, const gchar *name)
{
  const cJSON *array = list (c, name, "s");
  if (!array)
    return NULL;
  if (cJSON_GetArraySize (array) > MAX_TEXTS) {
    tfc_builder_bad (c->b, "attribute %s has %d texts", name, cJSON_GetArraySize (array));
    return NULL;
  }
  gchar **all = g_new0 (gchar *, (gsize)cJSON_GetArraySize (array) + 1), **to = all;
  for (const cJSON *one = array->child; one; one = one->next)
    *to++ = text (c, name, one);
  return all;
}

gint
tfjs_attr_ints (TfjsCall *c, const gchar *name, gint32 *out, gint max)
{
  const cJSON *array = list (c, name, "i"), *one;
  const gint n = array ? cJSON_GetArraySize (array) : -1;
  if (n > max) {
    tfc_builder_bad (c->b, "attribute %s has %d numbers", name, n);
    return -1;
  }
  cJSON_ArrayForEach (one, array) {
    *out = 0;
    whole (c, name, one, out++);
  }
  return n;
}

// clang-format off
static const struct { const gchar *name; gint number; TfcType type; } types[] = {
  {"DT_FLOAT", 1, TFC_TYPE_F32}, {"DT_INT32", 3, TFC_TYPE_I32}, {"DT_UINT8", 4, TFC_TYPE_U8},
  {"DT_INT64", 9, TFC_TYPE_I32}, {"DT_BOOL", 10, TFC_TYPE_BOOL},
};
// clang-format on

gboolean
tfjs_attr_type (TfjsCall *c, const gchar *name, TfcType *type)
{
  const cJSON *json = field (c, name, "type");
  const gchar *spelt = cJSON_GetStringValue (json);
  gdouble number = -1;
  if (json)
    tfjs_number (json, &number);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (number == types[i].number || (spelt && strcmp (spelt, types[i].name) == 0)) {
      *type = types[i].type;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
tfjs_attr_shape (TfjsCall *c, const gchar *name, TfcShape *shape)
{
  const cJSON *object = field (c, name, "shape"), *dim;
  const cJSON *dims = tfjs_member_array (c->l, object, "dim");
  const gint n = cJSON_GetArraySize (dims);
  gint32 *to = shape->dim;
  if (!cJSON_IsObject (object) || (n == 0 && tfjs_member (c->l, object, "unknownRank")) ||
      n > TFC_MAX_RANK)
    return FALSE;
  shape->rank = n;
  cJSON_ArrayForEach (dim, dims) {
    const cJSON *size = tfjs_member (c->l, dim, "size");
    *to = 0;
    if (size && !whole (c, name, size, to))
      return FALSE;
    *to = MAX (*to, -1);
    to++;
  }
  return TRUE;
}
