/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame.h"

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
