/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a window must be for the kernels to walk it without further questions. */
#include "inference/backends/cpu/common/pack.h"

/* Rank 4, strides, dilations and kernel >= 1, padding known and >= 0, the output as large as the
 * window makes it, and coordinates that fit 32 bits. */
gboolean tfc_window_fits (const TfcNode *node, const TfcWeights *weights);

/* Along one axis: outputs inner[0] .. inner[1] - 1 have windows that hang over no edge. */
void tfc_window_inner (gint32 length, gint32 result, gint32 kernel, gint stride, gint dilation,
                       gint before, gint32 inner[2]);
