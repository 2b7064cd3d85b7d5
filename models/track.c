/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track.h"

#include "assign.h"

#include <math.h>

#define SAME_FACE 0.25 /* overlap; the reference replaces a region from this one down */
#define DUPLICATE 0.7  /* overlap of two meshes on one face */
#define NEAR 0.1       /* overlap of regions, from which meshes may slip */

/* Misfit is measured in sizes of the region. */
#define SIZE_WEIGHT 0.5
#define APPEARANCE_WEIGHT 3.0
#define EXCHANGE_COST 0.3 /* what another's sighting must fit better */
#define EXCHANGE_MOST 0.5 /* misfit up to which another's sighting is taken */
#define RETURN_MOST 0.6   /* misfit up to which a new face is one that was lost */
#define RETURN_MARGIN 0.15
#define YOUNG 4               /* frames until motion is known */
#define YOUNG_COST 10.0       /* a frame that lacks */
#define OTHER_APPEARANCE 0.02 /* nearer, for a face to look more like another */
#define LEAST_TRUST 0.1
#define NO_TRUST 0.3   /* misfit */
#define DOUBT_BACK 1.0 /* of one that has come back */
#define NONE 100.0     /* cost of going without a sighting */
#define NEVER 10000.0

void
tfc_tracks_init (TfcTracks *t)
{
  t->n = t->n_lost = 0;
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
  track->motion = (TfcMotion){region->cx, region->cy, region->size, 0, 0, 0};
  track->appearance.known = FALSE;
  track->doubt = 0;
  track->crowded = FALSE;
}

void
tfc_tracks_update (TfcTracks *t, const TfcRegion *found, const gfloat *scores, guint n, guint max)
{
  const guint held = t->n, columns = held + n;
  gdouble cost[TFC_MAX_FACES * 2 * TFC_MAX_FACES] = {0};
  guint column[TFC_MAX_FACES];
  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < held; k++) {
      TfcRegion there = t->track[k]->region;
      there.cx += t->track[k]->motion.vx;
      there.cy += t->track[k]->motion.vy;
      const gdouble iou = tfc_region_iou (&there, &found[i]);
      cost[i * columns + k] = iou >= SAME_FACE ? -iou : NONE;
    }
    for (guint k = held; k < columns; k++)
      cost[i * columns + k] = 0;
  }
  tfc_assign (cost, n, columns, column);
  for (guint i = 0; i < n; i++) {
    if (column[i] < held)
      t->track[column[i]]->score = scores[i];
    else if (t->n < MIN (max, TFC_MAX_FACES))
      add_track (t, &found[i], scores[i]);
  }
}

