/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/files/zip.h"

#include <gio/gio.h>
#include <string.h>

#include "inference/error.h"

#define END_BYTES 22 /* the record that ends a zip, without its comment */
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define END64_BYTES 56        /* what zip64 puts in front of the end: its own, of version 1, */
#define LOCATOR_BYTES 20      /* and where that is */
#define ELSEWHERE G_MAXUINT32 /* in zip64: the number is 64 bits and stands elsewhere */
#define MAX_COMMENT 65535

enum { STORED = 0, DEFLATED = 8, ENCRYPTED = 1 };

typedef struct {
  gsize at, next; /* in the file */
  guint flags, method, n_name;
  guint32 crc;
  guint64 packed, size, local;
} Entry;

static guint
u16 (const guint8 *p)
{
  return p[0] | (guint)p[1] << 8;
}

static guint32
u32 (const guint8 *p)
{
  return u16 (p) | (guint32)u16 (p + 2) << 16;
}

static guint64
u64 (const guint8 *p)
{
  return u32 (p) | (guint64)u32 (p + 4) << 32;
}

/* The directory of n entries and length bytes ends at end; offsets count from offset bytes before
 * it. */
static gboolean
set_directory (TfcZip *zip, gsize end, guint64 n, guint64 length, guint64 offset)
{
  if (length > end || offset > end - length)
    return FALSE;
  zip->n = (guint)MIN (n, G_MAXUINT);
  zip->directory = end - length;
  zip->start = end - length - offset;
  return TRUE;
}

static gboolean
is_end (TfcZip *zip, gsize at)
{
  const guint8 *p = zip->data + at;

  if (memcmp (p, "PK\5\6", 4) || at + END_BYTES + u16 (p + 20) != zip->size)
    return FALSE;
  if (at < END64_BYTES + LOCATOR_BYTES || memcmp (p - LOCATOR_BYTES, "PK\6\7", 4))
    return set_directory (zip, at, u16 (p + 10), u32 (p + 12), u32 (p + 16));
  const guint8 *end = p - LOCATOR_BYTES - END64_BYTES;
  return !memcmp (end, "PK\6\6", 4) &&
         set_directory (zip, at - LOCATOR_BYTES - END64_BYTES, u64 (end + 32), u64 (end + 40),
                        u64 (end + 48));
}

gboolean
tfc_zip_init (TfcZip *zip, const guint8 *data, gsize size)
{
  *zip = (TfcZip){.data = data, .size = size};
  if (size < END_BYTES)
    return FALSE;
  for (gsize back = END_BYTES; back <= MIN (size, END_BYTES + MAX_COMMENT); back++)
    if (is_end (zip, size - back))
      return TRUE;
  return FALSE;
}

/* The numbers of an entry that stand in its extra field, in this order. */
static gboolean
read_long (Entry *e, const guint8 *extra, gsize n)
{
  guint64 *const numbers[] = {&e->size, &e->packed, &e->local};
  gsize at = 0, end = 0;

  for (; n - end >= 4 && end <= n; end += 4 + (gsize)u16 (extra + end + 2))
    if (u16 (extra + end) == 1) {
      at = end + 4;
      end = at + u16 (extra + end + 2);
      break;
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (*numbers[i] != ELSEWHERE)
      continue;
    if (!at || end > n || at > end || end - at < 8)
      return FALSE;
    *numbers[i] = u64 (extra + at);
    at += 8;
  }
  return TRUE;
}

/* The entry at at, which is where the one before ended. */
static gboolean
read_entry (const TfcZip *zip, gsize at, Entry *e)
{
  const guint8 *p = zip->data + at;

  if (at > zip->size || zip->size - at < ENTRY_BYTES || memcmp (p, "PK\1\2", 4))
    return FALSE;
  *e = (Entry){.at = at,
               .flags = u16 (p + 8),
               .method = u16 (p + 10),
               .crc = u32 (p + 16),
               .packed = u32 (p + 20),
               .size = u32 (p + 24),
               .n_name = u16 (p + 28),
               .local = u32 (p + 42)};
  e->next = at + ENTRY_BYTES + e->n_name + u16 (p + 30) + u16 (p + 32);
  return e->next <= zip->size && read_long (e, p + ENTRY_BYTES + e->n_name, u16 (p + 30));
}

