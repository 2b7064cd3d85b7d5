/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_associate.h"

#include <math.h>

/* Tuned on made-up clips of crossing people and pets (docs/lab/tracking.md). */
#define LEAST_OVERLAP 0.25f /* of a match by overlap */
#define PART_OVERLAP 0.5f   /* the same of a part, and of a low score */
#define CLASS_OVERLAP 0.4f  /* the same where classes differ */
#define CLASS_COST 0.15f
#define CUE_SHARE 0.4f    /* of the cost, where it is known what both look like */
#define REACH 0.5f        /* of a match by distance, in sizes */
#define REACH_GROWTH 1.5f /* each second for which a track was not seen */
#define LONGEST_REACH 1.5f
#define LEAST_SIZE 0.6f /* of the smaller by the larger height and width, by distance */

typedef enum { BY_OVERLAP, BY_DISTANCE, LOW_SCORES, YOUNG } Pass;

TfcMotionEdges
tfc_motion_edges (const TfcBox *b)
{
  return (TfcMotionEdges){b->x, b->y, b->x + b->w, b->y + b->h, b->w * b->h};
}

static gfloat
intersection (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  const gfloat w = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  const gfloat h = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);
  return w > 0 && h > 0 ? w * h : 0;
}

gfloat
tfc_motion_overlap (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  const gfloat both = intersection (a, b);
  return both > 0 ? MIN (both / (a->area + b->area - both), 1.f) : 0;
}

gfloat
tfc_motion_inside (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  return a->area > 0 ? intersection (a, b) / a->area : 0;
}

/* Adds how different they look to a cost of place. */
static gfloat
with_cue (const TfcMotionTrack *t, const TfcMotionFound *f, const TfcMotionCue *cue, gfloat cost)
{
  const gfloat distance = cue ? tfc_motion_cue_distance (&t->cue, &cue[f->index]) : -1;
  return distance < 0 ? cost : (1 - CUE_SHARE) * cost + CUE_SHARE * MIN (2 * distance, 1.f);
}

/* Negative where they are no pair. */
static gfloat
overlap_cost (const TfcMotionTrack *t, const TfcMotionFound *f, const TfcMotionCue *cue,
              gfloat least)
{
  const gfloat overlap = tfc_motion_overlap (&t->edges, &f->edges);
  const gboolean other = f->class_id != t->class_id;
  if (overlap < MAX (least, other ? CLASS_OVERLAP : 0))
    return -1;
  return with_cue (t, f, cue, 1 - overlap) + (other ? CLASS_COST : 0);
}

static gfloat
ratio (gfloat a, gfloat b)
{
  return MIN (a, b) / MAX (a, b);
}

static gfloat
distance_cost (const TfcMotionTrack *t, const TfcMotionFound *f, const TfcMotionCue *cue,
               gfloat unseen)
{
  const TfcMotionEdges *a = &t->edges, *b = &f->edges;
  const gfloat w = (a->x1 - a->x0 + b->x1 - b->x0) / 2, h = (a->y1 - a->y0 + b->y1 - b->y0) / 2;
  const gfloat dx = fabsf (a->x0 + a->x1 - b->x0 - b->x1) / 2, dy = fabsf (a->y1 - b->y1);
  const gfloat reach = MIN (REACH + REACH_GROWTH * unseen, LONGEST_REACH), size = sqrtf (w * h);
  if (f->part || !(dx < reach * size && dy < reach * size) ||
      tfc_motion_vote_share (&t->vote, f->class_id) <= 0 ||
      ratio (a->x1 - a->x0, b->x1 - b->x0) < LEAST_SIZE ||
      ratio (a->y1 - a->y0, b->y1 - b->y0) < LEAST_SIZE)
    return -1;
  return with_cue (t, f, cue, hypotf (dx, dy) / (2 * reach * size));
}

static gfloat
pass_cost (const TfcMotionTracks *tracks, const TfcMotionTrack *t, const TfcMotionFound *f,
           const TfcMotionCue *cue, Pass pass)
{
  const gfloat unseen = (gfloat)(tracks->clock - t->last) / 1e9f;
  switch (pass) {
    case BY_OVERLAP:
      return overlap_cost (t, f, cue, f->part ? PART_OVERLAP : LEAST_OVERLAP);
    case LOW_SCORES:
      return overlap_cost (t, f, cue, PART_OVERLAP);
    case BY_DISTANCE:
      return distance_cost (t, f, cue, unseen);
    case YOUNG:
      break;
  }
  const gfloat cost = overlap_cost (t, f, cue, LEAST_OVERLAP);
  return cost >= 0 ? cost : distance_cost (t, f, cue, unseen);
}

static void
run_pass (TfcMotionTracks *tracks, const TfcMotionCue *cue, Pass pass, gfloat threshold)
{
  for (guint i = 0; i < tracks->n; i++) {
    const TfcMotionTrack *t = &tracks->track[i];
    if (tracks->found_of[i] != TFC_MOTION_NONE || (pass == YOUNG) != !t->id)
      continue;
    for (guint k = 0; k < tracks->n_found; k++) {
      const TfcMotionFound *f = &tracks->found[k];
      if (f->track != TFC_MOTION_NONE || (pass == LOW_SCORES) != (f->score < threshold))
        continue;
      const gfloat cost = pass_cost (tracks, t, f, cue, pass);
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

void
tfc_motion_associate (TfcMotionTracks *tracks, const TfcMotionCue *cue, gfloat threshold)
{
  static const Pass passes[] = {BY_OVERLAP, BY_DISTANCE, LOW_SCORES, YOUNG};
  for (guint i = 0; i < TFC_MAX_MOTION_TRACKS; i++)
    tracks->found_of[i] = TFC_MOTION_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    run_pass (tracks, cue, passes[i], threshold);
}
