/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/xnnpack/table.h"

#include "inference/backends/xnnpack/check.h"

#define F TFC_XNN_F32
#define U TFC_XNN_QU8
#define S TFC_XNN_QS8
#define SAME 1 /* input and output must have one quantisation */

typedef enum xnn_status (*Plain) (xnn_subgraph_t subgraph, uint32_t x, uint32_t y, uint32_t flags);

// clang-format off
static const struct {
  TfcXnnCheck *check;
  TfcXnnTypes types;
  guint operands; /* how many inputs are of the same type as the output */
  guint flags;
  TfcXnnDefine *define;
  Plain plain; /* or: one input, no parameters */
} rows[TFC_N_OPS] = {
  [TFC_OP_CONV_2D]           = {tfc_xnn_check_conv,            F | U | S, 1, 0,    tfc_xnn_define_conv},
  [TFC_OP_DEPTHWISE_CONV_2D] = {tfc_xnn_check_depthwise,       F | U | S, 1, 0,    tfc_xnn_define_depthwise},
  [TFC_OP_FULLY_CONNECTED]   = {tfc_xnn_check_fully_connected, F | U | S, 1, 0,    tfc_xnn_define_fully_connected},
  [TFC_OP_MAX_POOL_2D]       = {tfc_xnn_check_pool,            F | U | S, 1, SAME, tfc_xnn_define_max_pool},
  [TFC_OP_AVERAGE_POOL_2D]   = {tfc_xnn_check_pool,            F,         1, 0,    tfc_xnn_define_average_pool},
  [TFC_OP_MEAN]              = {tfc_xnn_check_mean,            F | U | S, 1, 0,    tfc_xnn_define_mean},
  [TFC_OP_ADD]               = {tfc_xnn_check_binary,          F | U | S, 2, 0,    tfc_xnn_define_binary},
  [TFC_OP_SUB]               = {tfc_xnn_check_binary,          F | U | S, 2, 0,    tfc_xnn_define_binary},
  [TFC_OP_MUL]               = {tfc_xnn_check_binary,          F | U | S, 2, 0,    tfc_xnn_define_binary},
  [TFC_OP_DIV]               = {tfc_xnn_check_binary,          F,         2, 0,    tfc_xnn_define_binary},
  [TFC_OP_MAXIMUM]           = {tfc_xnn_check_binary,          F,         2, 0,    tfc_xnn_define_binary},
  [TFC_OP_MINIMUM]           = {tfc_xnn_check_binary,          F,         2, 0,    tfc_xnn_define_binary},
  [TFC_OP_CLAMP]             = {tfc_xnn_check_unary,           F | U | S, 1, SAME, tfc_xnn_define_clamp},
  [TFC_OP_PRELU]             = {tfc_xnn_check_prelu,           F,         1, 0,    tfc_xnn_define_prelu},
  [TFC_OP_LEAKY_RELU]        = {tfc_xnn_check_leaky,           F,         1, 0,    tfc_xnn_define_leaky_relu},
  [TFC_OP_HARD_SWISH]        = {tfc_xnn_check_unary,           F,         1, 0,    .plain = xnn_define_hardswish},
  [TFC_OP_SIGMOID]           = {tfc_xnn_check_sigmoid,         F | U | S, 1, 0,    .plain = xnn_define_sigmoid},
  [TFC_OP_SOFTMAX]           = {tfc_xnn_check_softmax,         F,         1, 0,    .plain = xnn_define_softmax},
  [TFC_OP_SQRT]              = {tfc_xnn_check_unary,           F,         1, 0,    .plain = xnn_define_square_root},
  [TFC_OP_NEG]               = {tfc_xnn_check_unary,           F,         1, 0,    .plain = xnn_define_negate},
  [TFC_OP_SQUARE]            = {tfc_xnn_check_unary,           F,         1, 0,    .plain = xnn_define_square},
  [TFC_OP_PAD]               = {tfc_xnn_check_pad,             F | U | S, 1, SAME, tfc_xnn_define_pad},
  [TFC_OP_RESIZE_BILINEAR]   = {tfc_xnn_check_resize,          F | U | S, 1, SAME, tfc_xnn_define_resize},
  [TFC_OP_DEPTH_TO_SPACE]    = {tfc_xnn_check_depth_to_space,  F,         1, 0,    tfc_xnn_define_depth_to_space},
  [TFC_OP_RESHAPE]           = {tfc_xnn_check_reshape,         F | U | S, 1, SAME, tfc_xnn_define_reshape},
  [TFC_OP_CONVERT]           = {tfc_xnn_check_convert,         F | U | S, 0, 0,    .plain = xnn_define_convert},
};
// clang-format on

static const TfcTensor *
input (const TfcGraph *g, const TfcNode *n, guint i)
{
  return i < n->n_in && n->in[i] != TFC_NONE ? &tfc_graph_v (g, n->in[i])->tensor : NULL;
}

static gboolean
good_operands (const TfcGraph *g, const TfcNode *n, const TfcTensor *y)
{
  for (guint i = 0; i < n->n_in; i++) {
    const TfcTensor *x = input (g, n, i);
    if (x && !tfc_xnn_good_shape (x))
      return FALSE;
  }
  for (guint i = 0; i < rows[n->op].operands; i++) {
    const TfcTensor *x = input (g, n, i);
    if (!x || tfc_xnn_type (x) != tfc_xnn_type (y) ||
        (rows[n->op].flags & SAME && x->type != TFC_TYPE_F32 &&
         !tfc_quant_equal (&x->quant, &y->quant)))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_xnn_can_run (const TfcGraph *g, const TfcNode *n)
{
  if (!rows[n->op].check || n->n_out != 1 || !input (g, n, 0))
    return FALSE;
  const TfcTensor *y = &tfc_graph_v (g, n->out[0])->tensor;
  if (!(rows[n->op].types & tfc_xnn_type (y)) || !tfc_xnn_good_shape (y))
    return FALSE;
  if (tfc_op_is (n->op, TFC_OP_FLAG_CLAMPS) ? !tfc_xnn_good_clamp (n, y)
                                            : !tfc_clamp_is_none (&n->params.clamp))
    return FALSE;
  return good_operands (g, n, y) && rows[n->op].check (g, n);
}

enum xnn_status
tfc_xnn_define (TfcXnnBuild *b, const TfcNode *n)
{
  guint32 x = tfc_xnn_value (b, n->in[0]), y = tfc_xnn_value (b, n->out[0]);
  if (x == XNN_INVALID_VALUE_ID || y == XNN_INVALID_VALUE_ID)
    return xnn_status_invalid_parameter;
  if (!rows[n->op].define && !rows[n->op].plain)
    return xnn_status_unsupported_parameter;
  return rows[n->op].plain ? rows[n->op].plain (b->subgraph, x, y, 0)
                           : rows[n->op].define (b, n, x, y);
}
