/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/files/textproto.h"

#include <string.h>

#include "inference/error.h"

typedef struct {
  const gchar *at, *name;
  guint line, depth;
  TfcProtoFunc found;
  gpointer data;
  GError **error;
  gchar names[TFC_PROTO_MAX_DEPTH + 1][TFC_PROTO_MAX_NAME];
  const gchar *path[TFC_PROTO_MAX_DEPTH + 1];
  gchar closing[TFC_PROTO_MAX_DEPTH];
  gboolean listed[TFC_PROTO_MAX_DEPTH]; /* the message open there is one of a list */
  GString *value;
} Reader;

static gboolean
fail (Reader *r, const gchar *what)
{
  g_set_error (r->error, TFC_ERROR, TFC_ERROR_SETTINGS, "'%s', line %u: %s", r->name, r->line,
               what);
  return FALSE;
}

/* Over white space and comments. */
static void
skip (Reader *r)
{
  for (;; r->at++) {
    if (*r->at == '#')
      r->at += strcspn (r->at, "\n");
    if (*r->at == '\n')
      r->line++;
    else if (!g_ascii_isspace (*r->at))
      return;
  }
}

static gboolean
take (Reader *r, gchar c)
{
  skip (r);
  if (*r->at != c)
    return FALSE;
  r->at++;
  return TRUE;
}

static gboolean
emit (Reader *r, TfcProtoKind kind, gboolean quoted)
{
  const TfcProtoField field = {kind, r->line, r->depth, r->path, r->value->str, quoted};

  return r->found (r->data, &field, r->error);
}

static gboolean
add (Reader *r, gunichar c)
{
  if (r->value->len >= TFC_PROTO_MAX_VALUE)
    return fail (r, "a value is too long");
  g_string_append_unichar (r->value, c);
  return TRUE;
}

/* Up to most digits of that base. */
static gunichar
digits (Reader *r, guint base, guint most)
{
  gunichar code = 0;

  for (guint i = 0; i < most; i++, r->at++) {
    const gint digit = g_ascii_xdigit_value (*r->at);
    if (digit < 0 || (guint)digit >= base)
      break;
    code = code * base + (guint)digit;
  }
  return code;
}

/* Bytes above 127 written as \ooo or \xhh come one by one and make up UTF-8 together. */
static gboolean
escape (Reader *r)
{
  static const gchar letters[] = "abfnrtv\\'\"?", meant[] = "\a\b\f\n\r\t\v\\'\"?";
  const gchar c = *r->at;
  const gchar *known = c ? strchr (letters, c) : NULL;
  gunichar code;

  if (known) {
    r->at++;
    return add (r, (guchar)meant[known - letters]);
  }
  if (c >= '0' && c <= '7') {
    code = digits (r, 8, 3);
  } else if (c == 'x' || c == 'X') {
    r->at++;
    code = digits (r, 16, 2);
  } else if (c == 'u' || c == 'U') {
    r->at++;
    code = digits (r, 16, c == 'u' ? 4 : 8);
    return code && g_unichar_validate (code) ? add (r, code) : fail (r, "no such character");
  } else {
    return fail (r, "an unknown escape in a string");
  }
  if (code == 0 || code > 255 || r->value->len >= TFC_PROTO_MAX_VALUE)
    return fail (r, "an impossible escape in a string");
  g_string_append_c (r->value, (gchar)code);
  return TRUE;
}

static gboolean
string (Reader *r)
{
  const gchar quote = *r->at++;

  while (*r->at != quote) {
    if (!*r->at || *r->at == '\n')
      return fail (r, "a string does not end");
    if (*r->at == '\\') {
      r->at++;
      if (!escape (r))
        return FALSE;
    } else {
      if (!add (r, g_utf8_get_char (r->at)))
        return FALSE;
      r->at = g_utf8_next_char (r->at);
    }
  }
  r->at++;
  return TRUE;
}

static gboolean
bare (gchar c)
{
  return g_ascii_isalnum (c) || (c && strchr ("_.+-", c));
}

