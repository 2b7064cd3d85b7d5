/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "models/frame/frame.h"

static void
test_all_named (void)
{
  static const gchar names[] =
      "NV12 NV21 I420 YV12 YUY2 UYVY RGB BGR RGBx BGRx xRGB xBGR RGBA BGRA "
      "ARGB ABGR GRAY8 "
      "Y42B Y444 NV16 NV61 NV24 GBR RGBP BGRP YVYU VYUY Y41B YUV9 YVU9 AYUV VUYA v308 IYU2 "
      "A420 GBRA P010_10LE P010_10BE P012_LE P012_BE P016_LE P016_BE I420_10LE I420_10BE "
      "I422_10LE I422_10BE Y444_10LE Y444_10BE I420_12LE I420_12BE I422_12LE I422_12BE "
      "Y444_12LE Y444_12BE Y444_16LE Y444_16BE A420_10LE A420_10BE A422_10LE A422_10BE "
      "A444_10LE A444_10BE Y210 Y212_LE Y212_BE v216 Y412_LE Y412_BE GRAY16_LE GRAY16_BE "
      "GBR_10LE GBR_10BE GBR_12LE GBR_12BE GBRA_10LE GBRA_10BE GBRA_12LE GBRA_12BE "
      "RGBA64_LE RGBA64_BE BGRA64_LE BGRA64_BE ARGB64_LE ARGB64_BE ABGR64_LE ABGR64_BE "
      "ARGB64 AYUV64";
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  guint n = g_strv_length (list);

  for (guint i = 0; i < n; i++) {
    const TfcFormat *format = tfc_format_find (list[i]);
    g_assert_nonnull (format);
    g_assert_cmpstr (format->name, ==, list[i]);
    g_assert_true (format == tfc_format_nth (i));
  }
  g_assert_null (tfc_format_nth (n));
  g_assert_null (tfc_format_nth (G_MAXUINT));
  g_assert_null (tfc_format_find ("nv12"));
  g_assert_null (tfc_format_find (""));
  g_assert_null (tfc_format_find (NULL));
}

/* In an RGB format the letters of the name are the order of the samples, or of the planes. */
static void
test_rgb_as_spelled (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    const guint size = format->bits > 8 ? 2 : 1;
    if (format->kind != TFC_PIXELS_RGB)
      continue;
    for (guint c = 0; c < 3; c++) {
      const TfcComponent *k = &format->component[c];
      const guint at = format->n_planes == 3 ? k->plane : k->offset / size;
      g_assert_cmpint (format->name[at], ==, "RGB"[c]);
      if (format->n_planes == 3)
        g_assert_cmpuint (k->step, ==, size);
      else
        g_assert_cmpuint (k->step, ==, size * strspn (format->name, "RGBAx"));
    }
  }
}

/* No two components of a format share a byte, and every plane is used. */
static void
test_rows_make_sense (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    const guint n = tfc_format_n_components (format), size = format->bits > 8 ? 2 : 1;
    guint planes = 0;

    g_assert_cmpuint (format->bits, >=, 8);
    g_assert_cmpuint (format->bits + format->shift, <=, 8 * size);
    g_assert_true (size == 2 || !format->big_endian);

    for (guint a = 0; a < n; a++) {
      const TfcComponent *c = &format->component[a];
      g_assert_cmpuint (c->plane, <, format->n_planes);
      g_assert_cmpuint (c->offset + size, <=, c->step);
      planes |= 1u << c->plane;
      for (guint b = 0; b < a; b++) {
        const TfcComponent *d = &format->component[b];
        const gint step = MIN (c->step, d->step);
        g_assert_true (c->plane != d->plane ||
                       ABS (c->offset % step - d->offset % step) >= (gint)size);
      }
    }
    g_assert_cmpuint (planes, ==, (1u << format->n_planes) - 1);
  }
}

static void
test_yuv_order (void)
{
  const struct {
    const gchar *name;
    guint u_plane, u_offset, v_plane, v_offset;
  } rows[] = {
      {"NV12", 1, 0, 1, 1}, {"NV21", 1, 1, 1, 0}, {"I420", 1, 0, 2, 0},
      {"YV12", 2, 0, 1, 0}, {"YUY2", 0, 1, 0, 3}, {"UYVY", 0, 0, 0, 2},
      {"NV61", 1, 1, 1, 0}, {"YVU9", 2, 0, 1, 0}, {"P010_10LE", 1, 0, 1, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TfcFormat *format = tfc_format_find (rows[i].name);
    g_assert_cmpuint (format->component[1].plane, ==, rows[i].u_plane);
    g_assert_cmpuint (format->component[1].offset, ==, rows[i].u_offset);
    g_assert_cmpuint (format->component[2].plane, ==, rows[i].v_plane);
    g_assert_cmpuint (format->component[2].offset, ==, rows[i].v_offset);
  }
}

static void
test_frame_rgb (void)
{
  const guint8 pixels[5 * 7 * 3] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 5, 7);

  g_assert_cmpuint (frame.width, ==, 5);
  g_assert_cmpuint (frame.height, ==, 7);
  g_assert_true (frame.plane[0] == pixels);
  g_assert_cmpint (frame.stride[0], ==, 15);
  g_assert_cmpstr (frame.format->name, ==, "RGB");
}

