/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a node can do, and its parameters. An op is a function of tensors: it knows no graph.
 * Semantics are TFLite's unless said otherwise; both readers translate into these. op_table.inc has
 * a row for each op with all that is true of it; the reference's loops in this folder are the
 * specification in code. */
#include "inference/arithmetic/clamp.h"
#include "inference/error.h"
#include "inference/tensor.h"

typedef enum {
#define OP(NAME, ...) TFC_OP_##NAME,
#include "inference/ops/op_table.inc"
  TFC_N_OPS
} TfcOp;

/* What a plan may hang on a CONV_2D or FULLY_CONNECTED of a backend that takes it (backend.h):
 * further inputs, each TFC_NONE or left out where it is not there. y = clamp (prelu (conv + bias +
 * add, slope)); add is as large as y, or has fewer channels, and nothing is added to the rest;
 * slope has one number a channel. */
#define TFC_CONV_ADD 3
#define TFC_CONV_SLOPE 4
#define TFC_CONV_INPUTS 5

#define TFC_MAX_AXES TFC_MAX_RANK
#define TFC_MAX_NODE_INPUTS 64
#define TFC_MAX_NODE_OUTPUTS 2

/* Convolutions and pools. same: SAME padding, turned into the four numbers by tfc_graph_check
 * (extra pixel at the bottom and right, as TensorFlow), which then clears it. */
typedef struct {
  gint stride_h, stride_w;
  gint dilation_h, dilation_w;
  gint kernel_h, kernel_w; /* pools; convolutions take it from the weights */
  gboolean same;
  gint pad_top, pad_left, pad_bottom, pad_right;
} TfcWindow;

typedef struct {
  TfcClamp clamp; /* of every op that says so; tfc_params() sets none */
  union {
    TfcWindow window;
    struct {
      gint32 before[TFC_MAX_AXES], after[TFC_MAX_AXES];
      gfloat value; /* a real number; 0 by tfc_params() */
    } pad;
    struct {
      gint height, width;
      gboolean align_corners, half_pixel;
    } resize;
    struct {
      gint n;
      gint32 axis[TFC_MAX_AXES]; /* MEAN to REDUCE_MIN: axes to reduce; TRANSPOSE: the input axis of
                                    each output axis */
      gboolean keep_dims;
    } axes;
    struct {
      gint32 begin[TFC_MAX_AXES], stride[TFC_MAX_AXES];
    } slice;
    struct {
      gint n; /* LANDMARKS_TO_TRANSFORM: how many of index are set */
      gint32 index[80];
      gint32 height, width;
      gfloat scale_x, scale_y;
      gint32 left_rotation, right_rotation;
      gfloat target_rotation; /* radians */
    } landmarks;              /* the attention mesh's three; each uses what it needs */
    struct {
      gint32 axis, batch; /* batch: leading axes that elements and indices both have */
    } gather;
    struct {
      gboolean transpose_a, transpose_b; /* of the last two axes */
    } matmul;
    struct {
      gint32 axis;
      gboolean exclusive, reverse; /* without the element itself; from the end */
    } scan;
    TfcShape scattered; /* SCATTER_ND */
    gint axis;          /* CONCAT, ARG_MAX, ARG_MIN */
    gint block;         /* DEPTH_TO_SPACE */
    gint32 k;           /* TOP_K */
    gfloat alpha;       /* LEAKY_RELU slope, SOFTMAX beta, GELU's way */
  };
} TfcParams;

/* Which element types an input or output may have, as a set of 1 << TfcType, and: */
typedef enum {
  TFC_IO_QUANTISED = 1 << 8,   /* those of 8 bits are quantised, with one scale */
  TFC_IO_PER_CHANNEL = 1 << 9, /* or with one a channel */
  TFC_IO_LIKE_FIRST = 1 << 10, /* the type of the first input, and quantised if that must be */
  TFC_IO_OPTIONAL = 1 << 11,   /* may be left out */
  TFC_IO_MANY = 1 << 12,       /* more of them may follow, all like the first input */
} TfcOpIo;

