/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The palm detector: a frame in, palms out. GraphModels tell score and box in one tensor
 * (1x2016x19), .tflite files in two (1x2016x18, 1x2016x1). */
#include "models/detection/nms.h"
#include "models/hand/hand_region.h"

#define TFC_PALM_ANCHORS 2016

/* Where the network's answers lie, by anchor: a logit, and a row of x, y, w, h and 7 points (x, y)
 * in pixels of its input, which is 192 wide; steps in numbers. */
typedef struct {
  const gfloat *logit, *row;
  guint logit_step, row_step;
} TfcPalmAnswers;

/* The palms of a width x height frame, at most max, the best first: score >= confidence, one
 * suppressed from an IoU of 0.3 with a better one on. Answers that are not finite are none.
 * candidates: room for TFC_PALM_ANCHORS. */
guint tfc_palms_decode (const TfcPalmAnswers *answers, gfloat confidence, guint width, guint height,
                        TfcCandidate *candidates, TfcPalm *palms, guint max);

typedef struct TfcPalmDetector TfcPalmDetector;

/* NULL with error set: what tfc_model_open says, or UNSUPPORTED if its tensors are not a palm
 * detector's. */
TfcPalmDetector *tfc_palm_detector_open (const gchar *path, const TfcModelOptions *options,
                                         GError **error);
void tfc_palm_detector_close (TfcPalmDetector *detector); /* NULL is allowed */

/* At most max palms of the frame, which is fitted into the network's square with black beside it.
 * -1 with error set (RUN). Adds to the times. */
gint tfc_palm_detector_run (TfcPalmDetector *detector, const TfcFrame *frame, gfloat confidence,
                            TfcPalm *palms, guint max, TfcHandTimes *times, GError **error);
gsize tfc_palm_detector_bytes (const TfcPalmDetector *detector);
