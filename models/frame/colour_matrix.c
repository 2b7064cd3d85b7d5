/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/colour_matrix.h"

/* What of red, green and blue makes luma. */
typedef struct {
  gdouble red, green, blue;
} Luma;

static Luma
luma_of (TfcMatrix matrix)
{
  static const struct {
    gdouble red, blue;
  } known[] = {
      [TFC_MATRIX_BT601] = {0.299, 0.114},
      [TFC_MATRIX_BT709] = {0.2126, 0.0722},
      [TFC_MATRIX_BT2020] = {0.2627, 0.0593},
  };
  const guint m = matrix < G_N_ELEMENTS (known) ? matrix : TFC_MATRIX_BT601;
  return (Luma){known[m].red, 1 - known[m].red - known[m].blue, known[m].blue};
}

void
tfc_rgb_to_yuv (TfcMatrix matrix, gboolean full_range, const gdouble rgb[3], gdouble yuv[3])
{
  const Luma k = luma_of (matrix);
  const gdouble luma = full_range ? 1 : 219 / 255., chroma = full_range ? 1 : 224 / 255.;
  const gdouble y = k.red * rgb[0] + k.green * rgb[1] + k.blue * rgb[2];
  yuv[0] = y * luma + (full_range ? 0 : 16);
  yuv[1] = 128 + chroma * (rgb[2] - y) / (2 * (1 - k.blue));
  yuv[2] = 128 + chroma * (rgb[0] - y) / (2 * (1 - k.red));
}

TfcYuvToRgb
tfc_yuv_to_rgb (TfcMatrix matrix, gboolean full_range)
{
  const Luma k = luma_of (matrix);
  const gdouble y = full_range ? 1. : 255. / 219., c = full_range ? 1. : 255. / 224.;
  return (TfcYuvToRgb){
      .row = {{y, 0., c * 2. * (1. - k.red)},
              {y, -c * 2. * (1. - k.blue) * k.blue / k.green,
               -c * 2. * (1. - k.red) * k.red / k.green},
              {y, c * 2. * (1. - k.blue), 0.}},
      .black = full_range ? 0. : 16.,
  };
}
