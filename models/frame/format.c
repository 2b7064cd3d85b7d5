/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/format.h"

// clang-format off
/* bits, shift, big_endian, alpha_plane */
#define BYTES       8, 0, FALSE, FALSE
#define BYTES_ALPHA 8, 0, FALSE, TRUE
#if G_BYTE_ORDER == G_BIG_ENDIAN
#define HOST(bits)  bits, 0, TRUE, FALSE
#else
#define HOST(bits)  bits, 0, FALSE, FALSE
#endif

/* A component: plane, offset, step, sub_x, sub_y. size: bytes of a sample. */
#define LUMA(size)           { 0, 0, size, 0, 0 }
#define GRAY(size)           TFC_PIXELS_GRAY, 1, { LUMA (size) }
/* U and V in planes of their own, or as pairs in one. */
#define PLANES(size, u, v, sub_x, sub_y) TFC_PIXELS_YUV, 3, \
  { LUMA (size), { u, 0, size, sub_x, sub_y }, { v, 0, size, sub_x, sub_y } }
#define PAIRS(size, u, v, sub_x, sub_y) TFC_PIXELS_YUV, 2, \
  { LUMA (size), { 1, (u) * (size), 2 * (size), sub_x, sub_y }, \
                 { 1, (v) * (size), 2 * (size), sub_x, sub_y } }
/* All in one plane: two pixels, or one, in a group of samples. */
#define TWO_PIXELS(size, y, u, v) TFC_PIXELS_YUV, 1, \
  { { 0, (y) * (size), 2 * (size), 0, 0 }, { 0, (u) * (size), 4 * (size), 1, 0 }, \
    { 0, (v) * (size), 4 * (size), 1, 0 } }
#define PIXEL(kind, size, n, a, b, c) kind, 1, \
  { { 0, (a) * (size), (n) * (size), 0, 0 }, { 0, (b) * (size), (n) * (size), 0, 0 }, \
    { 0, (c) * (size), (n) * (size), 0, 0 } }
#define RGB(n, r, g, b)      PIXEL (TFC_PIXELS_RGB, 1, n, r, g, b)
#define YUV(n, y, u, v)      PIXEL (TFC_PIXELS_YUV, 1, n, y, u, v)
#define RGB16(r, g, b)       PIXEL (TFC_PIXELS_RGB, 2, 4, r, g, b)
#define YUV16(y, u, v)       PIXEL (TFC_PIXELS_YUV, 2, 4, y, u, v)
#define RGB_PLANES(size, r, g, b) TFC_PIXELS_RGB, 3, \
  { { r, 0, size, 0, 0 }, { g, 0, size, 0, 0 }, { b, 0, size, 0, 0 } }
#define GBR(size)            RGB_PLANES (size, 2, 0, 1)
/* Both byte orders. */
#define BOTH(name, bits, shift, alpha, ...) \
  { name "LE", __VA_ARGS__, bits, shift, FALSE, alpha }, \
  { name "BE", __VA_ARGS__, bits, shift, TRUE, alpha }

