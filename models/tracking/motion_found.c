/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_associate.h"

#include <math.h>

#define LARGEST 16.f      /* frames: width, height and place of a box */
#define PART_INSIDE 0.85f /* of a box in a larger one: it is part of that one */
#define PART_SCORE 0.6f   /* of a part's, that the larger one must have */
#define PART_AREA 0.8f    /* of the larger one's at most */

static gboolean
is_usable (const TfcDetection *d)
{
  const TfcBox *b = &d->box;
  return d->score >= TFC_MOTION_LOWEST && d->score <= 1 && b->w > 0 && b->h > 0 && b->w < LARGEST &&
         b->h < LARGEST && fabsf (b->x) < LARGEST && fabsf (b->y) < LARGEST;
}

/* Order of indices by score, highest first, by place in the array among equals; shell sort. */
static void
sort_by_score (guint *order, guint n, const TfcDetection *found)
{
  for (guint gap = n / 2; gap > 0; gap /= 2) {
    for (guint i = gap; i < n; i++) {
      const guint moved = order[i];
      guint k = i;
      for (; k >= gap; k -= gap) {
        const guint other = order[k - gap];
        const gfloat a = found[other].score, b = found[moved].score;
        if (a > b || (a == b && other < moved))
          break;
        order[k] = other;
      }
      order[k] = moved;
    }
  }
}

static void
mark_parts (TfcMotionTracks *tracks)
{
  for (guint i = 0; i < tracks->n_found; i++) {
    TfcMotionFound *f = &tracks->found[i];
    for (guint k = 0; k < tracks->n_found && !f->part; k++) {
      const TfcMotionFound *whole = &tracks->found[k];
      f->part = whole->class_id == f->class_id && whole->score > PART_SCORE * f->score &&
                f->edges.area < PART_AREA * whole->edges.area &&
                tfc_motion_inside (&f->edges, &whole->edges) > PART_INSIDE;
    }
  }
}

void
tfc_motion_take_found (TfcMotionTracks *tracks, const TfcDetection *found, guint n)
{
  guint usable = 0;
  for (guint i = 0; i < n; i++) {
    if (is_usable (&found[i]))
      tracks->order[usable++] = i;
    tracks->reported_of[i] = TFC_MOTION_NONE;
  }
  sort_by_score (tracks->order, usable, found);
  tracks->n_found = MIN (usable, TFC_MOTION_FOUND);
  for (guint i = 0; i < tracks->n_found; i++) {
    const TfcDetection *d = &found[tracks->order[i]];
    tracks->found[i] = (TfcMotionFound){tracks->order[i],           d->score, d->class_id,
                                        tfc_motion_edges (&d->box), FALSE,    TFC_MOTION_NONE};
  }
  mark_parts (tracks);
}
