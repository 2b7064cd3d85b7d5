/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "models/tracking/extrapolate.h"

/* What has points. A box is what each begins with. */
typedef struct {
  gsize size, score, track_id, track; /* of an item, and where fields are in it */
  gboolean all; /* what was found is reported at once, and stays until it is looked for again */
  void (*predict) (gconstpointer kept, const TfcBox *box, gpointer item);
} ItemKind;

#define MAX_ITEMS TFC_MAX_POSES
G_STATIC_ASSERT (TFC_MAX_FACES == MAX_ITEMS);
G_STATIC_ASSERT (G_STRUCT_OFFSET (TfcPose, box) == 0 && G_STRUCT_OFFSET (TfcFace, box) == 0);

struct GstTfcTracker {
  TfcMotionTracks *tracks;
  GstTfcAnalyzer *analyzer;
  const GstTfcModel *model; /* whose classes they are; only compared */
  TfcMotionCue cue[TFC_MOTION_FOUND];
  guint n; /* reported by the last analysis */
  TfcDetection reported[TFC_MAX_MOTION_TRACKS];
  guint index[TFC_MAX_MOTION_TRACKS];
  GstTfcLastSeen seen;
  /* Of what has points; an analyser finds one kind only: */
  const ItemKind *kind; /* NULL: there is none yet */
  TfcDetection boxes[MAX_ITEMS];
  guint8 *kept, *next; /* MAX_ITEMS */
  guint n_kept;
};

