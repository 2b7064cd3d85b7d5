/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "models/tracking/extrapolate.h"

struct GstTfcTracker {
  TfcMotionTracks *tracks;
  GstTfcAnalyzer *analyzer;
  const GstTfcModel *model; /* whose classes they are; only compared */
  TfcMotionCue cue[TFC_MOTION_FOUND];
  guint n; /* reported by the last analysis */
  TfcDetection reported[TFC_MAX_MOTION_TRACKS];
  guint index[TFC_MAX_MOTION_TRACKS];
  GstTfcLastSeen seen;
  /* Of poses: */
  TfcDetection boxes[TFC_MAX_POSES];
  TfcPose kept[TFC_MAX_POSES], next[TFC_MAX_POSES];
  guint n_kept;
};

void
gst_tfc_tracker_free (GstTfcTracker *tracker)
{
  if (tracker)
    tfc_motion_tracks_free (tracker->tracks);
  g_free (tracker);
}

void
gst_tfc_tracker_reset (GstTfcTracker *tracker)
{
  if (!tracker)
    return;
  tfc_motion_tracks_reset (tracker->tracks);
  tracker->n = tracker->n_kept = 0;
  tracker->seen.max_age = GST_CLOCK_TIME_NONE;
}

void
gst_tfc_tracker_tell (const GstTfcTracker *tracker, GstTfcLastSeen *seen)
{
  seen->max_age = tracker ? tracker->seen.max_age : GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_TIME_IS_VALID (seen->max_age))
    memcpy (seen->at, tracker->seen.at, tracker->n * sizeof *seen->at);
}

/* The analyser's, ready for an analysis with settings. NULL: tracking=none. */
static GstTfcTracker *
tracker_of (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (analyzer);
  GstTfcTracker *t = priv->tracker;

  if (settings->tracking == GST_TFC_TRACKING_NONE) {
    gst_tfc_tracker_reset (t);
    return NULL;
  }
  if (!t) {
    t = priv->tracker = g_new0 (GstTfcTracker, 1);
    t->tracks = tfc_motion_tracks_new ();
    t->analyzer = analyzer;
  } else if (t->model != priv->loader.model) {
    gst_tfc_tracker_reset (t);
  }
  t->model = priv->loader.model;
  return t;
}

/* What the scene and the boxes look like. */
static void
look (GstTfcTracker *t, const TfcDetection *found, guint n)
{
  static const TfcBox everything = {0, 0, 1, 1};
  const TfcFrame *frame = &gst_tfc_analyzer_private (t->analyzer)->view;
  TfcMotionCue scene;

  tfc_motion_cue_sample (frame, &everything, &scene);
  if (tfc_motion_tracks_scene (t->tracks, &scene)) {
    GST_DEBUG_OBJECT (t->analyzer, "another scene: tracks begin anew");
    t->n = t->n_kept = 0;
  }
  for (guint i = 0; i < MIN (n, TFC_MOTION_CUES); i++)
    tfc_motion_cue_sample (frame, &found[i].box, &t->cue[i]);
  for (guint i = TFC_MOTION_CUES; i < n; i++)
    t->cue[i].known = FALSE;
}

/* reported and seen.at become those of this analysis; n is that of the last. */
static void
note_seen (GstTfcTracker *t, const GstTfcTrackSettings *settings, GstClockTime pts,
           const TfcDetection *last, guint n_last)
{
  GstClockTime at[TFC_MAX_MOTION_TRACKS] = {0};

  for (guint i = 0; i < t->n; i++) {
    const TfcDetection *d = &t->reported[i];
    at[i] = pts;
    for (guint k = 0; k < n_last && !d->track.seen; k++)
      if (last[k].track_id == d->track_id)
        at[i] = t->seen.at[k];
  }
  memcpy (t->seen.at, at, t->n * sizeof *at);
  t->seen.max_age = settings->max_age * GST_MSECOND;
}

static void
follow (GstTfcTracker *t, const GstTfcTrackSettings *settings, gfloat threshold, GstClockTime pts,
        const TfcDetection *found, guint n, guint max)
{
  const TfcMotionOptions options = {threshold, settings->max_age * GST_MSECOND, settings->min_hits};
  TfcDetection last[TFC_MAX_MOTION_TRACKS];
  guint n_last;

  n = MIN (n, TFC_MOTION_FOUND);
  look (t, found, n);
  n_last = t->n;
  memcpy (last, t->reported, n_last * sizeof *last);
  t->n = tfc_motion_tracks_update (t->tracks, found, t->cue, n, pts, &options, t->reported,
                                   t->index, MIN (max, TFC_MAX_MOTION_TRACKS));
  note_seen (t, settings, pts, last, n_last);
}

guint
gst_tfc_analyzer_track (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                        gfloat threshold, GstClockTime pts, TfcDetection *found, guint n, guint max)
{
  GstTfcTracker *t = tracker_of (analyzer, settings);

  if (!t)
    return n;
  follow (t, settings, threshold, pts, found, n, max);
  memcpy (found, t->reported, t->n * sizeof *found);
  return t->n;
}

/* ---- bodies and hands ---- */

static const TfcPose *
find_kept (const GstTfcTracker *t, guint64 id)
{
  for (guint i = 0; i < t->n_kept; i++)
    if (t->kept[i].track_id == id)
      return &t->kept[i];
  return NULL;
}

/* The one that was reported last, with the box that is predicted. FALSE: there is none. */
static gboolean
predict (const GstTfcTracker *t, const TfcDetection *d, TfcPose *pose)
{
  const TfcPose *kept = find_kept (t, d->track_id);

  if (!kept)
    return FALSE;
  *pose = *kept;
  if (!(kept->box.w > 0 && kept->box.h > 0))
    return TRUE;
  pose->box = d->box;
  tfc_extrapolate_keypoints (&kept->box, &pose->box, kept->points, pose->points, kept->n_points);
  return TRUE;
}

/* Poses for what was reported; what has none is left out there too. */
static void
choose_poses (GstTfcTracker *t, const TfcPose *poses)
{
  guint n = 0;

  for (guint i = 0; i < t->n; i++) {
    const TfcDetection d = t->reported[i];
    if (t->index[i] != G_MAXUINT)
      t->next[n] = poses[t->index[i]];
    else if (!predict (t, &d, &t->next[n]))
      continue;
    t->next[n].track_id = d.track_id;
    t->next[n].track = d.track;
    t->reported[n] = d;
    t->seen.at[n++] = t->seen.at[i];
  }
  t->n = t->n_kept = n;
  memcpy (t->kept, t->next, n * sizeof *t->kept);
}

guint
gst_tfc_analyzer_track_poses (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                              GstClockTime pts, TfcPose *poses, guint n, guint max)
{
  GstTfcTracker *t = tracker_of (analyzer, settings);

  if (!t)
    return n;
  for (guint i = 0; i < n; i++)
    t->boxes[i] =
        (TfcDetection){.box = poses[i].box, .score = CLAMP (poses[i].score, TFC_MOTION_LOWEST, 1)};
  follow (t, settings, 0, pts, t->boxes, n, MIN (max, TFC_MAX_POSES));
  choose_poses (t, poses);
  memcpy (poses, t->kept, t->n * sizeof *poses);
  return t->n;
}
