/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Convolutions of pictures: 8 bits, 1 to 4 channels, as first layers are. A row of the kernel lies
 * in one piece in the picture, so no pointers to pieces are needed: input rows are copied once to
 * lines with the padding beside them, and kernels read them from end to end. */
#include "inference/backends/cpu/common/pack.h"

/* Are there kernels, and is node such a convolution? weights: node's, for which tfc_indirection_fit
 * holds. */
gboolean tfc_picture_q8_fits (const TfcNode *node, const TfcWeights *weights);
/* Its layer, as TfcLayerKind.make. */
TfcLayer *tfc_picture_q8_new (const TfcSegment *segment, const TfcNode *node, TfcPool *pool);