void
gst_tfc_tracker_free (GstTfcTracker *tracker)
{
  if (!tracker)
    return;
  tfc_motion_tracks_free (tracker->tracks);
  g_free (tracker->kept);
  g_free (tracker->next);
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

/* ---- faces, bodies and hands ---- */

static void
predict_pose (gconstpointer kept, const TfcBox *box, gpointer item)
{
  const TfcPose *from = kept;
  TfcPose *pose = item;

  *pose = *from;
  pose->box = *box;
  tfc_extrapolate_keypoints (&from->box, box, from->points, pose->points, from->n_points);
}

/* Nothing is known of its head. */
static void
predict_face (gconstpointer kept, const TfcBox *box, gpointer item)
{
  const TfcFace *from = kept;
  TfcFace *face = item;

  *face = *from;
  face->box = *box;
  face->presence = 0;
  face->head = (TfcHead){0};
  tfc_extrapolate_points (&from->box, box, from->points, face->points, from->n_points);
}

#define ITEM(Type)                                                                \
  sizeof (Type), G_STRUCT_OFFSET (Type, score), G_STRUCT_OFFSET (Type, track_id), \
      G_STRUCT_OFFSET (Type, track)
static const ItemKind pose_kind = {ITEM (TfcPose), FALSE, predict_pose};
static const ItemKind face_kind = {ITEM (TfcFace), TRUE, predict_face};

static TfcBox
box_of (gconstpointer item)
{
  TfcBox box;

  memcpy (&box, item, sizeof box);
  return box;
}

static void
set_kind (GstTfcTracker *t, const ItemKind *kind)
{
  if (t->kind)
    return;
  t->kind = kind;
  t->kept = g_malloc0 (kind->size * MAX_ITEMS);
  t->next = g_malloc0 (kind->size * MAX_ITEMS);
}

static guint64 *
id_of (const ItemKind *kind, guint8 *item)
{
  return (guint64 *)(item + kind->track_id);
}

/* The one that was reported last, with the box that is predicted. FALSE: there is none. */
static gboolean
predict (const GstTfcTracker *t, const TfcDetection *d, guint8 *item)
{
  const ItemKind *kind = t->kind;

  for (guint i = 0; i < t->n_kept; i++) {
    guint8 *kept = t->kept + i * kind->size;
    const TfcBox box = box_of (kept);

    if (*id_of (kind, kept) != d->track_id)
      continue;
    if (box.w > 0 && box.h > 0)
      kind->predict (kept, &d->box, item);
    else
      memcpy (item, kept, kind->size);
    return TRUE;
  }
  return FALSE;
}

/* item is the next that is told of, as d is followed. */
static void
tell (GstTfcTracker *t, guint n, const TfcDetection *d, GstClockTime at)
{
  guint8 *item = t->next + n * t->kind->size;

  *id_of (t->kind, item) = d->track_id;
  memcpy (item + t->kind->track, &d->track, sizeof d->track);
  t->reported[n] = *d;
  t->seen.at[n] = t->kind->all ? GST_CLOCK_TIME_NONE : at;
}

/* What was found and is followed, of n items. Returns how many are told of. */
static guint
tell_followed (GstTfcTracker *t, const guint8 *items, gboolean *told)
{
  guint n = 0;

  for (; n < t->n && t->index[n] != G_MAXUINT; n++) {
    const TfcDetection d = t->reported[n];
    memcpy (t->next + n * t->kind->size, items + t->index[n] * t->kind->size, t->kind->size);
    told[t->index[n]] = TRUE;
    tell (t, n, &d, t->seen.at[n]);
  }
  return n;
}

/* What was found and is not followed. n are told of. */
static guint
tell_others (GstTfcTracker *t, const guint8 *items, guint n_items, const gboolean *told, guint n)
{
  for (guint i = 0; t->kind->all && i < n_items && n < MAX_ITEMS; i++) {
    const guint8 *item = items + i * t->kind->size;
    const TfcDetection d = {.box = box_of (item), .track = {.seen = TRUE}};
    if (told[i])
      continue;
    memcpy (t->next + n * t->kind->size, item, t->kind->size);
    tell (t, n++, &d, GST_CLOCK_TIME_NONE);
  }
  return n;
}

/* Items for what was reported; what has none is left out there too. */
static void
choose_items (GstTfcTracker *t, const guint8 *items, guint n_items)
{
  gboolean told[MAX_ITEMS] = {FALSE};
  TfcDetection predicted[MAX_ITEMS];
  GstClockTime at[MAX_ITEMS];
  const guint followed = tell_followed (t, items, told), n_predicted = t->n - followed;
  guint8 *kept = t->kept;
  guint n;

  memcpy (predicted, t->reported + followed, n_predicted * sizeof *predicted);
  memcpy (at, t->seen.at + followed, n_predicted * sizeof *at);
  n = tell_others (t, items, n_items, told, followed);
  for (guint i = 0; i < n_predicted && n < MAX_ITEMS; i++)
    if (predict (t, &predicted[i], t->next + n * t->kind->size)) {
      tell (t, n, &predicted[i], at[i]);
      n++;
    }
  t->n = t->n_kept = n;
  t->kept = t->next;
  t->next = kept;
}

static guint
track_items (GstTfcAnalyzer *analyzer, const ItemKind *kind, const GstTfcTrackSettings *settings,
             GstClockTime pts, gpointer items, guint n, guint max)
{
  GstTfcTracker *t = tracker_of (analyzer, settings);

  if (!t)
    return n;
  set_kind (t, kind);
  for (guint i = 0; i < n; i++) {
    const guint8 *item = (guint8 *)items + i * kind->size;
    gfloat score;
    memcpy (&score, item + kind->score, sizeof score);
    t->boxes[i] =
        (TfcDetection){.box = box_of (item), .score = CLAMP (score, TFC_MOTION_LOWEST, 1)};
  }
  follow (t, settings, 0, pts, t->boxes, n, MIN (max, MAX_ITEMS));
  choose_items (t, items, n);
  memcpy (items, t->kept, t->n * kind->size);
  return t->n;
}

guint
gst_tfc_analyzer_track_poses (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                              GstClockTime pts, TfcPose *poses, guint n, guint max)
{
  return track_items (analyzer, &pose_kind, settings, pts, poses, n, max);
}

guint
gst_tfc_analyzer_track_faces (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                              GstClockTime pts, TfcFace *faces, guint n)
{
  return track_items (analyzer, &face_kind, settings, pts, faces, n, TFC_MAX_FACES);
}
