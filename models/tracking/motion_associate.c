/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_associate.h"

#include <math.h>

/* Found by trying on made-up clips of crossing people and pets (docs/lab/tracking.md); lengths in
 * sizes of a box. Cues of one thing are up to 0.16 apart, of others 0.15 (two dogs of one colour)
 * to 0.7. */
#define LEAST_OVERLAP 0.25f    /* of a match by overlap */
#define PART_OVERLAP 0.5f      /* the same of a part of a larger box */
#define CLASS_OVERLAP 0.6f     /* the same of a class for which the track has hardly a vote */
#define OWN_SHARE 0.15f        /* of the votes, with which a class is one of the track's own */
#define FIRST_LOW 0.2f         /* score below the threshold that counts in the first pass, */
#define FIRST_LOW_OVERLAP 0.5f /* with this overlap, */
#define FIRST_LOW_SLOPE 1.0f   /* at this cost for what it lacks to the threshold */
#define LOW_OVERLAP 0.5f       /* of a match with any low score */
#define CUE_ALONE 0.3f         /* distance of cues that makes a match impossible, */
#define CUE_NEAR 0.2f          /* where others are near, or after a gap, */
#define CUE_LOST 0.15f         /* and after a long one */
#define LOST 1000000000        /* ns: a long gap */
#define LIGHT 0.15f    /* change of the whole scene with which one alone may look like anything */
#define CUE_SAME 0.05f /* distance from which on it costs */
#define CUE_RANGE 0.2f /* more than that costs no more */
#define CUE_SHARE 0.7f /* of the cost, where it is known what both look like */
#define NEAR 0.05f     /* overlap of two tracks: one may be taken for the other */
#define REACH 0.7f     /* of a match by distance */
#define REACH_GROWTH 1.5f /* each second for which a track was not seen */
#define LONGEST_REACH 1.5f
#define LEAST_SIZE 0.6f /* of the smaller by the larger height and width, by distance */

typedef enum { BY_OVERLAP, BY_DISTANCE, LOW_SCORES, OTHER_CLASS, YOUNG } Pass;

/* Distance of cues from which on they cannot be the same. */
static gfloat
cue_limit (const TfcMotionTracks *tracks, const TfcMotionTrack *t)
{
  if (tracks->clock - t->last > LOST)
    return CUE_LOST;
  if (t->crowded || t->misses)
    return CUE_NEAR;
  return tracks->light > LIGHT ? 1 : CUE_ALONE;
}

/* Adds how different they look to a cost of place; negative where they cannot be the same. */
static gfloat
with_cue (const TfcMotionTracks *tracks, const TfcMotionTrack *t, const TfcMotionFound *f,
          const TfcMotionCue *cue, gfloat cost)
{
  const gfloat distance = cue ? tfc_motion_cue_distance (&t->cue, &cue[f->index]) : -1;
  if (distance < 0)
    return cost;
  if (distance > cue_limit (tracks, t))
    return -1;
  return (1 - CUE_SHARE) * cost + CUE_SHARE * CLAMP ((distance - CUE_SAME) / CUE_RANGE, 0.f, 1.f);
}

/* Negative where they are no pair. */
static gfloat
overlap_cost (const TfcMotionTracks *tracks, const TfcMotionTrack *t, const TfcMotionFound *f,
              const TfcMotionCue *cue, gfloat least)
{
  const gfloat overlap = tfc_motion_overlap (&t->edges, &f->edges);
  return overlap < least ? -1 : with_cue (tracks, t, f, cue, 1 - overlap);
}

static gfloat
ratio (gfloat a, gfloat b)
{
  return MIN (a, b) / MAX (a, b);
}

static gfloat
distance_cost (const TfcMotionTracks *tracks, const TfcMotionTrack *t, const TfcMotionFound *f,
               const TfcMotionCue *cue, gfloat unseen)
{
  const TfcMotionEdges *a = &t->edges, *b = &f->edges;
  const gfloat w = (a->x1 - a->x0 + b->x1 - b->x0) / 2, h = (a->y1 - a->y0 + b->y1 - b->y0) / 2;
  const gfloat dx = fabsf (a->x0 + a->x1 - b->x0 - b->x1) / 2, dy = fabsf (a->y1 - b->y1);
  const gfloat reach = MIN (REACH + REACH_GROWTH * unseen, LONGEST_REACH), size = sqrtf (w * h);
  if (f->part || !(dx < reach * size && dy < reach * size) ||
      ratio (a->x1 - a->x0, b->x1 - b->x0) < LEAST_SIZE ||
      ratio (a->y1 - a->y0, b->y1 - b->y0) < LEAST_SIZE)
    return -1;
  return with_cue (tracks, t, f, cue, hypotf (dx, dy) / (2 * reach * size));
}

