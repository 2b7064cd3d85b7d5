/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/picture.h"
#include "config.h"
#include "tools/common/exif.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#if HAVE_WEBP
#include "tools/common/webp.h"

#include <glib/gstdio.h>
#include <stdio.h>
#endif

#if HAVE_WEBP
/* TRUE if a file (no pipe: what is read of one is gone) begins as WebP does. */
static gboolean
is_webp (const gchar *path)
{
  guint8 bytes[16];
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_fopen (path, "rb") : NULL;
  const gboolean is = file && tfc_webp_is (bytes, fread (bytes, 1, sizeof bytes, file));
  if (file)
    fclose (file);
  return is;
}

/* NULL without error if it is no WebP file, or cannot be read: GdkPixbuf then says why. */
static GdkPixbuf *
load_webp (const gchar *path, GError **error)
{
  gchar *bytes;
  gsize n;
  if (!is_webp (path) || !g_file_get_contents (path, &bytes, &n, error))
    return NULL;
  GdkPixbuf *pixbuf = tfc_webp_decode ((const guint8 *)bytes, n, error);
  g_free (bytes);
  return pixbuf;
}
#else
static GdkPixbuf *
load_webp (const gchar *path, GError **error)
{
  return NULL;
}
#endif

/* As GdkPixbuf reads it, which leaves out how a PNG lies. */
static GdkPixbuf *
load_other (const gchar *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, "%s: is a folder", path);
    return NULL;
  }
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (path, error);
  const gchar lies[] = {(gchar)('0' + (pixbuf ? tfc_exif_png_orientation (path) : 1)), 0};
  if (pixbuf)
    gdk_pixbuf_set_option (pixbuf, "orientation", lies); /* not where a loader has set it */
  return pixbuf;
}

/* Packed RGB without transparency; NULL if there is no memory for it, or it is larger
 * than a plane may be. */
static guint8 *
packed_rgb (const GdkPixbuf *pixbuf)
{
  const gint width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  const gint stride = gdk_pixbuf_get_rowstride (pixbuf), step = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *src = gdk_pixbuf_read_pixels (pixbuf);
  const guint64 bytes = (guint64)width * height * 3;
  guint8 *pixels = bytes <= TFC_FRAME_MAX_PLANE ? g_try_malloc (bytes) : NULL;
  for (gint y = 0; pixels && y < height; y++) {
    const guint8 *in = src + (gsize)y * stride;
    guint8 *out = pixels + (gsize)y * width * 3;
    for (gint x = 0; x < width; x++)
      memcpy (out + 3 * (gsize)x, in + (gsize)step * x, 3);
  }
  return pixels;
}

gboolean
tfc_picture_load (const gchar *path, TfcPicture *picture, GError **error)
{
  GError *why = NULL;
  GdkPixbuf *raw = load_webp (path, &why), *upright = NULL;
  if (!raw && !why)
    raw = load_other (path, &why);
  if (raw)
    upright = gdk_pixbuf_apply_embedded_orientation (raw);
  g_clear_object (&raw);
  picture->pixels = upright ? packed_rgb (upright) : NULL;
  if (picture->pixels)
    picture->frame = tfc_frame_rgb (picture->pixels, gdk_pixbuf_get_width (upright),
                                    gdk_pixbuf_get_height (upright));
  else if (!why)
    why = g_error_new (GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
                       "a picture of %d x %d pixels is too big: there is no room for it, or it has "
                       "more than %d bytes. Scale it down before.",
                       gdk_pixbuf_get_width (upright), gdk_pixbuf_get_height (upright),
                       TFC_FRAME_MAX_PLANE);
  g_clear_object (&upright);
  if (why && !strstr (why->message, path))
    g_prefix_error (&why, "%s: ", path);
  if (why)
    g_propagate_error (error, why);
  return picture->pixels != NULL;
}

/* The mean of the RGB pixels that a sample at (x, y) of a component stands for. */
static void
mean_rgb (const TfcFrame *from, const TfcComponent *c, guint x, guint y, gdouble rgb[3])
{
  const guint x1 = MIN ((x + 1) << c->sub_x, from->width),
              y1 = MIN ((y + 1) << c->sub_y, from->height);
  guint n = 0;
  rgb[0] = rgb[1] = rgb[2] = 0;
  for (guint v = y << c->sub_y; v < y1; v++) {
    for (guint u = x << c->sub_x; u < x1; u++, n++) {
      const guint8 *p = from->plane[0] + (gsize)v * from->stride[0] + 3 * (gsize)u;
      for (gint i = 0; i < 3; i++)
        rgb[i] += p[i];
    }
  }
  for (gint i = 0; i < 3; i++)
    rgb[i] /= n;
}

/* value: of 256 steps. */
static void
put_sample (guint8 *at, const TfcFormat *format, gdouble value)
{
  const gdouble top = (1u << format->bits) - 1;
  const gdouble unit =
      format->kind == TFC_PIXELS_RGB ? top / 255 : (gdouble)(1u << (format->bits - 8));
  const guint word = (guint)CLAMP (value * unit + 0.5, 0, top) << format->shift;

  if (format->bits == 8) {
    at[0] = (guint8)word;
    return;
  }
  at[format->big_endian] = (guint8)word;
  at[!format->big_endian] = (guint8)(word >> 8);
}

static void
fill_component (const TfcFrame *from, const TfcFrame *to, guint index)
{
  const TfcComponent *c = &to->format->component[index];
  const guint width = (from->width + (1u << c->sub_x) - 1) >> c->sub_x;
  const guint height = (from->height + (1u << c->sub_y) - 1) >> c->sub_y;
  for (guint y = 0; y < height; y++) {
    guint8 *row = (guint8 *)to->plane[c->plane] + (gsize)y * to->stride[c->plane] + c->offset;
    for (guint x = 0; x < width; x++) {
      gdouble rgb[3], yuv[3];
      mean_rgb (from, c, x, y, rgb);
      tfc_rgb_to_yuv (to->matrix, to->full_range, rgb, yuv);
      put_sample (row + (gsize)x * c->step, to->format,
                  to->format->kind == TFC_PIXELS_RGB ? rgb[index] : yuv[index]);
    }
  }
}

/* Lays the planes of to->format out one behind the other; returns their bytes. */
static gsize
lay_out (TfcFrame *to, gsize offset[3])
{
  gsize total = 0;
  for (guint p = 0; p < to->format->n_planes; p++) {
    guint64 row_bytes, rows;
    tfc_format_plane_size (to->format, p, to->width, to->height, &row_bytes, &rows);
    to->stride[p] = (gint)((row_bytes + 3) & ~(guint64)3);
    offset[p] = total;
    total += (gsize)to->stride[p] * rows;
  }
  return total;
}

gboolean
tfc_picture_convert (const TfcPicture *from, const TfcFormat *format, TfcPicture *to)
{
  TfcFrame *f = &to->frame;
  gsize offset[3], total;
  *f = from->frame;
  f->format = format;
  f->matrix = f->height >= 720 ? TFC_MATRIX_BT709 : TFC_MATRIX_BT601;
  f->full_range = FALSE;
  total = lay_out (f, offset);
  to->pixels = g_try_malloc (total);
  if (!to->pixels)
    return FALSE;
  memset (to->pixels, 255, total); /* alpha and padding */
  for (guint p = 0; p < format->n_planes; p++)
    f->plane[p] = to->pixels + offset[p];
  for (guint i = 0; i < tfc_format_n_components (format); i++)
    fill_component (&from->frame, f, i);
  return TRUE;
}

void
tfc_picture_clear (TfcPicture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}
