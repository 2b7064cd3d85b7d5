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
tfc_frame_part (const TfcFrame *frame, guint *x, guint *y, guint right, guint bottom)
{
  const guint n = tfc_format_n_components (frame->format);
  TfcFrame part = *frame;
  for (guint i = 0; i < n; i++) {
    const TfcComponent *c = &frame->format->component[i];
    *x = *x >> c->sub_x << c->sub_x;
    *y = *y >> c->sub_y << c->sub_y;
  }
  for (guint i = 0; i < n; i++) {
    const TfcComponent *c = &frame->format->component[i];
    part.plane[c->plane] = frame->plane[c->plane] +
                           (gssize)(*y >> c->sub_y) * frame->stride[c->plane] +
                           (gssize)(*x >> c->sub_x) * c->step;
  }
  part.width = MIN (right, frame->width) - *x;
  part.height = MIN (bottom, frame->height) - *y;
  return part;
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
