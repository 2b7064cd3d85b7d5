/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Selfie segmentation (MediaPipe, 2021): how sure the network is that a person is there, for the whole frame stretched
 * to 256x256 (general) or 256x144 (landscape). Numbers: the model card, and what the two references do. */
#include "inference/model.h"
#include "models/frame/frame.h"
#include "models/mask/mask_grid.h"
#include "models/segmentation/segmentation_times.h"

/* Where the network's pixels lie in the frame. */
typedef enum {
  TFC_SELFIE_CENTRES, /* MediaPipe, which the .tflite comes from: (i + 0.5) * in / out - 0.5 */
  TFC_SELFIE_CORNERS  /* body-segmentation on TensorFlow.js, which the GraphModel comes from: i * in / out, and
                       * black beside the last pixel */
} TfcSelfieSampling;

typedef struct TfcSelfie TfcSelfie;

/* A network with one float32 input 1 x H x W x 3 and one float32 output 1 x H x W x 1, or x 2 (nobody, somebody).
 * Takes model. NULL with error set (UNSUPPORTED, names path). */
TfcSelfie *tfc_selfie_new (TfcModel *model, const gchar *path, TfcSelfieSampling sampling, GError **error);
void tfc_selfie_close (TfcSelfie *selfie); /* NULL is allowed */
const TfcModel *tfc_selfie_model (const TfcSelfie *selfie);

/* Width and height of the network; the place in the frame is that of the last run. */
const TfcMaskGrid *tfc_selfie_grid (const TfcSelfie *selfie);

/* Writes width * height values, 0..1, to out. Allocates nothing. Adds to times. FALSE with error set (RUN). */
gboolean tfc_selfie_run (TfcSelfie *selfie, const TfcFrame *frame, gfloat *out, TfcSegmentTimes *times,
                         GError **error);

/* What the network saw in the last run: width * height * 3, R G B, 0..1. */
const gfloat *tfc_selfie_input (const TfcSelfie *selfie);
