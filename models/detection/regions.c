/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/regions_private.h"

#include <math.h>
#include <string.h>

/* Weights: what moves comes first, but two that do not may be worth more than one that does. */
#define MOVING 100.f
#define LOST 30.f     /* not seen when it was last looked for, or not looked for */
#define FOUND 25.f    /* seen on the last frame */
#define WAITING 15    /* frames after which waiting longer counts no more */
#define REMEMBERED 50 /* ticks that a thing which nobody looks for is remembered */
#define LOOKED 0.2f   /* sight from which on what is not found is not there */
#define SMALL 1.5f    /* areas below so many inputs need no crops */
#define TILE 1.5f     /* sides of a sweep's tile, in sides of the input */
#define OVERLAP 0.2f  /* of two tiles */

TfcRegions *
tfc_regions_new (void)
{
  return g_new0 (TfcRegions, 1);
}

void
tfc_regions_free (TfcRegions *regions)
{
  g_free (regions);
}

void
tfc_regions_reset (TfcRegions *regions)
{
  memset (regions, 0, sizeof *regions);
}

/* ---- what is of interest ---- */

/* A box that has something of the frame in it; of a network's output that is not certain. */
static gboolean
is_sound (const TfcBox *b)
{
  return b->w > 0 && b->h > 0 && b->w <= 2 && b->h <= 2 && b->x < 1 && b->y < 1 &&
         b->x + b->w > 0 && b->y + b->h > 0;
}

/* The longer it waits, the more. */
static gfloat
impatience (const TfcRegions *r, const TfcBox *box)
{
  const gfloat x = (box->x + box->w / 2) * TFC_GRID, y = (box->y + box->h / 2) * TFC_GRID;
  const guint frames =
      r->unseen[(guint)CLAMP (y, 0, TFC_GRID - 1)][(guint)CLAMP (x, 0, TFC_GRID - 1)];

  return 1 + (gfloat)MIN (frames, WAITING) / 8;
}

static gfloat
longer_side (const TfcRegionFrame *f, const TfcBox *box)
{
  return MAX (box->w * (gfloat)f->width, box->h * (gfloat)f->height);
}

/* Which of n boxes that move shows this place; n: none. */
static guint
moving_at (const TfcInterest *moving, guint n, const TfcBox *place)
{
  const TfcBox centre = {place->x + place->w / 2, place->y + place->h / 2, 0, 0};
  guint i = 0;

  while (i < n && !tfc_crop_covers (&moving[i].box, &centre))
    i++;
  return i;
}

static guint
collect (const TfcRegions *r, const TfcRegionFrame *f, TfcInterest *interests)
{
  const gfloat cell = (gfloat)MIN (f->width, f->height) / 100;
  guint n = 0, n_moving;

  for (guint i = 0; i < f->n_moving && n < TFC_MAX_INTERESTS; i++) {
    if (!is_sound (&f->moving[i]))
      continue;
    const gfloat side = longer_side (f, &f->moving[i]);
    interests[n++] = (TfcInterest){f->moving[i], MAX (side - cell, side / 2),
                                   MOVING * impatience (r, &f->moving[i])};
  }
  n_moving = n;
  for (guint i = 0; i < r->n_places && n < TFC_MAX_INTERESTS; i++) {
    const TfcPlace *p = &r->place[i];
    const guint k = moving_at (interests, n_moving, &p->thing.box);
    if (k < n_moving) { /* what was found there says best how large it is */
      interests[k].pixels = longer_side (f, &p->thing.box);
      continue;
    }
    interests[n++] = (TfcInterest){p->thing.box, longer_side (f, &p->thing.box),
                                   (p->seen ? FOUND : LOST) * impatience (r, &p->thing.box)};
  }
  return n;
}

/* ---- the sweep ---- */

/* How many tiles cover length, and where tile i begins. */
static guint
tiles_along (gfloat length, gfloat tile)
{
  return length <= tile ? 1 : 1 + (guint)ceilf ((length - tile) / (tile * (1 - OVERLAP)));
}

static gfloat
tile_at (gfloat length, gfloat tile, guint i, guint n)
{
  return n == 1 ? 0 : (length - tile) * (gfloat)i / (gfloat)(n - 1);
}

/* Tile number *tile of area; where it has no such, FALSE, and *tile is less by as many as it has.
 */
static gboolean
tile_of (const TfcRegionFrame *f, const TfcBox *area, guint *tile, TfcCrop *crop)
{
  const gfloat w = MIN (TILE * (gfloat)f->input_width / (gfloat)f->width, area->w),
               h = MIN (TILE * (gfloat)f->input_height / (gfloat)f->height, area->h);
  const guint columns = tiles_along (area->w, w), rows = tiles_along (area->h, h);

  if (columns * rows == 1)
    return FALSE;
  if (*tile >= columns * rows) {
    *tile -= columns * rows;
    return FALSE;
  }
  *crop = (TfcCrop){.box = {area->x + tile_at (area->w, w, *tile % columns, columns),
                            area->y + tile_at (area->h, h, *tile / columns, rows), w, h},
                    .area = *area};
  return TRUE;
}

/* FALSE: there is nothing to sweep. */
static gboolean
next_tile (TfcRegions *r, const TfcRegionFrame *f, TfcCrop *crop)
{
  for (guint round = 0; round < 2; round++) {
    guint tile = r->tile;
    for (guint a = 0; a < f->n_areas; a++)
      if (tile_of (f, &f->areas[a], &tile, crop)) {
        r->tile++;
        return TRUE;
      }
    r->swept |= r->tile > 0;
    r->tile = 0;
  }
  return FALSE;
}

