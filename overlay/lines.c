/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>

void
tfc_lay_line (TfcLayout *layout, guint32 color, const gdouble from[2], const gdouble to[2],
              gdouble width)
{
  const gdouble reach = width / 2 + 1;
  TfcStroke *stroke;
  if (!(width > 0) || !isfinite (from[0] + from[1] + to[0] + to[1]) ||
      MAX (MAX (fabs (from[0]), fabs (from[1])), MAX (fabs (to[0]), fabs (to[1]))) > 1e6)
    return;
  stroke = tfc_stroke_add (layout, TFC_STROKE_LINE, color, MIN (from[0], to[0]) - reach,
                           MIN (from[1], to[1]) - reach, MAX (from[0], to[0]) + reach,
                           MAX (from[1], to[1]) + reach);
  if (!stroke)
    return;
  stroke->width = width;
  for (guint i = 0; i < 2; i++) {
    stroke->ends[0][i] = from[i];
    stroke->ends[1][i] = to[i];
  }
}

void
tfc_rasterize_line (TfcLayout *layout, const TfcStroke *stroke)
{
  tfc_coverage_mask_line (&layout->overlay->mask, stroke->ends[0], stroke->ends[1], stroke->width,
                          FALSE);
}
