/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* The reference backend from the inside. Every op family is one file that defines its row of the
 * table, a TfcRefOp; adding an op is a file, its row below and its line in reference.c.
 *
 * A row's loops are the specification of the op: plain and never tuned; sums of
 * products as mac.h says, everything else rounded once from double or as XNNPACK rounds it. They trust the shapes that tfc_graph_check made. */
#include "inference/backend.h"
#include "inference/graph/graph.h"

typedef struct {
  gboolean (*can_run) (const TfcOpCall *call); /* types, quantisation, number of inputs */
  void (*run) (const TfcOpCall *call);         /* no allocation; cannot fail */
} TfcRefOp;

/* The row of an op, NULL if it has no loops. */
const TfcRefOp *tfc_ref_op (TfcOp op);

extern const TfcRefOp tfc_ref_conv_2d, tfc_ref_depthwise_conv_2d, tfc_ref_fully_connected;
extern const TfcRefOp tfc_ref_max_pool_2d, tfc_ref_average_pool_2d;
extern const TfcRefOp tfc_ref_reduce; /* MEAN to REDUCE_MIN */
extern const TfcRefOp tfc_ref_softmax, tfc_ref_arg;
extern const TfcRefOp tfc_ref_binary; /* ADD to MINIMUM */
extern const TfcRefOp tfc_ref_compare; /* LESS to LOGICAL_OR */
extern const TfcRefOp tfc_ref_select;
extern const TfcRefOp tfc_ref_unary;  /* LEAKY_RELU to SQUARE but SOFTMAX */
extern const TfcRefOp tfc_ref_clamp, tfc_ref_prelu;
extern const TfcRefOp tfc_ref_pad, tfc_ref_reshape, tfc_ref_concat, tfc_ref_transpose;
extern const TfcRefOp tfc_ref_slice, tfc_ref_depth_to_space;
extern const TfcRefOp tfc_ref_resize_bilinear, tfc_ref_resize_nearest;
extern const TfcRefOp tfc_ref_convert;
extern const TfcRefOp tfc_ref_landmarks_to_transform, tfc_ref_transform_tensor;
extern const TfcRefOp tfc_ref_transform_landmarks;
