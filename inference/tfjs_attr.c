/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

#include <math.h>
#include <string.h>

static const TfcJson *
field (TfjsCall *c, const gchar *name, const gchar *kind)
{
  return tfc_json_member (tfjs_member_object (c->node->attr, name), kind);
}

static const TfcJson *
list (TfjsCall *c, const gchar *name, const gchar *kind)
{
  const TfcJson *attr = tfjs_member_object (c->node->attr, name);
  return tfjs_member_array (tfjs_member_object (attr, "list"), kind);
}

static gboolean
whole (TfjsCall *c, const gchar *name, const TfcJson *json, gint32 *number)
{
  gdouble v;
  if (!tfjs_number (json, &v) || !(fabs (v) <= G_MAXINT32) || v != floor (v))
    return tfjs_bad (c, "attribute %s is no whole number", name);
  *number = (gint32)v;
  return TRUE;
}

gint
tfjs_attr_int (TfjsCall *c, const gchar *name, gint fallback)
{
  const TfcJson *json = field (c, name, "i");
  gint32 number = fallback;
  if (json)
    whole (c, name, json, &number);
  return number;
}

gboolean
tfjs_attr_bool (TfjsCall *c, const gchar *name, gboolean fallback)
{
  const TfcJson *json = field (c, name, "b");
  if (!json)
    return fallback;
  if (json->kind != TFC_JSON_TRUE && json->kind != TFC_JSON_FALSE)
    return tfjs_bad (c, "attribute %s is neither true nor false", name);
  return json->kind == TFC_JSON_TRUE;
}

gfloat
tfjs_attr_float (TfjsCall *c, const gchar *name, gfloat fallback)
{
  const TfcJson *json = field (c, name, "f");
  gdouble v;
  if (!json)
    return fallback;
  if (!tfjs_number (json, &v) || !(fabs (v) <= G_MAXFLOAT)) {
    tfjs_bad (c, "attribute %s is no number", name);
    return fallback;
  }
  return (gfloat)v;
}

/* An array of character codes, or base64. */
static gchar *
text (TfjsCall *c, const gchar *name, const TfcJson *json)
{
  GString *s = g_string_new (NULL);
  if (json->kind == TFC_JSON_ARRAY) {
    const TfcJson *one = tfc_json_first (json);
    gdouble code;
    for (guint i = 0; i < json->n && s->len < 4096; i++, one = tfc_json_next (one)) {
      if (!tfjs_number (one, &code) || !(code >= 1 && code <= 255))
        tfjs_bad (c, "attribute %s is no text", name);
      else
        g_string_append_c (s, (gchar)(gint)code);
    }
  } else if (json->kind == TFC_JSON_STRING) {
    gsize n = 0;
    guchar *bytes = g_base64_decode (json->text, &n);
    if (memchr (bytes, 0, n))
      tfjs_bad (c, "attribute %s is no text", name);
    else
      g_string_append_len (s, (const gchar *)bytes, (gssize)n);
    g_free (bytes);
  } else {
    tfjs_bad (c, "attribute %s is no text", name);
  }
  return g_string_free (s, FALSE);
}

gchar *
tfjs_attr_string (TfjsCall *c, const gchar *name)
{
  const TfcJson *json = field (c, name, "s");
  return json ? text (c, name, json) : NULL;
}

gchar **
tfjs_attr_strings (TfjsCall *c, const gchar *name)
{
  const TfcJson *array = list (c, name, "s");
  if (!array)
    return NULL;
  const TfcJson *one = tfc_json_first (array);
  gchar **all = g_new0 (gchar *, array->n + 1);
  for (guint i = 0; i < array->n; i++, one = tfc_json_next (one))
    all[i] = text (c, name, one);
  return all;
}

gint
tfjs_attr_ints (TfjsCall *c, const gchar *name, gint32 *out, gint max)
{
  const TfcJson *array = list (c, name, "i"), *one = array ? tfc_json_first (array) : NULL;
  gint n = array ? (gint)array->n : -1;
  if (n > max) {
    tfjs_bad (c, "attribute %s has %d numbers", name, n);
    return -1;
  }
  for (gint i = 0; i < n; i++, one = tfc_json_next (one)) {
    out[i] = 0;
    whole (c, name, one, &out[i]);
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
  const TfcJson *json = field (c, name, "type");
  const gchar *spelt = tfjs_string (json);
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
  const TfcJson *object = field (c, name, "shape"), *dims = tfjs_member_array (object, "dim");
  const TfcJson *dim = dims ? tfc_json_first (dims) : NULL;
  guint n = dims ? dims->n : 0;
  if (!object || object->kind != TFC_JSON_OBJECT ||
      (tfc_json_member (object, "unknownRank") && n == 0) || n > TFC_MAX_RANK)
    return FALSE;
  shape->rank = (gint)n;
  for (guint i = 0; i < n; i++, dim = tfc_json_next (dim)) {
    const TfcJson *size = tfc_json_member (dim, "size");
    shape->dim[i] = 0;
    if (size && !whole (c, name, size, &shape->dim[i]))
      return FALSE;
    if (shape->dim[i] < 0)
      shape->dim[i] = -1;
  }
  return TRUE;
}
