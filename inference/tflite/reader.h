/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Between the files of the .tflite reader: load_tflite.c (file, tensors, operators), ops.c
 * (one row an operator), the readers of compute.c, data_movement.c, slice.c, constant.c,
 * custom.c and sparse.c, and what they share, node.c. Not for others. */
#include "inference/builder/compose.h"
#include "inference/tflite/flatbuffer.h"

/* What a tensor of the file is, beside its value in the graph, which has the same number. */
typedef struct {
  TfcShape shape;     /* as the file has it; rank -1: not said */
  gint file_type;     /* TensorType of the schema */
  gboolean supported; /* its type is one of ours */
  gsize sparsity;     /* its SparsityParameters, 0 if dense */
  TfcFbVector bytes;  /* its constant bytes, n 0 if it has none */
  guint wide;         /* the value that has a constant of 8 or 16 bits as float32; 0: not made yet */
} TfcTflTensor;

typedef struct {
  TfcFb fb;
  const gchar *name; /* of the file */
  TfcGraph *graph;
  guint n_tensors;
  TfcTflTensor *tensors;
  GHashTable *copies; /* offset in the file -> copied bytes: shared buffers are copied once */
  gsize budget;       /* bytes that may still be allocated for constants */
  gsize work;         /* elements that may still be looked at one by one */
  gboolean stopped;   /* the tail was met */
} TfcTfl;

typedef struct {
  guint index;        /* of the operator, for messages */
  const gchar *name;  /* "CONV_2D" or the custom op's; for messages */
  gsize options;      /* table, 0 if there is none */
  TfcFbVector custom; /* bytes of custom options */
  TfcOp op;
  TfcParams params;
  guint n_in, n_out;
  guint in[TFC_MAX_NODE_INPUTS], out[TFC_MAX_NODE_INPUTS];
} TfcTflNode;

/* Records UNSUPPORTED, naming file, operator and index; returns FALSE. */
gboolean tfc_tfl_unsupported (TfcTfl *l, const TfcTflNode *node, const gchar *why);
/* The same as FORMAT. */
gboolean tfc_tfl_corrupt (TfcTfl *l, const TfcTflNode *node, const gchar *why);

/* Zeroed memory that the graph owns, counted against the file's budget; NULL with the error set. */
void *tfc_tfl_alloc (TfcTfl *l, const TfcTflNode *node, gsize bytes);

/* Counts n elements that are about to be looked at; FALSE with the error set if so many cannot be
 * unless parts of the file are used over and over. */
gboolean tfc_tfl_work (TfcTfl *l, gsize n);

/* Constant integers (int32 or int64) of input i, at most max of them into values, clamped to int32.
 * Returns how many, or -1 if it is not there, not constant or of another type. */
gint tfc_tfl_ints (TfcTfl *l, const TfcTflNode *node, guint i, gint32 *values, gint max);

/* The shape of a value: what was inferred, or what the file gives it until then. Until the next value is added. */
const TfcShape *tfc_tfl_shape (const TfcTfl *l, guint value);
/* Adds node to the graph, with its output's shape inferred, save RESHAPE's and SLICE's, which is there; constants
 * of a float32 operator that are stored with fewer bits become float32. Where all its inputs are constant, so
 * is its output, if the file is large enough for that. */
gboolean tfc_tfl_add (TfcTfl *l, TfcTflNode *node);
/* One number of a constant float32, int32 or quantised tensor; FALSE if it is none. */
gboolean tfc_tfl_number (TfcTfl *l, const TfcTflNode *node, guint i, gdouble *number);

/* For operators that are several nodes: what compose.h takes, and its node. */
typedef struct {
  TfcCompose base;
  TfcTfl *l;
  TfcTflNode *node;
} TfcTflCompose;
TfcTflCompose tfc_tfl_compose (TfcTfl *l, TfcTflNode *node);
/* Output k is value id, moved to its quantisation; FALSE if id is TFC_NONE or it cannot be. */
gboolean tfc_tfl_give (TfcTflCompose *c, guint k, guint id);
/* A constant of so many elements that are to be filled in; NULL with an error recorded. */
void *tfc_tfl_constant (TfcTfl *l, const TfcTflNode *node, TfcType type, const TfcShape *shape, guint *id);
/* A value between two nodes that stand for one operator: like value id, with another shape. */
guint tfc_tfl_between (TfcTfl *l, guint id, const TfcShape *shape);
/* The fused activation in this field of the options becomes the node's clamp. */
gboolean tfc_tfl_activation (TfcTfl *l, TfcTflNode *node, guint field);

/* Adds the operator with its inputs and outputs checked to lie in the tensors: one or more nodes, a
 * constant (DENSIFY) or the tail. code: BuiltinOperator; custom: the custom op's name or NULL.
 * FALSE with an error recorded. */
gboolean tfc_tfl_operator (TfcTfl *l, TfcTflNode *node, gint code, const gchar *custom);
/* Row n of the table: its name, NULL for a number that no operator has, and whether it is read; FALSE past the
 * end. The custom ops come last. */
gboolean tfc_tfl_operator_nth (guint n, const gchar **name, gboolean *is_read);

/* Readers: options and constant inputs into parameters, then the node is added. Numbers of inputs
 * and outputs and their types were checked. FALSE with an error recorded. */
typedef gboolean TfcTflRead (TfcTfl *l, TfcTflNode *node);

/* compute.c */
TfcTflRead tfc_tfl_plain, tfc_tfl_binary, tfc_tfl_relu, tfc_tfl_relu6, tfc_tfl_relu_n1_to_1, tfc_tfl_relu_0_to_1,
  tfc_tfl_conv_2d, tfc_tfl_depthwise_conv_2d, tfc_tfl_pool_2d, tfc_tfl_fully_connected, tfc_tfl_softmax,
  tfc_tfl_leaky_relu, tfc_tfl_gelu, tfc_tfl_concatenation, tfc_tfl_depth_to_space, tfc_tfl_resize_bilinear,
  tfc_tfl_resize_nearest, tfc_tfl_arg, tfc_tfl_cast, tfc_tfl_transpose_conv, tfc_tfl_batch_matmul;
/* data_movement.c */
TfcTflRead tfc_tfl_pad, tfc_tfl_pad_v2, tfc_tfl_reduce, tfc_tfl_transpose, tfc_tfl_reshape, tfc_tfl_squeeze,
  tfc_tfl_expand_dims, tfc_tfl_slice, tfc_tfl_strided_slice;
/* slice.c: several nodes each */
TfcTflRead tfc_tfl_pack, tfc_tfl_unpack, tfc_tfl_split, tfc_tfl_split_v, tfc_tfl_tile, tfc_tfl_broadcast_to,
  tfc_tfl_gather, tfc_tfl_reverse, tfc_tfl_mirror_pad, tfc_tfl_space_to_depth, tfc_tfl_space_to_batch,
  tfc_tfl_batch_to_space, tfc_tfl_add_n, tfc_tfl_l2_normalise, tfc_tfl_log_softmax, tfc_tfl_select, tfc_tfl_not;
/* constant.c: constants */
TfcTflRead tfc_tfl_shape_op, tfc_tfl_rank, tfc_tfl_fill, tfc_tfl_zeros_like, tfc_tfl_range;
/* custom.c */
TfcTflRead tfc_tfl_landmarks_to_transform, tfc_tfl_transform_tensor, tfc_tfl_detection_tail;
/* sparse.c: decodes input 0 and makes output 0 a constant; no node */
TfcTflRead tfc_tfl_densify;
