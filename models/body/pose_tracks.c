/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/pose_tracks.h"

#include <math.h>
#include <string.h>

#define MAX_AGE 1000000000 /* nanoseconds */
#define MIN_SCORE 0.3f     /* of a point that counts */
#define MIN_POINTS 4

/* By how much a point may be off, as a part of the person's size: COCO's, of its order. */
static const gdouble falloff[TFC_COCO_POINTS] = {.026, .025, .025, .035, .035, .079,
                                                 .079, .072, .072, .062, .062, .107,
                                                 .107, .087, .087, .089, .089};

static gdouble
overlap (const TfcBox *a, const TfcBox *b)
{
  const gdouble w = MIN ((gdouble)a->x + a->w, (gdouble)b->x + b->w) - MAX (a->x, b->x);
  const gdouble h = MIN ((gdouble)a->y + a->h, (gdouble)b->y + b->h) - MAX (a->y, b->y);
  const gdouble both = w > 0 && h > 0 ? w * h : 0;
  const gdouble any = (gdouble)a->w * a->h + (gdouble)b->w * b->h - both;

  return any > 0 ? both / any : 0;
}

/* Of the box around the points that count. */
static gdouble
area_of (const TfcKeypoint *points)
{
  gdouble x0 = 1, y0 = 1, x1 = 0, y1 = 0;

  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    if (!(points[i].score > MIN_SCORE))
      continue;
    x0 = MIN (x0, points[i].x);
    y0 = MIN (y0, points[i].y);
    x1 = MAX (x1, points[i].x);
    y1 = MAX (y1, points[i].y);
  }
  return (x1 - x0) * (y1 - y0) + 1e-6;
}

/* Object keypoint similarity, 0..1. */
static gdouble
nearness (const TfcKeypoint *track, const TfcKeypoint *points)
{
  const gdouble area = area_of (track);
  gdouble sum = 0;
  guint n = 0;

  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    const TfcKeypoint *a = &track[i], *b = &points[i];
    const gdouble dx = (gdouble)a->x - b->x, dy = (gdouble)a->y - b->y, s = 2 * falloff[i];
    if (!(a->score >= MIN_SCORE && b->score >= MIN_SCORE))
      continue;
    sum += exp (-(dx * dx + dy * dy) / (2 * area * s * s));
    n++;
  }
  return n < MIN_POINTS ? 0 : sum / n;
}

static gdouble
likeness (const TfcPoseTrack *track, const TfcPose *pose, TfcPoseTracker tracker)
{
  return tracker == TFC_POSE_TRACKER_KEYPOINT ? nearness (track->seen, pose->points)
                                              : overlap (&track->box, &pose->box);
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

/* The free one of the first n that is most like pose, or a new one. */
static guint
find_track (TfcPoseTracks *t, TfcPoseTracker tracker, guint n, const gboolean *taken,
            const TfcPose *pose, guint64 *next_id)
{
  static const gdouble least[] = {
      [TFC_POSE_TRACKER_BOUNDING_BOX] = 0.15, [TFC_POSE_TRACKER_KEYPOINT] = 0.2};
  gdouble most = least[tracker];
  guint best = G_MAXUINT;

  for (guint i = 0; i < n; i++) {
    const gdouble much = taken[i] ? 0 : likeness (&t->track[i], pose, tracker);
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
tfc_pose_tracks_update (TfcPoseTracks *t, TfcPoseTracker tracker, guint64 *next_id, guint64 pts,
                        TfcPose *poses, guint n, guint *slot)
{
  gboolean taken[TFC_POSE_TRACKS + TFC_MAX_POSES] = {FALSE};

  drop_old (t, pts);
  t->n = MIN (t->n, TFC_POSE_TRACKS);
  const guint before = t->n;
  for (guint i = 0; i < n; i++) {
    slot[i] = find_track (t, tracker, before, taken, &poses[i], next_id);
    taken[slot[i]] = TRUE;
    TfcPoseTrack *track = &t->track[slot[i]];
    track->pts = pts;
    track->box = poses[i].box;
    memcpy (track->seen, poses[i].points, sizeof track->seen);
    poses[i].track_id = track->id;
  }
  sort_by_age (t, slot, n);
}
