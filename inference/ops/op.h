/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What a node can do, and its parameters. Semantics are TFLite's unless said otherwise; both
 * loaders translate into these, and inference/backends/reference/ is their specification in code. */
#include "inference/arithmetic/clamp.h"
#include "inference/error.h"
#include "inference/tensor.h"

typedef enum {
  /* op                      inputs -> outputs; parameters used */
  TFC_OP_CONV_2D,           /* x[N,H,W,C], w[O,kh,kw,C], b[O] or none -> y; window */
  TFC_OP_DEPTHWISE_CONV_2D, /* x[N,H,W,C], w[1,kh,kw,C*m], b[C*m] or none -> y; window */
  TFC_OP_FULLY_CONNECTED,   /* x[..,C], w[O,C], b[O] or none -> y[..,O]; clamp */
  TFC_OP_MAX_POOL_2D,       /* x -> y; window with kernel_h, kernel_w */
  TFC_OP_AVERAGE_POOL_2D,   /* padding is not counted, as TFLite and TF have it; window */
  TFC_OP_MEAN,              /* x -> y; axes: over those; none of them: each element stays as it is */
  TFC_OP_SUM,
  TFC_OP_PROD,
  TFC_OP_REDUCE_MAX,
  TFC_OP_REDUCE_MIN,
  TFC_OP_ADD,               /* a, b, broadcast as numpy -> y; clamp */
  TFC_OP_SUB,
  TFC_OP_MUL,
  TFC_OP_DIV,
  TFC_OP_POW,
  TFC_OP_SQUARED_DIFFERENCE,
  TFC_OP_FLOOR_DIV,         /* rounded down; by zero 0 */
  TFC_OP_FLOOR_MOD,         /* what is left of it, of b's sign; by zero 0 */
  TFC_OP_MAXIMUM,
  TFC_OP_MINIMUM,
  TFC_OP_LESS,              /* a, b, broadcast as numpy -> y, bool; quantised numbers as what they stand for */
  TFC_OP_LESS_EQUAL,
  TFC_OP_GREATER,
  TFC_OP_GREATER_EQUAL,
  TFC_OP_EQUAL,
  TFC_OP_NOT_EQUAL,
  TFC_OP_LOGICAL_AND,       /* bool, bool -> bool */
  TFC_OP_LOGICAL_OR,
  TFC_OP_SELECT,            /* a, b, mask (bool), broadcast as numpy -> y: a where mask is set, else b */
  TFC_OP_CLAMP,             /* x -> y: relu, relu6, ...; clamp */
  TFC_OP_PRELU,             /* x, slope[..,C] -> y */
  TFC_OP_LEAKY_RELU,        /* x -> y; alpha */
  TFC_OP_HARD_SWISH,
  TFC_OP_SIGMOID,
  TFC_OP_TANH,
  TFC_OP_SOFTMAX,           /* over the last axis; alpha = beta */
  TFC_OP_EXP,
  TFC_OP_SQRT,
  TFC_OP_RSQRT,
  TFC_OP_NEG,
  TFC_OP_ABS,
  TFC_OP_SIGN,
  TFC_OP_FLOOR,
  TFC_OP_CEIL,
  TFC_OP_ROUND,             /* half to even */
  TFC_OP_LOG,
  TFC_OP_SIN,
  TFC_OP_COS,
  TFC_OP_ELU,
  TFC_OP_GELU,              /* alpha 1: by tanh, as TFLite's "approximate"; 0: by erf */
  TFC_OP_SQUARE,
  TFC_OP_PAD,               /* x -> y; pad: value around each axis */
  TFC_OP_RESIZE_BILINEAR,   /* x[N,H,W,C] -> y; resize */
  TFC_OP_RESIZE_NEAREST,
  TFC_OP_DEPTH_TO_SPACE,    /* block */
  TFC_OP_RESHAPE,           /* x -> y: same stored elements; the output's shape is known when built, its quantisation may be another */
  TFC_OP_CONCAT,            /* x... -> y; axis (>= 0); quantised inputs are requantised if scales differ */
  TFC_OP_TRANSPOSE,         /* axes */
  TFC_OP_SLICE,             /* x -> y; slice: begin and stride per axis, the output's shape says how many */
  TFC_OP_ARG_MAX,           /* x -> y, int32: where along axis (>= 0) the greatest is, the first of equals; without axis */
  TFC_OP_ARG_MIN,
  TFC_OP_CONVERT,           /* x -> y: (de)quantise, requantise or cast between the two element types */
  /* The three custom ops of MediaPipe's attention mesh. */
  TFC_OP_LANDMARKS_TO_TRANSFORM,
  TFC_OP_TRANSFORM_TENSOR_BILINEAR,
  TFC_OP_TRANSFORM_LANDMARKS,
  TFC_N_OPS
} TfcOp;

/* What a plan may hang on a CONV_2D or FULLY_CONNECTED of a backend that takes it (backend.h): further inputs,
 * each TFC_NONE or left out where it is not there. y = clamp (prelu (conv + bias + add, slope)); add
 * is as large as y, or has fewer channels, and nothing is added to the rest; slope has one number
 * a channel. */
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
      gint32 axis[TFC_MAX_AXES]; /* MEAN to REDUCE_MIN: axes to reduce; TRANSPOSE: the input axis of each output axis */
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
    } landmarks; /* the attention mesh's three; each uses what it needs */
    gint axis;    /* CONCAT, ARG_MAX, ARG_MIN */
    gint block;   /* DEPTH_TO_SPACE */
    gfloat alpha; /* LEAKY_RELU slope, SOFTMAX beta, GELU's way */
  };
} TfcParams;

/* All zero, no clamp, strides and dilations 1 where window is meant: TFC_OP_ decides. */
TfcParams tfc_params (TfcOp op);
/* "CONV_2D" */
const gchar *tfc_op_name (TfcOp op);

/* An op with its tensors: in[i] is NULL for an optional input that is not there. While it is only asked whether the
 * op can be run, data may be NULL. */
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
  const gchar *what; /* is computed, for messages */
  guint n_in, n_out;
  const TfcTensor *in[TFC_MAX_NODE_INPUTS]; /* NULL: not there */
  TfcTensor *out[TFC_MAX_NODE_OUTPUTS];
  TfcShape shape[TFC_MAX_NODE_OUTPUTS]; /* the inferred ones */
  GError **error;
} TfcInfer;

/* Types and shapes of the outputs, into them; FALSE with error set. Rules: graph.h, tfc_infer_node. */
gboolean tfc_op_infer (TfcInfer *op);

/* Runs it with the reference's loops; out[i]->data must hold the result. FALSE with error set (UNSUPPORTED) if there
 * is no loop for these types. */
gboolean tfc_op_run (const TfcOpCall *call, GError **error);
/* Whether it would. */
gboolean tfc_op_can_run (const TfcOpCall *call);
/* The loop itself, of a call that can be run. */
typedef void TfcOpLoop (const TfcOpCall *call);
TfcOpLoop *tfc_op_loop (TfcOp op);
