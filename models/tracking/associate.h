/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Inside of the tracker: which sighting belongs to which track. Tracks' motion must have been taken
 * on to this frame. Pure; no allocation. */
#include "models/tracking/track.h"

#define TFC_TRACK_YOUNG 4    /* frames until a track's motion is known */
#define TFC_TRACK_SETTLED 12 /* frames until its mesh has settled in its region */

/* How badly a sighting fits what is expected, by place, size and appearance: about 0.05 for a
 * face's own, from 0.5 on plainly somebody else. In sizes of the region. */
gdouble tfc_track_misfit (const TfcMotion *motion, const TfcAppearance *appearance,
                          const TfcSighting *sighting);

/* The same of the i-th lost one. If the sighting looks like it and like nobody else, it may have
 * stopped or turned back since: any place that it can have reached fits. holder: in whose region it
 * was seen. */
gdouble tfc_lost_misfit (const TfcTracks *tracks, guint i, const TfcTrack *holder,
                         const TfcSighting *sighting);

/* Says of each track whether it is near another, near where a lost one is expected, or has
 * changed its appearance all at once (it may be occluded); FALSE if none is. */
gboolean tfc_tracks_mark_crowds (TfcTracks *tracks, const TfcSighting *seen);

/* Whether the i-th track has drifted to a face that nobody followed: what was seen looks different
 * in any light and is not where the track is expected, the detector has seen another face beside
 * it, and no other one that is followed or was lost can be there. */
gboolean tfc_track_has_drifted (const TfcTracks *tracks, guint i, const TfcSighting *sighting);

/* Gives sightings to tracks, and to lost ones, so that the sum of misfits is least. from: of the
 * i-th track, and behind those of the i-th lost one, which sighting it takes, or G_MAXUINT; room
 * for 2 * TFC_MAX_FACES. */
void tfc_tracks_choose (const TfcTracks *tracks, const TfcSighting *seen, guint *from);
