/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/track.h"

#include "models/tracking/assign.h"
#include "models/tracking/associate.h"

#include <math.h>

#define SAME_FACE 0.25     /* overlap; the reference replaces a region from this one down */
#define ITSELF 0.18        /* sizes from its mesh, up to which the detector sees a face */
#define OCCLUDER_MEMORY 8  /* frames */
#define APART 100.0        /* cost for a pair that overlaps less */
#define RETURN_MOST 0.6    /* misfit up to which a new face is one that was lost */
#define RETURN_MARGIN 0.15 /* by which other lost ones must fit worse */
#define LEAST_TRUST 0.1
#define NO_TRUST 0.3   /* misfit from which a sighting near others is trusted least */
#define ELSEWHERE 0.5  /* sizes from where it was expected */
#define DOUBT_BACK 1.0 /* of one that has come back */

void
tfc_tracks_init (TfcTracks *t)
{
  t->n = t->n_lost = 0;
  t->single = FALSE;
  t->next_id = 1;
  for (guint i = 0; i < TFC_MAX_FACES; i++)
    t->track[i] = &t->store[i];
}

static void
add_track (TfcTracks *t, const TfcRegion *region, gfloat score)
{
  TfcTrack *track = t->track[t->n++];
  track->region = *region;
  track->id = t->next_id++;
  track->score = score;
  track->smooth.started = FALSE;
  track->blink = (TfcBlink){0};
  track->motion = (TfcMotion){region->cx, region->cy, region->size, 0, 0, 0};
  track->appearance.known = track->recent.known = FALSE;
  track->doubt = 0;
  track->occluder = 0;
  track->crowded = track->changed = FALSE;
}

/* A face beside those that are held may soon occlude those that it overlaps. */
static void
note_occluder (TfcTracks *t, const TfcRegion *found)
{
  for (guint k = 0; k < t->n; k++) {
    const TfcRegion *r = &t->track[k]->region;
    if (hypot (r->cx - found->cx, r->cy - found->cy) < ITSELF * r->size)
      return;
  }
  for (guint k = 0; k < t->n; k++) {
    if (tfc_region_iou (&t->track[k]->region, found) > 0)
      t->track[k]->occluder = OCCLUDER_MEMORY;
  }
}

void
tfc_tracks_update (TfcTracks *t, const TfcRegion *found, const gfloat *scores, guint n, guint max)
{
  const guint held = t->n, columns = held + n;
  gdouble cost[TFC_MAX_FACES * 2 * TFC_MAX_FACES] = {0};
  guint column[TFC_MAX_FACES];
  t->single = max == 1;
  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < held; k++) {
      TfcRegion there = t->track[k]->region;
      there.cx += t->track[k]->motion.vx;
      there.cy += t->track[k]->motion.vy;
      const gdouble iou = tfc_region_iou (&there, &found[i]);
      cost[i * columns + k] = iou >= SAME_FACE ? -iou : APART;
    }
    for (guint k = held; k < columns; k++)
      cost[i * columns + k] = 0;
  }
  tfc_assign (cost, n, columns, column);
  for (guint i = 0; i < n; i++) {
    note_occluder (t, &found[i]);
    if (column[i] < held)
      t->track[column[i]]->score = scores[i];
    else if (t->n < MIN (max, TFC_MAX_FACES))
      add_track (t, &found[i], scores[i]);
  }
}

static void
advance (TfcMotion *m)
{
  m->cx += m->vx;
  m->cy += m->vy;
}

/* How far motion follows what is seen: position, velocity, size. */
static const struct {
  gdouble place, velocity, size;
} gains[] = {{1, 0.35, 1}, {0.3, 0.05, 0.2}};

/* Near others, or where it may be occluded, the less, the worse a sighting fits. */
static void
update_track (TfcTrack *track, const TfcSighting *s)
{
  TfcMotion *m = &track->motion;
  const gboolean young = m->age < TFC_TRACK_YOUNG;
  const gboolean crowded = !young && (track->crowded || track->changed);
  const gdouble dx = s->region.cx - m->cx, dy = s->region.cy - m->cy;
  const gdouble fit = tfc_track_misfit (m, &track->appearance, s);
  const gdouble trust = crowded ? MAX (LEAST_TRUST, 1 - fit / NO_TRUST) : 1;
  const gdouble velocity =
      crowded ? trust * gains[1].velocity : MAX (gains[0].velocity, 1.0 / MAX (m->age, 1));
  track->doubt = crowded ? 0.9 * track->doubt + fit : 0.5 * track->doubt;
  m->cx += trust * gains[crowded].place * dx;
  m->cy += trust * gains[crowded].place * dy;
  m->size += trust * gains[crowded].size * (s->region.size - m->size);
  if (m->age > 0) { /* the first step is from the detector's region to the mesh's */
    m->vx += velocity * dx;
    m->vy += velocity * dy;
  }
  m->age += m->age < G_MAXUINT;
  track->occluder -= track->occluder > 0;
  if (!crowded)
    tfc_appearance_learn (&track->appearance, &s->appearance, young ? 0.5f : 0.1f);
  tfc_appearance_learn (&track->recent, &s->appearance, young ? 0.5f : 0.2f);
  track->region = s->region;
}

static void
forget (TfcTracks *t, guint i)
{
  for (t->n_lost--; i < t->n_lost; i++)
    t->lost[i] = t->lost[i + 1];
}

