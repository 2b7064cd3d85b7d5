/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/blazepose_decode.h"

#include <math.h>

#define MAX_LOGIT 100.f
#define ROW 12
#define FIRST_POINT 4 /* in a row */
#define ENLARGE 2.5   /* the circle's radius to the region's edge */
#define MAX_SIZE 1e6
#define LANDMARK 5 /* numbers of each */

/* Grids of cells with their anchors in the cells' middle. */
static const struct {
  guint cells, per_cell;
} layers[] = {{28, 2}, {14, 2}, {7, 6}};

/* The anchor's centre, 0..1 of the network's square. */
static void
anchor (guint index, gdouble *x, gdouble *y)
{
  guint layer = 0, cells = layers[0].cells;

  while (index >= cells * cells * layers[layer].per_cell) {
    index -= cells * cells * layers[layer].per_cell;
    cells = layers[++layer].cells;
  }
  const guint cell = index / layers[layer].per_cell;
  *x = (cell % cells + 0.5) / cells;
  *y = (cell / cells + 0.5) / cells;
}

static gfloat
sigmoid (gfloat logit)
{
  return 1 / (1 + expf (-CLAMP (logit, -MAX_LOGIT, MAX_LOGIT)));
}

static gboolean
row_is_sound (const gfloat *row)
{
  gfloat sum = 0;

  for (guint i = 0; i < ROW; i++)
    sum += fabsf (row[i]);
  return isfinite (sum) && row[2] >= 0 && row[3] >= 0;
}

/* The anchor with the highest score, TFC_BLAZEPOSE_ANCHORS if none reaches threshold. */
static guint
best_anchor (const TfcBlazeposeDetections *d, gfloat threshold)
{
  guint best = TFC_BLAZEPOSE_ANCHORS;
  gfloat most = threshold;

  for (guint i = 0; i < TFC_BLAZEPOSE_ANCHORS; i++) {
    const gfloat score = sigmoid (d->logit[(gsize)i * d->logit_step]);
    const gboolean better = best == TFC_BLAZEPOSE_ANCHORS ? score >= most : score > most;
    if (!better || !row_is_sound (d->row + (gsize)i * d->row_step))
      continue;
    best = i;
    most = score;
  }
  return best;
}

TfcRegion
tfc_blazepose_region (gdouble x0, gdouble y0, gdouble x1, gdouble y1)
{
  return (TfcRegion){x0, y0, ENLARGE * hypot (x1 - x0, y1 - y0),
                     tfc_upright_angle (x0, y0, x1, y1)};
}

gboolean
tfc_blazepose_region_is_sound (const TfcRegion *r)
{
  return fabs (r->cx) < MAX_SIZE && fabs (r->cy) < MAX_SIZE && isfinite (r->angle) &&
         r->size >= 1 && r->size < MAX_SIZE;
}

gboolean
tfc_blazepose_find (const TfcBlazeposeDetections *d, gfloat threshold, guint width, guint height,
                    TfcRegion *region)
{
  const guint best = best_anchor (d, threshold);
  const TfcRegion whole = tfc_region_frame (width, height);
  gdouble ax, ay, x[2], y[2];

  if (best == TFC_BLAZEPOSE_ANCHORS)
    return FALSE;
  anchor (best, &ax, &ay);
  const gfloat *point = d->row + (gsize)best * d->row_step + FIRST_POINT;
  for (guint i = 0; i < 2; i++)
    tfc_region_point (&whole, ax + point[2 * i] / (gdouble)TFC_BLAZEPOSE_DETECTOR_SIZE,
                      ay + point[2 * i + 1] / (gdouble)TFC_BLAZEPOSE_DETECTOR_SIZE, &x[i], &y[i]);
  *region = tfc_blazepose_region (x[0], y[0], x[1], y[1]);
  return tfc_blazepose_region_is_sound (region);
}

#define WINDOW 3 /* cells to each side */
#define MIN_HEAT 0.5

/* x and y, 0..1 of the crop, to the centre of the heat around them. */
static void
refine (const TfcBlazeposeAnswers *a, guint channel, gdouble *x, gdouble *y)
{
  const gdouble column = trunc (*x * TFC_BLAZEPOSE_MAP), row = trunc (*y * TFC_BLAZEPOSE_MAP);
  gdouble sum = 0, most = 0, at_x = 0, at_y = 0;

  if (!(column >= 0 && column < TFC_BLAZEPOSE_MAP && row >= 0 && row < TFC_BLAZEPOSE_MAP))
    return;
  const gint u = (gint)column, v = (gint)row, last = TFC_BLAZEPOSE_MAP - 1;
  for (gint r = MAX (v - WINDOW, 0); r <= MIN (v + WINDOW, last); r++)
    for (gint c = MAX (u - WINDOW, 0); c <= MIN (u + WINDOW, last); c++) {
      const gfloat number =
          a->heat[((gsize)r * TFC_BLAZEPOSE_MAP + (gsize)c) * TFC_BLAZEPOSE_LANDMARKS + channel];
      const gdouble heat = a->heat_logits ? sigmoid (number) : number;
      sum += heat;
      most = MAX (most, heat);
      at_x += c * heat;
      at_y += r * heat;
    }
  if (most >= MIN_HEAT && isfinite (sum)) {
    *x = at_x / sum / TFC_BLAZEPOSE_MAP;
    *y = at_y / sum / TFC_BLAZEPOSE_MAP;
  }
}

static TfcBlazeposePoint
world_point (const gfloat *p, const TfcRegion *region)
{
  const gdouble c = cos (region->angle), s = sin (region->angle);
  return (TfcBlazeposePoint){c * p[0] - s * p[1], s * p[0] + c * p[1], p[2]};
}

gboolean
tfc_blazepose_see (const TfcBlazeposeAnswers *a, const TfcRegion *region, TfcBlazeposeSight *sight)
{
  gdouble sum = 0;

  for (guint i = 0; i < TFC_BLAZEPOSE_POINTS + 2; i++) {
    const gfloat *landmark = a->landmark + (gsize)i * LANDMARK;
    TfcBlazeposePoint *p = &sight->point[i];
    gdouble x = landmark[0] / (gdouble)TFC_BLAZEPOSE_SIZE,
            y = landmark[1] / (gdouble)TFC_BLAZEPOSE_SIZE;
    refine (a, i, &x, &y);
    tfc_region_point (region, x, y, &p->x, &p->y);
    p->z = landmark[2] / (gdouble)TFC_BLAZEPOSE_SIZE * region->size;
    sum += fabs (p->x) + fabs (p->y) + fabs (p->z);
  }
  for (guint i = 0; i < TFC_BLAZEPOSE_POINTS; i++) {
    sight->visibility[i] = sigmoid (a->landmark[(gsize)i * LANDMARK + 3]);
    sight->world[i] = world_point (a->world + (gsize)i * 3, region);
    sum += sight->visibility[i] + fabs (sight->world[i].x) + fabs (sight->world[i].y) +
           fabs (sight->world[i].z);
  }
  return sum < 1e12;
}
