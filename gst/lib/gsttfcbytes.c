/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcbytes-private.h"

#define MAX_TEXT 256
#define MAX_NEW_TEXTS 4096

void
tfc_put (GByteArray *bytes, guint64 value, guint n_bytes)
{
  guint64 le = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *)&le, n_bytes);
}

void
tfc_put_floats (GByteArray *bytes, const gfloat *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint32 bits;
    memcpy (&bits, &values[i], 4);
    tfc_put (bytes, bits, 4);
  }
}

void
tfc_put_text (GByteArray *bytes, const gchar *text)
{
  const gchar *end = text;
  guint n;

  while (text && *end && g_utf8_next_char (end) - text <= MAX_TEXT) /* whole characters */
    end = g_utf8_next_char (end);
  n = end - text;
  tfc_put (bytes, n, 2);
  g_byte_array_append (bytes, (const guint8 *)text, n);
}

const guint8 *
tfc_take (TfcReader *reader, gsize n)
{
  const guint8 *at = reader->data;

  if (reader->bad || n > reader->left) {
    reader->bad = TRUE;
    return NULL;
  }
  reader->data += n;
  reader->left -= n;
  return at;
}

guint64
tfc_get (TfcReader *reader, guint n_bytes)
{
  const guint8 *at = tfc_take (reader, n_bytes);
  guint64 le = 0;

  if (at)
    memcpy (&le, at, n_bytes);
  return GUINT64_FROM_LE (le);
}

guint
tfc_get_below (TfcReader *reader, guint n_bytes, guint end)
{
  guint64 value = tfc_get (reader, n_bytes);

  if (value < end)
    return (guint)value;
  reader->bad = TRUE;
  return 0;
}

void
tfc_get_floats (TfcReader *reader, gfloat *values, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint32 bits = tfc_get (reader, 4);
    memcpy (&values[i], &bits, 4);
  }
}

/* NULL if hostile streams have brought too many different texts already. */
static const gchar *
intern (const gchar *text)
{
  static gint n_new;

  if (g_quark_try_string (text) || g_atomic_int_get (&n_new) >= MAX_NEW_TEXTS)
    return g_quark_to_string (g_quark_try_string (text));
  g_atomic_int_inc (&n_new);
  return g_intern_string (text);
}

const gchar *
tfc_get_text (TfcReader *reader)
{
  gchar text[MAX_TEXT + 1];
  guint n = tfc_get_below (reader, 2, MAX_TEXT + 1);
  const guint8 *at = tfc_take (reader, n);

  if (!at)
    return NULL;
  memcpy (text, at, n);
  text[n] = 0;
  reader->bad |= strlen (text) != n || !g_utf8_validate (text, n, NULL);
  const gchar *interned = reader->bad ? NULL : intern (text);
  reader->bad |= !interned;
  return interned;
}