gchar *
tfc_zip_next (const TfcZip *zip, gsize *at)
{
  const gsize from = *at ? *at : zip->directory;
  Entry e;

  if (!read_entry (zip, from, &e))
    return NULL;
  *at = e.next;
  return g_strndup ((const gchar *)zip->data + from + ENTRY_BYTES, e.n_name);
}

static gboolean
find (const TfcZip *zip, const gchar *name, Entry *e)
{
  gsize at = zip->directory;
  const gsize n = strlen (name);

  for (guint i = 0; i < zip->n && read_entry (zip, at, e); i++, at = e->next)
    if (e->n_name == n && !memcmp (zip->data + at + ENTRY_BYTES, name, n))
      return TRUE;
  return FALSE;
}

/* why: how the sentence goes on behind the name. */
static gboolean
broken (const gchar *name, TfcErrorCode code, const gchar *why, GError **error)
{
  gchar *printable = tfc_printable (name);

  g_set_error (error, TFC_ERROR, (gint)code, "'%s' in the zip behind the model %s", printable, why);
  g_free (printable);
  return FALSE;
}

/* Where the entry's bytes stand. */
static gboolean
locate (const TfcZip *zip, const Entry *e, const gchar *name, gsize *at, GError **error)
{
  const gsize room = zip->size - zip->start; /* start is within the file */
  const gsize local = zip->start + e->local;

  if (e->local > room || room - e->local < LOCAL_BYTES || memcmp (zip->data + local, "PK\3\4", 4))
    return broken (name, TFC_ERROR_FORMAT, "is not where the directory says", error);
  *at = local + LOCAL_BYTES + u16 (zip->data + local + 26) + u16 (zip->data + local + 28);
  if (*at > zip->size || zip->size - *at < e->packed)
    return broken (name, TFC_ERROR_FORMAT, "reaches beyond the file", error);
  return TRUE;
}

static gboolean
inflate (const guint8 *from, gsize n, guint8 *to, gsize size)
{
  GConverter *inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize in = 0, out = 0;

  while (result == G_CONVERTER_CONVERTED) {
    gsize read = 0, written = 0;
    result = g_converter_convert (inflater, from + in, n - in, to + out, size + 1 - out,
                                  G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
    in += read;
    out += written;
    if (out > size)
      break;
  }
  g_object_unref (inflater);
  return result == G_CONVERTER_FINISHED && out == size;
}

static guint32
crc32_of (const guint8 *bytes, gsize n)
{
  guint32 crc = ~0u;

  for (gsize i = 0; i < n; i++) {
    crc ^= bytes[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

/* What an entry says of itself, that it cannot be read; or NULL. */
static const gchar *
unreadable (const Entry *e, gsize limit)
{
  if (e->flags & ENCRYPTED)
    return "is encrypted";
  if (e->method != STORED && e->method != DEFLATED)
    return "is packed with a method that is not read (stored and deflate are)";
  if (e->size > limit)
    return "is too large";
  return e->method == STORED && e->packed != e->size ? "has two different sizes" : NULL;
}

/* NULL, or why not. */
static const gchar *
unpack (const Entry *e, const guint8 *from, guint8 *to)
{
  if (e->method == STORED)
    memcpy (to, from, e->size);
  else if (!inflate (from, e->packed, to, e->size))
    return "does not unpack to the size it says";
  return crc32_of (to, e->size) != e->crc ? "is damaged: its checksum is another" : NULL;
}

GBytes *
tfc_zip_read (const TfcZip *zip, const gchar *name, gsize limit, GError **error)
{
  Entry e = {0};
  gsize at;

  if (!find (zip, name, &e)) {
    broken (name, TFC_ERROR_NOT_FOUND, "is not there", error);
    return NULL;
  }
  const gchar *wrong = unreadable (&e, limit);
  if (wrong)
    broken (name, TFC_ERROR_FORMAT, wrong, error);
  if (wrong || !locate (zip, &e, name, &at, error))
    return NULL;
  guint8 *bytes = g_try_malloc (e.size + 1);
  if (!bytes) {
    broken (name, TFC_ERROR_MEMORY, "does not fit into memory", error);
    return NULL;
  }
  wrong = unpack (&e, zip->data + at, bytes);
  if (wrong) {
    broken (name, TFC_ERROR_FORMAT, wrong, error);
    g_free (bytes);
    return NULL;
  }
  return g_bytes_new_take (bytes, e.size);
}
