/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/exif.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define ORIENTATION 0x0112    /* the TIFF tag */
#define MAX_BLOCK (64 * 1024) /* as much as a JPEG has room for */

static guint
read_number (const guint8 *at, guint n, gboolean little)
{
  guint value = 0;
  for (guint i = 0; i < n; i++)
    value = value << 8 | at[little ? n - 1 - i : i];
  return value;
}

guint
tfc_exif_orientation (const guint8 *exif, gsize n)
{
  if (n >= 6 && !memcmp (exif, "Exif\0", 6)) { /* as in JPEG; some writers keep it */
    exif += 6;
    n -= 6;
  }
  if (n < 8 || (memcmp (exif, "II*\0", 4) && memcmp (exif, "MM\0*", 4)))
    return 1;
  const gboolean little = exif[0] == 'I';
  const gsize start = read_number (exif + 4, 4, little);
  if (start > n - 2)
    return 1;
  const guint entries = read_number (exif + start, 2, little);
  for (gsize i = 0, at = start + 2; i < entries && at + 12 <= n; i++, at += 12) {
    if (read_number (exif + at, 2, little) == ORIENTATION) {
      const guint value = read_number (exif + at + 8, 2, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  }
  return 1;
}

/* What the eXIf chunk says that begins where file stands. */
static guint
chunk_orientation (FILE *file, gsize n)
{
  guint8 *block = g_malloc (MAX_BLOCK);
  const guint orientation =
      tfc_exif_orientation (block, fread (block, 1, MIN (n, MAX_BLOCK), file));
  g_free (block);
  return orientation;
}

guint
tfc_exif_png_orientation (const gchar *path)
{
  static const guint8 signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  guint8 head[8];
  guint orientation = 1;
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_fopen (path, "rb") : NULL;
  if (!file)
    return 1;
  gboolean more = fread (head, 1, 8, file) == 8 && !memcmp (head, signature, 8);
  while (more && fread (head, 1, 8, file) == 8) { /* bytes and name of a chunk */
    const guint n = read_number (head, 4, FALSE);
    const gboolean found = !memcmp (head + 4, "eXIf", 4);
    if (found)
      orientation = chunk_orientation (file, n);
    more = !found && !fseeko (file, (off_t)n + 4, SEEK_CUR); /* and its checksum */
  }
  fclose (file);
  return orientation;
}
