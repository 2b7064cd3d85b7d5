/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tracking=motion: what an analyser finds is followed from one analysis to the next, gets ids, and
 * is predicted where it is missed (models/tracking/motion_tracks.h). One piece for objects, faces,
 * bodies and hands. The base keeps the tracker and makes it forget at cuts, seeks, new caps and
 * jumps in time. */
#include "gst/analyzer/gsttfcanalyzer.h"
#include "models/result/result.h"
#include "models/tracking/motion_tracks.h"

/* The properties; fields of the subclass's settings. */
typedef struct {
  GstTfcTracking tracking;
  guint max_age;  /* ms, 0..GST_TFC_TRACK_MAX_AGE */
  guint min_hits; /* 1..GST_TFC_TRACK_MAX_HITS */
} GstTfcTrackSettings;

#define GST_TFC_TRACK_MAX_AGE 60000
#define GST_TFC_TRACK_MAX_HITS 100
#define GST_TFC_TRACK_DEFAULTS \
  ((GstTfcTrackSettings){.tracking = GST_TFC_TRACKING_NONE, .max_age = 1000, .min_hits = 2})

/* Rows of the properties. field is that of the GstTfcTrackSettings in Settings. */
// clang-format off
#define GST_TFC_TRACK_ROWS(Settings, field)                                                                           \
  {"tracking", "Tracking", "How what is found is followed from frame to frame: motion gives ids that last, predicts what is missed for a moment, and moves results to the time of the frame that carries them", \
    GST_TFC_PROPERTY_ENUM, G_STRUCT_OFFSET (Settings, field.tracking),                                                \
    .type = gst_tfc_tracking_get_type, .flags = GST_TFC_PROPERTY_CONTROLLABLE},                                       \
  {"track-max-age", "Track max age", "tracking=motion: milliseconds for which what is not found any more is predicted", \
    GST_TFC_PROPERTY_UINT, G_STRUCT_OFFSET (Settings, field.max_age), 0, GST_TFC_TRACK_MAX_AGE,                       \
    .flags = GST_TFC_PROPERTY_CONTROLLABLE},                                                                          \
  {"track-min-hits", "Track min hits", "tracking=motion: times that something is found before it is reported; with a score of 0.8 it is at once", \
    GST_TFC_PROPERTY_UINT, G_STRUCT_OFFSET (Settings, field.min_hits), 1, GST_TFC_TRACK_MAX_HITS,                     \
    .flags = GST_TFC_PROPERTY_CONTROLLABLE}
// clang-format on

/* In process: follows what was found (n, the surest first, in fractions of the whole frame) and
 * puts what is reported in its place, at most max, those that are predicted last; returns how many.
 * found has room for max. threshold: what scores less only goes on with what is followed. With
 * tracking=none nothing changes. Allocates the first time only. */
guint gst_tfc_analyzer_track (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                              gfloat threshold, GstClockTime pts, TfcDetection *found, guint n,
                              guint max);
/* The same for bodies and hands, which need no threshold; points of those that are predicted move
 * with their boxes. n, max <= TFC_MAX_POSES. */
guint gst_tfc_analyzer_track_poses (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                                    GstClockTime pts, TfcPose *poses, guint n, guint max);

/* The same for faces, which need no threshold either: whoever hides them must know of each. All
 * that were found are reported, those that are not followed (yet) without an id, and up to
 * TFC_MAX_FACES in all; on held frames none goes that the last analysis told of. n <=
 * TFC_MAX_FACES. */
guint gst_tfc_analyzer_track_faces (GstTfcAnalyzer *analyzer, const GstTfcTrackSettings *settings,
                                    GstClockTime pts, TfcFace *faces, guint n);

/* ---- the base ---- */

/* When each of the held results was seen, by its index: PTS; NONE: it stays. */
typedef struct {
  GstClockTime max_age; /* ns; NONE: they were not tracked by motion, and nothing else counts */
  GstClockTime at[TFC_MAX_MOTION_TRACKS];
} GstTfcLastSeen;

typedef struct GstTfcTracker GstTfcTracker;
void gst_tfc_tracker_free (GstTfcTracker *tracker); /* NULL is allowed, below too */
/* What follows is another scene; ids go on. */
void gst_tfc_tracker_reset (GstTfcTracker *tracker);
/* Of the last analysis. */
void gst_tfc_tracker_tell (const GstTfcTracker *tracker, GstTfcLastSeen *seen);
