/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Which nodes XNNPACK takes. Everything that a create call would refuse later is refused here, so
 * that the node falls back instead of the network failing: requantisation ratios, empty clamps, 1x1
 * pools, windows whose output length would differ. Internal to inference/xnnpack*.c. */
#include <xnnpack.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"

/* Element types with their quantisation, as a set. */
typedef enum {
  TFC_XNN_F32 = 1,
  TFC_XNN_QU8 = 2, /* uint8, one scale, any zero point */
  TFC_XNN_QS8 = 4, /* int8, one scale, any zero point */
} TfcXnnTypes;

/* 0: a tensor that no kernel reads as data (unquantised bytes, int32, per-channel). */
TfcXnnTypes tfc_xnn_type (const TfcTensor *tensor);

/* TRUE if XNNPACK runs node with these types, shapes and parameters. */
gboolean tfc_xnn_can_run (const TfcGraph *graph, const TfcNode *node);

/* A fully connected layer whose output does not keep its input's leading dimensions: TRUE if it
 * takes the input as [elements / inputs, inputs]. */
gboolean tfc_xnn_flattens (const TfcTensor *x, const TfcTensor *y, gint outputs);
