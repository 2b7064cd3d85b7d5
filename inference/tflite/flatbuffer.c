/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/flatbuffer.h"

#include <string.h>

#define MAX_STRING 255
#define MAX_FLEX 16384
#define MAX_KEY 64

void
tfc_fb_init (TfcFb *fb, const guint8 *data, gsize size, const gchar *name)
{
  *fb = (TfcFb){.data = data, .size = size, .name = name};
}

void
tfc_fb_finish (TfcFb *fb)
{
  g_clear_error (&fb->error);
}

void
tfc_fb_fail (TfcFb *fb, gsize at, const gchar *what)
{
  if (!fb->error)
    fb->error = g_error_new (TFC_ERROR, TFC_ERROR_FORMAT, "%s: %s at byte %" G_GSIZE_FORMAT,
                             fb->name, what, at);
}

gboolean
tfc_fb_has (TfcFb *fb, gsize at, gsize n)
{
  if (fb->error)
    return FALSE;
  if (at <= fb->size && n <= fb->size - at)
    return TRUE;
  tfc_fb_fail (fb, at, "truncated or corrupt, an offset or size points past the end");
  return FALSE;
}

/* Little-endian integer of up to 8 bytes. */
static guint64
fetch (TfcFb *fb, gsize at, guint n)
{
  guint64 bits = 0;
  if (!tfc_fb_has (fb, at, n))
    return 0;
  for (guint i = 0; i < n; i++)
    bits |= (guint64)fb->data[at + i] << (8 * i);
  return bits;
}

static gfloat
float_of (guint32 bits)
{
  gfloat f;
  memcpy (&f, &bits, 4);
  return f;
}

static gdouble
double_of (guint64 bits)
{
  gdouble d;
  memcpy (&d, &bits, 8);
  return d;
}

/* Where the offset of 4 bytes at at points: always forwards. */
static gsize
follow (TfcFb *fb, gsize at)
{
  gsize to = at + (gsize)fetch (fb, at, 4);
  if (fb->error)
    return 0;
  if (to == at) {
    tfc_fb_fail (fb, at, "null offset");
    return 0;
  }
  return tfc_fb_has (fb, to, 4) ? to : 0;
}

gsize
tfc_fb_root (TfcFb *fb, const gchar *identifier)
{
  if (!tfc_fb_has (fb, 0, 8))
    return 0;
  if (memcmp (fb->data + 4, identifier, 4)) {
    tfc_fb_fail (fb, 4, "wrong file identifier");
    return 0;
  }
  return follow (fb, 0);
}

/* Position of a table's field of n bytes, 0 if it is not there. */
static gsize
field_at (TfcFb *fb, gsize table, guint field, guint n)
{
  gint64 vtable;
  guint vtable_size, offset;
  if (!table || fb->error)
    return 0;
  vtable = (gint64)table - (gint32)fetch (fb, table, 4);
  if (vtable < 0) {
    tfc_fb_fail (fb, table, "vtable before the file");
    return 0;
  }
  vtable_size = (guint)fetch (fb, vtable, 2);
  if (4 + 2 * field + 2 > vtable_size)
    return 0;
  offset = (guint)fetch (fb, vtable + 4 + 2 * field, 2);
  return offset && tfc_fb_has (fb, table + offset, n) ? table + offset : 0;
}

gint32
tfc_fb_i8 (TfcFb *fb, gsize table, guint field, gint32 fallback)
{
  gsize at = field_at (fb, table, field, 1);
  return at ? (gint8)fetch (fb, at, 1) : fallback;
}

gint32
tfc_fb_u8 (TfcFb *fb, gsize table, guint field, gint32 fallback)
{
  gsize at = field_at (fb, table, field, 1);
  return at ? (gint32)fetch (fb, at, 1) : fallback;
}

gint32
tfc_fb_i32 (TfcFb *fb, gsize table, guint field, gint32 fallback)
{
  gsize at = field_at (fb, table, field, 4);
  return at ? (gint32)fetch (fb, at, 4) : fallback;
}

guint32
tfc_fb_u32 (TfcFb *fb, gsize table, guint field, guint32 fallback)
{
  return (guint32)tfc_fb_i32 (fb, table, field, (gint32)fallback);
}

gfloat
tfc_fb_f32 (TfcFb *fb, gsize table, guint field, gfloat fallback)
{
  gsize at = field_at (fb, table, field, 4);
  return at ? float_of ((guint32)fetch (fb, at, 4)) : fallback;
}

gsize
tfc_fb_table (TfcFb *fb, gsize table, guint field)
{
  gsize at = field_at (fb, table, field, 4);
  return at ? follow (fb, at) : 0;
}

TfcFbVector
tfc_fb_vector (TfcFb *fb, gsize table, guint field, guint element)
{
  gsize at = tfc_fb_table (fb, table, field);
  TfcFbVector v = {.at = at + 4};
  guint32 n = at ? (guint32)fetch (fb, at, 4) : 0;
  if (n && tfc_fb_has (fb, v.at, (gsize)n * element))
    v.n = n;
  return v;
}

gchar *
tfc_fb_string (TfcFb *fb, gsize table, guint field)
{
  TfcFbVector v = tfc_fb_vector (fb, table, field, 1);
  return v.n ? g_utf8_make_valid ((const gchar *)fb->data + v.at,
                                  strnlen ((const gchar *)fb->data + v.at, MIN (v.n, MAX_STRING)))
             : NULL;
}

