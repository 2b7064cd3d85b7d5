/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Sums, means and the like along axes of float32. */
#include "inference/backends/cpu/f32/f32.h"

/* Of outer blocks of rows by columns elements, along the rows: outer blocks of columns results. op
 * is the sum's or the like (a row of reduction.c). Clamped. */
typedef struct {
  TfcOp op;
  gsize outer, rows, columns;
  TfcClamp clamp;
} TfcReductionF32;

/* A layer that reads node's first input and writes its output so. */
TfcLayer *tfc_reduction_f32_new (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                                 const TfcReductionF32 *what);
