/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "zip.h"

#include <gio/gio.h>
#include <string.h>

#include "error.h"

#define END_BYTES 22 /* the record that ends a zip, without its comment */
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define MAX_COMMENT 65535

enum { STORED = 0, DEFLATED = 8, ENCRYPTED = 1 };

typedef struct {
  gsize at, next; /* in the file */
  guint flags, method, n_name;
  gsize packed, size, local;
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

static gboolean
is_end (TfcZip *zip, gsize at)
{
  const guint8 *p = zip->data + at;

  if (memcmp (p, "PK\5\6", 4) || at + END_BYTES + u16 (p + 20) != zip->size)
    return FALSE;
  const gsize length = u32 (p + 12), offset = u32 (p + 16);
  if (length > at || offset > at - length)
    return FALSE;
  zip->n = u16 (p + 10);
  zip->directory = at - length;
  zip->start = at - length - offset;
  return TRUE;
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
               .packed = u32 (p + 20),
               .size = u32 (p + 24),
               .n_name = u16 (p + 28),
               .local = u32 (p + 42)};
  e->next = at + ENTRY_BYTES + e->n_name + u16 (p + 30) + u16 (p + 32);
  return e->next <= zip->size;
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

static gboolean
broken (const gchar *name, const gchar *why, GError **error)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT, "'%s' in the zip behind the model %s", name,
               why);
  return FALSE;
}

/* Where the entry's bytes stand. */
static gboolean
locate (const TfcZip *zip, const Entry *e, const gchar *name, gsize *at, GError **error)
{
  const gsize local = zip->start + e->local;

  if (local > zip->size || zip->size - local < LOCAL_BYTES ||
      memcmp (zip->data + local, "PK\3\4", 4))
    return broken (name, "is not where the directory says", error);
  *at = local + LOCAL_BYTES + u16 (zip->data + local + 26) + u16 (zip->data + local + 28);
  if (*at > zip->size || zip->size - *at < e->packed)
    return broken (name, "reaches beyond the file", error);
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

GBytes *
tfc_zip_read (const TfcZip *zip, const gchar *name, gsize limit, GError **error)
{
  Entry e;
  gsize at;

  if (!find (zip, name, &e)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND, "no '%s' in the zip behind the model",
                 name);
    return NULL;
  }
  const gchar *wrong = e.flags & ENCRYPTED ? "is encrypted"
                       : e.method != STORED && e.method != DEFLATED
                           ? "is packed with a method that is not read (stored and deflate are)"
                       : e.size > limit                           ? "is too large"
                       : e.method == STORED && e.packed != e.size ? "has two different sizes"
                                                                  : NULL;
  if (wrong)
    broken (name, wrong, error);
  if (wrong || !locate (zip, &e, name, &at, error))
    return NULL;
  guint8 *bytes = g_try_malloc (e.size + 1);
  if (!bytes) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for '%s'", name);
    return NULL;
  }
  if (e.method == STORED) {
    memcpy (bytes, zip->data + at, e.size);
  } else if (!inflate (zip->data + at, e.packed, bytes, e.size)) {
    broken (name, "does not unpack to the size it says", error);
    g_free (bytes);
    return NULL;
  }
  return g_bytes_new_take (bytes, e.size);
}