gint32
tfc_fb_at_i32 (TfcFb *fb, TfcFbVector v, guint32 index)
{
  return (gint32)fetch (fb, v.at + 4 * (gsize)index, 4);
}

gint64
tfc_fb_at_i64 (TfcFb *fb, TfcFbVector v, guint32 index)
{
  return (gint64)fetch (fb, v.at + 8 * (gsize)index, 8);
}

gsize
tfc_fb_at_table (TfcFb *fb, TfcFbVector v, guint32 index)
{
  return follow (fb, v.at + 4 * (gsize)index);
}

/* FlexBuffers: values point backwards; a type byte holds the type and log2 of the width. */
enum {
  FLEX_INT = 1,
  FLEX_UINT,
  FLEX_FLOAT,
  FLEX_INDIRECT_INT = 6,
  FLEX_INDIRECT_UINT,
  FLEX_INDIRECT_FLOAT,
  FLEX_MAP,
  FLEX_VECTOR_INT = 11,
  FLEX_VECTOR_UINT,
  FLEX_BOOL = 26
};

/* The bytes of the FlexBuffer alone, so that nothing points out of them. */
typedef struct {
  TfcFb fb;
  gsize numbers; /* told so far: shared offsets must not multiply the work */
  TfcFlexFunc found;
  gpointer data;
} Flex;

static gsize
back (TfcFb *fb, gsize at, guint width)
{
  guint64 distance = fetch (fb, at, width);
  if (distance <= at)
    return at - (gsize)distance;
  tfc_fb_fail (fb, at, "a FlexBuffer offset points before its start");
  return 0;
}

static gdouble
flex_number (TfcFb *fb, guint type, gsize at, guint width)
{
  guint64 bits = fetch (fb, at, width);
  if (type == FLEX_FLOAT)
    return width == 8 ? double_of (bits) : width == 4 ? float_of ((guint32)bits) : 0;
  if (type == FLEX_INT)
    return (gdouble)((gint64)(bits << (64 - 8 * width)) >> (64 - 8 * width));
  return (gdouble)bits;
}

static void
flex_value (Flex *f, const gchar *key, guint packed, gsize at, guint width)
{
  guint type = packed >> 2, child = 1u << (packed & 3);
  if ((type >= FLEX_INT && type <= FLEX_FLOAT) || type == FLEX_BOOL) {
    f->found (f->data, key, 0, 1, flex_number (&f->fb, type, at, width));
  } else if (type >= FLEX_INDIRECT_INT && type <= FLEX_INDIRECT_FLOAT) {
    at = back (&f->fb, at, width);
    f->found (f->data, key, 0, 1, flex_number (&f->fb, type - 5, at, child));
  } else if (type == FLEX_VECTOR_INT || type == FLEX_VECTOR_UINT) {
    at = back (&f->fb, at, width);
    guint64 n = at >= child ? fetch (&f->fb, at - child, child) : 0;
    f->numbers += MIN (n, f->fb.size);
    if (f->numbers > f->fb.size)
      tfc_fb_fail (&f->fb, at, "FlexBuffer vectors overlap");
    if (n <= f->fb.size && tfc_fb_has (&f->fb, at, n * child)) {
      for (guint64 i = 0; i < n; i++)
        f->found (f->data, key, i, n, flex_number (&f->fb, type - 10, at + i * child, child));
    }
  }
}

/* Before a map's values: the offset of its keys, their width, the number of entries. */
static void
flex_entries (Flex *f, gsize map, guint width)
{
  TfcFb *fb = &f->fb;
  if (map < 3 * width) {
    tfc_fb_fail (fb, map, "FlexBuffer map without keys");
    return;
  }
  guint64 n = fetch (fb, map - width, width), key_width = fetch (fb, map - 2 * width, width);
  gsize keys = back (fb, map - 3 * width, width);
  if (n > fb->size || key_width < 1 || key_width > 8 || !tfc_fb_has (fb, map, n * (width + 1)) ||
      !tfc_fb_has (fb, keys, n * key_width)) {
    tfc_fb_fail (fb, map, "corrupt FlexBuffer map");
    return;
  }
  for (guint64 i = 0; i < n && !fb->error; i++) {
    gsize key = back (fb, keys + i * key_width, key_width);
    if (fb->error || !memchr (fb->data + key, 0, MIN (fb->size - key, MAX_KEY)))
      tfc_fb_fail (fb, key, "FlexBuffer key without an end");
    else
      flex_value (f, (const gchar *)fb->data + key, fb->data[map + n * width + i], map + i * width,
                  width);
  }
}

void
tfc_flex_map (TfcFb *fb, TfcFbVector v, TfcFlexFunc found, gpointer data)
{
  Flex f = {.found = found, .data = data};
  guint width, packed;
  if (fb->error || !v.n)
    return;
  tfc_fb_init (&f.fb, fb->data + v.at, v.n, fb->name);
  width = v.n >= 3 ? f.fb.data[v.n - 1] : 0;
  packed = v.n >= 3 ? f.fb.data[v.n - 2] : 0;
  if (width < 1 || width > 8 || v.n < 2 + width || v.n > MAX_FLEX || packed >> 2 != FLEX_MAP)
    tfc_fb_fail (&f.fb, v.n, "custom options are no FlexBuffer map");
  else
    flex_entries (&f, back (&f.fb, v.n - 2 - width, width), 1u << (packed & 3));
  if (f.fb.error)
    tfc_fb_fail (fb, v.at, "corrupt FlexBuffer options");
  tfc_fb_finish (&f.fb);
}
