/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_associate.h"

#include <math.h>

#define SECOND G_GUINT64_CONSTANT (1000000000)
#define UNKNOWN_STEP (SECOND / 30)
#define BACKWARDS (SECOND / 2) /* that counts as no time */
#define SURE 0.8f              /* score with which a thing is reported at once */
#define YOUNG_MISSES 2         /* analyses in which a thing that is not reported may be missed, */
#define YOUNG_AGE (SECOND / 5 * 2) /* or the time: not every region is looked at in each */
#define SAME_THING 0.6f            /* overlap with a track's box: the same thing, found twice */
#define CROWD_OVERLAP 0.2f         /* of a box with another track: it may cover both */
#define CROWD_DOUBT 5.0
#define TAKEN_OVERLAP 0.2f    /* of a box with a track: it is nothing new */
#define REPLACED (SECOND / 2) /* unless the track was not seen for so long */
#define LOW_DOUBT 2.0
#define HIDDEN 0.4f     /* of a track's box in another's: it may be behind that one */
#define PATIENCE 3      /* times as long one is kept that is hidden, or whose look is known */
#define CUE_WEIGHT 0.1f /* of a new cue */
#define CUT 0.35f       /* distance of scenes: cuts 0.7, anything else up to 0.17 */

TfcMotionTracks *
tfc_motion_tracks_new (void)
{
  TfcMotionTracks *tracks = g_new0 (TfcMotionTracks, 1);
  tracks->next_id = 1;
  tracks->pts = G_MAXUINT64;
  return tracks;
}

void
tfc_motion_tracks_free (TfcMotionTracks *tracks)
{
  g_free (tracks);
}

void
tfc_motion_tracks_reset (TfcMotionTracks *tracks)
{
  tracks->n = 0;
  tracks->pts = G_MAXUINT64;
}

gboolean
tfc_motion_tracks_scene (TfcMotionTracks *tracks, const TfcMotionCue *scene)
{
  const gfloat distance = tfc_motion_cue_distance (&tracks->scene, scene);
  const gboolean cut = distance > CUT;
  tracks->light = MAX (distance, 0.f);
  if (cut)
    tfc_motion_tracks_reset (tracks);
  if (scene->known)
    tracks->scene = *scene;
  return cut;
}

/* Takes the clock on; ns since the last analysis. */
static guint64
tick (TfcMotionTracks *tracks, guint64 pts)
{
  guint64 step = UNKNOWN_STEP;
  if (pts != G_MAXUINT64 && tracks->pts != G_MAXUINT64) {
    if (pts < tracks->pts && tracks->pts - pts > BACKWARDS)
      tracks->n = 0;
    step = pts > tracks->pts ? pts - tracks->pts : 0;
  }
  if (pts != G_MAXUINT64)
    tracks->pts = pts;
  tracks->clock += step;
  return step;
}