typedef enum {
  TFC_OP_FLAG_WEIGHTS = 1 << 0, /* input 1 is weights, input 2 a bias */
  TFC_OP_FLAG_GEMM =
      1 << 1, /* a matrix product: weights may be turned (tensor.h), an epilogue may hang on it */
  TFC_OP_FLAG_WINDOW = 1 << 2, /* a window slides over pictures: params.window */
  TFC_OP_FLAG_CLAMPS = 1 << 3, /* its result is clamped: params.clamp */
  TFC_OP_FLAG_ELEMENTWISE =
      1 << 4, /* one input; each element of the output is made of the same one of it alone */
  TFC_OP_FLAG_MOVES = 1 << 5,      /* elements change their place, and some may be left out */
  TFC_OP_FLAG_SAME_QUANT = 1 << 6, /* the output must be quantised as the first input is */
  TFC_OP_FLAG_STORED = 1 << 7,     /* it is done to stored numbers, whatever they stand for */
} TfcOpFlags;

/* An op with its tensors: in[i] is NULL for an optional input that is not there. While it is only
 * asked whether the op can be run, data may be NULL. */
typedef struct {
  TfcOp op;
  const TfcParams *params;
  guint n_in, n_out;
  const TfcTensor *const *in;
  TfcTensor *const *out;
} TfcOpCall;

/* An op while its outputs are inferred. */
typedef struct {
  TfcOp op;
  TfcParams *params;
  const gchar *name; /* of what is computed, for messages; NULL or "": it goes by its number: */
  guint value;
  guint n_in, n_out;
  const TfcTensor *in[TFC_MAX_NODE_INPUTS]; /* NULL: not there */
  TfcTensor *out[TFC_MAX_NODE_OUTPUTS];
  TfcShape shape[TFC_MAX_NODE_OUTPUTS]; /* the inferred ones */
  GError **error;
} TfcInfer;

/* Fills shape; FALSE with error set. Inputs are there, not empty, and of types that go. */
typedef gboolean TfcInferShape (TfcInfer *op);

/* The reference's way to run some ops. */
typedef struct {
  gboolean (*can_run) (const TfcOpCall *call); /* types, quantisation, number of inputs */
  void (*run) (const TfcOpCall *call);         /* no allocation; cannot fail */
} TfcOpLoops;

#define TFC_OP_IO 3          /* inputs that a row describes */
#define TFC_TFLITE_CUSTOM 32 /* the BuiltinOperator of custom ops, which go by name */

/* What op_table.inc says of an op. */
typedef struct {
  const gchar *name;                 /* "CONV_2D" */
  gboolean activates;                /* it ends a classifier: results are shares of 1 */
  guint16 in[TFC_OP_IO];             /* types and TfcOpIo; 0: there is no such input */
  guint16 out[TFC_MAX_NODE_OUTPUTS]; /* the same; all 0: one output, like the first input */
  guint16 flags;                     /* TfcOpFlags */
  guint8 channel_axis;               /* of the weights, where the output's channels lie */
  TfcInferShape *infer;
  const TfcOpLoops *loops;
  /* Whether an output of the first input's type, shape and quantisation has its elements too. NULL:
   * never. */
  gboolean (*is_noop) (const TfcParams *params, guint n_in, gint rank);
  const TfcParams *defaults; /* NULL: all zero, no clamp, strides and dilations 1 */
  struct {
    gint code; /* BuiltinOperator */
    const gchar *name;
  } tflite[2]; /* operators of .tflite files that are this op and have no options; name NULL: none
                */
  const gchar *tfjs[3]; /* and of GraphModels */
} TfcOpInfo;

extern const TfcOpInfo tfc_op_table[TFC_N_OPS];

static inline gboolean
tfc_op_is (TfcOp op, TfcOpFlags flag)
{
  return (tfc_op_table[op].flags & flag) != 0;
}

/* Inputs that must be there, inputs that may be, outputs. */
guint tfc_op_min_inputs (TfcOp op);
guint tfc_op_max_inputs (TfcOp op);
guint tfc_op_n_outputs (TfcOp op);

/* What a row sets by default. */
TfcParams tfc_params (TfcOp op);
/* "CONV_2D"; also of what is no op. */
const gchar *tfc_op_name (TfcOp op);
/* How many products (or elements of a window) an element of the output is made of; 1 without
 * weights and window. weights: input 1. */
gsize tfc_op_products (TfcOp op, const TfcParams *params, const TfcTensor *weights);

/* Types and shapes of the outputs, into them; FALSE with error set. Rules: graph.h, tfc_infer_node.
 */
gboolean tfc_op_infer (TfcInfer *op);

/* Runs it with the reference's loops; out[i]->data must hold the result. FALSE with error set
 * (UNSUPPORTED) if there is no loop for these types. */
gboolean tfc_op_run (const TfcOpCall *call, GError **error);
/* Whether it would. */
gboolean tfc_op_can_run (const TfcOpCall *call);
