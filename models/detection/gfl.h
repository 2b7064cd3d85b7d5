/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Heads of generalised focal loss (NanoDet): each cell of a map tells how sure it is of each class,
 * and for each side of a box a distribution over how far it lies from the cell's centre, in
 * strides. The distance is the mean of 0, 1, 2, … weighted by softmax. A box ends at the edges of
 * the network's picture, which is the frame in its own shape, in the middle of black. Pure; no
 * allocation. */
#include "inference/tensor.h"
#include "models/detection/nms.h"
#include "models/frame/sample.h"

typedef struct {
  const gfloat *distances, *scores; /* [n][4 * bins]: left, top, right, bottom; [n][classes] */
  guint n, bins, classes;
  guint columns;         /* cells in a row of the map */
  gfloat step_x, step_y; /* of a stride, fractions of the picture */
  guint base;            /* what candidates' index counts from */
} TfcGfl;

/* A map of a picture of width x height from its two outputs, [1, n, 4 * bins] and [1, n, classes],
 * float32, with stride 8, 16, 32 or 64 by the number of cells. FALSE: they are none. */
gboolean tfc_gfl_init (TfcGfl *gfl, const TfcTensor *distances, const TfcTensor *scores,
                       guint width, guint height);

/* Writes the candidates with score > threshold, one a cell at most, to out (room for n); returns
 * how many. wanted: by class, 0 ignores it; NULL: all. What is not finite is dropped. */
guint tfc_gfl_decode (const TfcGfl *gfl, gfloat threshold, const guint8 *wanted, TfcCandidate *out);

/* Where the network's picture of width x height lies in the frame: its border is to be
 * TFC_BORDER_ZERO_SOFT. */
TfcMap tfc_gfl_map (const TfcFrame *frame, guint width, guint height);
/* A box in fractions of that picture as fractions of the frame, and what of it lies in the frame.
 * FALSE: nothing. */
gboolean tfc_gfl_to_frame (const TfcMap *map, const TfcFrame *frame, guint width, guint height,
                           TfcBox *box);
