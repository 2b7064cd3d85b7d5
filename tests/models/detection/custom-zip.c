/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/detection/custom-ssd.h"
#include <gio/gio.h>
#include <string.h>

static void
put (GByteArray *to, guint32 value, guint bytes)
{
  const guint32 le = GUINT32_TO_LE (value);

  g_byte_array_append (to, (const guint8 *)&le, bytes);
}

static gsize
pack (const CustomZip *zip, guint8 *to, gsize room)
{
  const gsize n = strlen (zip->text);
  gsize read = 0, written = 0;

  if (!zip->deflate) {
    memcpy (to, zip->text, n);
    return n;
  }
  GConverter *deflater = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
  g_assert_cmpint (g_converter_convert (deflater, zip->text, n, to, room, G_CONVERTER_INPUT_AT_END,
                                        &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_object_unref (deflater);
  return written;
}

static guint32
checksum (const gchar *text)
{
  guint32 crc = ~0u;

  for (; *text; text++) {
    crc ^= (guint8)*text;
    for (guint bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

/* Version, flags, method, time, date, checksum, sizes, lengths of the name and the extra field. */
static void
put_head (GByteArray *to, const CustomZip *zip, gsize packed, guint extra)
{
  const guint32 size = zip->claims ? zip->claims : (guint32)strlen (zip->text);
  const guint32 in = zip->deflate || !zip->claims ? (guint32)packed : size;

  put (to, 20, 2);
  put (to, 0, 2);
  put (to, zip->deflate ? 8 : 0, 2);
  put (to, 0, 4);
  put (to, checksum (zip->text) + zip->damaged, 4);
  put (to, zip->zip64 ? G_MAXUINT32 : in, 4);
  put (to, zip->zip64 ? G_MAXUINT32 : size, 4);
  put (to, (guint32)strlen (zip->name), 2);
  put (to, zip->zip64 ? extra : 0, 2);
}

static void
put_long (GByteArray *to, gsize number)
{
  put (to, (guint32)number, 4);
  put (to, 0, 4);
}

/* The extra field of an entry, behind one that means nothing here. */
static void
put_extra (GByteArray *to, const CustomZip *zip, gsize packed, gsize local)
{
  put (to, 0x5455, 2);
  put (to, 1, 2);
  put (to, 0, 1);
  put (to, 1, 2);
  put (to, 24, 2);
  put_long (to, strlen (zip->text));
  put_long (to, packed);
  put_long (to, local);
}

#define EXTRA_BYTES 33

/* The directory of one entry, and the zip's end. */
static void
put_directory (GByteArray *to, const CustomZip *zip, gsize packed, guint start, guint base)
{
  const guint directory = to->len;

  g_byte_array_append (to, (const guint8 *)"PK\1\2\24\0", 6);
  put_head (to, zip, packed, EXTRA_BYTES);
  put (to, 0, 4); /* no comment, first disk */
  put (to, 0, 2);
  put (to, 0, 4);
  put (to, zip->zip64 ? G_MAXUINT32 : start - base, 4);
  g_byte_array_append (to, (const guint8 *)zip->name, (guint)strlen (zip->name));
  if (zip->zip64)
    put_extra (to, zip, packed, start - base);
  const guint end = to->len;
  if (zip->zip64) {
    g_byte_array_append (to, (const guint8 *)"PK\6\6\54\0\0\0\0\0\0\0\55\0\55\0\0\0\0\0\0\0\0\0",
                         24);
    put_long (to, 1);
    put_long (to, 1);
    put_long (to, end - directory);
    put_long (to, directory - base);
    g_byte_array_append (to, (const guint8 *)"PK\6\7\0\0\0\0", 8);
    put_long (to, end - base);
    put (to, 1, 4);
  }
  g_byte_array_append (to, (const guint8 *)"PK\5\6\0\0\0\0\1\0\1\0", 12);
  put (to, zip->zip64 ? G_MAXUINT32 : end - directory, 4);
  put (to, zip->zip64 ? G_MAXUINT32 : directory - base, 4);
  put (to, 0, 2);
}

void
custom_append_zip (const gchar *path, const CustomZip *zip)
{
  GByteArray *all = g_byte_array_new ();
  const gsize room = strlen (zip->text) + 1024;
  guint8 *bytes = g_malloc (room);
  const gsize packed = pack (zip, bytes, room);
  gchar *model;
  gsize size;

  g_assert_true (g_file_get_contents (path, &model, &size, NULL));
  g_byte_array_append (all, (guint8 *)model, (guint)size);
  const guint start = all->len;
  g_byte_array_append (all, (const guint8 *)"PK\3\4", 4);
  put_head (all, zip, packed, EXTRA_BYTES);
  g_byte_array_append (all, (const guint8 *)zip->name, (guint)strlen (zip->name));
  if (zip->zip64)
    put_extra (all, zip, packed, 0);
  g_byte_array_append (all, bytes, (guint)packed);
  put_directory (all, zip, packed, start, zip->relative ? start : 0);
  g_assert_true (g_file_set_contents (path, (gchar *)all->data, (gssize)all->len, NULL));
  g_byte_array_unref (all);
  g_free (model);
  g_free (bytes);
}
