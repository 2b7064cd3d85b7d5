/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <string.h>

#include "error.h"

typedef struct {
  gchar *text;
  gsize at, n;                           /* text[n] is 0 */
  GArray *values;                        /* TfcJson */
  guint open[TFC_JSON_MAX_DEPTH], depth; /* lists and objects around, by index */
  guint tokens;
  GError *error;
} Parser;

static gboolean fail (Parser *p, const gchar *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (Parser *p, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  if (!p->error)
    p->error = g_error_new_valist (TFC_ERROR, TFC_ERROR_FORMAT, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
bad (Parser *p)
{
  return fail (p, "not JSON at byte %" G_GSIZE_FORMAT, p->at);
}

static void
skip_space (Parser *p)
{
  while (p->text[p->at] == ' ' || p->text[p->at] == '\n' || p->text[p->at] == '\r' ||
         p->text[p->at] == '\t')
    p->at++;
}

static gboolean
token (Parser *p, gchar c)
{
  if (p->text[p->at] != c)
    return FALSE;
  p->at++;
  return ++p->tokens <= TFC_JSON_MAX_TOKENS ||
         fail (p, "more than %d parts in the JSON", TFC_JSON_MAX_TOKENS);
}

/* Four hexadecimal digits at a place; negative if they are not. */
static gint
hex4 (const gchar *at)
{
  gint v = 0;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (at[i]))
      return -1;
    v = v * 16 + g_ascii_xdigit_value (at[i]);
  }
  return v;
}

/* \uXXXX, perhaps two of them: one character. p->at is behind the u. */
static gchar *
unescape_unicode (Parser *p, gchar *to)
{
  gint32 c = hex4 (p->text + p->at);
  p->at += c > 0 ? 4 : 0;
  if (c >= 0xd800 && c < 0xdc00 && p->text[p->at] == '\\' && p->text[p->at + 1] == 'u') {
    const gint low = hex4 (p->text + p->at + 2);
    c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : -1;
    p->at += c > 0 ? 6 : 0;
  }
  if (c <= 0 || (c >= 0xd800 && c < 0xe000)) {
    bad (p);
    return NULL;
  }
  return to + g_unichar_to_utf8 ((gunichar)c, to);
}

static gchar *
unescape (Parser *p, gchar *to)
{
  static const gchar from[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
  const gchar c = p->text[++p->at];
  const gchar *found = c ? strchr (from, c) : NULL;
  if (!found && c != 'u') {
    bad (p);
    return NULL;
  }
  p->at++;
  if (c == 'u')
    return unescape_unicode (p, to);
  *to = plain[found - from];
  return to + 1;
}

/* Ends where it ended, or before: what is read is never overtaken. */
static const gchar *
string (Parser *p)
{
  gchar *text = p->text + ++p->at, *to = text;
  for (guchar c; (c = (guchar)p->text[p->at]) != '"';) {
    if (c < 0x20) {
      bad (p);
      return NULL;
    }
    if (c != '\\')
      *to++ = p->text[p->at++];
    else if (!(to = unescape (p, to)))
      return NULL;
  }
  p->at++;
  *to = 0;
  return text;
}

static gsize
digits (Parser *p)
{
  const gsize from = p->at;
  while (g_ascii_isdigit (p->text[p->at]))
    p->at++;
  return p->at - from;
}

static gboolean
number (Parser *p, gdouble *value)
{
  const gchar *from = p->text + p->at;
  gdouble whole = 0;
  p->at += *from == '-';
  const gsize first = p->at, n = digits (p);
  gboolean plain = n > 0 && n<16, ok = n> 0 && (n == 1 || p->text[first] != '0');
  for (gsize i = first; plain && i < p->at; i++)
    whole = whole * 10 + (p->text[i] - '0');
  if (p->text[p->at] == '.') {
    p->at++;
    ok = digits (p) && ok;
    plain = FALSE;
  }
  if (p->text[p->at] == 'e' || p->text[p->at] == 'E') {
    p->at++;
    p->at += p->text[p->at] == '+' || p->text[p->at] == '-';
    ok = digits (p) && ok;
    plain = FALSE;
  }
  *value = plain ? (*from == '-' ? -whole : whole) : g_ascii_strtod (from, NULL);
  return ok || bad (p);
}

static gboolean
word (Parser *p, const gchar *text)
{
  const gsize n = strlen (text);
  if (strncmp (p->text + p->at, text, n))
    return bad (p);
  p->at += n;
  return TRUE;
}

static gboolean
open_list (Parser *p, gchar c)
{
  if (p->depth == TFC_JSON_MAX_DEPTH)
    return fail (p, "JSON nested deeper than %d at byte %" G_GSIZE_FORMAT, TFC_JSON_MAX_DEPTH,
                 p->at);
  p->open[p->depth++] = p->values->len - 1;
  return token (p, c);
}

static TfcJson *
innermost (Parser *p)
{
  return p->depth ? &g_array_index (p->values, TfcJson, p->open[p->depth - 1]) : NULL;
}

/* One value, of a list or an object no more than its start. */
static gboolean
value (Parser *p, const gchar *name)
{
  TfcJson v = {.size = 1, .name = name};
  const gchar c = p->text[p->at];
  gboolean ok = TRUE;
  // clang-format off
  switch (c) {
    case '{': v.kind = TFC_JSON_OBJECT; break;
    case '[': v.kind = TFC_JSON_ARRAY; break;
    case '"': v.kind = TFC_JSON_STRING; ok = (v.text = string (p)) != NULL; break;
    case 't': v.kind = TFC_JSON_TRUE; ok = word (p, "true"); break;
    case 'f': v.kind = TFC_JSON_FALSE; ok = word (p, "false"); break;
    case 'n': v.kind = TFC_JSON_NULL; ok = word (p, "null"); break;
    default: v.kind = TFC_JSON_NUMBER; ok = number (p, &v.number); break;
  }
  // clang-format on
  if (!ok)
    return FALSE;
  g_array_append_val (p->values, v);
  return v.kind < TFC_JSON_ARRAY || open_list (p, c);
}

/* A member or an element of what is innermost. */
static gboolean
element (Parser *p)
{
  TfcJson *in = innermost (p);
  const gchar *name = NULL;
  in->n++;
  if (in->kind == TFC_JSON_OBJECT) {
    if (in->n > TFC_JSON_MAX_MEMBERS)
      return fail (p, "an object of more than %d members in the JSON", TFC_JSON_MAX_MEMBERS);
    if (p->text[p->at] != '"')
      return bad (p);
    if (!(name = string (p)))
      return FALSE;
    skip_space (p);
    if (!token (p, ':'))
      return p->error ? FALSE : bad (p);
    skip_space (p);
  }
  return value (p, name);
}

/* The next step inside what is innermost: its end, or a value of it. */
static gboolean
step (Parser *p)
{
  TfcJson *in = innermost (p);
  const gchar end = in->kind == TFC_JSON_OBJECT ? '}' : ']';
  skip_space (p);
  if (p->text[p->at] == end) {
    p->at++;
    p->depth--;
    in->size = p->values->len - (guint)(in - (TfcJson *)(gpointer)p->values->data);
    return TRUE;
  }
  if (in->n) {
    if (!token (p, ','))
      return p->error ? FALSE : bad (p);
    skip_space (p);
  }
  return element (p);
}

static gboolean
parse (Parser *p)
{
  const gchar *end;
  if (!g_utf8_validate (p->text, (gssize)p->n, &end)) {
    p->at = end - p->text;
    return bad (p);
  }
  skip_space (p);
  if (!value (p, NULL))
    return FALSE;
  while (p->depth) {
    if (!step (p))
      return FALSE;
  }
  skip_space (p);
  return p->at == p->n || bad (p);
}

gboolean
tfc_json_parse (TfcJsonTree *tree, const gchar *text, gsize n, GError **error)
{
  Parser p = {.text = g_try_malloc (n + 1), .n = n};
  gboolean ok;
  *tree = (TfcJsonTree){NULL, NULL};
  if (!p.text) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
                 "no memory for %" G_GSIZE_FORMAT " bytes of JSON", n);
    return FALSE;
  }
  if (n)
    memcpy (p.text, text, n);
  p.text[n] = 0;
  p.values = g_array_sized_new (FALSE, FALSE, sizeof (TfcJson), MIN ((guint)(n / 16), 4096) + 16);
  ok = parse (&p);
  *tree = (TfcJsonTree){p.text, (TfcJson *)(gpointer)g_array_free (p.values, FALSE)};
  if (!ok) {
    tfc_json_clear (tree);
    g_propagate_error (error, p.error);
  }
  return ok;
}

void
tfc_json_clear (TfcJsonTree *tree)
{
  g_clear_pointer (&tree->text, g_free);
  g_clear_pointer (&tree->values, g_free);
}

const TfcJson *
tfc_json_member (const TfcJson *object, const gchar *name)
{
  const TfcJson *found = NULL, *m = object ? tfc_json_first (object) : NULL;
  if (!object || object->kind != TFC_JSON_OBJECT)
    return NULL;
  for (guint i = 0; i < object->n; i++, m = tfc_json_next (m)) {
    if (strcmp (m->name, name) == 0)
      found = m;
  }
  return found;
}
