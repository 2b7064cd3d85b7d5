/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/files/json.h"

#include <math.h>
#include <string.h>

static gboolean
fail (TfcJson *json, const gchar *expected)
{
  if (!json->wrong)
    json->wrong = expected;
  return FALSE;
}

gchar
tfc_json_peek (TfcJson *json)
{
  while (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r')
    json->at++;
  return json->wrong ? 0 : *json->at;
}

static gboolean
take (TfcJson *json, gchar c, const gchar *expected)
{
  if (tfc_json_peek (json) != c)
    return fail (json, expected);
  json->at++;
  return TRUE;
}

gboolean
tfc_json_enter (TfcJson *json, gchar bracket, gboolean *first)
{
  *first = TRUE;
  return take (json, bracket, bracket == '{' ? "an object" : "an array");
}

gboolean
tfc_json_next (TfcJson *json, gchar bracket, gboolean *first)
{
  const gchar close = bracket == '{' ? '}' : ']';

  if (tfc_json_peek (json) == close && !json->wrong) {
    json->at++;
    return FALSE;
  }
  if (!*first && !take (json, ',', "a comma"))
    return FALSE;
  *first = FALSE;
  return !json->wrong;
}

/* ---- strings ---- */

static gboolean
hex4 (const gchar *at, guint *code)
{
  *code = 0;
  for (guint i = 0; i < 4; i++) {
    const gint digit = g_ascii_xdigit_value (at[i]);
    if (digit < 0)
      return FALSE;
    *code = *code << 4 | (guint)digit;
  }
  return TRUE;
}

/* Behind "\u", of a pair of surrogates also what the second gives; bytes written, 0: wrong. */
static gint
unicode (TfcJson *json, gchar *out)
{
  guint code, low;

  if (!hex4 (json->at, &code))
    return 0;
  json->at += 4;
  if ((code & 0xfc00) == 0xd800 && json->at[0] == '\\' && json->at[1] == 'u' &&
      hex4 (json->at + 2, &low) && (low & 0xfc00) == 0xdc00) {
    code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
    json->at += 6;
  }
  return code && g_unichar_validate (code) ? g_unichar_to_utf8 (code, out) : 0;
}

/* Behind a backslash; bytes written to out, which has room for 6, 0: wrong. */
static gint
escaped (TfcJson *json, gchar *out)
{
  static const gchar from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const gchar c = *json->at;
  const gchar *found = c ? strchr (from, c) : NULL;

  if (!c)
    return 0;
  json->at++;
  if (c == 'u')
    return unicode (json, out);
  if (found)
    *out = to[found - from];
  return found != NULL;
}

gboolean
tfc_json_string (TfcJson *json, gchar *text, gsize size)
{
  gchar piece[8];
  gsize n = 0;

  if (!take (json, '"', "a string"))
    return FALSE;
  while (*json->at && *json->at != '"') {
    gint bytes = 1;
    piece[0] = *json->at++;
    if (piece[0] == '\\')
      bytes = escaped (json, piece);
    if (bytes < 1 || n + (gsize)bytes >= size)
      return fail (json, bytes < 1 ? "a known escape" : "a shorter string");
    memcpy (text + n, piece, (gsize)bytes);
    n += (gsize)bytes;
  }
  text[n] = 0;
  if (!g_utf8_validate (text, (gssize)n, NULL))
    return fail (json, "UTF-8");
  return take (json, '"', "the end of a string");
}

gboolean
tfc_json_name (TfcJson *json, gchar *text, gsize size)
{
  return tfc_json_string (json, text, size) && take (json, ':', "a colon");
}

/* ---- other values ---- */

static gboolean
word (TfcJson *json, const gchar *text)
{
  if (!g_str_has_prefix (json->at, text))
    return fail (json, "a value");
  json->at += strlen (text);
  return TRUE;
}

gboolean
tfc_json_number (TfcJson *json, gdouble *value)
{
  const gchar c = tfc_json_peek (json);
  const gchar *digits = json->at + (c == '-');
  gchar *end;

  *value = NAN;
  if (c == 'n')
    return word (json, "null");
  /* g_ascii_strtod reads hexadecimal numbers, "inf" and "nan" as well. */
  if (!c || !g_ascii_isdigit (*digits) || digits[1] == 'x' || digits[1] == 'X')
    return fail (json, "a number");
  *value = g_ascii_strtod (json->at, &end);
  json->at = end;
  return TRUE;
}

static gboolean
skip_string (TfcJson *json)
{
  for (json->at++; *json->at && *json->at != '"'; json->at++)
    if (*json->at == '\\' && json->at[1])
      json->at++;
  return take (json, '"', "the end of a string");
}

static gboolean
skip_plain (TfcJson *json)
{
  gdouble value;

  switch (tfc_json_peek (json)) {
    case '"':
      return skip_string (json);
    case 't':
      return word (json, "true");
    case 'f':
      return word (json, "false");
    default:
      return tfc_json_number (json, &value);
  }
}

gboolean
tfc_json_skip (TfcJson *json)
{
  gchar open[TFC_JSON_MAX_DEPTH] = {0}, c;
  gboolean first[TFC_JSON_MAX_DEPTH];
  guint depth = 0;

  do {
    c = tfc_json_peek (json);
    if (c == '{' || c == '[') {
      if (depth == TFC_JSON_MAX_DEPTH)
        return fail (json, "fewer brackets within each other");
      open[depth] = c;
      if (!tfc_json_enter (json, c, &first[depth++]))
        return FALSE;
    } else if (!skip_plain (json)) {
      return FALSE;
    }
    while (depth && !tfc_json_next (json, open[depth - 1], &first[depth - 1])) {
      if (json->wrong)
        return FALSE;
      depth--;
    }
    if (depth && open[depth - 1] == '{' &&
        (tfc_json_peek (json) != '"' || !skip_string (json) || !take (json, ':', "a colon")))
      return fail (json, "a name");
  } while (depth);
  return !json->wrong;
}

gboolean
tfc_json_end (TfcJson *json)
{
  return tfc_json_peek (json) == 0 && !json->wrong;
}

void
tfc_json_quote (GString *out, const gchar *text)
{
  g_string_append_c (out, '"');
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c (out, '\\');
    if ((guchar)*text < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint)(guchar)*text);
    else
      g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}
