/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/pose_tracks.h"

#include <string.h>

#define MAX_AGE 1000000000 /* nanoseconds */
#define MIN_OVERLAP 0.15

static gdouble
overlap (const TfcBox *a, const TfcBox *b)
{
  const gdouble w = MIN ((gdouble)a->x + a->w, (gdouble)b->x + b->w) - MAX (a->x, b->x);
  const gdouble h = MIN ((gdouble)a->y + a->h, (gdouble)b->y + b->h) - MAX (a->y, b->y);
  const gdouble both = w > 0 && h > 0 ? w * h : 0;
  const gdouble any = (gdouble)a->w * a->h + (gdouble)b->w * b->h - both;

  return any > 0 ? both / any : 0;
}

/* Those that were seen lately enough; none where time is not known or runs back. */
static void
drop_old (TfcPoseTracks *t, guint64 pts)
{
  guint kept = 0;

  for (guint i = 0; i < t->n; i++)
    if (pts != G_MAXUINT64 && t->track[i].pts <= pts && pts - t->track[i].pts <= MAX_AGE)
      t->track[kept++] = t->track[i];
  t->n = kept;
}

/* The free one of the first n that overlaps most, or a new one. */
static guint
find_track (TfcPoseTracks *t, guint n, const gboolean *taken, const TfcBox *box, guint64 *next_id)
{
  gdouble most = MIN_OVERLAP;
  guint best = G_MAXUINT;

  for (guint i = 0; i < n; i++) {
    const gdouble much = taken[i] ? 0 : overlap (&t->track[i].box, box);
    if (much >= most && (best == G_MAXUINT || much > most)) {
      most = much;
      best = i;
    }
  }
  if (best != G_MAXUINT)
    return best;
  memset (&t->track[t->n], 0, sizeof *t->track);
  t->track[t->n].id = (*next_id)++;
  return t->n++;
}

/* The newest first, else as they were; slot follows. */
static void
sort_by_age (TfcPoseTracks *t, guint *slot, guint n)
{
  for (guint i = 1; i < t->n; i++) {
    guint at = i;
    while (at > 0 && t->track[at - 1].pts < t->track[i].pts)
      at--;
    if (at == i)
      continue;
    const TfcPoseTrack moved = t->track[i];
    memmove (&t->track[at + 1], &t->track[at], (i - at) * sizeof moved);
    t->track[at] = moved;
    for (guint k = 0; k < n; k++)
      slot[k] = slot[k] == i ? at : slot[k] >= at && slot[k] < i ? slot[k] + 1 : slot[k];
  }
}

void
tfc_pose_tracks_update (TfcPoseTracks *t, guint64 *next_id, guint64 pts, TfcPose *poses, guint n,
                        guint *slot)
{
  gboolean taken[TFC_POSE_TRACKS + TFC_MAX_POSES] = {FALSE};

  drop_old (t, pts);
  t->n = MIN (t->n, TFC_POSE_TRACKS);
  const guint before = t->n;
  for (guint i = 0; i < n; i++) {
    slot[i] = find_track (t, before, taken, &poses[i].box, next_id);
    taken[slot[i]] = TRUE;
    TfcPoseTrack *track = &t->track[slot[i]];
    track->pts = pts;
    track->box = poses[i].box;
    poses[i].track_id = track->id;
  }
  sort_by_age (t, slot, n);
}
