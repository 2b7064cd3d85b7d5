/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/mask/mask_grid.h"

TfcMaskGrid
tfc_mask_grid_of_frame (const TfcFrame *frame)
{
  return (TfcMaskGrid){frame->width, frame->height, 1, 0, 1, 0};
}

TfcBox
tfc_mask_grid_region (const TfcMaskGrid *g, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;

  return (TfcBox){(gfloat)((g->start_x - 0.5 * g->step_x + 0.5) / w),
                  (gfloat)((g->start_y - 0.5 * g->step_y + 0.5) / h),
                  (gfloat)(g->step_x * g->width / w), (gfloat)(g->step_y * g->height / h)};
}

static TfcMaskPlace
place (gdouble at, guint n)
{
  const gdouble inside = CLAMP (at, 0., n - 1.);
  const guint index = (guint)inside;

  return (TfcMaskPlace){index, MIN (index + 1, n - 1), (gfloat)(inside - index)};
}

TfcMaskPlace
tfc_mask_place_x (const TfcMaskGrid *from, const TfcMaskGrid *to, guint x)
{
  return place ((to->step_x * x + to->start_x - from->start_x) / from->step_x, from->width);
}

TfcMaskPlace
tfc_mask_place_y (const TfcMaskGrid *from, const TfcMaskGrid *to, guint y)
{
  return place ((to->step_y * y + to->start_y - from->start_y) / from->step_y, from->height);
}

guint8
tfc_mask_byte (gfloat value, gfloat threshold)
{
  static const gfloat half = 0.5f; /* rounds */

  if (threshold > 0)
    return value > threshold ? 255 : 0;
  return (guint8)(255 * (value > 0 ? MIN (value, 1) : 0) + half);
}

void
tfc_mask_resample (const TfcMaskGrid *from, const gfloat *values, const TfcMaskGrid *to,
                   gfloat threshold, guint8 *bytes)
{
  for (gsize i = 0; from == to && i < (gsize)to->width * to->height; i++)
    bytes[i] = tfc_mask_byte (values[i], threshold);
  for (guint y = 0; from != to && y < to->height; y++) {
    const TfcMaskPlace v = tfc_mask_place_y (from, to, y);
    const gfloat *upper = values + (gsize)v.index * from->width;
    const gfloat *lower = values + (gsize)v.next * from->width;
    for (guint x = 0; x < to->width; x++) {
      const TfcMaskPlace h = tfc_mask_place_x (from, to, x);
      const gfloat top = upper[h.index] + (upper[h.next] - upper[h.index]) * h.part;
      const gfloat bottom = lower[h.index] + (lower[h.next] - lower[h.index]) * h.part;
      *bytes++ = tfc_mask_byte (top + (bottom - top) * v.part, threshold);
    }
  }
}