/* ---- the plan ---- */

static gboolean
is_large (const TfcRegionFrame *f, const TfcBox *area)
{
  return area->w * (gfloat)f->width > SMALL * (gfloat)f->input_width ||
         area->h * (gfloat)f->height > SMALL * (gfloat)f->input_height;
}

static gboolean
is_whole_area (const TfcCrop *c)
{
  return c->box.w >= c->area.w && c->box.h >= c->area.h;
}

/* The crops age what they do not cover. */
static void
look_at_grid (TfcRegions *r)
{
  for (guint y = 0; y < TFC_GRID; y++)
    for (guint x = 0; x < TFC_GRID; x++) {
      const TfcBox centre = {(x + 0.5f) / TFC_GRID, (y + 0.5f) / TFC_GRID, 0, 0};
      guint8 *unseen = &r->unseen[y][x];
      *unseen = (guint8)MIN (*unseen + 1, 255);
      for (guint i = 0; i < r->n_crops; i++)
        if (!is_whole_area (&r->crop[i]) && tfc_crop_covers (&r->crop[i].box, &centre))
          *unseen = 0;
    }
}

static guint
plan_regions (TfcRegions *r, const TfcRegionFrame *f, TfcCrop *crops)
{
  const guint max = MIN (f->regions, TFC_MAX_REGIONS);
  TfcInterest interests[TFC_MAX_INTERESTS];
  guint n, tiles = 0;

  tfc_regions_note_motion (r, f);
  n = collect (r, f, interests);
  n = tfc_regions_choose (f, interests, n, max, crops);
  /* One tile; until all was seen once, as many as there may be. */
  while (n < max && (!r->swept || tiles < 1) && next_tile (r, f, &crops[n])) {
    n++;
    tiles++;
  }
  return n;
}

guint
tfc_regions_plan (TfcRegions *r, const TfcRegionFrame *f, TfcCrop *crops)
{
  gboolean large = FALSE;
  guint n = 0;

  for (guint a = 0; a < f->n_areas; a++) {
    const gboolean needs_crops = is_large (f, &f->areas[a]);
    if (f->whole || !f->regions || !needs_crops)
      crops[n++] = (TfcCrop){.box = f->areas[a], .area = f->areas[a]};
    large |= needs_crops;
  }
  if (f->regions && large)
    n += plan_regions (r, f, crops + n);
  for (guint i = 0; f->regions && i < n; i++)
    tfc_region_scale (f, &crops[i]);
  r->ticks = f->ticks;
  memcpy (r->crop, crops, n * sizeof *crops);
  r->n_crops = n;
  look_at_grid (r);
  return n;
}

/* ---- what was found ---- */

/* Where there is no room for more, no more are remembered. */
static void
remember (TfcRegions *r, const TfcPlace *place)
{
  if (r->n_places < TFC_MAX_PLACES && is_sound (&place->thing.box))
    r->place[r->n_places++] = *place;
}

static gboolean
looked_at (const TfcRegions *r, const TfcBox *box)
{
  for (guint i = 0; i < r->n_crops; i++) {
    const TfcCrop *c = &r->crop[i];
    if (tfc_crop_covers (&c->box, box) &&
        (c->width <= 0 || tfc_region_sight (MAX (box->w * c->width, box->h * c->height)) > LOOKED))
      return TRUE;
  }
  return FALSE;
}

/* The same thing, reported where it was. */
static gboolean
is_same (const TfcDetection *a, const TfcDetection *b)
{
  return a->class_id == b->class_id && a->box.x == b->box.x && a->box.y == b->box.y &&
         a->box.w == b->box.w && a->box.h == b->box.h;
}

/* A look that does not find it makes a thing older by many ticks. */
guint
tfc_regions_age_by (const TfcRegions *r, const TfcBox *box)
{
  const guint ticks = MAX (r->ticks, 1);

  return looked_at (r, box) ? MAX (ticks, TFC_MISSED) : ticks;
}

/* What is held is the place that it was; what is found, a new one. */
static TfcPlace
place_of (const TfcRegions *r, const TfcDetection *found, const TfcPlace *before, guint n)
{
  TfcPlace p = {.thing = *found, .seen = !found->track_id || found->track.seen};

  for (guint i = 0; !found->track.seen && !found->track_id && i < n; i++)
    if (is_same (&before[i].thing, found)) {
      p.age = before[i].age + tfc_regions_age_by (r, &found->box);
      p.moved = before[i].moved;
      break;
    }
  return p;
}

static gboolean
is_among (const TfcDetection *thing, const TfcDetection *found, guint n)
{
  for (guint i = 0; i < n; i++)
    if (is_same (thing, &found[i]))
      return TRUE;
  return FALSE;
}

void
tfc_regions_learn (TfcRegions *r, const TfcDetection *found, guint n, gboolean tracked)
{
  TfcPlace before[TFC_MAX_PLACES];
  const guint n_before = r->n_places;

  memcpy (before, r->place, n_before * sizeof *before);
  r->n_places = 0;
  for (guint i = 0; i < n; i++) {
    const TfcPlace p = place_of (r, &found[i], before, n_before);
    remember (r, &p);
  }
  for (guint i = 0; i < n_before && !tracked; i++) {
    TfcPlace p = before[i];
    p.seen = FALSE;
    p.age += MAX (r->ticks, 1);
    if (p.age <= REMEMBERED && !looked_at (r, &p.thing.box) && !is_among (&p.thing, found, n))
      remember (r, &p);
  }
}
