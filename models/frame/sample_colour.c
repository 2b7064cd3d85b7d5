/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_colour.h"

/* What a sample of frame's depth is among 256 steps: whole steps of more bits each in limited
 * range, all of both ranges in full. */
static gdouble
unit_of (const TfcFrame *frame)
{
  const guint bits = frame->format->bits;
  const gboolean full = frame->full_range || frame->format->kind == TFC_PIXELS_RGB;

  return full ? 255. / ((1u << bits) - 1) : 256. / (1u << bits);
}

static void
set_matrix (TfcSampleColour *colour, const TfcFrame *frame, gdouble unit)
{
  const TfcYuvToRgb m = tfc_yuv_to_rgb (frame->matrix, frame->full_range);
  const gdouble no_colour = unit * (1u << (frame->format->bits - 1));
  const gdouble chroma = frame->format->kind == TFC_PIXELS_GRAY ? 0. : 1.;

  for (guint i = 0; i < 3; i++) {
    const gdouble u = m.row[i][1] * chroma, v = m.row[i][2] * chroma;
    colour->matrix[i][0] = (gfloat)(m.row[i][0] * unit);
    colour->matrix[i][1] = (gfloat)(u * unit);
    colour->matrix[i][2] = (gfloat)(v * unit);
    colour->bias[i] = (gfloat)(-(m.row[i][0] * m.black + (u + v) * no_colour));
  }
}

void
tfc_sample_colour (TfcSampleColour *colour, const TfcFrame *frame)
{
  const gdouble unit = unit_of (frame);

  if (frame->format->kind != TFC_PIXELS_RGB) {
    set_matrix (colour, frame, unit);
    return;
  }
  *colour = (TfcSampleColour){{{0}}, {0}};
  for (guint i = 0; i < 3; i++)
    colour->matrix[i][i] = (gfloat)unit;
}
