/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

/* cJSON takes \u0000, which ends a text, and for it whatever is no number. */
static gboolean
is_character (const gchar *hex)
{
  gint c = 0;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (hex[i]))
      return FALSE;
    c |= g_ascii_xdigit_value (hex[i]);
  }
  return c != 0;
}

/* i: where a text begins, then its last quote. */
static gboolean
scan_text (TfjsLoad *l, const gchar *json, gsize n, gsize *i)
{
  for (++*i; *i < n && json[*i] != '"'; ++*i) {
    const gsize at = *i;
    if ((guchar)json[at] < ' ')
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                               "a control character in a text at byte %" G_GSIZE_FORMAT, at);
    if (json[at] == '\\' && json[++*i] == 'u' && !is_character (json + at + 2))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "no character at byte %" G_GSIZE_FORMAT,
                               at);
  }
  return *i < n || tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "the JSON ends in a text");
}

/* cJSON descends by recursion, makes much out of little, and takes any control character for a
 * space: what it is given is of bounded depth and number of parts, and looks like strict JSON.
 * json[n] is 0. */
static gboolean
scan (TfjsLoad *l, const gchar *json, gsize n, gsize from)
{
  gsize tokens = 0, depth = 0;
  for (gsize i = from; i < n; i++) {
    switch (json[i]) {
      case '"':
        if (!scan_text (l, json, n, &i))
          return FALSE;
        break;
      case '[':
      case '{':
        if (++depth > TFJS_MAX_JSON_DEPTH)
          return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                                   "JSON nested deeper than %d at byte %" G_GSIZE_FORMAT,
                                   TFJS_MAX_JSON_DEPTH, i);
        tokens++;
        break;
      case ']':
      case '}':
        depth -= depth > 0;
        break;
      case ',':
      case ':':
        tokens++;
        break;
      default:
        if (!json[i] || !strchr (" \t\r\n+-.0123456789eEtrufalsn", json[i]))
          return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "not JSON at byte %" G_GSIZE_FORMAT, i);
    }
    if (tokens > TFJS_MAX_JSON_TOKENS)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "more than %d parts in the JSON",
                               TFJS_MAX_JSON_TOKENS);
  }
  return !depth || tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "the JSON ends with a bracket open");
}

/* cJSON knows decimal points of one byte. In the locales that have others it is called in C's; not
 * in all, since it asks localeconv, which is one for all threads. */
static cJSON *
parse_here (const gchar *json, gsize n, const gchar **end)
{
  const gboolean plain = strlen (nl_langinfo (RADIXCHAR)) == 1;
  locale_t c = plain ? (locale_t)0 : newlocale (LC_ALL_MASK, "C", (locale_t)0);
  locale_t before = uselocale (c);
  cJSON *root;
  errno = 0;
  root = cJSON_ParseWithLengthOpts (json, n, end, TRUE);
  uselocale (before);
  if (c)
    freelocale (c);
  return root;
}

/* json[n] is 0: versions of cJSON look one byte too far. */
static gboolean
parse (TfjsLoad *l, const gchar *json, gsize n)
{
  gsize bom = n >= 3 && memcmp (json, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  const gchar *end;
  if (!scan (l, json, n, bom))
    return FALSE;
  if (!g_utf8_validate_len (json, n, &end))
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "not UTF-8 at byte %" G_GSIZE_FORMAT,
                             (gsize)(end - json));
  cJSON *root = parse_here (json + bom, n + 1 - bom, &end);
  if (!root && errno != ENOMEM)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "not JSON at byte %" G_GSIZE_FORMAT,
                             (gsize)(end - json));
  l->tree = root ? tfjs_copy_tree (l, root) : NULL;
  cJSON_Delete (root);
  if (!l->tree)
    return tfc_builder_fail (&l->b, TFC_ERROR_MEMORY,
                             "no memory for what %" G_GSIZE_FORMAT " bytes say", n);
  l->json = g_bytes_get_data (l->tree, NULL);
  return TRUE;
}

static gboolean
copy_and_parse (TfjsLoad *l, const gchar *text, gsize n)
{
  gchar *json;
  gboolean ok;
  if (n == 0)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "an empty file");
  if (n > TFJS_MAX_JSON_BYTES)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "larger than %d bytes", TFJS_MAX_JSON_BYTES);
  if (!(json = g_try_malloc (n + 1)))
    return tfc_builder_fail (&l->b, TFC_ERROR_MEMORY, "no memory for its %" G_GSIZE_FORMAT " bytes",
                             n);
  memcpy (json, text, n);
  json[n] = 0;
  ok = parse (l, json, n);
  g_free (json);
  return ok;
}

gboolean
tfjs_parse (TfjsLoad *l)
{
  GError *error = NULL;
  GMappedFile *file = g_mapped_file_new (l->b.file, FALSE, &error);
  gboolean ok;
  if (!file) {
    tfc_builder_fail (&l->b, tfc_error_of_file (error), "%s", error->message);
    g_error_free (error);
    return FALSE;
  }
  ok = copy_and_parse (l, g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  g_mapped_file_unref (file);
  return ok;
}

const cJSON *
tfjs_member (TfjsLoad *l, const cJSON *object, const gchar *name)
{
  const cJSON *found = NULL, *member;
  guint n = 0;
  if (!cJSON_IsObject (object))
    return NULL;
  cJSON_ArrayForEach (member, object) {
    if (++n > TFJS_MAX_MEMBERS) {
      tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "an object of more than %d members",
                        TFJS_MAX_MEMBERS);
      return NULL;
    }
    if (strcmp (member->string, name) == 0)
      found = member;
  }
  return found;
}

const cJSON *
tfjs_member_object (TfjsLoad *l, const cJSON *object, const gchar *name)
{
  const cJSON *member = tfjs_member (l, object, name);
  return cJSON_IsObject (member) ? member : NULL;
}

const cJSON *
tfjs_member_array (TfjsLoad *l, const cJSON *object, const gchar *name)
{
  const cJSON *member = tfjs_member (l, object, name);
  return cJSON_IsArray (member) ? member : NULL;
}

const gchar *
tfjs_member_string (TfjsLoad *l, const cJSON *object, const gchar *name)
{
  return cJSON_GetStringValue (tfjs_member (l, object, name));
}

gboolean
tfjs_number (const cJSON *value, gdouble *number)
{
  const gchar *text = cJSON_GetStringValue (value);
  gchar *end;
  if (text) {
    *number = g_ascii_strtod (text, &end);
    return end != text && !*end;
  }
  if (!cJSON_IsNumber (value))
    return FALSE;
  *number = value->valuedouble;
  return TRUE;
}
