/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Between op.c, whose table names these, and the families' files, which have them: shape rules,
 * loops, and when an op does nothing. Loops are the specification: plain and never tuned; sums of
 * products as mac.h says, everything else rounded once from double or as XNNPACK rounds it. They
 * trust the shapes that tfc_op_infer made. */
#include "inference/ops/op.h"

/* FALSE with error set if the input has another rank. */
gboolean tfc_infer_need_rank (const TfcInfer *c, guint input, gint rank);
/* An axis below 0 counts from the end and is rewritten; FALSE with error set if there is none such.
 */
gboolean tfc_infer_fix_axis (const TfcInfer *c, gint32 *axis, gint rank);
/* Sets the error, naming op and output; returns FALSE. */
gboolean tfc_infer_bad (const TfcInfer *c, TfcErrorCode code, const gchar *format, ...)
    G_GNUC_PRINTF (3, 4);

#define BAD(c, ...) tfc_infer_bad (c, TFC_ERROR_FORMAT, __VA_ARGS__)

/* All of the inputs and the output are float32, or all are quantised with the same type. */
gboolean tfc_loops_alike (const TfcOpCall *call);

typedef gboolean TfcNoop (const TfcParams *params, guint n_in, gint rank);
TfcInferShape tfc_infer_same;   /* the first input's shape */
TfcNoop tfc_noop_of_same_shape; /* always */

/* convolution.c. FALSE with error set if input 2 is there and no bias for so many channels. */
gboolean tfc_infer_bias (const TfcInfer *c, gint channels);
TfcInferShape tfc_infer_conv, tfc_infer_depthwise, tfc_infer_fully_connected;
extern const TfcOpLoops tfc_loops_conv_2d, tfc_loops_depthwise_conv_2d, tfc_loops_fully_connected;
/* transposed_convolution.c */
TfcInferShape tfc_infer_transpose_conv;
extern const TfcOpLoops tfc_loops_transpose_conv_2d;
/* matmul.c */
TfcInferShape tfc_infer_batch_matmul;
extern const TfcOpLoops tfc_loops_batch_matmul;
/* pooling.c */
TfcInferShape tfc_infer_pool;
TfcNoop tfc_noop_pool;
extern const TfcOpLoops tfc_loops_max_pool_2d, tfc_loops_average_pool_2d;
/* reduction.c */
TfcInferShape tfc_infer_reduce, tfc_infer_softmax, tfc_infer_cumsum;
extern const TfcOpLoops tfc_loops_reduce, tfc_loops_softmax, tfc_loops_cumsum;
/* ordering.c */
TfcInferShape tfc_infer_arg, tfc_infer_top_k;
extern const TfcOpLoops tfc_loops_arg, tfc_loops_top_k;
/* elementwise_binary.c */
TfcInferShape tfc_infer_broadcast;
gboolean tfc_infer_broadcast_shapes (TfcInfer *c, const TfcShape *a, const TfcShape *b);
extern const TfcOpLoops tfc_loops_binary;
/* comparison.c */
TfcInferShape tfc_infer_select;
extern const TfcOpLoops tfc_loops_compare, tfc_loops_select;
/* elementwise_unary.c */
TfcInferShape tfc_infer_prelu;
TfcNoop tfc_noop_clamp;
extern const TfcOpLoops tfc_loops_unary, tfc_loops_clamp, tfc_loops_prelu;
/* concat_pad.c */
TfcInferShape tfc_infer_pad, tfc_infer_concat;
TfcNoop tfc_noop_concat;
extern const TfcOpLoops tfc_loops_pad, tfc_loops_concat;
/* resize.c */
TfcInferShape tfc_infer_resize;
extern const TfcOpLoops tfc_loops_resize_bilinear, tfc_loops_resize_nearest;
/* data_movement.c */
TfcInferShape tfc_infer_depth_to_space, tfc_infer_reshape, tfc_infer_transpose, tfc_infer_slice;
TfcNoop tfc_noop_depth_to_space, tfc_noop_transpose, tfc_noop_slice;
extern const TfcOpLoops tfc_loops_depth_to_space, tfc_loops_reshape, tfc_loops_transpose,
    tfc_loops_slice;
/* gather.c */
TfcInferShape tfc_infer_gather, tfc_infer_gather_nd, tfc_infer_scatter_nd;
extern const TfcOpLoops tfc_loops_gather, tfc_loops_gather_nd, tfc_loops_scatter_nd;
/* conversion.c */
TfcInferShape tfc_infer_convert;
extern const TfcOpLoops tfc_loops_convert;
/* landmarks.c */
TfcInferShape tfc_infer_landmarks_to_transform, tfc_infer_transform_tensor,
    tfc_infer_transform_landmarks;
extern const TfcOpLoops tfc_loops_landmarks_to_transform, tfc_loops_transform_tensor,
    tfc_loops_transform_landmarks;
