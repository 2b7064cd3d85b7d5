/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Label files -> tables: names a line, "id name" a line, or a label map. */
#include <string.h>
#include "inference/error.h"
#include "models/result/label_map.h"
#include "models/result/labels.h"
#include "models/files/text_file.h"

#define MAX_LINES TFC_LABELS_MAX
#define MAX_LINE 256
#define MAX_FILE (MAX_LINES * (MAX_LINE + 2))
#define ACCEPTED                                                                                 \
  "accepted are one name a line, lines of \"id name\", and label_map.pbtxt (item { id: 1 name: " \
  "\"cat\" })"

/* The text behind "12 " of a line, NULL if it has not that form. */
static const gchar *
numbered (const gchar *line, guint64 *id)
{
  gchar *end;

  if (!g_ascii_isdigit (*line))
    return NULL;
  *id = g_ascii_strtoull (line, &end, 10);
  if (*end == ':')
    end++;
  if (!g_ascii_isspace (*end))
    return NULL;
  while (g_ascii_isspace (*end))
    end++;
  return *end ? end : NULL;
}

static gboolean
all_numbered (gchar **lines, guint n)
{
  guint64 id;
  guint named = 0;

  for (guint i = 0; i < n; i++) {
    if (!*lines[i])
      continue;
    if (!numbered (lines[i], &id))
      return FALSE;
    named++;
  }
  return named > 0;
}

/* How many of c stand in a line outside double quotes. */
static guint
count (const gchar *line, gchar c)
{
  gboolean quoted = FALSE;
  guint n = 0;

  for (; *line; line++) {
    quoted ^= *line == '"';
    n += !quoted && *line == c;
  }
  return n;
}

/* Lines that all hold so many of c, at least one. */
static gboolean
columns (gchar **lines, guint n, gchar c)
{
  guint want = 0;

  for (guint i = 0; i < n; i++) {
    const guint has = count (lines[i], c);
    if (!*lines[i])
      continue;
    if (has == 0 || (want && has != want))
      return FALSE;
    want = has;
  }
  return want > 0;
}

/* A YAML list. */
static gboolean
dashed (gchar **lines, guint n)
{
  for (guint i = 0; i < n; i++)
    if (*lines[i] && !g_str_has_prefix (lines[i], "- "))
      return FALSE;
  return TRUE;
}

/* "[section]" and lines of key=value, or these alone. */
static gboolean
pairs (gchar **lines, guint n)
{
  return columns (lines, n, '=') || (n > 1 && **lines == '[' && columns (lines + 1, n - 1, '='));
}

/* What else this looks like, or NULL. */
static const gchar *
other_format (gchar **lines, guint n)
{
  guint i = 0;

  while (i < n && !*lines[i])
    i++;
  if (i == n)
    return NULL;
  const gchar *first = lines[i], *last = lines[n - 1];
  const gchar end = last[strlen (last) - 1];
  if ((*first == '{' && end == '}') || (*first == '[' && end == ']'))
    return "JSON";
  if (*first == '<' && end == '>')
    return "XML";
  if ((g_str_has_suffix (first, ":") && n > i + 1) || dashed (lines, n) ||
      (strstr (first, ": [") && end == ']'))
    return "YAML";
  if (pairs (lines + i, n - i))
    return "INI";
  if (columns (lines, n, ',') || columns (lines, n, ';') ||
      (columns (lines, n, '\t') && !all_numbered (lines, n)))
    return "CSV";
  return NULL;
}

static TfcLabels *
labels_from_numbered (gchar **lines, guint n, const gchar *path, GError **error)
{
  gchar **names = g_new0 (gchar *, MAX_LINES);
  guint top = 0;

  for (guint i = 0; i < n; i++) {
    guint64 id = 0;
    const gchar *name = numbered (lines[i], &id);
    if (!name)
      continue;
    if (id >= MAX_LINES || names[id]) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                   "label file '%s', line %u: id %" G_GUINT64_FORMAT " %s", path, i + 1, id,
                   id >= MAX_LINES ? "is greater than 65535" : "stands there twice");
      for (guint k = 0; k < top; k++)
        g_free (names[k]);
      g_free (names);
      return NULL;
    }
    names[id] = strcmp (name, "???") ? g_strdup (name) : NULL;
    top = MAX (top, (guint)id + 1);
  }
  return tfc_labels_new_by_id (names, top);
}

static TfcLabels *
labels_from_lines (gchar **lines, guint n)
{
  gchar **names = g_new0 (gchar *, n);

  for (guint i = 0; i < n; i++)
    if (*lines[i] && strcmp (lines[i], "???"))
      names[i] = g_strdup (lines[i]);
  return tfc_labels_new (names, n);
}

static gboolean
check_lines (gchar **lines, guint n, const gchar *path, GError **error)
{
  if (n == 0 || n > MAX_LINES) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "label file '%s' has %u lines, not 1 to %d",
                 path, n, MAX_LINES);
    return FALSE;
  }
  for (guint i = 0; i < n; i++)
    if (strlen (lines[i]) > MAX_LINE) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                   "label file '%s', line %u is longer than %d bytes", path, i + 1, MAX_LINE);
      return FALSE;
    }
  return TRUE;
}

static TfcLabels *
from_text (const gchar *text, const gchar *path, GError **error)
{
  gchar **lines = g_strsplit (text, "\n", MAX_LINES + 1);
  guint n = g_strv_length (lines);
  TfcLabels *labels = NULL;

  for (guint i = 0; i < n; i++)
    g_strstrip (lines[i]);
  while (n > 0 && !*lines[n - 1])
    n--;
  const gchar *other = other_format (lines, n);
  if (other)
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "label file '%s' is %s; " ACCEPTED, path,
                 other);
  else if (check_lines (lines, n, path, error))
    labels = all_numbered (lines, n) ? labels_from_numbered (lines, n, path, error)
                                     : labels_from_lines (lines, n);
  g_strfreev (lines);
  return labels;
}

TfcLabels *
tfc_labels_parse (const gchar *text, gsize length, const gchar *name, GError **error)
{
  const gboolean wide =
      length >= 2 && (!memcmp (text, "\xff\xfe", 2) || !memcmp (text, "\xfe\xff", 2));

  if (!g_utf8_validate (text, (gssize)length, NULL)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "label file '%s' is %s, not UTF-8 text; " ACCEPTED, name,
                 wide                       ? "UTF-16"
                 : memchr (text, 0, length) ? "binary"
                                            : "in another encoding");
    return NULL;
  }
  gchar *copy = g_strndup (text, length); /* with an end */
  const gchar *from = g_str_has_prefix (copy, "\xef\xbb\xbf") ? copy + 3 : copy;

  if (!memchr (copy, '\n', length))
    g_strdelimit (copy, "\r", '\n'); /* lines of an old Macintosh */
  TfcLabels *labels = tfc_label_map_is (from) ? tfc_label_map_parse (from, name, error)
                                              : from_text (from, name, error);
  g_free (copy);
  return labels;
}

TfcLabels *
tfc_labels_load (const gchar *path, GError **error)
{
  gsize length;
  gchar *text = tfc_text_file_read ("label file", path, MAX_FILE, &length, error);

  if (!text)
    return NULL;
  TfcLabels *labels = tfc_labels_parse (text, length, path, error);
  g_free (text);
  return labels;
}
