/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

#include <math.h>
#include <string.h>

static JsonNode *
field (TfjsCall *c, const gchar *name, const gchar *kind)
{
  JsonObject *attr = tfjs_member_object (c->node->attr, name);
  return attr ? json_object_get_member (attr, kind) : NULL;
}

static JsonArray *
list (TfjsCall *c, const gchar *name, const gchar *kind)
{
  JsonObject *attr = tfjs_member_object (c->node->attr, name);
  return tfjs_member_array (tfjs_member_object (attr, "list"), kind);
}

static gboolean
whole (TfjsCall *c, const gchar *name, JsonNode *json, gint32 *number)
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
  JsonNode *json = field (c, name, "i");
  gint32 number = fallback;
  if (json)
    whole (c, name, json, &number);
  return number;
}

gboolean
tfjs_attr_bool (TfjsCall *c, const gchar *name, gboolean fallback)
{
  JsonNode *json = field (c, name, "b");
  if (!json)
    return fallback;
  if (!JSON_NODE_HOLDS_VALUE (json) || json_node_get_value_type (json) != G_TYPE_BOOLEAN)
    return tfjs_bad (c, "attribute %s is neither true nor false", name);
  return json_node_get_boolean (json);
}

gfloat
tfjs_attr_float (TfjsCall *c, const gchar *name, gfloat fallback)
{
  JsonNode *json = field (c, name, "f");
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
text (TfjsCall *c, const gchar *name, JsonNode *json)
{
  GString *s = g_string_new (NULL);
  if (JSON_NODE_HOLDS_ARRAY (json)) {
    JsonArray *codes = json_node_get_array (json);
    gdouble code;
    for (guint i = 0; i < json_array_get_length (codes) && s->len < 4096; i++) {
      if (!tfjs_number (json_array_get_element (codes, i), &code) || !(code >= 1 && code <= 255))
        tfjs_bad (c, "attribute %s is no text", name);
      else
        g_string_append_c (s, (gchar)(gint)code);
    }
  } else if (JSON_NODE_HOLDS_VALUE (json) && json_node_get_string (json)) {
    gsize n = 0;
    guchar *bytes = g_base64_decode (json_node_get_string (json), &n);
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
  JsonNode *json = field (c, name, "s");
  return json ? text (c, name, json) : NULL;
}

gchar **
tfjs_attr_strings (TfjsCall *c, const gchar *name)
{
  JsonArray *array = list (c, name, "s");
  guint n = array ? json_array_get_length (array) : 0;
  if (!array)
    return NULL;
  gchar **all = g_new0 (gchar *, n + 1);
  for (guint i = 0; i < n; i++)
    all[i] = text (c, name, json_array_get_element (array, i));
  return all;
}

gint
tfjs_attr_ints (TfjsCall *c, const gchar *name, gint32 *out, gint max)
{
  JsonArray *array = list (c, name, "i");
  gint n = array ? (gint)json_array_get_length (array) : -1;
  if (n > max) {
    tfjs_bad (c, "attribute %s has %d numbers", name, n);
    return -1;
  }
  for (gint i = 0; i < n; i++) {
    out[i] = 0;
    whole (c, name, json_array_get_element (array, (guint)i), &out[i]);
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
  JsonNode *json = field (c, name, "type");
  const gchar *text = json && JSON_NODE_HOLDS_VALUE (json) ? json_node_get_string (json) : NULL;
  gdouble number = -1;
  if (json)
    tfjs_number (json, &number);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (number == types[i].number || (text && strcmp (text, types[i].name) == 0)) {
      *type = types[i].type;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
tfjs_attr_shape (TfjsCall *c, const gchar *name, TfcShape *shape)
{
  JsonNode *json = field (c, name, "shape");
  JsonObject *object = json && JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonArray *dims = tfjs_member_array (object, "dim");
  guint n = dims ? json_array_get_length (dims) : 0;
  if (!object || (json_object_has_member (object, "unknownRank") && n == 0) || n > TFC_MAX_RANK)
    return FALSE;
  shape->rank = (gint)n;
  for (guint i = 0; i < n; i++) {
    JsonNode *dim = json_array_get_element (dims, i);
    JsonObject *d = JSON_NODE_HOLDS_OBJECT (dim) ? json_node_get_object (dim) : NULL;
    JsonNode *size = d ? json_object_get_member (d, "size") : NULL;
    shape->dim[i] = 0;
    if (size && !whole (c, name, size, &shape->dim[i]))
      return FALSE;
    if (shape->dim[i] < 0)
      shape->dim[i] = -1;
  }
  return TRUE;
}
