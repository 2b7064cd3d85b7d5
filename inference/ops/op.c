/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/ops/families.h"

#include "inference/arithmetic/quant.h"

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

static const TfcRefOp *const ops[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = &tfc_ref_conv_2d,
    [TFC_OP_DEPTHWISE_CONV_2D] = &tfc_ref_depthwise_conv_2d,
    [TFC_OP_FULLY_CONNECTED] = &tfc_ref_fully_connected,
    [TFC_OP_MAX_POOL_2D] = &tfc_ref_max_pool_2d,
    [TFC_OP_AVERAGE_POOL_2D] = &tfc_ref_average_pool_2d,
    [TFC_OP_MEAN] = &tfc_ref_reduce,
    [TFC_OP_SUM] = &tfc_ref_reduce,
    [TFC_OP_PROD] = &tfc_ref_reduce,
    [TFC_OP_REDUCE_MAX] = &tfc_ref_reduce,
    [TFC_OP_REDUCE_MIN] = &tfc_ref_reduce,
    [TFC_OP_ADD] = &tfc_ref_binary,
    [TFC_OP_SUB] = &tfc_ref_binary,
    [TFC_OP_MUL] = &tfc_ref_binary,
    [TFC_OP_DIV] = &tfc_ref_binary,
    [TFC_OP_POW] = &tfc_ref_binary,
    [TFC_OP_SQUARED_DIFFERENCE] = &tfc_ref_binary,
    [TFC_OP_FLOOR_DIV] = &tfc_ref_binary,
    [TFC_OP_FLOOR_MOD] = &tfc_ref_binary,
    [TFC_OP_MAXIMUM] = &tfc_ref_binary,
    [TFC_OP_MINIMUM] = &tfc_ref_binary,
    [TFC_OP_LESS] = &tfc_ref_compare,
    [TFC_OP_LESS_EQUAL] = &tfc_ref_compare,
    [TFC_OP_GREATER] = &tfc_ref_compare,
    [TFC_OP_GREATER_EQUAL] = &tfc_ref_compare,
    [TFC_OP_EQUAL] = &tfc_ref_compare,
    [TFC_OP_NOT_EQUAL] = &tfc_ref_compare,
    [TFC_OP_LOGICAL_AND] = &tfc_ref_compare,
    [TFC_OP_LOGICAL_OR] = &tfc_ref_compare,
    [TFC_OP_SELECT] = &tfc_ref_select,
    [TFC_OP_CLAMP] = &tfc_ref_clamp,
    [TFC_OP_PRELU] = &tfc_ref_prelu,
    [TFC_OP_LEAKY_RELU] = &tfc_ref_unary,
    [TFC_OP_HARD_SWISH] = &tfc_ref_unary,
    [TFC_OP_SIGMOID] = &tfc_ref_unary,
    [TFC_OP_TANH] = &tfc_ref_unary,
    [TFC_OP_SOFTMAX] = &tfc_ref_softmax,
    [TFC_OP_EXP] = &tfc_ref_unary,
    [TFC_OP_SQRT] = &tfc_ref_unary,
    [TFC_OP_RSQRT] = &tfc_ref_unary,
    [TFC_OP_NEG] = &tfc_ref_unary,
    [TFC_OP_ABS] = &tfc_ref_unary,
    [TFC_OP_SIGN] = &tfc_ref_unary,
    [TFC_OP_FLOOR] = &tfc_ref_unary,
    [TFC_OP_CEIL] = &tfc_ref_unary,
    [TFC_OP_ROUND] = &tfc_ref_unary,
    [TFC_OP_LOG] = &tfc_ref_unary,
    [TFC_OP_SIN] = &tfc_ref_unary,
    [TFC_OP_COS] = &tfc_ref_unary,
    [TFC_OP_ELU] = &tfc_ref_unary,
    [TFC_OP_GELU] = &tfc_ref_unary,
    [TFC_OP_SQUARE] = &tfc_ref_unary,
    [TFC_OP_PAD] = &tfc_ref_pad,
    [TFC_OP_RESIZE_BILINEAR] = &tfc_ref_resize_bilinear,
    [TFC_OP_RESIZE_NEAREST] = &tfc_ref_resize_nearest,
    [TFC_OP_DEPTH_TO_SPACE] = &tfc_ref_depth_to_space,
    [TFC_OP_RESHAPE] = &tfc_ref_reshape,
    [TFC_OP_CONCAT] = &tfc_ref_concat,
    [TFC_OP_TRANSPOSE] = &tfc_ref_transpose,
    [TFC_OP_SLICE] = &tfc_ref_slice,
    [TFC_OP_ARG_MAX] = &tfc_ref_arg,
    [TFC_OP_ARG_MIN] = &tfc_ref_arg,
    [TFC_OP_CONVERT] = &tfc_ref_convert,
    [TFC_OP_LANDMARKS_TO_TRANSFORM] = &tfc_ref_landmarks_to_transform,
    [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = &tfc_ref_transform_tensor,
    [TFC_OP_TRANSFORM_LANDMARKS] = &tfc_ref_transform_landmarks,
};

static const TfcRefOp *
loops_of (TfcOp op)
{
  return (guint)op < TFC_N_OPS ? ops[op] : NULL;
}

gboolean
tfc_ref_alike (const TfcOpCall *call)
{
  const TfcTensor *y = call->out[0];
  if (!tfc_ref_is_float (y) && !tfc_ref_is_quant (y))
    return FALSE;
  for (guint i = 0; i < call->n_in; i++) {
    const TfcTensor *x = call->in[i];
    if (!x || x->type != y->type || tfc_ref_is_quant (x) != tfc_ref_is_quant (y))
      return FALSE;
  }
  return call->n_in > 0;
}

gboolean
tfc_op_can_run (const TfcOpCall *call)
{
  const TfcRefOp *op = loops_of (call->op);
  return op && call->n_out == 1 && op->can_run (call);
}

TfcOpLoop *
tfc_op_loop (TfcOp op)
{
  return loops_of (op)->run;
}

gboolean
tfc_op_run (const TfcOpCall *call, GError **error)
{
  if (tfc_op_can_run (call)) {
    tfc_op_loop (call->op) (call);
    return TRUE;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "%s of %s to %s is not supported", tfc_op_name (call->op),
               call->n_in && call->in[0] ? tfc_type_name (call->in[0]->type) : "nothing",
               call->n_out ? tfc_type_name (call->out[0]->type) : "nothing");
  return FALSE;
}