static const TfcFormat formats[] = {
  { "NV12", PAIRS (1, 0, 1, 1, 1), BYTES },
  { "NV21", PAIRS (1, 1, 0, 1, 1), BYTES },
  { "I420", PLANES (1, 1, 2, 1, 1), BYTES },
  { "YV12", PLANES (1, 2, 1, 1, 1), BYTES },
  { "YUY2", TWO_PIXELS (1, 0, 1, 3), BYTES },
  { "UYVY", TWO_PIXELS (1, 1, 0, 2), BYTES },
  { "RGB",  RGB (3, 0, 1, 2), BYTES },
  { "BGR",  RGB (3, 2, 1, 0), BYTES },
  { "RGBx", RGB (4, 0, 1, 2), BYTES },
  { "BGRx", RGB (4, 2, 1, 0), BYTES },
  { "xRGB", RGB (4, 1, 2, 3), BYTES },
  { "xBGR", RGB (4, 3, 2, 1), BYTES },
  { "RGBA", RGB (4, 0, 1, 2), BYTES },
  { "BGRA", RGB (4, 2, 1, 0), BYTES },
  { "ARGB", RGB (4, 1, 2, 3), BYTES },
  { "ABGR", RGB (4, 3, 2, 1), BYTES },
  { "GRAY8", GRAY (1), BYTES },
  { "Y42B", PLANES (1, 1, 2, 1, 0), BYTES },
  { "Y444", PLANES (1, 1, 2, 0, 0), BYTES },
  { "NV16", PAIRS (1, 0, 1, 1, 0), BYTES },
  { "NV61", PAIRS (1, 1, 0, 1, 0), BYTES },
  { "NV24", PAIRS (1, 0, 1, 0, 0), BYTES },
  { "GBR",  GBR (1), BYTES },
  { "RGBP", RGB_PLANES (1, 0, 1, 2), BYTES },
  { "BGRP", RGB_PLANES (1, 2, 1, 0), BYTES },
  { "YVYU", TWO_PIXELS (1, 0, 3, 1), BYTES },
  { "VYUY", TWO_PIXELS (1, 1, 2, 0), BYTES },
  { "Y41B", PLANES (1, 1, 2, 2, 0), BYTES },
  { "YUV9", PLANES (1, 1, 2, 2, 2), BYTES },
  { "YVU9", PLANES (1, 2, 1, 2, 2), BYTES },
  { "AYUV", YUV (4, 1, 2, 3), BYTES },
  { "VUYA", YUV (4, 2, 1, 0), BYTES },
  { "v308", YUV (3, 0, 1, 2), BYTES },
  { "IYU2", YUV (3, 1, 0, 2), BYTES },
  { "A420", PLANES (1, 1, 2, 1, 1), BYTES_ALPHA },
  { "GBRA", GBR (1), BYTES_ALPHA },
  BOTH ("P010_10",  10, 6, FALSE, PAIRS (2, 0, 1, 1, 1)),
  BOTH ("P012_",    12, 4, FALSE, PAIRS (2, 0, 1, 1, 1)),
  BOTH ("P016_",    16, 0, FALSE, PAIRS (2, 0, 1, 1, 1)),
  BOTH ("I420_10",  10, 0, FALSE, PLANES (2, 1, 2, 1, 1)),
  BOTH ("I422_10",  10, 0, FALSE, PLANES (2, 1, 2, 1, 0)),
  BOTH ("Y444_10",  10, 0, FALSE, PLANES (2, 1, 2, 0, 0)),
  BOTH ("I420_12",  12, 0, FALSE, PLANES (2, 1, 2, 1, 1)),
  BOTH ("I422_12",  12, 0, FALSE, PLANES (2, 1, 2, 1, 0)),
  BOTH ("Y444_12",  12, 0, FALSE, PLANES (2, 1, 2, 0, 0)),
  BOTH ("Y444_16",  16, 0, FALSE, PLANES (2, 1, 2, 0, 0)),
  BOTH ("A420_10",  10, 0, TRUE,  PLANES (2, 1, 2, 1, 1)),
  BOTH ("A422_10",  10, 0, TRUE,  PLANES (2, 1, 2, 1, 0)),
  BOTH ("A444_10",  10, 0, TRUE,  PLANES (2, 1, 2, 0, 0)),
  { "Y210", TWO_PIXELS (2, 0, 1, 3), 10, 6, FALSE, FALSE },
  BOTH ("Y212_",    12, 4, FALSE, TWO_PIXELS (2, 0, 1, 3)),
  { "v216", TWO_PIXELS (2, 1, 0, 2), 16, 0, FALSE, FALSE },
  BOTH ("Y412_",    12, 4, FALSE, YUV16 (1, 0, 2)),
  BOTH ("GRAY16_",  16, 0, FALSE, GRAY (2)),
  BOTH ("GBR_10",   10, 0, FALSE, GBR (2)),
  BOTH ("GBR_12",   12, 0, FALSE, GBR (2)),
  BOTH ("GBRA_10",  10, 0, TRUE,  GBR (2)),
  BOTH ("GBRA_12",  12, 0, TRUE,  GBR (2)),
  BOTH ("RGBA64_",  16, 0, FALSE, RGB16 (0, 1, 2)),
  BOTH ("BGRA64_",  16, 0, FALSE, RGB16 (2, 1, 0)),
  BOTH ("ARGB64_",  16, 0, FALSE, RGB16 (1, 2, 3)),
  BOTH ("ABGR64_",  16, 0, FALSE, RGB16 (3, 2, 1)),
  { "ARGB64", RGB16 (1, 2, 3), HOST (16) },
  { "AYUV64", YUV16 (1, 2, 3), HOST (16) },
};
// clang-format on

const TfcFormat *
tfc_format_find (const gchar *name)
{
  for (guint i = 0; name && i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      return &formats[i];
  return NULL;
}

const TfcFormat *
tfc_format_nth (guint n)
{
  return n < G_N_ELEMENTS (formats) ? &formats[n] : NULL;
}

guint
tfc_format_n_components (const TfcFormat *format)
{
  return format->kind == TFC_PIXELS_GRAY ? 1 : 3;
}

/* Samples along an axis of size pixels. */
static guint64
samples (guint size, guint sub)
{
  return ((guint64)size + (1u << sub) - 1) >> sub;
}

void
tfc_format_plane_size (const TfcFormat *format, guint plane, guint width, guint height,
                       guint64 *row_bytes, guint64 *rows)
{
  *row_bytes = *rows = 0;
  for (guint i = 0; i < tfc_format_n_components (format); i++) {
    const TfcComponent *c = &format->component[i];
    if (c->plane != plane)
      continue;
    *row_bytes = MAX (*row_bytes, samples (width, c->sub_x) * c->step);
    *rows = MAX (*rows, samples (height, c->sub_y));
  }
}
