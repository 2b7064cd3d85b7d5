/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* float32 layers that read one another, run band by band of rows, so that what lies between them
 * never leaves the second cache: only the rows that are still needed are kept, in a ring. Same sums
 * as layer by layer, to the bit. Threads take shares of the last result's rows and compute what
 * they need of the others; a few rows at the borders are computed twice. */
#include "inference/backends/cpu/common/kernels.h"

/* TRUE if next, the only reader of what node computes, is best run with it (backend.h). */
gboolean tfc_band_fusion_f32_joins (const TfcGraph *graph, const TfcNode *node, const TfcNode *next,
                                    guint threads);
/* Takes layers, made from n nodes that join, the first being node. */
TfcLayer *tfc_band_fusion_f32_new (const TfcSegment *segment, const TfcNode *node, TfcLayer **layers,
                             guint n, const TfcPool *pool);

/* Values from so many bytes on stay inside, whatever the threads; bytes that a band's rows may take. 0, the default: what the
 * second cache holds, and a quarter of it (at most 192 KiB). Tests set both. */
extern gsize tfc_band_fusion_f32_least_bytes, tfc_band_fusion_f32_band_bytes;
/* With several threads a band also saves one meeting of them for each layer. So smaller values stay inside too:
 * from shared_bytes on, where the two layers' weights, which every band reads again, take at most
 * weight_bytes. For measurements. */
extern gsize tfc_band_fusion_f32_shared_bytes, tfc_band_fusion_f32_weight_bytes;
