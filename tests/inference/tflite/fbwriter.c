/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/fbwriter.h"

#include <string.h>

static void
put32 (FbWriter *w, guint at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (w->data + at, &value, 4);
}

static void
put16 (FbWriter *w, guint at, guint16 value)
{
  value = GUINT16_TO_LE (value);
  memcpy (w->data + at, &value, 2);
}

static guint
grow (FbWriter *w, guint bytes)
{
  guint at = w->len;
  g_byte_array_set_size (w, at + bytes);
  memset (w->data + at, 0, bytes);
  return at;
}

FbWriter *
fbw_new (const gchar *identifier)
{
  FbWriter *w = g_byte_array_new ();
  grow (w, 8);
  memcpy (w->data + 4, identifier, 4);
  return w;
}

guint
fbw_table (FbWriter *w, guint n_fields)
{
  guint vtable, table;
  grow (w, (4 - w->len % 4) % 4);
  vtable = grow (w, (4 + 2 * n_fields + 3) & ~3u);
  put16 (w, vtable, 4 + 2 * n_fields);
  put16 (w, vtable + 2, 4 + 4 * n_fields);
  table = grow (w, 4 + 4 * n_fields);
  put32 (w, table, table - vtable);
  if (vtable == 8)
    put32 (w, 0, table);
  return table;
}

static guint
slot (FbWriter *w, guint table, guint field)
{
  guint32 back;
  memcpy (&back, w->data + table, 4);
  put16 (w, table - GUINT32_FROM_LE (back) + 4 + 2 * field, 4 + 4 * field);
  return table + 4 + 4 * field;
}

void
fbw_i32 (FbWriter *w, guint table, guint field, gint32 value)
{
  put32 (w, slot (w, table, field), (guint32)value);
}

void
fbw_f32 (FbWriter *w, guint table, guint field, gfloat value)
{
  guint32 bits;
  memcpy (&bits, &value, 4);
  fbw_i32 (w, table, field, (gint32)bits);
}

void
fbw_ref (FbWriter *w, guint table, guint field, guint target)
{
  guint at = slot (w, table, field);
  put32 (w, at, target - at);
}

guint
fbw_vector (FbWriter *w, guint table, guint field, guint element, guint n, const void *data,
            guint align, guint skew)
{
  guint start;
  while ((w->len + 4) % align != skew % align)
    grow (w, 1);
  start = grow (w, 4 + element * n);
  put32 (w, start, n);
  if (data)
    memcpy (w->data + start + 4, data, element * n);
  fbw_ref (w, table, field, start);
  return start + 4;
}

void
fbw_string (FbWriter *w, guint table, guint field, const gchar *text)
{
  fbw_vector (w, table, field, 1, strlen (text), text, 4, 0);
  grow (w, 1);
}

void
fbw_element (FbWriter *w, guint first, guint i, guint target)
{
  put32 (w, first + 4 * i, target - (first + 4 * i));
}

/* Everything 4 bytes wide: keys, vectors, the vector of keys, the map, the root. */
GBytes *
flex_write (const FlexEntry *entries, guint n)
{
  FbWriter *b = g_byte_array_new ();
  guint key[16], vector[16], keys, map, root;
  g_assert_cmpuint (n, <=, 16);
  for (guint i = 0; i < n; i++) {
    key[i] = b->len;
    g_byte_array_append (b, (const guint8 *)entries[i].key, strlen (entries[i].key) + 1);
  }
  grow (b, (4 - b->len % 4) % 4);
  for (guint i = 0; i < n; i++) {
    if (entries[i].n < 2)
      continue;
    put32 (b, grow (b, 4), entries[i].n);
    vector[i] = grow (b, 4 * entries[i].n);
    for (guint k = 0; k < entries[i].n; k++)
      put32 (b, vector[i] + 4 * k, (guint32)entries[i].ints[k]);
  }
  put32 (b, grow (b, 4), n);
  keys = grow (b, 4 * n);
  for (guint i = 0; i < n; i++)
    put32 (b, keys + 4 * i, keys + 4 * i - key[i]);
  root = grow (b, 12);
  put32 (b, root, root - keys);
  put32 (b, root + 4, 4);
  put32 (b, root + 8, n);
  map = grow (b, 5 * n);
  for (guint i = 0; i < n; i++) {
    guint at = map + 4 * i;
    guint32 bits = entries[i].n < 2 && !entries[i].f ? (guint32)entries[i].ints[0] : 0;
    if (entries[i].f)
      memcpy (&bits, &entries[i].number, 4);
    put32 (b, at, entries[i].n > 1 ? at - vector[i] : bits);
    b->data[map + 4 * n + i] = (entries[i].n > 1 ? 11 << 2 : entries[i].f ? 3 << 2 : 1 << 2) | 2;
  }
  root = grow (b, 6);
  put32 (b, root, root - map);
  b->data[root + 4] = 9 << 2 | 2;
  b->data[root + 5] = 4;
  return g_byte_array_free_to_bytes (b);
}