static gfloat
pass_cost (const TfcMotionTracks *tracks, const TfcMotionTrack *t, const TfcMotionFound *f,
           const TfcMotionCue *cue, Pass pass, gfloat threshold)
{
  const gfloat unseen = (gfloat)(tracks->clock - t->last) / 1e9f;
  const gboolean own =
      f->class_id == t->class_id || tfc_motion_vote_share (&t->vote, f->class_id) > OWN_SHARE;
  if (own == (pass == OTHER_CLASS))
    return -1;
  switch (pass) {
    case BY_OVERLAP: {
      const gboolean low = f->score < threshold;
      const gfloat cost = overlap_cost (tracks, t, f, cue,
                                        low       ? FIRST_LOW_OVERLAP
                                        : f->part ? PART_OVERLAP
                                                  : LEAST_OVERLAP);
      return cost < 0 || !low ? cost : cost + FIRST_LOW_SLOPE * (threshold - f->score);
    }
    case LOW_SCORES:
      return overlap_cost (tracks, t, f, cue, LOW_OVERLAP);
    case BY_DISTANCE:
      return distance_cost (tracks, t, f, cue, unseen);
    case OTHER_CLASS:
      return overlap_cost (tracks, t, f, cue, CLASS_OVERLAP);
    case YOUNG:
      break;
  }
  const gfloat cost = overlap_cost (tracks, t, f, cue, LEAST_OVERLAP);
  return cost >= 0 ? cost : distance_cost (tracks, t, f, cue, unseen);
}

static void
run_pass (TfcMotionTracks *tracks, const TfcMotionCue *cue, Pass pass, gfloat threshold)
{
  const gboolean by_distance = pass == BY_DISTANCE || pass == YOUNG;
  for (guint i = 0; i < tracks->n; i++) {
    const TfcMotionTrack *t = &tracks->track[i];
    if (tracks->found_of[i] != TFC_MOTION_NONE || (pass == YOUNG) != !t->id)
      continue;
    for (guint k = 0; k < tracks->n_found; k++) {
      const TfcMotionFound *f = &tracks->found[k];
      if (f->track != TFC_MOTION_NONE ||
          (!by_distance && !tfc_motion_common (&t->edges, &f->edges)) ||
          (pass == BY_OVERLAP ? f->score < FIRST_LOW
                              : (pass == LOW_SCORES) != (f->score < threshold)))
        continue;
      const gfloat cost = pass_cost (tracks, t, f, cue, pass, threshold);
      if (cost >= 0)
        tfc_motion_match_add (&tracks->match, i, k, cost);
    }
  }
  tfc_motion_match_solve (&tracks->match, tracks->found_of);
  for (guint i = 0; i < tracks->n; i++) {
    if (tracks->found_of[i] != TFC_MOTION_NONE)
      tracks->found[tracks->found_of[i]].track = i;
  }
}

/* Tracks that others are near. */
static void
mark_crowded (TfcMotionTracks *tracks)
{
  for (guint i = 0; i < tracks->n; i++) {
    TfcMotionTrack *t = &tracks->track[i];
    t->crowded = FALSE;
    for (guint k = 0; k < tracks->n && !t->crowded; k++)
      t->crowded = k != i && tracks->track[k].id &&
                   tfc_motion_overlap (&t->edges, &tracks->track[k].edges) > NEAR;
  }
}

void
tfc_motion_associate (TfcMotionTracks *tracks, const TfcMotionCue *cue, gfloat threshold)
{
  static const Pass passes[] = {BY_OVERLAP, BY_DISTANCE, LOW_SCORES, OTHER_CLASS, YOUNG};
  for (guint i = 0; i < TFC_MAX_MOTION_TRACKS; i++)
    tracks->found_of[i] = TFC_MOTION_NONE;
  mark_crowded (tracks);
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    run_pass (tracks, cue, passes[i], threshold);
}
