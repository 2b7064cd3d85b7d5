/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/box_coder.h"
#include <math.h>

TfcBox
tfc_box_decode (const gfloat t[4], const TfcAnchor *anchor, const TfcBoxScales *scales)
{
  gdouble cy = (gdouble)t[0] / scales->y * anchor->h + anchor->cy;
  gdouble cx = (gdouble)t[1] / scales->x * anchor->w + anchor->cx;
  gdouble h = exp ((gdouble)t[2] / scales->h) * anchor->h;
  gdouble w = exp ((gdouble)t[3] / scales->w) * anchor->w;

  return (TfcBox){(gfloat)(cx - 0.5 * w), (gfloat)(cy - 0.5 * h), (gfloat)w, (gfloat)h};
}

TfcBox
tfc_box_corners (const gfloat t[4])
{
  gfloat top = MIN (t[0], t[2]), bottom = MAX (t[0], t[2]);
  gfloat left = MIN (t[1], t[3]), right = MAX (t[1], t[3]);

  return (TfcBox){left, top, right - left, bottom - top};
}

gboolean
tfc_box_finite (const TfcBox *box)
{
  return isfinite (box->x) && isfinite (box->y) && isfinite (box->w) && isfinite (box->h);
}

gfloat
tfc_box_iou (const TfcBox *a, const TfcBox *b)
{
  gdouble area_a = (gdouble)a->w * a->h, area_b = (gdouble)b->w * b->h;

  if (!(a->w > 0 && a->h > 0 && b->w > 0 && b->h > 0))
    return 0;
  gdouble right = MIN ((gdouble)a->x + a->w, (gdouble)b->x + b->w);
  gdouble bottom = MIN ((gdouble)a->y + a->h, (gdouble)b->y + b->h);
  gdouble w = right - MAX (a->x, b->x), h = bottom - MAX (a->y, b->y);
  if (w <= 0 || h <= 0)
    return 0;
  return (gfloat)(w * h / (area_a + area_b - w * h));
}

gfloat
tfc_box_overlap (const TfcBox *a, const TfcBox *b)
{
  const gfloat w = MIN (a->x + a->w, b->x + b->w) - MAX (a->x, b->x),
               h = MIN (a->y + a->h, b->y + b->h) - MAX (a->y, b->y),
               least = MIN (a->w * a->h, b->w * b->h);

  return w > 0 && h > 0 && least > 0 ? w * h / least : 0;
}
