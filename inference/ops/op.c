/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"

#include "inference/arithmetic/quant.h"

/* The words of op_table.inc. */
#define F (1 << TFC_TYPE_F32)
#define Q (1 << TFC_TYPE_U8 | 1 << TFC_TYPE_I8 | TFC_IO_QUANTISED)
#define I (1 << TFC_TYPE_I32)
#define B (1 << TFC_TYPE_BOOL)
#define ANY ((1 << TFC_N_TYPES) - 1)
#define NUMBERS (ANY & ~(1 << TFC_TYPE_F16 | 1 << TFC_TYPE_U16))
#define LIKE TFC_IO_LIKE_FIRST
#define PER_CHANNEL TFC_IO_PER_CHANNEL
#define OPTIONAL TFC_IO_OPTIONAL
#define MANY TFC_IO_MANY
#define WEIGHTS TFC_OP_FLAG_WEIGHTS
#define GEMM TFC_OP_FLAG_GEMM
#define WINDOW TFC_OP_FLAG_WINDOW
#define CLAMPS TFC_OP_FLAG_CLAMPS
#define ELEMENTWISE TFC_OP_FLAG_ELEMENTWISE
#define MOVES TFC_OP_FLAG_MOVES
#define SAME_QUANT TFC_OP_FLAG_SAME_QUANT
#define STORED TFC_OP_FLAG_STORED
#define DEFAULTS(...)                               \
  &(const TfcParams)                                \
  {                                                 \
    .clamp = {-G_MAXFLOAT, G_MAXFLOAT}, __VA_ARGS__ \
  }

#define OP(NAME, ...) [TFC_OP_##NAME] = {.name = #NAME, __VA_ARGS__},
#define UNARY(NAME, REAL, ...) \
  OP (NAME, .flags = ELEMENTWISE, .infer = tfc_infer_same, .loops = &tfc_loops_unary, __VA_ARGS__)
#define BINARY(NAME, REAL, WHOLE, ...) \
  OP (NAME, .infer = tfc_infer_broadcast, .loops = &tfc_loops_binary, __VA_ARGS__)
#define COMPARE(NAME, HOLDS, ...) \
  OP (NAME, .out = {B}, .infer = tfc_infer_broadcast, .loops = &tfc_loops_compare, __VA_ARGS__)

const TfcOpInfo tfc_op_table[TFC_N_OPS] = {
#include "inference/ops/op_table.inc"
};

TfcParams
tfc_params (TfcOp op)
{
  TfcParams params = {.clamp = TFC_NO_CLAMP};
  if ((guint)op >= TFC_N_OPS) /* a reader's operator that is none of them */
    return params;
  if (tfc_op_table[op].defaults)
    return *tfc_op_table[op].defaults;
  if (tfc_op_is (op, TFC_OP_FLAG_WINDOW))
    params.window = (TfcWindow){.stride_h = 1,
                                .stride_w = 1,
                                .dilation_h = 1,
                                .dilation_w = 1,
                                .kernel_h = 1,
                                .kernel_w = 1};
  return params;
}

const gchar *
tfc_op_name (TfcOp op)
{
  return (guint)op < TFC_N_OPS ? tfc_op_table[op].name : "unknown op";
}

guint
tfc_op_min_inputs (TfcOp op)
{
  guint n = 0;
  while (n < TFC_OP_IO && tfc_op_table[op].in[n] && !(tfc_op_table[op].in[n] & TFC_IO_OPTIONAL))
    n++;
  return n;
}

guint
tfc_op_max_inputs (TfcOp op)
{
  guint n = 0;
  for (; n < TFC_OP_IO && tfc_op_table[op].in[n]; n++) {
    if (tfc_op_table[op].in[n] & TFC_IO_MANY)
      return TFC_MAX_NODE_INPUTS;
  }
  return n;
}

guint
tfc_op_n_outputs (TfcOp op)
{
  guint n = 1;
  while (n < TFC_MAX_NODE_OUTPUTS && tfc_op_table[op].out[n])
    n++;
  return n;
}

/* What is summed up in a matrix product. */
static gsize
depth (const TfcParams *params, const TfcShape *b)
{
  return b->rank < 2 ? 1 : (gsize)MAX (b->dim[b->rank - (params->matmul.transpose_b ? 1 : 2)], 1);
}

gsize
tfc_op_products (TfcOp op, const TfcParams *params, const TfcTensor *weights)
{
  const TfcWindow *window = &params->window;
  if (op == TFC_OP_BATCH_MATMUL && weights)
    return depth (params, &weights->shape);
  if (tfc_op_is (op, TFC_OP_FLAG_WEIGHTS)) {
    const gsize taps = tfc_tensor_count (weights) /
                       (gsize)MAX (weights->shape.dim[tfc_op_table[op].channel_axis], 1);
    /* Of a transposed one each place sees a tap in so many. */
    const gsize steps = op == TFC_OP_TRANSPOSE_CONV_2D
                            ? (gsize)MAX (window->stride_h, 1) * (gsize)MAX (window->stride_w, 1)
                            : 1;
    return (taps + steps - 1) / steps;
  }
  return tfc_op_is (op, TFC_OP_FLAG_WINDOW) ? (gsize)window->kernel_h * (gsize)window->kernel_w : 1;
}

gboolean
tfc_loops_alike (const TfcOpCall *call)
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
  return (guint)call->op < TFC_N_OPS && call->n_out == tfc_op_n_outputs (call->op) &&
         tfc_op_table[call->op].loops->can_run (call);
}

gboolean
tfc_op_run (const TfcOpCall *call, GError **error)
{
  if (tfc_op_can_run (call)) {
    tfc_op_table[call->op].loops->run (call);
    return TRUE;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "%s of %s to %s is not supported",
               tfc_op_name (call->op),
               call->n_in && call->in[0] ? tfc_type_name (call->in[0]->type) : "nothing",
               call->n_out ? tfc_type_name (call->out[0]->type) : "nothing");
  return FALSE;
}