/* Notes one that is lost, so that it can have its id back. */
static void
remember (TfcTracks *t, const TfcTrack *track)
{
  if (track->motion.age < TFC_TRACK_YOUNG)
    return;
  if (t->n_lost == TFC_MAX_FACES)
    forget (t, 0); /* the longest lost */
  t->lost[t->n_lost++] = (TfcLost){.id = track->id,
                                   .score = track->score,
                                   .motion = track->motion,
                                   .appearance = track->appearance,
                                   .blinks = track->blink.count};
}

/* One that is not where it was expected has stopped or turned back. */
static void
restore (TfcTrack *track, const TfcLost *lost, const TfcSighting *s)
{
  const TfcRegion *r = &s->region;
  track->id = lost->id;
  track->motion = lost->motion;
  if (hypot (r->cx - lost->motion.cx, r->cy - lost->motion.cy) > ELSEWHERE * lost->motion.size)
    track->motion = (TfcMotion){r->cx, r->cy, r->size, 0, 0, 0};
  track->motion.age = TFC_TRACK_YOUNG;
  track->appearance = track->recent = lost->appearance;
  track->score = lost->score;
  track->doubt = DOUBT_BACK;
  track->occluder = 0;
  track->crowded = TRUE;
  track->smooth.started = FALSE;
  track->blink = (TfcBlink){.count = lost->blinks};
}

/* A new face that is plainly one that was lost: it fits it, and no other half as well. */
static void
recall (TfcTracks *t, TfcTrack *track, const TfcSighting *s)
{
  gdouble best = RETURN_MOST, second = INFINITY;
  guint index = G_MAXUINT;
  for (guint i = 0; i < t->n_lost; i++) {
    const gboolean known = t->lost[i].appearance.known && s->appearance.known;
    const gdouble fit = known ? tfc_lost_misfit (t, i, track, s) : INFINITY;
    if (fit < best) {
      second = index == G_MAXUINT ? second : best;
      best = fit;
      index = i;
    } else {
      second = MIN (second, fit);
    }
  }
  if (index == G_MAXUINT || second < best + RETURN_MARGIN)
    return;
  restore (track, &t->lost[index], s);
  forget (t, index);
}

static void
age_lost (TfcTracks *t)
{
  for (guint i = t->n_lost; i--;) {
    advance (&t->lost[i].motion);
    if (++t->lost[i].frames > TFC_TRACK_MEMORY)
      forget (t, i);
  }
}

/* A sighting that goes to none of those that are held: to a lost one, or to a new one (without an
 * id yet). */
typedef struct {
  TfcLost lost;
  guint sighting;
} Entry;

static guint
collect_returns (TfcTracks *t, const guint *taken, Entry *entries)
{
  guint n = 0;
  for (guint i = t->n_lost; i--;) {
    if (taken[i] == G_MAXUINT)
      continue;
    entries[n++] = (Entry){t->lost[i], taken[i]};
    forget (t, i);
  }
  return n;
}

static void
admit (TfcTracks *t, const Entry *e, const TfcSighting *s)
{
  if (e->lost.id)
    restore (t->track[t->n++], &e->lost, s);
  else
    add_track (t, &s->region, e->lost.score);
  update_track (t->track[t->n - 1], s);
}

guint
tfc_tracks_observe (TfcTracks *t, const TfcSighting *seen, guint *from)
{
  const guint held = t->n;
  guint taken[2 * TFC_MAX_FACES], kept = 0, n_entries = 0;
  Entry entries[TFC_MAX_FACES];
  age_lost (t);
  for (guint i = 0; i < held; i++) {
    advance (&t->track[i]->motion);
    taken[i] = seen[i].found ? i : G_MAXUINT;
  }
  if (tfc_tracks_mark_crowds (t, seen)) {
    tfc_tracks_choose (t, seen, taken);
    n_entries = collect_returns (t, taken + held, entries);
  }
  for (guint i = 0; i < held; i++) {
    TfcTrack *track = t->track[kept];
    if (taken[i] == G_MAXUINT) {
      if (!t->single)
        remember (t, track);
      tfc_tracks_drop (t, kept);
      continue;
    }
    if (tfc_track_has_drifted (t, kept, &seen[taken[i]])) {
      entries[n_entries++] = (Entry){{.score = track->score}, taken[i]};
      remember (t, track);
      tfc_tracks_drop (t, kept);
      continue;
    }
    if (track->motion.age == 0)
      recall (t, track, &seen[taken[i]]);
    if (taken[i] != i)
      track->smooth.started = track->blink.closed = FALSE; /* it was elsewhere */
    update_track (track, &seen[taken[i]]);
    from[kept++] = taken[i];
  }
  for (guint i = 0; i < n_entries; i++) {
    admit (t, &entries[i], &seen[entries[i].sighting]);
    from[kept++] = entries[i].sighting;
  }
  return kept;
}

gboolean
tfc_tracks_want_detector (const TfcTracks *t)
{
  for (guint i = 0; i < t->n; i++) {
    if (t->track[i]->changed && !t->track[i]->crowded && !t->track[i]->occluder)
      return TRUE;
  }
  return FALSE;
}

void
tfc_tracks_drop (TfcTracks *t, guint index)
{
  TfcTrack *gone = t->track[index];
  t->n--;
  for (guint i = index; i < t->n; i++)
    t->track[i] = t->track[i + 1];
  t->track[t->n] = gone;
}

void
tfc_tracks_clear (TfcTracks *t)
{
  t->n = t->n_lost = 0;
}
