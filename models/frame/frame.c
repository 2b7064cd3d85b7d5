/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/frame.h"

guint64
tfc_plane_span (guint64 row_bytes, guint64 rows, gint64 stride)
{
  return rows ? (rows - 1) * (guint64)ABS (stride) + row_bytes : 0;
}

gboolean
tfc_frame_fits (const TfcFrame *frame)
{
  if (frame->width - 1 >= TFC_FRAME_MAX_SIDE || frame->height - 1 >= TFC_FRAME_MAX_SIDE)
    return FALSE;
  for (guint i = 0; i < frame->format->n_planes; i++) {
    guint64 row_bytes, rows;
    tfc_format_plane_size (frame->format, i, frame->width, frame->height, &row_bytes, &rows);
    if (tfc_plane_span (row_bytes, rows, frame->stride[i]) > TFC_FRAME_MAX_PLANE)
      return FALSE;
  }
  return TRUE;
}

TfcFrame
tfc_frame_rgb (const guint8 *pixels, guint width, guint height)
{
  return (TfcFrame){
      .width = width,
      .height = height,
      .plane = {pixels},
      .stride = {(gint)MIN (3 * (guint64)width, G_MAXINT)},
      .format = tfc_format_find ("RGB"),
      .full_range = TRUE,
  };
}
