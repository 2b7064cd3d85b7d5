/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample_colour.h"

static void
set_row (TfcSampleColour *colour, guint row, gdouble y, gdouble u, gdouble v, gdouble black)
{
  colour->matrix[row][0] = y;
  colour->matrix[row][1] = u;
  colour->matrix[row][2] = v;
  colour->bias[row] = -(y * black + (u + v) * 128.);
}

void
tfc_sample_colour (TfcSampleColour *colour, const TfcFrame *frame)
{
  gdouble kr, kb;
  tfc_matrix_weights (frame->matrix, &kr, &kb);
  const gdouble kg = 1. - kr - kb;
  const gdouble black = frame->full_range ? 0. : 16.;
  const gdouble y = frame->full_range ? 1. : 255. / 219.;
  gdouble c = frame->full_range ? 1. : 255. / 224.;

  if (frame->format->kind == TFC_PIXELS_GRAY)
    c = 0.;
  set_row (colour, 0, y, 0., c * 2. * (1. - kr), black);
  set_row (colour, 1, y, -c * 2. * (1. - kb) * kb / kg, -c * 2. * (1. - kr) * kr / kg, black);
  set_row (colour, 2, y, c * 2. * (1. - kb), 0., black);
}
