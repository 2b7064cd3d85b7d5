/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Convolutions to few channels, in which a vector of weights of all outputs under one input would be mostly empty.
 * Vectors of input channels are multiplied with as many weights, and their lanes added up in the end
 * (TfcF32.dots). For conv.c. */
#include "inference/backends/cpu/common/pack.h"
#include "inference/backends/cpu/f32/f32.h"

/* Whether the kernels in use have a function for it, and it takes less. All of gemm but slope is set. */
gboolean tfc_dots_f32_pays (const TfcGemmF32 *gemm);
/* TfcLayer.order of such weights. */
guint64 tfc_dots_f32_order (const TfcGemmF32 *gemm);
/* Elements of TfcNTiles.weights, and copies them to memory of so many, zeroed. */
gsize tfc_dots_f32_weights (const TfcGemmF32 *gemm);
void tfc_dots_f32_pack (const TfcGemmF32 *gemm, const TfcWeights *weights, gfloat *memory);
/* n values, over and over, to the end of an octet. */
void tfc_dots_f32_repeat (gfloat *to, const gfloat *values, guint n);
