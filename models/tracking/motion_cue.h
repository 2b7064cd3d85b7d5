/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a tracked thing looks like, in a few numbers: how bright and of what colours the upper,
 * middle and lower part of its box are. Enough to tell two people apart who pass each other, and no
 * more: nobody can be recognised by it elsewhere. Pure; no allocation. */
#include "models/frame/frame.h"
#include "models/result/result.h"

#define TFC_MOTION_CUE_PARTS 3
#define TFC_MOTION_CUE_BINS 24 /* 8 of luma, 8 of each chroma */

typedef struct {
  gboolean known;
  guint8 bin[TFC_MOTION_CUE_PARTS * TFC_MOTION_CUE_BINS]; /* part by part; those of a component sum
                                                           * up to 255 or a little less */
} TfcMotionCue;

/* Reads 192 pixels of the middle of the box, in the frame's own format, without interpolation.
 * Unknown where the box is not finite, empty or outside of the frame, and of a frame that
 * tfc_frame_fits() refuses. */
void tfc_motion_cue_sample (const TfcFrame *frame, const TfcBox *box, TfcMotionCue *cue);
/* 0 (alike) .. 1 (nothing in common); negative if either is unknown. */
gfloat tfc_motion_cue_distance (const TfcMotionCue *a, const TfcMotionCue *b);
/* Moves a towards b by weight (0..1); an unknown a becomes b. */
void tfc_motion_cue_learn (TfcMotionCue *a, const TfcMotionCue *b, gfloat weight);
