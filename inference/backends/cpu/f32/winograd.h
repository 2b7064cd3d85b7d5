/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* 3 by 3 convolutions of stride 1 with fewer products: Winograd's F(2x2, 3x3). An output tile of 2
 * by 2 pixels sees 4 by 4 of the input. Both that window d and the kernel g are transformed to 16
 * components, whose products, summed over channels, are transformed back:
 *
 *   y = A' ((G g G') * (B' d B)) A      1  0 -1  0       1    0    0
 *                                 B' =  0  1  1  0   G = 1/2  1/2  1/2   A' = 1  1  1  0
 *                                       0 -1  1  0       1/2 -1/2  1/2        0  1 -1 -1
 *                                       0  1  0 -1       0    0    1
 *
 * 16 products a channel for four pixels, where the direct way has 36; 16/9 of its weights. Only
 * additions are made on the way in and out, weights are transformed in double precision, and each
 * pixel depends on nothing but its own tile: results are the same bits whatever the threads. The
 * sums of each component are matrix products like those of a 1 by 1 convolution. */
#include "inference/backends/cpu/common/n_tile.h"
#include "inference/backends/cpu/common/pack.h"

#define TFC_WINOGRAD 16 /* components */

/* Of the direct way's cost, what this one may have at most. Tests: 0 never, infinite wherever it
 * can. */
extern gdouble tfc_winograd_f32_most;
/* Bytes that transformed tiles may take: so many are done at once. Tests lower it. */
extern gsize tfc_winograd_f32_scratch;

/* TRUE where the layer, which the direct kernels could run too, is 3 by 3 with strides and
 * dilations of 1 and less work this way: with some 32 channels in and 16 out, and from 6 by 6
 * pixels on. */
gboolean tfc_winograd_f32_pays (const TfcNode *node, const TfcWeights *weights);
/* TfcLayerKind.make of such a layer. */
TfcLayer *tfc_winograd_f32_make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                                 const TfcWeights *weights, GError **error);

/* Transformed kernels, [component][n_tile]; n_tile[TFC_WINOGRAD][n], of which the first n are
 * divided, point to packed memory, which holds tfc_winograd_f32_packed elements and is zeroed before it is packed. The
 * bias is in component 5, which counts once in each pixel. */
gsize tfc_winograd_f32_packed (const TfcWeights *weights);
void tfc_winograd_f32_point (const TfcWeights *weights, TfcNTiles *n_tile, guint n, const gfloat *packed);
void tfc_winograd_f32_pack (const TfcWeights *weights, const TfcNTiles *n_tile, guint n);
