/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/associate.h"

#include "models/tracking/assign.h"

#include <math.h>

#define DUPLICATE 0.7 /* overlap of two meshes on one face */
#define NEAR 0.1      /* overlap of regions, from which meshes may slip */

#define SIZE_WEIGHT 0.5
#define APPEARANCE_WEIGHT 3.0
#define EXCHANGE_COST 0.3       /* what another's sighting must fit better */
#define EXCHANGE_MOST 0.5       /* misfit up to which another's sighting is taken */
#define OTHER_APPEARANCE 0.02   /* nearer, for a face to look more like another */
#define SAME_APPEARANCE 0.06    /* distance up to which a face looks like itself */
#define UNIQUE_MARGIN 0.04      /* further, for everybody else to look different */
#define CHANGED_APPEARANCE 0.06 /* from the last few frames: more than of a face that turns */
#define DRIFT_APPEARANCE 0.085  /* that of two people */
#define DRIFT_DISTANCE 0.08     /* sizes from where it is expected */
#define YOUNG_COST 10.0         /* a frame that lacks */
#define NONE 100.0              /* cost of going without a sighting */
#define NEVER 10000.0

gdouble
tfc_track_misfit (const TfcMotion *m, const TfcAppearance *a, const TfcSighting *s)
{
  const TfcRegion *r = &s->region;
  const gdouble size = MAX (m->size, 1e-6);
  const gdouble far = hypot (r->cx - m->cx, r->cy - m->cy) / size;
  const gdouble grown = fabs (log (MAX (r->size, 1e-6) / size));
  return far + SIZE_WEIGHT * grown +
         APPEARANCE_WEIGHT * tfc_appearance_distance (a, &s->appearance);
}

static gboolean
looks_alike (const TfcAppearance *a, const TfcSighting *s, gdouble least)
{
  return a->known && tfc_appearance_distance (a, &s->appearance) < least;
}

static gboolean
matches_uniquely (const TfcTracks *t, guint i, const TfcTrack *holder, const TfcSighting *s)
{
  const gdouble own = tfc_appearance_distance (&t->lost[i].appearance, &s->appearance);
  const gdouble least = own + UNIQUE_MARGIN;
  if (!t->lost[i].appearance.known || !s->appearance.known || own > SAME_APPEARANCE)
    return FALSE;
  for (guint k = 0; k < t->n; k++) {
    if (t->track[k] != holder && looks_alike (&t->track[k]->appearance, s, least))
      return FALSE;
  }
  for (guint k = 0; k < t->n_lost; k++) {
    if (k != i && looks_alike (&t->lost[k].appearance, s, least))
      return FALSE;
  }
  return TRUE;
}

/* Pixels from where one that was lost is expected to where it may be, if it has stopped or turned.
 */
static gdouble
reach (const TfcLost *lost)
{
  return 2 * lost->frames * hypot (lost->motion.vx, lost->motion.vy);
}

gdouble
tfc_lost_misfit (const TfcTracks *t, guint i, const TfcTrack *holder, const TfcSighting *s)
{
  const TfcLost *lost = &t->lost[i];
  const TfcMotion *m = &lost->motion;
  const gdouble fit = tfc_track_misfit (m, &lost->appearance, s);
  const gdouble far = hypot (s->region.cx - m->cx, s->region.cy - m->cy);
  return matches_uniquely (t, i, holder, s) ? fit - MIN (far, reach (lost)) / MAX (m->size, 1e-6)
                                            : fit;
}

static TfcRegion
expected (const TfcMotion *m)
{
  return (TfcRegion){m->cx, m->cy, m->size, 0};
}

static gboolean
meet (const TfcRegion *a, const TfcRegion *b)
{
  return tfc_region_iou (a, b) > NEAR;
}

/* How different what was seen looks from the last few frames, in any light. */
static gdouble
appearance_change (const TfcTrack *track, const TfcSighting *s)
{
  const gdouble far = tfc_appearance_distance (&track->recent, &s->appearance);
  return far > CHANGED_APPEARANCE
             ? MIN (far, tfc_appearance_pattern_distance (&track->recent, &s->appearance))
             : far;
}

gboolean
tfc_tracks_mark_crowds (TfcTracks *t, const TfcSighting *seen)
{
  TfcRegion at[TFC_MAX_FACES], to[TFC_MAX_FACES];
  gboolean any = FALSE;
  for (guint i = 0; i < t->n; i++) {
    TfcTrack *track = t->track[i];
    to[i] = expected (&track->motion);
    at[i] = seen[i].found ? seen[i].region : to[i];
    track->changed = seen[i].found && track->motion.age >= TFC_TRACK_SETTLED &&
                     appearance_change (track, &seen[i]) > CHANGED_APPEARANCE;
    track->crowded = FALSE;
    any |= track->changed;
    for (guint k = 0; k < i; k++) {
      if (meet (&at[i], &at[k]) || meet (&to[i], &to[k]))
        track->crowded = t->track[k]->crowded = any = TRUE;
    }
    for (guint k = 0; k < t->n_lost; k++) {
      const TfcRegion lost = expected (&t->lost[k].motion);
      if (meet (&at[i], &lost) || meet (&to[i], &lost))
        track->crowded = any = TRUE;
    }
  }
  return any;
}