/* What a plane has to hold, and where a frame is too big to be read. */
static void
test_limits (void)
{
  static const struct {
    const gchar *format;
    guint width, height;
    gint stride;
    guint64 span; /* of plane 0 */
    gboolean fits;
  } rows[] = {
      {"RGBx", 32768, 16383, 131072, (guint64)131072 * 16383, TRUE},
      {"RGBx", 32768, 16384, 131072, (guint64)131072 * 16384, FALSE},
      {"RGBx", 32768, 16384, -131072, (guint64)131072 * 16384, FALSE},
      {"GRAY8", 10, 2, G_MAXINT, (guint64)G_MAXINT + 10, FALSE},
      {"GRAY8", 10, 2, G_MININT, (guint64)G_MAXINT + 11, FALSE},
      {"GRAY8", 10, 2, G_MAXINT - 10, G_MAXINT, TRUE},
      {"GRAY16_LE", 10, 1, G_MAXINT, 20, TRUE},
      {"GRAY8", 10, 0, 10, 0, FALSE},
      {"GRAY8", 0, 10, 10, 9 * 10, FALSE},
      {"GRAY8", TFC_FRAME_MAX_SIDE, 1, 0, TFC_FRAME_MAX_SIDE, TRUE},
      {"GRAY8", TFC_FRAME_MAX_SIDE + 1, 1, 0, TFC_FRAME_MAX_SIDE + 1, FALSE},
      {"GRAY8", 1, TFC_FRAME_MAX_SIDE + 1, 1, TFC_FRAME_MAX_SIDE + 1, FALSE},
      {"GRAY8", G_MAXUINT, G_MAXUINT, 1, (guint64)G_MAXUINT - 1 + G_MAXUINT, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TfcFrame frame = {.width = rows[i].width,
                            .height = rows[i].height,
                            .stride = {rows[i].stride},
                            .format = tfc_format_find (rows[i].format)};
    guint64 row_bytes, n_rows;
    g_test_message ("%s %ux%u, stride %d", rows[i].format, frame.width, frame.height,
                    rows[i].stride);
    tfc_format_plane_size (frame.format, 0, frame.width, frame.height, &row_bytes, &n_rows);
    g_assert_cmpuint (tfc_plane_span (row_bytes, n_rows, rows[i].stride), ==, rows[i].span);
    g_assert_cmpint (tfc_frame_fits (&frame), ==, rows[i].fits);
  }
}

/* Chroma's columns and rows where the size is no multiple of what they stand for. */
static void
test_plane_sizes (void)
{
  static const struct {
    const gchar *format;
    guint width, height, plane;
    guint64 row_bytes, rows;
  } rows[] = {
      {"I420", 5, 3, 1, 3, 2},       {"NV12", 5, 3, 1, 6, 2},       {"YUY2", 5, 3, 0, 12, 3},
      {"Y41B", 5, 3, 1, 2, 3},       {"YUV9", 5, 5, 2, 2, 2},       {"P010_10LE", 5, 3, 0, 10, 3},
      {"P010_10LE", 5, 3, 1, 12, 2}, {"Y444_10BE", 5, 3, 2, 10, 3}, {"ARGB64", 1, 1, 0, 8, 1},
      {"NV24", 5, 3, 1, 10, 3},      {"I422_10LE", 1, 1, 1, 2, 1},  {"GBR", 5, 3, 1, 5, 3},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint64 row_bytes, n_rows;
    tfc_format_plane_size (tfc_format_find (rows[i].format), rows[i].plane, rows[i].width,
                           rows[i].height, &row_bytes, &n_rows);
    g_assert_cmpuint (row_bytes, ==, rows[i].row_bytes);
    g_assert_cmpuint (n_rows, ==, rows[i].rows);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/all-named", test_all_named);
  g_test_add_func ("/format/rgb-as-spelled", test_rgb_as_spelled);
  g_test_add_func ("/format/rows-make-sense", test_rows_make_sense);
  g_test_add_func ("/format/yuv-order", test_yuv_order);
  g_test_add_func ("/format/plane-sizes", test_plane_sizes);
  g_test_add_func ("/frame/limits", test_limits);
  g_test_add_func ("/frame/rgb", test_frame_rgb);
  return g_test_run ();
}
