/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/graph/op.h"

static const gchar *const names[TFC_N_OPS] = {
  [TFC_OP_CONV_2D] = "CONV_2D",
  [TFC_OP_DEPTHWISE_CONV_2D] = "DEPTHWISE_CONV_2D",
  [TFC_OP_FULLY_CONNECTED] = "FULLY_CONNECTED",
  [TFC_OP_MAX_POOL_2D] = "MAX_POOL_2D",
  [TFC_OP_AVERAGE_POOL_2D] = "AVERAGE_POOL_2D",
  [TFC_OP_MEAN] = "MEAN",
  [TFC_OP_SUM] = "SUM",
  [TFC_OP_PROD] = "PROD",
  [TFC_OP_REDUCE_MAX] = "REDUCE_MAX",
  [TFC_OP_REDUCE_MIN] = "REDUCE_MIN",
  [TFC_OP_ADD] = "ADD",
  [TFC_OP_SUB] = "SUB",
  [TFC_OP_MUL] = "MUL",
  [TFC_OP_DIV] = "DIV",
  [TFC_OP_POW] = "POW",
  [TFC_OP_SQUARED_DIFFERENCE] = "SQUARED_DIFFERENCE",
  [TFC_OP_FLOOR_DIV] = "FLOOR_DIV",
  [TFC_OP_FLOOR_MOD] = "FLOOR_MOD",
  [TFC_OP_MAXIMUM] = "MAXIMUM",
  [TFC_OP_MINIMUM] = "MINIMUM",
  [TFC_OP_LESS] = "LESS",
  [TFC_OP_LESS_EQUAL] = "LESS_EQUAL",
  [TFC_OP_GREATER] = "GREATER",
  [TFC_OP_GREATER_EQUAL] = "GREATER_EQUAL",
  [TFC_OP_EQUAL] = "EQUAL",
  [TFC_OP_NOT_EQUAL] = "NOT_EQUAL",
  [TFC_OP_LOGICAL_AND] = "LOGICAL_AND",
  [TFC_OP_LOGICAL_OR] = "LOGICAL_OR",
  [TFC_OP_SELECT] = "SELECT",
  [TFC_OP_CLAMP] = "CLAMP",
  [TFC_OP_PRELU] = "PRELU",
  [TFC_OP_LEAKY_RELU] = "LEAKY_RELU",
  [TFC_OP_HARD_SWISH] = "HARD_SWISH",
  [TFC_OP_SIGMOID] = "SIGMOID",
  [TFC_OP_TANH] = "TANH",
  [TFC_OP_SOFTMAX] = "SOFTMAX",
  [TFC_OP_EXP] = "EXP",
  [TFC_OP_SQRT] = "SQRT",
  [TFC_OP_RSQRT] = "RSQRT",
  [TFC_OP_NEG] = "NEG",
  [TFC_OP_ABS] = "ABS",
  [TFC_OP_SIGN] = "SIGN",
  [TFC_OP_FLOOR] = "FLOOR",
  [TFC_OP_CEIL] = "CEIL",
  [TFC_OP_ROUND] = "ROUND",
  [TFC_OP_LOG] = "LOG",
  [TFC_OP_SIN] = "SIN",
  [TFC_OP_COS] = "COS",
  [TFC_OP_ELU] = "ELU",
  [TFC_OP_GELU] = "GELU",
  [TFC_OP_SQUARE] = "SQUARE",
  [TFC_OP_PAD] = "PAD",
  [TFC_OP_RESIZE_BILINEAR] = "RESIZE_BILINEAR",
  [TFC_OP_RESIZE_NEAREST] = "RESIZE_NEAREST",
  [TFC_OP_DEPTH_TO_SPACE] = "DEPTH_TO_SPACE",
  [TFC_OP_RESHAPE] = "RESHAPE",
  [TFC_OP_CONCAT] = "CONCAT",
  [TFC_OP_TRANSPOSE] = "TRANSPOSE",
  [TFC_OP_SLICE] = "SLICE",
  [TFC_OP_ARG_MAX] = "ARG_MAX",
  [TFC_OP_ARG_MIN] = "ARG_MIN",
  [TFC_OP_CONVERT] = "CONVERT",
  [TFC_OP_LANDMARKS_TO_TRANSFORM] = "LANDMARKS_TO_TRANSFORM",
  [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = "TRANSFORM_TENSOR_BILINEAR",
  [TFC_OP_TRANSFORM_LANDMARKS] = "TRANSFORM_LANDMARKS",
};

static const TfcWindow unit_window = {
  .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .kernel_h = 1, .kernel_w = 1};

TfcParams
tfc_params (TfcOp op)
{
  TfcParams params = {.clamp = TFC_NO_CLAMP};
  switch (op) {
    case TFC_OP_CONV_2D:
    case TFC_OP_DEPTHWISE_CONV_2D:
    case TFC_OP_MAX_POOL_2D:
    case TFC_OP_AVERAGE_POOL_2D:
      params.window = unit_window;
      break;
    case TFC_OP_SLICE:
      for (gint i = 0; i < TFC_MAX_AXES; i++)
        params.slice.stride[i] = 1;
      break;
    case TFC_OP_DEPTH_TO_SPACE:
      params.block = 1;
      break;
    case TFC_OP_SOFTMAX:
      params.alpha = 1;
      break;
    default:
      break;
  }
  return params;
}

const gchar *
tfc_op_name (TfcOp op)
{
  return (guint) op < TFC_N_OPS ? names[op] : "unknown op";
}