/* Whether it may be hidden behind one that was seen lately. */
static gboolean
is_hidden (const TfcMotionTracks *tracks, const TfcMotionTrack *t)
{
  for (guint i = 0; i < tracks->n; i++) {
    const TfcMotionTrack *other = &tracks->track[i];
    if (other != t && other->id && other->misses < 2 &&
        tfc_motion_inside (&t->edges, &other->edges) > HIDDEN)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_gone (const TfcMotionTrack *t, guint64 max_age)
{
  const gfloat x = (t->edges.x0 + t->edges.x1) / 2, y = (t->edges.y0 + t->edges.y1) / 2;
  if (!t->id && t->misses > YOUNG_MISSES && t->waited > YOUNG_AGE)
    return TRUE;
  return t->waited > max_age || (t->misses && !(x > 0 && x < 1 && y > 0 && y < 1));
}

/* Time for which it was not seen, by how far it counts. */
static guint64
waiting (const TfcMotionTracks *tracks, const TfcMotionTrack *t, guint64 step, guint64 max_age)
{
  const gboolean patient =
      t->id && t->misses && step <= max_age && (t->cue.known || is_hidden (tracks, t));
  return patient ? step / PATIENCE : step;
}

static void
predict (TfcMotionTracks *tracks, guint64 step, guint64 max_age)
{
  const gdouble seconds = MIN ((gdouble)step / SECOND, 1000.);
  guint kept = 0;
  for (guint i = 0; i < tracks->n; i++) {
    TfcMotionTrack *t = &tracks->track[i];
    if (t->misses)
      tfc_motion_filter_predict_unseen (&t->filter, seconds);
    else
      tfc_motion_filter_predict (&t->filter, seconds);
    const TfcBox box = tfc_motion_filter_box (&t->filter);
    t->edges = tfc_motion_edges (&box);
  }
  for (guint i = 0; i < tracks->n; i++)
    tracks->track[i].waited += waiting (tracks, &tracks->track[i], step, max_age);
  for (guint i = 0; i < tracks->n; i++) {
    if (!is_gone (&tracks->track[i], max_age))
      tracks->track[kept++] = tracks->track[i];
  }
  tracks->n = kept;
}

/* How much the i-th track's box and another track overlap at most: it may cover both. */
static gfloat
crowding (const TfcMotionTracks *tracks, guint i, const TfcMotionEdges *edges)
{
  gfloat most = 0;
  for (guint k = 0; k < tracks->n; k++) {
    if (k != i && tracks->track[k].id)
      most = MAX (most, tfc_motion_overlap (&tracks->track[k].edges, edges));
  }
  return most;
}

/* Whether a box that no track takes may still be one of theirs, or cover several: it then is
 * nothing new. Another one may stand where one stood that has not been seen for a while. */
static gboolean
is_taken (const TfcMotionTracks *tracks, guint i, const TfcMotionEdges *edges)
{
  guint lost = 0;
  for (guint k = 0; k < tracks->n; k++) {
    const TfcMotionTrack *t = &tracks->track[k];
    if (k == i || !t->id || tfc_motion_overlap (&t->edges, edges) < TAKEN_OVERLAP)
      continue;
    if (tracks->clock - t->last < REPLACED || ++lost > 1)
      return TRUE;
  }
  return FALSE;
}

static void
correct (TfcMotionTracks *tracks, guint i, const TfcDetection *d, const TfcMotionCue *cue,
         const TfcMotionOptions *o)
{
  TfcMotionTrack *t = &tracks->track[i];
  const TfcMotionEdges edges = tfc_motion_edges (&d->box);
  const gfloat crowd = crowding (tracks, i, &edges);
  const gboolean crowded = crowd > CROWD_OVERLAP, low = d->score < o->threshold;
  tfc_motion_filter_correct (&t->filter, &d->box,
                             (crowded ? CROWD_DOUBT : 1) * (low ? LOW_DOUBT : 1));
  if (!crowded || d->class_id == t->class_id || !t->id)
    tfc_motion_vote_add (&t->vote, d->class_id, d->score);
  t->class_id = tfc_motion_vote_class (&t->vote);
  if (cue && !crowded)
    tfc_motion_cue_learn (&t->cue, cue, CUE_WEIGHT);
  t->score = d->score;
  t->last = tracks->clock;
  t->waited = 0;
  t->misses = 0;
  t->hits += t->id || !is_taken (tracks, i, &edges);
  if (!t->id && t->hits && (t->hits >= o->min_hits || d->score >= SURE))
    t->id = tracks->next_id++;
}

static gboolean
may_start (const TfcMotionTracks *tracks, const TfcMotionFound *f)
{
  if (f->part || tracks->n >= TFC_MAX_MOTION_TRACKS)
    return FALSE;
  for (guint i = 0; i < tracks->n; i++) {
    if (tfc_motion_overlap (&tracks->track[i].edges, &f->edges) > SAME_THING &&
        tracks->clock - tracks->track[i].last < REPLACED)
      return FALSE;
  }
  return TRUE;
}

static void
start_tracks (TfcMotionTracks *tracks, const TfcDetection *found, const TfcMotionCue *cue,
              const TfcMotionOptions *o)
{
  for (guint k = 0; k < tracks->n_found; k++) {
    TfcMotionFound *f = &tracks->found[k];
    if (f->track != TFC_MOTION_NONE || f->score < o->threshold || !may_start (tracks, f))
      continue;
    TfcMotionTrack *t = &tracks->track[tracks->n];
    *t = (TfcMotionTrack){.first = tracks->clock, .edges = f->edges};
    tfc_motion_filter_start (&t->filter, &found[f->index].box);
    f->track = tracks->n;
    tracks->found_of[tracks->n] = k;
    correct (tracks, tracks->n++, &found[f->index], cue ? &cue[f->index] : NULL, o);
  }
}

/* Midway between where it was found and where the filter has it: boxes tremble less so, and fit
 * better. */
static TfcBox
middle (const TfcBox *a, const TfcBox *b)
{
  return (TfcBox){(a->x + b->x) / 2, (a->y + b->y) / 2, (a->w + b->w) / 2, (a->h + b->h) / 2};
}

static TfcDetection
report (const TfcMotionTracks *tracks, guint i, const TfcDetection *found)
{
  const TfcMotionTrack *t = &tracks->track[i];
  TfcDetection d = {.score = t->score, .class_id = t->class_id, .track_id = t->id};
  d.box = tfc_motion_filter_box (&t->filter);
  if (found)
    d.box = middle (&d.box, &found->box);
  d.track = (TfcTrackState){tracks->clock - t->first, found != NULL, (gfloat)t->filter.x.speed,
                            (gfloat)t->filter.y.speed};
  return d;
}

static guint
report_all (TfcMotionTracks *tracks, const TfcDetection *found, guint n, TfcDetection *out,
            guint *index, guint max, guint64 max_age)
{
  guint count = 0;
  for (guint i = 0; i < n && count < max; i++) {
    if (tracks->reported_of[i] == TFC_MOTION_NONE)
      continue;
    index[count] = i;
    out[count++] = report (tracks, tracks->reported_of[i], &found[i]);
  }
  for (guint i = 0; i < tracks->n && count < max; i++) {
    if (!tracks->track[i].id || tracks->found_of[i] != TFC_MOTION_NONE ||
        tracks->clock - tracks->track[i].last > max_age)
      continue;
    index[count] = TFC_MOTION_NONE;
    out[count++] = report (tracks, i, NULL);
  }
  return count;
}

guint
tfc_motion_tracks_update (TfcMotionTracks *tracks, const TfcDetection *found,
                          const TfcMotionCue *cue, guint n, guint64 pts,
                          const TfcMotionOptions *options, TfcDetection *out, guint *index,
                          guint max)
{
  n = MIN (n, TFC_MAX_DETECTIONS);
  predict (tracks, tick (tracks, pts), options->max_age);
  tfc_motion_take_found (tracks, found, n);
  tfc_motion_associate (tracks, cue, options->threshold);
  for (guint i = 0; i < tracks->n; i++) {
    const guint k = tracks->found_of[i];
    if (k == TFC_MOTION_NONE)
      tracks->track[i].misses++;
    else
      correct (tracks, i, &found[tracks->found[k].index], cue ? &cue[tracks->found[k].index] : NULL,
               options);
  }
  start_tracks (tracks, found, cue, options);
  for (guint i = 0; i < tracks->n; i++) {
    if (tracks->found_of[i] != TFC_MOTION_NONE && tracks->track[i].id)
      tracks->reported_of[tracks->found[tracks->found_of[i]].index] = i;
  }
  return report_all (tracks, found, n, out, index, max, options->max_age);
}

TfcBox
tfc_motion_box_later (const TfcBox *box, gfloat speed_x, gfloat speed_y, guint64 ns)
{
  const gfloat seconds = (gfloat)MIN (ns, SECOND) / SECOND;
  TfcBox moved = *box;
  if (isfinite (speed_x) && isfinite (speed_y)) {
    moved.x += speed_x * seconds;
    moved.y += speed_y * seconds;
  }
  return moved;
}