/* A number, a word, or strings one behind the other, which are one. */
static gboolean
scalar (Reader *r)
{
  gboolean quoted = FALSE;

  g_string_truncate (r->value, 0);
  skip (r);
  while (*r->at == '"' || *r->at == '\'') {
    quoted = TRUE;
    if (!string (r))
      return FALSE;
    skip (r);
  }
  while (!quoted && bare (*r->at)) {
    if (!add (r, (guchar)*r->at))
      return FALSE;
    r->at++;
  }
  if (!quoted && !r->value->len)
    return fail (r, "expected a value");
  if (!g_utf8_validate (r->value->str, (gssize)r->value->len, NULL))
    return fail (r, "a string is not UTF-8");
  return emit (r, TFC_PROTO_VALUE, quoted);
}

static gboolean
open_message (Reader *r)
{
  const gchar c = *r->at;

  if (c != '{' && c != '<')
    return fail (r, "expected ':' and a value, or '{'");
  if (r->depth >= TFC_PROTO_MAX_DEPTH)
    return fail (r, "messages are nested too deep");
  r->at++;
  if (!emit (r, TFC_PROTO_OPEN, FALSE))
    return FALSE;
  r->closing[r->depth++] = c == '{' ? '}' : '>';
  return TRUE;
}

/* Of numbers or, [{...}, {...}], of messages. */
static gboolean
list (Reader *r)
{
  if (take (r, ']'))
    return TRUE;
  if (r->depth < TFC_PROTO_MAX_DEPTH && (*r->at == '{' || *r->at == '<')) {
    r->listed[r->depth] = TRUE;
    return open_message (r);
  }
  do {
    if (!scalar (r))
      return FALSE;
  } while (take (r, ','));
  return take (r, ']') || fail (r, "expected ',' or ']'");
}

/* An extension's name stands in brackets. */
static gboolean
field_name (Reader *r)
{
  gchar *to = r->names[r->depth];
  const gboolean bracket = take (r, '[');
  gsize n = 0;

  while (g_ascii_isalnum (r->at[n]) || r->at[n] == '_' ||
         (bracket && r->at[n] && strchr (".-/", r->at[n])))
    n++;
  if (n == 0 || n >= TFC_PROTO_MAX_NAME)
    return fail (r, "expected the name of a field");
  memcpy (to, r->at, n);
  to[n] = 0;
  r->at += n;
  r->path[r->depth] = to;
  return !bracket || take (r, ']') || fail (r, "expected ']'");
}

static gboolean
field (Reader *r)
{
  if (!field_name (r))
    return FALSE;
  const gboolean colon = take (r, ':');
  if (take (r, '['))
    return list (r);
  if (!colon || *r->at == '{' || *r->at == '<')
    return open_message (r);
  return scalar (r);
}

static gboolean
close_message (Reader *r)
{
  r->depth--;
  if (!emit (r, TFC_PROTO_CLOSE, FALSE))
    return FALSE;
  if (!r->listed[r->depth])
    return TRUE;
  if (take (r, ',')) {
    skip (r);
    return open_message (r);
  }
  r->listed[r->depth] = FALSE;
  return take (r, ']') || fail (r, "expected ',' or ']'");
}

static gboolean
read_all (Reader *r)
{
  for (skip (r); *r->at; skip (r)) {
    if (take (r, ',') || take (r, ';'))
      continue;
    if (r->depth > 0 && take (r, r->closing[r->depth - 1])) {
      if (!close_message (r))
        return FALSE;
    } else if (!field (r)) {
      return FALSE;
    }
  }
  return r->depth == 0 || fail (r, "a message is not closed");
}

gboolean
tfc_proto_read (const gchar *text, const gchar *name, TfcProtoFunc found, gpointer data,
                GError **error)
{
  Reader *r = g_new0 (Reader, 1);

  *r = (Reader){.at = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text,
                .name = name,
                .line = 1,
                .found = found,
                .data = data,
                .error = error,
                .value = g_string_new (NULL)};
  const gboolean ok = read_all (r);
  g_string_free (r->value, TRUE);
  g_free (r);
  return ok;
}
