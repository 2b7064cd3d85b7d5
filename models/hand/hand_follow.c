/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/hand_follow.h"

#include <string.h>

#define SAME_HAND 0.5   /* IoU from which on a region that was found is one that is held */
#define HAND_METRES 0.2 /* about what a hand measures */

TfcHandState *
tfc_hand_state_new (void)
{
  TfcHandState *state = g_new0 (TfcHandState, 1);
  state->next_id = 1;
  return state;
}

void
tfc_hand_state_free (TfcHandState *state)
{
  g_free (state);
}

void
tfc_hand_state_reset (TfcHandState *state)
{
  state->n = 0;
}

guint
tfc_hand_state_follow (const TfcHandState *s, TfcHandRegion *regions)
{
  memcpy (regions, s->held, s->n * sizeof *s->held);
  return tfc_hand_regions_separate (regions, s->n);
}

guint
tfc_hand_state_replace (const TfcHandState *s, TfcHandRegion *regions, guint n)
{
  gboolean taken[TFC_MAX_POSES] = {FALSE};
  n = tfc_hand_regions_separate (regions, n);
  for (guint i = 0; i < n; i++) {
    gdouble most = SAME_HAND;
    guint best = G_MAXUINT;
    for (guint k = 0; k < s->n; k++) {
      const gdouble iou = tfc_region_iou (&s->held[k].region, &regions[i].region);
      if (!taken[k] && iou > most) {
        most = iou;
        best = k;
      }
    }
    if (best == G_MAXUINT)
      continue;
    taken[best] = TRUE;
    regions[i].id = s->held[best].id;
  }
  return n;
}

/* Those that are held come last, so they take away what was found of them again. */
guint
tfc_hand_state_add (const TfcHandState *s, TfcHandRegion *regions, guint n, guint max)
{
  guint n_new = 0;
  memcpy (regions + n, s->held, s->n * sizeof *s->held);
  n = tfc_hand_regions_separate (regions, n + s->n);
  while (n_new < n && !regions[n_new].id)
    n_new++;
  const guint n_held = n - n_new, n_taken = MIN (n_new, max - n_held);
  memmove (regions + n_taken, regions + n_new, n_held * sizeof *regions);
  return n_taken + n_held;
}

void
tfc_hand_state_hold (TfcHandState *s, TfcHandRegion *regions, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (!regions[i].id)
      regions[i].id = s->next_id++;
  }
  memcpy (s->held, regions, n * sizeof *s->held);
  s->n = n;
}

static gboolean
is_held (const TfcHandState *s, guint64 id)
{
  for (guint i = 0; i < s->n; i++) {
    if (s->held[i].id == id)
      return TRUE;
  }
  return FALSE;
}

/* The filter of a hand that is held, or one that nobody needs any more, made ready for it. */
static TfcHandFilter *
filter_of (TfcHandState *s, guint64 id)
{
  TfcHandFilter *spare = NULL;
  for (guint i = 0; i < TFC_MAX_POSES; i++) {
    if (s->filter[i].id == id)
      return &s->filter[i];
    if (!is_held (s, s->filter[i].id))
      spare = &s->filter[i];
  }
  spare->id = id;
  spare->points.started = spare->world.started = FALSE;
  return spare;
}

void
tfc_hand_state_smooth (TfcHandState *s, guint64 id, TfcPoint points[TFC_HAND_POINTS],
                       TfcPoint world[TFC_HAND_POINTS], gdouble size, guint64 pts)
{
  TfcHandFilter *filter = filter_of (s, id);
  tfc_one_euro (&filter->points, points, TFC_HAND_POINTS, size, pts);
  tfc_one_euro (&filter->world, world, TFC_HAND_POINTS, HAND_METRES, pts);
}
