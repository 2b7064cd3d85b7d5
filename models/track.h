/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Faces followed from frame to frame: which regions are held, and who is who. Pure; no allocation. */
#include "roi.h"
#include "smooth.h"

typedef struct {
  TfcRegion region;
  guint64 id;     /* never used again */
  gfloat score;   /* of the detector when it last saw this face */
  TfcSmooth smooth;
} TfcTrack;

typedef struct {
  guint n;
  TfcTrack *track[TFC_MAX_FACES]; /* the first n are held; the rest are spare */
  guint64 next_id;                /* starts at 1 */
  /*< private >*/
  TfcTrack store[TFC_MAX_FACES];
} TfcTracks;

void tfc_tracks_init (TfcTracks *tracks);

/* Meets what the detector found (n regions with scores) with what is held: a held region that overlaps a
 * found one by at least 0.25 stays as it is (it comes from the mesh and is better), a found one that
 * nothing held overlaps becomes a new track while there are fewer than max. Held ones that the detector
 * missed stay: their mesh will tell. */
void tfc_tracks_update (TfcTracks *tracks, const TfcRegion *found, const gfloat *scores, guint n, guint max);

/* Whether the i-th has come to lie on an older one: two tracks that overlap by more than 0.7 follow one
 * face. */
gboolean tfc_tracks_is_twin (const TfcTracks *tracks, guint i);

/* Drops the i-th; those behind it move up. */
void tfc_tracks_drop (TfcTracks *tracks, guint i);
/* Drops all; ids go on. */
void tfc_tracks_clear (TfcTracks *tracks);
