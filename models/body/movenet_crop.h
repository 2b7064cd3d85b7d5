/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What MoveNet for one person does between frames: which part of the frame its network sees, and its filters. Pure; no
 * allocation. All in fractions of the frame, so the state survives another size. */
#include "models/body/coco_points.h"
#include "models/body/pose_pipeline.h"
#include "models/tracking/value_filter.h"

/* May leave the frame: what lies outside is black. */
typedef struct {
  gdouble y_min, x_min, y_max, x_max;
} TfcMovenetCrop;

typedef struct {
  gboolean known; /* crop is; else the first one is due */
  TfcMovenetCrop crop;
  TfcLowPass edge[4];
  TfcEuroClock clock;
  TfcEuro point[TFC_COCO_POINTS][2]; /* x, y */
} TfcMovenetState;

/* Where to look on a frame of this size: what the last pose says; at first the square of the shorter edge in the
 * frame's middle. */
TfcMovenetCrop tfc_movenet_crop (const TfcMovenetState *state, guint width, guint height);

/* The next look takes all of the frame, its shorter edge padded to a square with black. */
void tfc_movenet_look_at_all (TfcMovenetState *state, guint width, guint height);

/* From what the network says of the crop, 17 x (y, x, score) in fractions of it, to the pose's points and score, and on to
 * where to look next. FALSE: nobody is there (the mean of the scores above 0.2 is below score_threshold); then the state
 * knows nothing any more, and out is not written. Box and ids are left to the caller. */
gboolean tfc_movenet_follow (TfcMovenetState *state, const gfloat *network, guint width, guint height, guint64 pts,
                             gfloat score_threshold, gboolean smoothing, TfcPose *out);

/* One person's points through the package's filter of MoveNet's points, in place. */
void tfc_movenet_smooth (TfcEuroClock *clock, TfcEuro point[TFC_COCO_POINTS][2], guint64 pts, TfcKeypoint *points);
