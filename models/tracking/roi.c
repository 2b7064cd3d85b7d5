/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/roi.h"

#include <math.h>

TfcRect
tfc_rect_around (const TfcPoint *points, guint n)
{
  TfcRect r = {points[0].x, points[0].y, points[0].x, points[0].y};
  for (guint i = 1; i < n; i++) {
    r.x0 = MIN (r.x0, points[i].x);
    r.y0 = MIN (r.y0, points[i].y);
    r.x1 = MAX (r.x1, points[i].x);
    r.y1 = MAX (r.y1, points[i].y);
  }
  return r;
}

TfcRect
tfc_rect_enlarge (const TfcRect *rect, gdouble factor)
{
  const gdouble cx = (rect->x0 + rect->x1) / 2, cy = (rect->y0 + rect->y1) / 2;
  const gdouble w = factor * (rect->x1 - rect->x0) / 2, h = factor * (rect->y1 - rect->y0) / 2;
  return (TfcRect){cx - w, cy - h, cx + w, cy + h};
}

TfcRegion
tfc_region_square (const TfcRect *rect, gdouble angle)
{
  return (TfcRegion){(rect->x0 + rect->x1) / 2, (rect->y0 + rect->y1) / 2,
                     MAX (rect->x1 - rect->x0, rect->y1 - rect->y0), angle};
}

static gdouble
overlap (gdouble a, gdouble a_size, gdouble b, gdouble b_size)
{
  return MAX (0, MIN (a + a_size / 2, b + b_size / 2) - MAX (a - a_size / 2, b - b_size / 2));
}

gdouble
tfc_region_iou (const TfcRegion *a, const TfcRegion *b)
{
  const gdouble both =
      overlap (a->cx, a->size, b->cx, b->size) * overlap (a->cy, a->size, b->cy, b->size);
  const gdouble any = a->size * a->size + b->size * b->size - both;
  return any > 0 ? both / any : 0;
}

gdouble
tfc_upright_angle (gdouble x1, gdouble y1, gdouble x2, gdouble y2)
{
  const gdouble angle = G_PI_2 - atan2 (y1 - y2, x2 - x1);
  return angle - 2 * G_PI * floor ((angle + G_PI) / (2 * G_PI));
}

TfcMap
tfc_region_map (const TfcRegion *r, guint frame_width, guint frame_height, guint size)
{
  const gdouble kx = (frame_width - 1.0) / frame_width, ky = (frame_height - 1.0) / frame_height;
  const gdouble step_x = r->size * kx / (size - 1), step_y = r->size * ky / (size - 1);
  /* The crop's first pixel, seen from the centre that everything turns about. */
  const gdouble x = (r->cx - r->size / 2) * kx - r->cx, y = (r->cy - r->size / 2) * ky - r->cy;
  const gdouble c = cos (r->angle), s = sin (r->angle);
  return (TfcMap){.xx = c * step_x,
                  .xy = -s * step_y,
                  .x0 = c * x - s * y + r->cx,
                  .yx = s * step_x,
                  .yy = c * step_y,
                  .y0 = s * x + c * y + r->cy};
}

TfcMap
tfc_region_warp (const TfcRegion *r, guint size)
{
  const gdouble c = cos (r->angle), s = sin (r->angle), step = r->size / size;
  return (TfcMap){.xx = c * step,
                  .xy = -s * step,
                  .x0 = r->cx - 0.5 * r->size * (c - s),
                  .yx = s * step,
                  .yy = c * step,
                  .y0 = r->cy - 0.5 * r->size * (s + c)};
}

TfcRegion
tfc_region_frame (guint frame_width, guint frame_height)
{
  return (TfcRegion){frame_width / 2.0, frame_height / 2.0, MAX (frame_width, frame_height), 0};
}

void
tfc_region_point (const TfcRegion *r, gdouble x, gdouble y, gdouble *frame_x, gdouble *frame_y)
{
  const gdouble c = cos (r->angle), s = sin (r->angle);
  const gdouble right = (x - 0.5) * r->size, down = (y - 0.5) * r->size;
  *frame_x = r->cx + c * right - s * down;
  *frame_y = r->cy + s * right + c * down;
}
