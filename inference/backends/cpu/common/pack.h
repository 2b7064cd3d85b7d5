/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Weights and constants of convolutions, checked and put in the order that kernels.h describes. */
#include "inference/backends/cpu/common/kernels.h"

/* A convolution's or fully connected layer's tensors; b is NULL where there is none. axis: of w,
 * the one of the output channels. */
typedef struct {
  const TfcTensor *x, *w, *b, *y;
  gint axis;
  guint outputs, products; /* products: factors of one sum */
  gint32 less;             /* what kernels want the zero point of x to be less by; 0 unless set */
} TfcWeights;

/* TRUE if types, zero points, scales and sums are such that the kernels give the reference's
 * results: 8 bits, weights constant, no sum can leave 32 bits. Fills weights. */
gboolean tfc_weights_init (TfcWeights *weights, const TfcGraph *graph, const TfcNode *node);

/* The same for float32: weights and bias are constant. */
gboolean tfc_weights_init_f32 (TfcWeights *weights, const TfcGraph *graph, const TfcNode *node);

/* One weight as int8: top bit flipped where it is uint8; its zero point likewise. */
gint32 tfc_weights_get (const TfcWeights *weights, gsize i);
guint8 tfc_weights_flip_w (const TfcWeights *weights); /* 0x80 where they are uint8 */
gint32 tfc_weights_zero (const TfcWeights *weights);
/* The activations' zero point as if they were uint8, less TfcWeights.less. */
gint32 tfc_weights_zero_u (const TfcWeights *weights);
/* 0x80 where a tensor is int8. */
guint8 tfc_weights_flip (const TfcTensor *tensor);

/* What the sum of output channel o begins with, from the sum of its int8 weights: the bias and the
 * terms that depend on weights alone. Wraps, as the sums do: the whole fits. */
gint32 tfc_weights_start (const TfcWeights *weights, guint o, gint64 sum_v);
/* The same, from the sum of its weights less their zero point, where that is taken off the weights.
 */
gint32 tfc_weights_start_less_zero (const TfcWeights *weights, guint o, gint64 sum_v);
gfloat tfc_weights_scale (const TfcWeights *weights, guint o);
TfcRequant tfc_weights_store (const TfcWeights *weights, const TfcNode *node);
