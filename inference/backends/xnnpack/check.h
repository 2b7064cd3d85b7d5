/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which nodes XNNPACK takes. Everything that a create call would refuse later is refused here, so
 * that the node falls back instead of the network failing: requantisation ratios, empty clamps, 1x1
 * pools, windows whose output length would differ. Internal to inference/xnnpack*.c. */
#include <xnnpack.h>

#include "inference/backend.h"
#include "inference/backends/xnnpack/rounding.h"
#include "inference/graph/graph.h"

/* Element types with their quantisation, as a set. */
typedef enum {
  TFC_XNN_F32 = 1,
  TFC_XNN_QU8 = 2, /* uint8, one scale, any zero point */
  TFC_XNN_QS8 = 4, /* int8, one scale, any zero point */
} TfcXnnTypes;

/* 0: a tensor that no kernel reads as data (unquantised bytes, int32, per-channel). */
TfcXnnTypes tfc_xnn_type (const TfcTensor *tensor);

gboolean tfc_xnn_good_shape (const TfcTensor *tensor);
/* FALSE if the node's clamp is an empty range, also one that quantisation empties. */
gboolean tfc_xnn_good_clamp (const TfcNode *node, const TfcTensor *output);

/* Parameters and shapes of one kind of node, whose types are right. */
typedef gboolean TfcXnnCheck (const TfcGraph *graph, const TfcNode *node);
TfcXnnCheck tfc_xnn_check_conv, tfc_xnn_check_depthwise, tfc_xnn_check_fully_connected,
    tfc_xnn_check_pool, tfc_xnn_check_mean, tfc_xnn_check_binary, tfc_xnn_check_unary,
    tfc_xnn_check_prelu, tfc_xnn_check_leaky, tfc_xnn_check_sigmoid, tfc_xnn_check_softmax,
    tfc_xnn_check_pad, tfc_xnn_check_resize, tfc_xnn_check_depth_to_space, tfc_xnn_check_reshape,
    tfc_xnn_check_convert;

/* A fully connected layer whose output does not keep its input's leading dimensions: TRUE if it
 * takes the input as [elements / inputs, inputs]. */
gboolean tfc_xnn_flattens (const TfcTensor *x, const TfcTensor *y, gint outputs);
