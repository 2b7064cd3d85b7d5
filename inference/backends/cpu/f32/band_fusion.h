/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* float32 layers that read one another, run band by band of rows, so that what lies between them
 * never leaves the second cache: only the rows that are still needed are kept, in a ring. Same sums
 * as layer by layer, to the bit. Threads take shares of the last result's rows and compute what
 * they need of the others; a few rows at the borders are computed twice. */
#include "inference/backends/cpu/common/kernels.h"

/* TRUE if next, the only reader of what node computes, is best run with it (backend.h). */
gboolean tfc_band_fusion_f32_joins (const TfcGraph *graph, const TfcNode *node, const TfcNode *next);
/* Takes layers, made from n nodes that join, the first being node. */
TfcLayer *tfc_band_fusion_f32_new (const TfcSegment *segment, const TfcNode *node, TfcLayer **layers,
                             guint n, const TfcPool *pool);

/* Values from so many bytes on stay inside; bytes that a band's rows may take. Tests lower both. */
extern gsize tfc_band_fusion_f32_least_bytes, tfc_band_fusion_f32_band_bytes;
