/* SPDX-License-Identifier: LGPL-2.1-or-later */
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

/* y, u, v: of samples as 256 steps; zero: what stands for no luma and for no colour. */
static void
set_row (TfcSampleColour *colour, guint row, gdouble y, gdouble u, gdouble v, const gdouble zero[2],
         gdouble unit)
{
  colour->matrix[row][0] = (gfloat)(y * unit);
  colour->matrix[row][1] = (gfloat)(u * unit);
  colour->matrix[row][2] = (gfloat)(v * unit);
  colour->bias[row] = (gfloat)(-(y * zero[0] + (u + v) * zero[1]));
}

static void
set_matrix (TfcSampleColour *colour, const TfcFrame *frame, gdouble unit)
{
  gdouble kr, kb;
  tfc_matrix_weights (frame->matrix, &kr, &kb);
  const gdouble kg = 1. - kr - kb;
  const gdouble grey = unit * (1u << (frame->format->bits - 1));
  const gdouble zero[2] = {frame->full_range ? 0. : 16., grey};
  const gdouble y = frame->full_range ? 1. : 255. / 219.;
  gdouble c = frame->full_range ? 1. : 255. / 224.;

  if (frame->format->kind == TFC_PIXELS_GRAY)
    c = 0.;
  set_row (colour, 0, y, 0., c * 2. * (1. - kr), zero, unit);
  set_row (colour, 1, y, -c * 2. * (1. - kb) * kb / kg, -c * 2. * (1. - kr) * kr / kg, zero, unit);
  set_row (colour, 2, y, c * 2. * (1. - kb), 0., zero, unit);
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
