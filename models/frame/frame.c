/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame.h"

static const struct {
  gdouble red, blue;
} weights[] = {
    [TFC_MATRIX_BT601] = {0.299, 0.114},
    [TFC_MATRIX_BT709] = {0.2126, 0.0722},
    [TFC_MATRIX_BT2020] = {0.2627, 0.0593},
};

void
tfc_matrix_weights (TfcMatrix matrix, gdouble *red, gdouble *blue)
{
  const guint m = matrix < G_N_ELEMENTS (weights) ? matrix : TFC_MATRIX_BT601;
  *red = weights[m].red;
  *blue = weights[m].blue;
}

TfcFrame
tfc_frame_rgb (const guint8 *pixels, guint width, guint height)
{
  return (TfcFrame){
      .width = width,
      .height = height,
      .plane = {pixels},
      .stride = {(gint)(3 * width)},
      .format = tfc_format_find ("RGB"),
      .full_range = TRUE,
  };
}
