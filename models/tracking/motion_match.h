/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which found box belongs to which track, from a list of pairs that are possible and their costs:
 * as many pairs as there can be, at the least sum. Pure; no allocation. */
#include "models/tracking/assign.h"

#define TFC_MOTION_PAIRS \
  4096 /* that are looked at; more are left out, in the order in which they came */
#define TFC_MOTION_FOUND 512 /* boxes */
#define TFC_MAX_MOTION_TRACKS 256

typedef struct {
  gfloat cost;
  guint16 track, found;
  guint16 next; /*< private >*/
} TfcMotionPair;

typedef struct {
  guint n;
  TfcMotionPair pair[TFC_MOTION_PAIRS];
  /*< private >*/
  guint16 group[TFC_MAX_MOTION_TRACKS +
                TFC_MOTION_FOUND]; /* tracks, then boxes: whom they can be exchanged with */
  guint16 first[TFC_MAX_MOTION_TRACKS + TFC_MOTION_FOUND]; /* pair of a group */
  gdouble cost[TFC_ASSIGN_MAX * TFC_ASSIGN_MAX];
} TfcMotionMatch;

/* track < TFC_MAX_MOTION_TRACKS, found < TFC_MOTION_FOUND; cost 0..1, finite. */
void tfc_motion_match_add (TfcMotionMatch *match, guint track, guint found, gfloat cost);
/* Chooses among the n pairs, and empties the list. Writes to of_track[track] which box a track
 * gets; of others nothing is written. Groups of at most TFC_ASSIGN_MAX tracks and boxes get the
 * best sum, larger ones the best pair first. */
void tfc_motion_match_solve (TfcMotionMatch *match, guint *of_track);
