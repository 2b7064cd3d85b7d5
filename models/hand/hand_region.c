/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/hand_region.h"

#include <math.h>

#define PALM_SHIFT -0.5
#define PALM_SCALE 2.6
#define HAND_SHIFT -0.1
#define HAND_SCALE 2.0
#define SAME_HAND 0.5
#define MAX_SIZE 1e6

enum { WRIST = 0, INDEX_MCP = 5, MIDDLE_MCP = 9, RING_MCP = 13 };

TfcRegion
tfc_hand_region_from_palm (const TfcPalm *p)
{
  const gdouble angle = tfc_upright_angle (p->wrist.x, p->wrist.y, p->middle.x, p->middle.y);
  const gdouble shift = PALM_SHIFT * p->h;
  return (TfcRegion){p->cx - shift * sin (angle), p->cy + shift * cos (angle),
                     PALM_SCALE * MAX (p->w, p->h), angle};
}

/* The points that move little when fingers bend. */
static const guint8 palm_points[] = {0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18};

static TfcRect
rect_of_palm (const TfcPoint *points, const TfcPalmPoint *about, gdouble angle)
{
  const gdouble c = cos (angle), s = sin (angle);
  TfcRect r = {INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (guint i = 0; i < G_N_ELEMENTS (palm_points); i++) {
    const gdouble x = points[palm_points[i]].x - about->x, y = points[palm_points[i]].y - about->y;
    r.x0 = MIN (r.x0, c * x - s * y);
    r.x1 = MAX (r.x1, c * x - s * y);
    r.y0 = MIN (r.y0, s * x + c * y);
    r.y1 = MAX (r.y1, s * x + c * y);
  }
  return r;
}

TfcRegion
tfc_hand_region_from_points (const TfcPoint points[TFC_HAND_POINTS])
{
  static const TfcPalmPoint origin = {0, 0};
  const TfcPoint *index = &points[INDEX_MCP], *middle = &points[MIDDLE_MCP],
                 *ring = &points[RING_MCP];
  const gdouble knuckle_x = (((gdouble)index->x + ring->x) / 2 + middle->x) / 2,
                knuckle_y = (((gdouble)index->y + ring->y) / 2 + middle->y) / 2;
  const gdouble angle = tfc_upright_angle (points[WRIST].x, points[WRIST].y, knuckle_x, knuckle_y);
  const TfcRect level = rect_of_palm (points, &origin, 0);
  const TfcPalmPoint q = {(level.x0 + level.x1) / 2, (level.y0 + level.y1) / 2};
  const TfcRect turned = rect_of_palm (points, &q, -angle);
  const gdouble w = turned.x1 - turned.x0, h = turned.y1 - turned.y0;
  const gdouble x = (turned.x0 + turned.x1) / 2, y = (turned.y0 + turned.y1) / 2 + HAND_SHIFT * h;
  return (TfcRegion){q.x + x * cos (angle) - y * sin (angle),
                     q.y + x * sin (angle) + y * cos (angle), HAND_SCALE * MAX (w, h), angle};
}

gboolean
tfc_hand_region_is_sound (const TfcRegion *r)
{
  return fabs (r->cx) < MAX_SIZE && fabs (r->cy) < MAX_SIZE && isfinite (r->angle) &&
         r->size >= 1 && r->size < MAX_SIZE;
}

guint
tfc_hand_regions_separate (TfcHandRegion *regions, guint n)
{
  guint kept = 0;
  for (guint i = 0; i < n; i++) {
    const TfcHandRegion newer = regions[i];
    guint left = 0;
    for (guint k = 0; k < kept; k++) {
      if (!(tfc_region_iou (&regions[k].region, &newer.region) > SAME_HAND))
        regions[left++] = regions[k];
    }
    regions[left] = newer;
    kept = left + 1;
  }
  return kept;
}

TfcMap
tfc_hand_region_map (const TfcRegion *r, guint size)
{
  const gdouble c = cos (r->angle), s = sin (r->angle), step = r->size / size;
  return (TfcMap){.xx = c * step,
                  .xy = -s * step,
                  .x0 = r->cx - 0.5 * r->size * (c - s),
                  .yx = s * step,
                  .yy = c * step,
                  .y0 = r->cy - 0.5 * r->size * (s + c)};
}
