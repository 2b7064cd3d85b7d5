/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_geometry.h"
#include <math.h>

#define LAST_POSITION \
  0.99999f               /* the lower and right edges are no part of a polygon that ends there */
#define LEAST_SIZE 1e-4f /* of a box */

TfcPoint
tfc_anchor_point (const TfcBox *box, TfcAnchor anchor)
{
  const gfloat x = box->x + box->w / 2;
  const gfloat y = box->y + (anchor == TFC_ANCHOR_CENTER ? box->h / 2 : box->h);

  return (TfcPoint){CLAMP (x, 0, LAST_POSITION), CLAMP (y, 0, LAST_POSITION), 0};
}

gboolean
tfc_polygon_contains (const TfcPoint *points, guint n, TfcPoint p)
{
  gboolean odd = FALSE;

  for (guint i = 0, k = n - 1; i < n; k = i++) {
    const TfcPoint a = points[k], b = points[i];
    if ((a.y > p.y) != (b.y > p.y) &&
        p.x < a.x + ((gdouble)p.y - a.y) * ((gdouble)b.x - a.x) / ((gdouble)b.y - a.y))
      odd = !odd;
  }
  return odd;
}

/* Of the vectors from a to b and from a to c. */
static gdouble
cross (TfcPoint a, TfcPoint b, TfcPoint c)
{
  return ((gdouble)b.x - a.x) * ((gdouble)c.y - a.y) - ((gdouble)b.y - a.y) * ((gdouble)c.x - a.x);
}

gboolean
tfc_polygon_has_area (const TfcPoint *points, guint n)
{
  for (guint i = 1; i + 1 < n; i++) {
    for (guint k = i + 1; k < n; k++) {
      if (fabs (cross (points[0], points[i], points[k])) > 1e-7)
        return TRUE;
    }
  }
  return FALSE;
}

/* Of (x, y) from the nearest point between a and b. */
static gdouble
distance_to_edge (TfcPoint a, TfcPoint b, gdouble x, gdouble y)
{
  const gdouble along_x = (gdouble)b.x - a.x, along_y = (gdouble)b.y - a.y;
  const gdouble length = along_x * along_x + along_y * along_y;
  const gdouble part = length > 0 ? ((x - a.x) * along_x + (y - a.y) * along_y) / length : 0;
  const gdouble t = CLAMP (part, 0, 1);

  return hypot (a.x + t * along_x - x, a.y + t * along_y - y);
}

gdouble
tfc_polygon_distance (const TfcPoint *points, guint n, TfcPoint p, const TfcBox *box)
{
  const gfloat w = MAX (box->w, LEAST_SIZE), h = MAX (box->h, LEAST_SIZE);
  gdouble least = G_MAXDOUBLE;

  for (guint i = 0, k = n - 1; i < n; k = i++) {
    const TfcPoint a = {points[k].x / w, points[k].y / h, 0};
    const TfcPoint b = {points[i].x / w, points[i].y / h, 0};
    least = MIN (least, distance_to_edge (a, b, p.x / w, p.y / h));
  }
  return least;
}

gdouble
tfc_line_side (const TfcPoint line[2], TfcPoint p)
{
  return cross (line[0], line[1], p);
}

gdouble
tfc_line_distance (const TfcPoint line[2], TfcPoint p, const TfcBox *box)
{
  const gdouble across = fabs ((gdouble)line[1].y - line[0].y) * box->w +
                         fabs ((gdouble)line[1].x - line[0].x) * box->h;

  return across > 0 ? fabs (tfc_line_side (line, p)) / across : 0;
}

gboolean
tfc_line_is_passed (const TfcPoint line[2], TfcPoint from, TfcPoint to)
{
  return cross (from, to, line[0]) * cross (from, to, line[1]) <= 0;
}
