/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Hands followed from frame to frame: where to look, who is who, and their filters. Pure; no
 * allocation. */
#include "models/hand/hand_region.h"
#include "models/tracking/one_euro.h"
#include "models/tracking/track_times.h"

typedef struct {
  guint64 id; /* whose it is or was */
  TfcOneEuro points, world;
} TfcHandFilter;

struct TfcHandState {
  TfcHandRegion held[TFC_MAX_POSES]; /* where to look on the next frame; the newest first */
  guint n;
  guint64 next_id; /* starts at 1 */
  TfcHandFilter filter[TFC_MAX_POSES];
  TfcTrackTimes times;
};

/* Where to look on this frame. regions: the n that the detector found, the best first, with ids of
 * 0, and room for TFC_MAX_POSES more; they become those to look at, at most max (n <= max); returns
 * how many. All three go by the overlap rule. */
/* Only at those that are held (regions is not read). */
guint tfc_hand_state_follow (const TfcHandState *state, TfcHandRegion *regions);
/* At those that were found, as TF.js; only ids go on. */
guint tfc_hand_state_replace (const TfcHandState *state, TfcHandRegion *regions, guint n);
/* At those that are held (fewer than max), and at the best of those found where none is held, as
 * MediaPipe. */
guint tfc_hand_state_add (const TfcHandState *state, TfcHandRegion *regions, guint n, guint max);

/* What was seen: where to look next, n <= TFC_MAX_POSES. New ones get their ids. */
void tfc_hand_state_hold (TfcHandState *state, TfcHandRegion *regions, guint n);
/* Smooths the points of a hand that is held. size: of the region it was seen in. */
void tfc_hand_state_smooth (TfcHandState *state, guint64 id, TfcPoint points[TFC_HAND_POINTS],
                            TfcPoint world[TFC_HAND_POINTS], gdouble size, guint64 pts);
