/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format.h"

/* plane, offset, step, sub_x, sub_y */
// clang-format off
#define Y_PLANE     { 0, 0, 1, 0, 0 }
#define PACKED(o, step) { 0, o, step, 0, 0 }
#define RGB3(r, g, b) TFC_PIXELS_RGB, 1, { PACKED (r, 3), PACKED (g, 3), PACKED (b, 3) }
#define RGB4(r, g, b) TFC_PIXELS_RGB, 1, { PACKED (r, 4), PACKED (g, 4), PACKED (b, 4) }

static const TfcFormat formats[] = {
  { "NV12", TFC_PIXELS_YUV, 2, { Y_PLANE, { 1, 0, 2, 1, 1 }, { 1, 1, 2, 1, 1 } } },
  { "NV21", TFC_PIXELS_YUV, 2, { Y_PLANE, { 1, 1, 2, 1, 1 }, { 1, 0, 2, 1, 1 } } },
  { "I420", TFC_PIXELS_YUV, 3, { Y_PLANE, { 1, 0, 1, 1, 1 }, { 2, 0, 1, 1, 1 } } },
  { "YV12", TFC_PIXELS_YUV, 3, { Y_PLANE, { 2, 0, 1, 1, 1 }, { 1, 0, 1, 1, 1 } } },
  { "YUY2", TFC_PIXELS_YUV, 1, { PACKED (0, 2), { 0, 1, 4, 1, 0 }, { 0, 3, 4, 1, 0 } } },
  { "UYVY", TFC_PIXELS_YUV, 1, { PACKED (1, 2), { 0, 0, 4, 1, 0 }, { 0, 2, 4, 1, 0 } } },
  { "RGB",  RGB3 (0, 1, 2) },
  { "BGR",  RGB3 (2, 1, 0) },
  { "RGBx", RGB4 (0, 1, 2) },
  { "BGRx", RGB4 (2, 1, 0) },
  { "xRGB", RGB4 (1, 2, 3) },
  { "xBGR", RGB4 (3, 2, 1) },
  { "RGBA", RGB4 (0, 1, 2) },
  { "BGRA", RGB4 (2, 1, 0) },
  { "ARGB", RGB4 (1, 2, 3) },
  { "ABGR", RGB4 (3, 2, 1) },
  { "GRAY8", TFC_PIXELS_GRAY, 1, { Y_PLANE } },
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
