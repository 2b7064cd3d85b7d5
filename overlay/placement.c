/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/placement.h"
#include <math.h>
#include <string.h>

typedef enum { LEFT, RIGHT, BEFORE, AFTER } Across;
typedef enum { ABOVE, TOP, BOTTOM, BELOW } Down;

/* In the order in which they are tried. */
static const struct {
  Down down;
  Across across;
} spots[] = {{ABOVE, LEFT}, {TOP, LEFT},    {ABOVE, RIGHT},  {TOP, RIGHT},
             {BELOW, LEFT}, {BOTTOM, LEFT}, {BELOW, RIGHT},  {BOTTOM, RIGHT},
             {TOP, AFTER},  {TOP, BEFORE},  {BOTTOM, AFTER}, {BOTTOM, BEFORE}};

/* Then the same in rows further off: up, down, down. */
static const struct {
  Down down;
  gint step;
} rows[] = {{TOP, 1}, {ABOVE, -1}, {BELOW, 1}};
static const Across columns[] = {LEFT, RIGHT, AFTER, BEFORE};

#define NEAR G_N_ELEMENTS (spots)
#define ROW (G_N_ELEMENTS (rows) * G_N_ELEMENTS (columns))
#define N_SPOTS (NEAR + 4 * ROW)

void
tfc_placement_begin (TfcPlacement *p)
{
  memcpy (p->last, p->now, p->n_now * sizeof *p->now);
  p->n_last = p->n_now;
  p->n_now = 0;
}

static gint
clamp_to (gdouble x, gdouble most)
{
  return (gint)floor (CLAMP (x, 0, MAX (0, most)));
}

static gint
find_x (const TfcLabelBox *l, Across across, gint width)
{
  const gdouble half = l->line / 2;
  switch (across) {
    case LEFT:
      return clamp_to (l->edges[0] - half, (gdouble)width - l->width);
    case RIGHT:
      return clamp_to (l->edges[2] + half - l->width, (gdouble)width - l->width);
    case BEFORE:
      return (gint)floor (l->edges[0] - half) - l->gap - l->width;
    default:
      return (gint)ceil (l->edges[2] + half) + l->gap;
  }
}

static gint
find_y (const TfcLabelBox *l, Down down, gint height)
{
  const gdouble half = l->line / 2;
  switch (down) {
    case ABOVE:
      return (gint)floor (l->edges[1]) - l->gap - l->ascent;
    case TOP:
      return (gint)ceil (MAX (l->edges[1], 0) + half);
    case BOTTOM:
      return (gint)floor (MIN (l->edges[3], height) - half) - l->ascent - l->descent;
    default:
      return (gint)ceil (l->edges[3] + half);
  }
}

static TfcLabelPlace
place_at (const TfcLabelBox *l, guint spot, guint width, guint height)
{
  const gdouble *e = l->edges;
  const guint far = spot - NEAR, row = far % ROW / G_N_ELEMENTS (columns);
  const gboolean near = spot < NEAR;
  const Down down = near ? spots[spot].down : rows[row].down;
  const Across across = near ? spots[spot].across : columns[far % G_N_ELEMENTS (columns)];
  const gint h = l->ascent + l->descent;
  const gint shift = near ? 0 : rows[row].step * h * (1 + (gint)(far / ROW));
  return (TfcLabelPlace){find_x (l, across, (gint)width),
                         find_y (l, down, (gint)height) + shift,
                         l->width,
                         h,
                         (e[0] + e[2]) / 2,
                         (e[1] + e[3]) / 2,
                         MAX (e[2] - e[0], e[3] - e[1]) / 2,
                         l->name,
                         spot};
}

/* In the picture, but for what is wider than it. */
static gboolean
is_inside (const TfcLabelPlace *at, guint width, guint height)
{
  return at->x >= 0 && at->y >= 0 && at->y + at->h <= (gint)height &&
         (at->x == 0 || at->x + at->w <= (gint)width);
}

/* Pixels that it shares with those that have their place, each grown by margin. */
static gint64
find_overlap (const TfcPlacement *p, const TfcLabelPlace *at, gint margin)
{
  gint64 sum = 0;
  for (guint i = 0; i < p->n_now; i++) {
    const TfcLabelPlace *o = &p->now[i];
    gint w = MIN (at->x + at->w, o->x + o->w + margin) - MAX (at->x, o->x - margin);
    gint h = MIN (at->y + at->h, o->y + o->h + margin) - MAX (at->y, o->y - margin);
    if (w > 0 && h > 0)
      sum += (gint64)w * h;
  }
  return sum;
}

/* Which spot the label had on the last frame: that of the nearest one of its name. */
static guint
last_spot (const TfcPlacement *p, const TfcLabelPlace *at)
{
  gdouble best = MAX (at->reach, 4);
  guint spot = N_SPOTS;
  for (guint i = 0; i < p->n_last; i++) {
    const TfcLabelPlace *o = &p->last[i];
    const gdouble far = MAX (fabs (o->cx - at->cx), fabs (o->cy - at->cy));
    if (o->name == at->name && far < best) {
      best = far;
      spot = o->spot;
    }
  }
  return spot;
}

/* The first spot that is free, or where least is covered. An earlier one than the last frame's must
 * be free with some room around it, or labels would jump to and fro. */
static TfcLabelPlace
choose (const TfcPlacement *p, const TfcLabelBox *l, guint width, guint height)
{
  TfcLabelPlace best = place_at (l, 0, width, height);
  const guint last = last_spot (p, &best);
  gint64 least = G_MAXINT64;
  if (best.y < 0)
    best = place_at (l, 1, width, height);
  for (guint spot = 0; spot < N_SPOTS && least; spot++) {
    const TfcLabelPlace place = place_at (l, spot, width, height);
    const gint margin = spot < last && last < N_SPOTS ? place.h / 3 : 0;
    const gint64 overlap =
        is_inside (&place, width, height) ? find_overlap (p, &place, margin) : G_MAXINT64;
    if (overlap < least) {
      least = overlap;
      best = place;
    }
  }
  return best;
}

TfcLabelPlace
tfc_placement_find (TfcPlacement *p, const TfcLabelBox *label, guint width, guint height)
{
  const TfcLabelPlace place = choose (p, label, width, height);
  if (p->n_now < TFC_LABELS)
    p->now[p->n_now++] = place;
  return place;
}
