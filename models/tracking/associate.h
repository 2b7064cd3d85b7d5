/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Inside of the tracker: which sighting belongs to which track. Tracks' motion must have been taken
 * on to this frame. Pure; no allocation. */
#include "models/tracking/track.h"

#define TFC_TRACK_YOUNG 4 /* frames until a track's motion is known */

/* How badly a sighting fits what is expected, by place, size and appearance: about 0.05 for a
 * face's own, from 0.5 on plainly somebody else. In sizes of the region. */
gdouble tfc_track_misfit (const TfcMotion *motion, const TfcAppearance *appearance,
                          const TfcSighting *sighting);

/* Says of each track whether it is near another, or near where a lost one is expected; FALSE if
 * none is. */
gboolean tfc_tracks_mark_crowds (TfcTracks *tracks, const TfcSighting *seen);

/* Gives sightings to tracks, and to lost ones, so that the sum of misfits is least. from: of the
 * i-th track, and behind those of the i-th lost one, which sighting it takes, or G_MAXUINT; room
 * for 2 * TFC_MAX_FACES. */
void tfc_tracks_choose (const TfcTracks *tracks, const TfcSighting *seen, guint *from);
