/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What BlazePose does between frames: where the landmark network looks next, and the filters of points, world points and
 * visibility. Pure; no allocation. */
#include "models/body/blazepose_decode.h"
#include "models/body/pose_pipeline.h"
#include "models/tracking/value_filter.h"

typedef struct {
  gboolean known;      /* region is; else the detector is due */
  TfcRegion region;    /* centre in fractions of the frame's width and height, size of its width */
  TfcEuroClock point_clock, auxiliary_clock, world_clock;
  TfcEuro point[TFC_BLAZEPOSE_POINTS][3], auxiliary[2][3], world[TFC_BLAZEPOSE_POINTS][3];
  TfcLowPass visibility[TFC_BLAZEPOSE_POINTS];
} TfcBlazeposeState;

/* In pixels of a frame of this size. The state's region must be known. */
TfcRegion tfc_blazepose_next (const TfcBlazeposeState *state, guint width, guint height);

/* Filters what was seen, writes points and world points to out, and finds where to look next. Score, box and ids are
 * left to the caller. */
void tfc_blazepose_follow (TfcBlazeposeState *state, const TfcBlazeposeSight *sight, guint width, guint height,
                           guint64 pts, gboolean smoothing, TfcPose *out);

/* Nobody is there: forgets all but the world points' filter, as the package does. */
void tfc_blazepose_lose (TfcBlazeposeState *state);
