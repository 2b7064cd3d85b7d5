/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What class a track has: detections vote with their scores, and old votes fade, so that a dog that
 * is taken for a horse now and then stays a dog. Pure. */
#include <glib.h>

#define TFC_MOTION_CLASSES 4 /* that one track remembers */

typedef struct {
  gint class_id[TFC_MOTION_CLASSES];
  gfloat weight[TFC_MOTION_CLASSES]; /* 0: free */
} TfcMotionVote;

/* A zeroed vote knows nothing. Of too many classes the weakest is forgotten. */
void tfc_motion_vote_add (TfcMotionVote *vote, gint class_id, gfloat score);
/* The class with the most weight; the earlier one of equals. */
gint tfc_motion_vote_class (const TfcMotionVote *vote);
/* 0..1: share of the weight that is this class's. */
gfloat tfc_motion_vote_share (const TfcMotionVote *vote, gint class_id);
