/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Things followed from one analysis to the next by how they move: who is who, where those are that
 * the detector misses for a moment, and what class they have. Times are those of the frames, so
 * analyses may come at any distance. Per analysis: boxes are predicted by a filter of constant
 * velocity (motion_filter.h) and matched by overlap, then by the distance of where they stand in
 * sizes of the box, which holds at two to five analyses a second; boxes below the threshold only
 * keep tracks alive (ByteTrack, Zhang et al., ECCV 2022). Another class is no obstacle to a match of
 * much overlap: tracks vote (motion_vote.h). The part of a thing that is found as a whole, too,
 * starts no track, nor does a box between two things that are followed. Where things meet, what
 * they look like decides (motion_cue.h), if it is told. One that is hidden behind another, or whose
 * look is known, is remembered for three times max_age, but told of for one.
 *
 * Pure and deterministic: the same calls give the same ids. Boxes are hostile: those that are not
 * finite, empty or larger than 16 frames are left out, and of more than TFC_MOTION_FOUND those with
 * the lowest scores. One thread at a time. Cost: tools/dev/track-score prints it. */
#include "models/result/result.h"
#include "models/tracking/motion_cue.h"
#include "models/tracking/motion_match.h"

#define TFC_MOTION_LOWEST 0.1f /* score of a box that can keep a track alive */
/* Of how many boxes, the surest, it is worth the time to know what they look like: identities of
 * docs/lab/tracking.md are as good as with all, and worse with 64, or without those that score less
 * than 0.12. */
#define TFC_MOTION_CUES 128

typedef struct TfcMotionTracks TfcMotionTracks;

typedef struct {
  gfloat threshold; /* a box starts a track from this score on; lower ones only keep one alive */
  guint64 max_age;  /* ns for which a track that is not seen is told of */
  guint min_hits; /* times that a thing is found before it is reported; a score of 0.8 is enough at
                     once */
} TfcMotionOptions;

/* Allocates all that is needed. Never NULL. */
TfcMotionTracks *tfc_motion_tracks_new (void);
void tfc_motion_tracks_free (TfcMotionTracks *tracks); /* NULL is allowed */
/* Forgets all; ids go on. */
void tfc_motion_tracks_reset (TfcMotionTracks *tracks);

/* Call it before an analysis with what the whole frame looks like (motion_cue.h, of the box {0, 0,
 * 1, 1}): where that is another scene than that of the analysis before, all is forgotten. An
 * unknown cue changes nothing. Returns whether it was a cut. */
gboolean tfc_motion_tracks_scene (TfcMotionTracks *tracks, const TfcMotionCue *scene);

/* One analysis. found: n boxes with scores from TFC_MOTION_LOWEST on, in any order. cue: what each
 * looks like (motion_cue.h), or NULL. pts in ns: G_MAXUINT64 counts as 1/30 s later, a little back
 * (up to half a second) as no time, more as a new beginning. Writes the tracks to out: those of
 * boxes found first, in the order of these, with seen set and the box midway between the found and
 * the filtered one; then those that are predicted, oldest first. Each has its id (from 1 on), age,
 * speed and voted class. index[i]: which of found the i-th is, or G_MAXUINT. Returns how many, at
 * most max. out may not be found. */
guint tfc_motion_tracks_update (TfcMotionTracks *tracks, const TfcDetection *found,
                                const TfcMotionCue *cue, guint n, guint64 pts,
                                const TfcMotionOptions *options, TfcDetection *out, guint *index,
                                guint max);

/* Where a box that moves so, in fractions of the frame a second, is ns later. Longer than a second
 * it is not taken on: a guess gets worse the older it is. Not finite speeds count as 0. */
TfcBox tfc_motion_box_later (const TfcBox *box, gfloat speed_x, gfloat speed_y, guint64 ns);
