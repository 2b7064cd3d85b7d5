/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/regions_private.h"

#include <math.h>

/* Sides of a crop, in sides of the network's input. */
static const gfloat sides[] = {1, 1.4f, 2, 3};
/* Where in a crop an interest lies that others are to lie beside: at a third, in the middle, at two thirds. */
static const gfloat places[] = {0.2f, 0.5f, 0.8f};
#define MARGIN 0.3f /* of its size that an object has around it in a crop */

gfloat
tfc_region_sight (gfloat pixels)
{
  if (pixels > 200)
    return MAX (1 - (pixels - 200) / 100, 0);
  return CLAMP ((pixels - 6) / 14, 0, 1);
}

gboolean
tfc_crop_covers (const TfcBox *crop, const TfcBox *box)
{
  return box->x >= crop->x && box->y >= crop->y && box->x + box->w <= crop->x + crop->w &&
         box->y + box->h <= crop->y + crop->h;
}

/* box with some room around, as far as area goes. */
static TfcBox
with_margin (const TfcBox *box, const TfcBox *area)
{
  const gfloat x = MAX (box->x - MARGIN * box->w, area->x),
               y = MAX (box->y - MARGIN * box->h, area->y);

  return (TfcBox){x, y, MIN (box->x + (1 + MARGIN) * box->w, area->x + area->w) - x,
                  MIN (box->y + (1 + MARGIN) * box->h, area->y + area->h) - y};
}

/* Pixels of the network's that the longer side of box has. */
static gfloat
pixels_in (const TfcRegionFrame *f, const TfcBox *box, const TfcBox *view)
{
  return MAX (box->w / view->w * (gfloat)f->input_width, box->h / view->h * (gfloat)f->input_height);
}

/* What a crop adds to what is seen of an interest without. */
static gfloat
gain (const TfcRegionFrame *f, const TfcInterest *i, const TfcCrop *crop)
{
  const TfcBox box = with_margin (&i->box, &crop->area);
  gfloat sight;

  if (i->weight <= 0 || !tfc_crop_covers (&crop->box, &box))
    return 0;
  sight = tfc_region_sight (pixels_in (f, &i->box, &crop->box));
  if (f->whole)
    sight -= tfc_region_sight (pixels_in (f, &i->box, &crop->area));
  return i->weight * MAX (sight, 0);
}

/* The crop of area in which the point (x, y) lies at places of its sides. FALSE: the area is no larger. */
static gboolean
crop_at (const TfcRegionFrame *f, const TfcBox *area, gfloat side, gfloat x, gfloat y, TfcCrop *crop)
{
  const gfloat w = side * (gfloat)f->input_width / (gfloat)f->width,
               h = side * (gfloat)f->input_height / (gfloat)f->height;

  if (w >= area->w && h >= area->h)
    return FALSE;
  crop->area = *area;
  crop->box.w = MIN (w, area->w);
  crop->box.h = MIN (h, area->h);
  crop->box.x = CLAMP (x, area->x, area->x + area->w - crop->box.w);
  crop->box.y = CLAMP (y, area->y, area->y + area->h - crop->box.h);
  return TRUE;
}

static gfloat
value_of (const TfcRegionFrame *f, const TfcInterest *interests, guint n, const TfcCrop *crop)
{
  gfloat sum = 0;

  for (guint i = 0; i < n; i++)
    sum += gain (f, &interests[i], crop);
  return sum;
}

/* Best of the crops around one interest; only if better than *value, which it raises. */
static void
try_around (const TfcRegionFrame *f, const TfcInterest *interests, guint n, const TfcBox *at,
            const TfcBox *area, TfcCrop *best, gfloat *value)
{
  const gfloat cx = at->x + at->w / 2, cy = at->y + at->h / 2;

  if (cx < area->x || cy < area->y || cx > area->x + area->w || cy > area->y + area->h)
    return;
  for (guint s = 0; s < G_N_ELEMENTS (sides); s++)
    for (guint p = 0; p < 9; p++) {
      TfcCrop crop;
      const gfloat w = sides[s] * (gfloat)f->input_width / (gfloat)f->width,
                   h = sides[s] * (gfloat)f->input_height / (gfloat)f->height;
      if (!crop_at (f, area, sides[s], cx - places[p % 3] * w, cy - places[p / 3] * h, &crop))
        continue;
      const gfloat v = value_of (f, interests, n, &crop);
      if (v > *value * 1.001f) {
        *value = v;
        *best = crop;
      }
    }
}

static void
forget_covered (const TfcRegionFrame *f, TfcInterest *interests, guint n, const TfcCrop *crop)
{
  for (guint i = 0; i < n; i++)
    if (gain (f, &interests[i], crop) > 0)
      interests[i].weight = 0;
}

guint
tfc_regions_choose (const TfcRegionFrame *f, TfcInterest *interests, guint n, guint max,
                    TfcCrop *crops)
{
  guint chosen = 0;

  while (chosen < max) {
    gfloat value = 0;
    for (guint i = 0; i < n; i++)
      for (guint a = 0; interests[i].weight > 0 && a < f->n_areas; a++)
        try_around (f, interests, n, &interests[i].box, &f->areas[a], &crops[chosen], &value);
    if (value <= 0)
      break;
    forget_covered (f, interests, n, &crops[chosen++]);
  }
  return chosen;
}
