/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* MoveNet for several people: the size of its picture, and what its numbers mean. Pure. */
#include "models/result/result.h"

#define TFC_MULTIPOSE_MAX 6
#define TFC_MULTIPOSE_ROW 56 /* 17 x (y, x, score), y_min, x_min, y_max, x_max, score */

/* The frame shrunk (or enlarged) to width x height, then black to the right or below up to a multiple of 32. */
typedef struct {
  guint width, height, padded_width, padded_height;
} TfcMultiposeSize;

/* The longer edge becomes 256, aspect kept. */
TfcMultiposeSize tfc_multipose_size (guint frame_width, guint frame_height);

/* numbers: TFC_MULTIPOSE_MAX rows, in fractions of the padded picture. Those with a score of threshold or more, in the network's
 * order, at most max: returns how many. Ids are left to the caller. */
guint tfc_multipose_decode (const gfloat *numbers, const TfcMultiposeSize *size, gfloat threshold, TfcPose *out,
                            guint max);
