/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Faces followed from frame to frame: which regions are held, and who is who where faces pass
 * before and behind each other. Pure; no allocation. Lengths are pixels of the frame, times are
 * frames. */
#include "models/tracking/appearance.h"
#include "models/tracking/blink.h"
#include "models/tracking/roi.h"
#include "models/tracking/one_euro.h"

/* Constant velocity. Where faces are near each other it leans on what was known before: there a
 * mesh may slip from its own face to the other. */
typedef struct {
  gdouble cx, cy, size; /* on this frame, as expected */
  gdouble vx, vy;       /* a frame */
  guint age;            /* frames on which it was seen */
} TfcMotion;

typedef struct {
  TfcRegion region; /* where the mesh looks on the next frame */
  guint64 id;       /* never used for another face */
  gfloat score;     /* of the detector when it last saw this face */
  TfcOneEuro smooth;
  TfcBlink blink;
  /*< private >*/
  TfcMotion motion;
  TfcAppearance appearance; /* while it was alone */
  TfcAppearance recent;     /* on the last few frames */
  gdouble doubt;            /* how badly it fitted lately while near another */
  gboolean crowded;         /* near another */
  guint occluder;           /* frames for which it counts that the detector saw a face beside it */
  gboolean changed;         /* looks different all at once: it may be occluded */
} TfcTrack;

/* One that was lost. */
typedef struct {
  guint64 id;
  gfloat score;
  TfcMotion motion;
  TfcAppearance appearance;
  guint blinks;
  guint frames; /* since then */
} TfcLost;

typedef struct {
  guint n;
  TfcTrack *track[TFC_MAX_FACES]; /* the first n are held; the rest are spare */
  guint64 next_id;                /* starts at 1 */
  /*< private >*/
  TfcTrack store[TFC_MAX_FACES];
  TfcLost lost[TFC_MAX_FACES];
  guint n_lost;
  gboolean single; /* one at most is followed */
} TfcTracks;

/* What was seen on this frame in the region of a track. */
typedef struct {
  gboolean found;   /* FALSE: no face there; the rest is then not read */
  TfcRegion region; /* of the face that is there, from its mesh; finite, size > 0 */
  TfcAppearance appearance;
} TfcSighting;

void tfc_tracks_init (TfcTracks *tracks);

/* Meets what the detector found (n <= TFC_MAX_FACES regions with scores) with what is held: pairs
 * that overlap by at least 0.25, where the held one is expected on this frame, are matched so that
 * the sum of overlaps is largest. A matched one stays as it is (its region comes from the mesh and
 * is better) and takes the score; an unmatched found one becomes a new track while there are fewer
 * than max; where there are not, those that it overlaps remember it. Held ones that the detector
 * missed stay: their mesh will tell. */
void tfc_tracks_update (TfcTracks *tracks, const TfcRegion *found, const gfloat *scores, guint n,
                        guint max);

/* Whether the detector should look at the next frame although nobody is missing: a face looks
 * different all at once, and the detector may see whether another one is before it. It then should
 * be asked for one more than are followed. */
gboolean tfc_tracks_want_detector (const TfcTracks *tracks);

/* Goes on to this frame. seen[i] is what was seen in the i-th track's region. Each track takes a
 * sighting, nearly always its own; where several faces are near each other those are exchanged that
 * fit better by motion, size and appearance. Two sightings that overlap by more than 0.7 are one
 * face, which goes to the track that fits it better. Tracks without a sighting are dropped; those
 * behind move up. A sighting that is plainly of a face whom nobody followed, and whom the detector
 * has seen beside the track's, gets a new track; the one behind it is lost. A new track where a
 * lost one is expected within TFC_TRACK_MEMORY frames, and that looks like it, gets its id back
 * (never where appearances are unknown, nor if one at most is followed and was lost for another
 * reason). If it looks like nobody else, the lost one may also have stopped or turned back. Writes
 * to from[i] which sighting the i-th track that is left has; returns how many are left. */
#define TFC_TRACK_MEMORY 45
guint tfc_tracks_observe (TfcTracks *tracks, const TfcSighting *seen, guint *from);

/* Drops the i-th; those behind it move up. */
void tfc_tracks_drop (TfcTracks *tracks, guint i);
/* Drops and forgets all; ids go on. */
void tfc_tracks_clear (TfcTracks *tracks);