/* Whether one that was lost may be there by now, even if it has stopped or turned back. */
static gboolean
is_in_reach (const TfcLost *lost, const TfcRegion *r)
{
  const TfcMotion *m = &lost->motion;
  return hypot (r->cx - m->cx, r->cy - m->cy) < (r->size + m->size) / 2 + reach (lost);
}

gboolean
tfc_track_has_drifted (const TfcTracks *t, guint i, const TfcSighting *s)
{
  const TfcTrack *track = t->track[i];
  const TfcMotion *m = &track->motion;
  if (!track->occluder || !track->changed || track->crowded ||
      appearance_change (track, s) < DRIFT_APPEARANCE ||
      hypot (s->region.cx - m->cx, s->region.cy - m->cy) < DRIFT_DISTANCE * m->size)
    return FALSE;
  for (guint k = 0; k < t->n_lost; k++) {
    if (is_in_reach (&t->lost[k], &s->region))
      return FALSE;
  }
  return TRUE;
}

/* Sightings of one face, and who fits his own best. */
typedef struct {
  guint best[TFC_MAX_FACES]; /* of the i-th's sighting: which one stands for it; G_MAXUINT: none */
  gboolean shared[TFC_MAX_FACES];
  gdouble cost[TFC_MAX_FACES]; /* of the i-th for going on with its own */
} Own;

static gdouble
own_cost (const TfcTrack *track, const TfcSighting *s, gboolean shared)
{
  const guint age = track->motion.age;
  const gdouble fit = tfc_track_misfit (&track->motion, &track->appearance, s);
  return MIN (fit + (shared ? track->doubt : 0), NONE / 4) +
         (age < TFC_TRACK_YOUNG ? YOUNG_COST * (TFC_TRACK_YOUNG - age) : 0);
}

static gboolean
same_face (const TfcSighting *seen, guint i, guint k)
{
  return seen[i].found && seen[k].found &&
         (i == k || tfc_region_iou (&seen[i].region, &seen[k].region) > DUPLICATE);
}

static void
find_duplicates (const TfcTracks *t, const TfcSighting *seen, Own *own)
{
  for (guint i = 0; i < t->n; i++) {
    own->shared[i] = FALSE;
    for (guint k = 0; k < t->n; k++)
      own->shared[i] |= k != i && same_face (seen, i, k);
    if (seen[i].found)
      own->cost[i] = own_cost (t->track[i], &seen[i], own->shared[i]) + 1e-6 * i;
  }
  for (guint i = 0; i < t->n; i++) {
    own->best[i] = G_MAXUINT;
    for (guint k = 0; k < t->n; k++) {
      if (same_face (seen, i, k) &&
          (own->best[i] == G_MAXUINT || own->cost[k] < own->cost[own->best[i]]))
        own->best[i] = k;
    }
  }
}

/* Of one that takes what was seen in another's region, and fits it so. */
static gdouble
exchange_cost (gdouble fit, gdouble doubt)
{
  return fit < EXCHANGE_MOST ? fit + doubt + EXCHANGE_COST : NEVER;
}

/* A track that has seen nothing yet takes anything, nearly as well as its own. */
static gdouble
other_cost (const TfcTrack *track, const TfcSighting *s, gboolean shared)
{
  if (track->motion.age == 0)
    return YOUNG_COST * TFC_TRACK_YOUNG + 0.01;
  if (track->motion.age < TFC_TRACK_YOUNG)
    return NEVER;
  return exchange_cost (tfc_track_misfit (&track->motion, &track->appearance, s),
                        shared ? track->doubt : 0);
}

/* Of a lost one that takes what was seen in track's region: it must also look more like it. */
static gdouble
return_cost (const TfcTracks *t, guint i, const TfcTrack *track, const TfcSighting *s)
{
  const gdouble a = tfc_appearance_distance (&t->lost[i].appearance, &s->appearance);
  const gdouble b = tfc_appearance_distance (&track->appearance, &s->appearance);
  return track->motion.age >= TFC_TRACK_YOUNG && a + OTHER_APPEARANCE < b
             ? exchange_cost (tfc_lost_misfit (t, i, track, s), 0)
             : NEVER;
}

void
tfc_tracks_choose (const TfcTracks *t, const TfcSighting *seen, guint *from)
{
  const guint n = t->n, rows = n + t->n_lost, columns = n + rows;
  gdouble cost[2 * TFC_MAX_FACES * 3 * TFC_MAX_FACES];
  Own own;
  find_duplicates (t, seen, &own);
  for (guint i = 0; i < rows * columns; i++)
    cost[i] = i % columns < n ? NEVER : NONE;
  for (guint k = 0; k < n; k++) {
    if (own.best[k] != k)
      continue;
    for (guint i = 0; i < n; i++) {
      cost[i * columns + k] =
          own.best[i] == k ? own.cost[i] : other_cost (t->track[i], &seen[k], own.shared[k]);
    }
    for (guint i = 0; i < t->n_lost; i++)
      cost[(n + i) * columns + k] = return_cost (t, i, t->track[k], &seen[k]);
  }
  tfc_assign (cost, rows, columns, from);
  for (guint i = 0; i < rows; i++)
    from[i] = from[i] < n ? from[i] : G_MAXUINT;
}
