/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where something moves: thumbnail -> background -> connected components. Allocates with the first frame and where
 * the frames' size or format changes; about a tenth of a millisecond a frame, whatever its size. One thread at a time. */
#include "models/motion/components.h"

typedef struct TfcMotionDetector TfcMotionDetector;

typedef struct {
  gboolean known; /* FALSE: no telling, as on a first frame or when the light or the scene changed */
  guint n;        /* places that move; 0 if not known */
  TfcBox box[TFC_MAX_COMPONENTS]; /* fractions of the frame; in no particular order */
} TfcMotion;

TfcMotionDetector *tfc_motion_detector_new (void);
void tfc_motion_detector_free (TfcMotionDetector *detector); /* NULL is allowed */
/* What comes next has nothing to do with what came. */
void tfc_motion_detector_reset (TfcMotionDetector *detector);
/* The next frame. seconds: since the one before; anything but a number above 0 counts as a thirtieth. */
void tfc_motion_detector_run (TfcMotionDetector *detector, const TfcFrame *frame, gdouble seconds,
                              TfcMotion *motion);
