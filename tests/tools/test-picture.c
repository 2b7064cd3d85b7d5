/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Picture files as tfc-see reads them: WebP, still and moving, and PNG, turned as EXIF says, and
 * broken. */
#include "tools/common/exif.h"
#include "tools/common/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <webp/encode.h>

#define WIDTH 7
#define HEIGHT 5

static gchar *folder;

/* No two pixels are alike. */
static void
pixel (gint x, gint y, guint8 rgb[3])
{
  rgb[0] = (guint8)(10 + 30 * x);
  rgb[1] = (guint8)(20 + 40 * y);
  rgb[2] = (guint8)(7 * x * y);
}

/* What a lossless encoder makes of them: a whole file "RIFF size WEBP VP8L size ...". */
static GByteArray *
encode (void)
{
  guint8 rgb[HEIGHT][WIDTH][3], *bytes;
  GByteArray *file = g_byte_array_new ();
  for (gint y = 0; y < HEIGHT; y++)
    for (gint x = 0; x < WIDTH; x++)
      pixel (x, y, rgb[y][x]);
  const gsize n = WebPEncodeLosslessRGB (rgb[0][0], WIDTH, HEIGHT, 3 * WIDTH, &bytes);
  g_assert_cmpuint (n, >, 20);
  g_byte_array_append (file, bytes, n);
  WebPFree (bytes);
  return file;
}

static void
put (GByteArray *to, guint32 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++) {
    const guint8 byte = value >> 8 * i & 255;
    g_byte_array_append (to, &byte, 1);
  }
}

static void
put_chunk (GByteArray *to, const gchar *name, gconstpointer data, gsize n)
{
  g_byte_array_append (to, (const guint8 *)name, 4);
  put (to, (guint32)n, 4);
  g_byte_array_append (to, data, n);
  if (n % 2)
    put (to, 0, 1);
}

/* An extended file: flags of VP8X, and the chunks that come behind it. */
static GByteArray *
extended (guint8 flags, const GByteArray *chunks)
{
  GByteArray *file = g_byte_array_new (), *head = g_byte_array_new ();
  put (head, flags, 4);
  put (head, WIDTH - 1, 3);
  put (head, HEIGHT - 1, 3);
  g_byte_array_append (file, (const guint8 *)"RIFF", 4);
  put (file, 4 + 18 + chunks->len, 4);
  g_byte_array_append (file, (const guint8 *)"WEBP", 4);
  put_chunk (file, "VP8X", head->data, head->len);
  g_byte_array_append (file, chunks->data, chunks->len);
  g_byte_array_unref (head);
  return file;
}

/* The orientation as the second entry of a directory, in either order of bytes. */
static GByteArray *
exif (guint orientation, gboolean little, gboolean named)
{
  static const guint8 big[] = {'M', 'M', 0, '*', 0,  0, 0, 8, 0, 2, 1, 0, 0, 3, 0, 0, 0, 1, 0,
                               7,   0,   0, 1,   18, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  static const guint8 small[] = {'I', 'I', '*', 0,  8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 7,
                                 0,   0,   0,   18, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  GByteArray *to = g_byte_array_new ();
  if (named)
    g_byte_array_append (to, (const guint8 *)"Exif\0", 6);
  g_byte_array_append (to, little ? small : big, sizeof big);
  to->data[to->len - 8 + (little ? 0 : 1)] = (guint8)orientation;
  return to;
}

/* Writes the file and reads it; takes bytes. */
static gboolean
load (GByteArray *bytes, TfcPicture *picture, GError **error)
{
  gchar *path = g_build_filename (folder, "picture.webp", NULL);
  g_assert_true (g_file_set_contents (path, (gchar *)bytes->data, bytes->len, NULL));
  const gboolean ok = tfc_picture_load (path, picture, error);
  g_assert_true (ok || strstr ((*error)->message, path));
  g_unlink (path);
  g_free (path);
  g_byte_array_unref (bytes);
  return ok;
}

/* Every pixel is where orientation (1..8) puts it. */
static void
check_pixels (TfcPicture *picture, guint orientation)
{
  const gboolean turned = orientation > 4;
  const gint width = turned ? HEIGHT : WIDTH, height = turned ? WIDTH : HEIGHT;
  g_assert_cmpint (picture->frame.width, ==, width);
  g_assert_cmpint (picture->frame.height, ==, height);
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++) {
      const gint u = WIDTH - 1 - (turned ? y : x), v = HEIGHT - 1 - (turned ? x : y);
      const gint column = turned ? y : x, row = turned ? x : y;
      const gint at[8][2] = {{column, row}, {u, row},    {u, v}, {column, v},
                             {column, row}, {column, v}, {u, v}, {u, row}};
      guint8 want[3];
      pixel (at[orientation - 1][0], at[orientation - 1][1], want);
      g_assert_cmpmem (picture->frame.plane[0] + (gsize)y * picture->frame.stride[0] + 3 * x, 3,
                       want, 3);
    }
  }
  tfc_picture_clear (picture);
}

static void
test_still (void)
{
  TfcPicture picture = {0};
  GError *error = NULL;
  load (encode (), &picture, &error);
  g_assert_no_error (error);
  check_pixels (&picture, 1);
}

static void
test_exif (void)
{
  for (guint i = 0; i < 8 * 4; i++) {
    const guint orientation = 1 + i / 4;
    TfcPicture picture = {0};
    GError *error = NULL;
    GByteArray *plain = encode (), *chunks = g_byte_array_new (),
               *block = exif (orientation, i & 1, i & 2);
    g_byte_array_append (chunks, plain->data + 12, plain->len - 12);
    put_chunk (chunks, "EXIF", block->data, block->len);
    load (extended (8, chunks), &picture, &error);
    g_assert_no_error (error);
    check_pixels (&picture, orientation);
    g_byte_array_unref (plain);
    g_byte_array_unref (block);
    g_byte_array_unref (chunks);
  }
}