static gdouble
misfit (const TfcMotion *m, const TfcAppearance *a, const TfcSighting *s)
{
  const TfcRegion *r = &s->region;
  const gdouble size = MAX (m->size, 1e-6);
  const gdouble far = hypot (r->cx - m->cx, r->cy - m->cy) / size;
  const gdouble grown = fabs (log (MAX (r->size, 1e-6) / size));
  return far + SIZE_WEIGHT * grown +
         APPEARANCE_WEIGHT * tfc_appearance_distance (a, &s->appearance);
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

/* Says of each track whether it is near another, or near where a lost one is expected. */
static gboolean
mark_crowds (TfcTracks *t, const TfcSighting *seen)
{
  TfcRegion at[TFC_MAX_FACES], to[TFC_MAX_FACES];
  gboolean any = FALSE;
  for (guint i = 0; i < t->n; i++) {
    TfcTrack *track = t->track[i];
    to[i] = expected (&track->motion);
    at[i] = seen[i].found ? seen[i].region : to[i];
    track->crowded = FALSE;
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
  const gdouble fit = misfit (&track->motion, &track->appearance, s);
  return MIN (fit + (shared ? track->doubt : 0), NONE / 4) +
         (age < YOUNG ? YOUNG_COST * (YOUNG - age) : 0);
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

/* Of one that takes what was seen in another's region. */
static gdouble
exchange_cost (const TfcMotion *m, const TfcAppearance *a, const TfcSighting *s, gdouble doubt)
{
  const gdouble fit = misfit (m, a, s);
  return m->age >= YOUNG && fit < EXCHANGE_MOST ? fit + doubt + EXCHANGE_COST : NEVER;
}

/* A track that has seen nothing yet takes anything, nearly as well as its own. */
static gdouble
other_cost (const TfcTrack *track, const TfcSighting *s, gboolean shared)
{
  if (track->motion.age == 0)
    return YOUNG_COST * YOUNG + 0.01;
  return exchange_cost (&track->motion, &track->appearance, s, shared ? track->doubt : 0);
}

/* Of a lost one that takes what was seen in track's region: it must also look more like it. */
static gdouble
return_cost (const TfcLost *lost, const TfcTrack *track, const TfcSighting *s)
{
  const gdouble a = tfc_appearance_distance (&lost->appearance, &s->appearance);
  const gdouble b = tfc_appearance_distance (&track->appearance, &s->appearance);
  return track->motion.age >= YOUNG && a + OTHER_APPEARANCE < b
             ? exchange_cost (&lost->motion, &lost->appearance, s, 0)
             : NEVER;
}

/* from[i]: the sighting that the i-th track takes, and behind those the i-th lost one, or
 * G_MAXUINT. */
static void
choose (const TfcTracks *t, const TfcSighting *seen, guint *from)
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
      cost[(n + i) * columns + k] = return_cost (&t->lost[i], t->track[k], &seen[k]);
  }
  tfc_assign (cost, rows, columns, from);
  for (guint i = 0; i < rows; i++)
    from[i] = from[i] < n ? from[i] : G_MAXUINT;
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

/* Near others the less, the worse a sighting fits. */
static void
follow (TfcTrack *track, const TfcSighting *s)
{
  TfcMotion *m = &track->motion;
  const gboolean crowded = track->crowded && m->age >= YOUNG;
  const gdouble dx = s->region.cx - m->cx, dy = s->region.cy - m->cy;
  const gdouble fit = misfit (m, &track->appearance, s);
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
  if (!crowded)
    tfc_appearance_learn (&track->appearance, &s->appearance, 0.1f);
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
  if (track->motion.age < YOUNG)
    return;
  if (t->n_lost == TFC_MAX_FACES)
    forget (t, 0); /* the longest lost */
  t->lost[t->n_lost++] = (TfcLost){track->id, track->score, track->motion, track->appearance, 0};
}

static void
restore (TfcTrack *track, const TfcLost *lost)
{
  track->id = lost->id;
  track->motion = lost->motion;
  track->motion.age = YOUNG;
  track->appearance = lost->appearance;
  track->score = lost->score;
  track->doubt = DOUBT_BACK;
  track->crowded = TRUE;
  track->smooth.started = FALSE;
}

/* A new face that is plainly one that was lost: it fits it, and no other half as well. */
static void
recall (TfcTracks *t, TfcTrack *track, const TfcSighting *s)
{
  gdouble best = RETURN_MOST, second = INFINITY;
  guint index = G_MAXUINT;
  for (guint i = 0; i < t->n_lost; i++) {
    const gboolean known = t->lost[i].appearance.known && s->appearance.known;
    const gdouble fit = known ? misfit (&t->lost[i].motion, &t->lost[i].appearance, s) : INFINITY;
    if (fit < best) {
      second = best;
      best = fit;
      index = i;
    } else {
      second = MIN (second, fit);
    }
  }
  if (index == G_MAXUINT || second < best + RETURN_MARGIN)
    return;
  restore (track, &t->lost[index]);
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

/* A lost one that takes what was seen in another's region. */
typedef struct {
  TfcLost lost;
  guint sighting;
} Return;

static guint
collect_returns (TfcTracks *t, const guint *taken, Return *returns)
{
  guint n = 0;
  for (guint i = t->n_lost; i--;) {
    if (taken[i] == G_MAXUINT)
      continue;
    returns[n++] = (Return){t->lost[i], taken[i]};
    forget (t, i);
  }
  return n;
}

guint
tfc_tracks_observe (TfcTracks *t, const TfcSighting *seen, guint *from)
{
  const guint held = t->n;
  guint taken[2 * TFC_MAX_FACES], kept = 0, n_returns = 0;
  Return returns[TFC_MAX_FACES];
  age_lost (t);
  for (guint i = 0; i < held; i++) {
    advance (&t->track[i]->motion);
    taken[i] = seen[i].found ? i : G_MAXUINT;
  }
  if (mark_crowds (t, seen)) {
    choose (t, seen, taken);
    n_returns = collect_returns (t, taken + held, returns);
  }
  for (guint i = 0; i < held; i++) {
    TfcTrack *track = t->track[kept];
    if (taken[i] == G_MAXUINT) {
      remember (t, track);
      tfc_tracks_drop (t, kept);
      continue;
    }
    if (track->motion.age == 0)
      recall (t, track, &seen[taken[i]]);
    follow (track, &seen[taken[i]]);
    from[kept++] = taken[i];
  }
  for (guint i = 0; i < n_returns; i++) {
    TfcTrack *track = t->track[t->n++];
    restore (track, &returns[i].lost);
    follow (track, &seen[returns[i].sighting]);
    from[kept++] = returns[i].sighting;
  }
  return kept;
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