/* What is cut off or out of range is no orientation, and nothing is read beyond. */
static void
test_exif_broken (void)
{
  const guint whole = 38;
  for (guint i = 0; i < 2 * whole; i++) {
    TfcPicture picture = {0};
    GError *error = NULL;
    GByteArray *plain = encode (), *chunks = g_byte_array_new (), *block = exif (6, i & 1, FALSE);
    if (i / 2 < 26)
      g_byte_array_set_size (block, i / 2);
    else
      memset (block->data + 4, i == 2 * whole - 1 ? 0xff : (gint)i, 4); /* where the directory is */
    g_byte_array_append (chunks, plain->data + 12, plain->len - 12);
    put_chunk (chunks, "EXIF", block->data, block->len);
    load (extended (8, chunks), &picture, &error);
    g_assert_no_error (error);
    check_pixels (&picture, 1);
    g_byte_array_unref (plain);
    g_byte_array_unref (block);
    g_byte_array_unref (chunks);
  }
}

/* Of an animation the first frame, whole. */
static void
test_moving (void)
{
  TfcPicture picture = {0};
  GError *error = NULL;
  GByteArray *plain = encode (), *chunks = g_byte_array_new (), *frame = g_byte_array_new ();
  put_chunk (chunks, "ANIM", "\xff\xff\xff\xff\0", 6);
  put (frame, 0, 6); /* at the origin */
  put (frame, WIDTH - 1, 3);
  put (frame, HEIGHT - 1, 3);
  put (frame, 100, 4); /* ms and flags */
  g_byte_array_append (frame, plain->data + 12, plain->len - 12);
  put_chunk (chunks, "ANMF", frame->data, frame->len);
  put_chunk (chunks, "ANMF", frame->data, frame->len);
  load (extended (2, chunks), &picture, &error);
  g_assert_no_error (error);
  check_pixels (&picture, 1);
  g_byte_array_unref (plain);
  g_byte_array_unref (frame);
  g_byte_array_unref (chunks);
}

/* Cut off anywhere: an error that names the file. */
static void
test_cut (void)
{
  for (guint n = 0;; n++) {
    TfcPicture picture = {0};
    GError *error = NULL;
    GByteArray *bytes = encode ();
    const gboolean whole = n >= bytes->len - 1; /* the last byte may be padding */
    if (!whole) {
      g_byte_array_set_size (bytes, n);
      g_assert_false (load (bytes, &picture, &error));
      g_assert_nonnull (error);
      g_assert_null (picture.pixels);
      g_clear_error (&error);
    } else {
      g_byte_array_unref (bytes);
      break;
    }
  }
}

/* A PNG with eXIf before or behind its pixels, as GdkPixbuf's own writer makes no such. */
static void
write_png (const gchar *path, const GByteArray *block, gboolean behind)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  gchar *plain;
  gsize n;
  for (gint y = 0; y < HEIGHT; y++)
    for (gint x = 0; x < WIDTH; x++)
      pixel (x, y,
             gdk_pixbuf_get_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &plain, &n, "png", NULL, NULL));
  g_object_unref (pixbuf);
  const gsize at = behind ? n - 12 : 33; /* before IEND, or behind IHDR */
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file, (guint8 *)plain, at);
  for (gint shift = 24; shift >= 0; shift -= 8)
    put (file, block->len >> shift & 255, 1);
  g_byte_array_append (file, (const guint8 *)"eXIf", 4);
  g_byte_array_append (file, block->data, block->len);
  put (file, 0, 4); /* a checksum, wrong: libpng then leaves the chunk alone */
  g_byte_array_append (file, (guint8 *)plain + at, n - at);
  g_assert_true (g_file_set_contents (path, (gchar *)file->data, file->len, NULL));
  g_byte_array_unref (file);
  g_free (plain);
}

static void
test_png (void)
{
  gchar *path = g_build_filename (folder, "picture.png", NULL);
  for (guint i = 0; i < 8 * 4; i++) {
    TfcPicture picture = {0};
    GByteArray *block = exif (1 + i / 4, i & 1, FALSE);
    write_png (path, block, i & 2);
    g_assert_cmpuint (tfc_exif_png_orientation (path), ==, 1 + i / 4);
    g_assert_true (tfc_picture_load (path, &picture, NULL));
    check_pixels (&picture, 1 + i / 4);
    g_byte_array_unref (block);
  }
  g_unlink (path);
  g_free (path);
}

/* What it is no picture for is said, with its name. */
static void
test_folder (void)
{
  TfcPicture picture = {0};
  GError *error = NULL;
  g_assert_false (tfc_picture_load (folder, &picture, &error));
  g_assert_nonnull (strstr (error->message, folder));
  g_assert_nonnull (strstr (error->message, "is a folder"));
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  gint status;
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("tfc-picture-XXXXXX", NULL);
  g_test_add_func ("/picture/webp/still", test_still);
  g_test_add_func ("/picture/webp/exif", test_exif);
  g_test_add_func ("/picture/webp/exif-broken", test_exif_broken);
  g_test_add_func ("/picture/webp/moving", test_moving);
  g_test_add_func ("/picture/webp/cut", test_cut);
  g_test_add_func ("/picture/png/exif", test_png);
  g_test_add_func ("/picture/folder", test_folder);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
