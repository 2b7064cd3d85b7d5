/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Between the files of the .tflite reader: load_tflite.c (file, operators), tensor.c, cut.c, ops.c
 * (one row an operator), the readers of compute.c, data_movement.c, custom.c and sparse.c, which read
 * options and call inference/builder/operators.h, and node.c. Not for others. */
#include "inference/builder/operators.h"
#include "inference/tflite/flatbuffer.h"

/* A tensor of the file. */
typedef struct {
  gsize table;        /* where the file describes it */
  TfcType type;       /* float32 if it is not one of ours */
  gboolean supported; /* it is one of ours */
  TfcShape shape;     /* as the file has it, -1 for any size; good for constants and inputs alone */
  TfcQuant quant;
  gsize sparsity;     /* its SparsityParameters, 0 if dense */
  TfcFbVector bytes;  /* its constant bytes, n 0 if it has none */
  guint id;           /* in the graph; TFC_NONE until it is computed */
  gboolean wanted, given; /* where ends were asked for by name (cut.c): an output needs it; it is an input */
} TfcTflTensor;

/* Field numbers of the schema that several files read. */
enum {
  TFC_TFL_GRAPH_TENSORS,
  TFC_TFL_GRAPH_INPUTS,
  TFC_TFL_GRAPH_OUTPUTS,
  TFC_TFL_GRAPH_OPERATORS
};
enum { TFC_TFL_OPERATOR_INPUTS = 1, TFC_TFL_OPERATOR_OUTPUTS };

typedef struct {
  TfcFb fb;
  TfcBuilder b;
  guint n_tensors;
  TfcTflTensor *tensors;
  GHashTable *copies; /* offset in the file -> copied bytes: shared buffers are copied once */
  gboolean stopped;   /* the tail was met */
  guint8 *skipped;    /* [operators] not read, as no output needs it; NULL: all are read */
} TfcTfl;

/* An operator. */
typedef struct {
  gsize options;      /* table, 0 if there is none */
  TfcFbVector custom; /* bytes of custom options */
  TfcOp op;
  TfcParams params;   /* tfc_params (op) */
  TfcTensor y;        /* what tfc_build takes: of output 0 */
  guint n_in, n_out;
  guint in[TFC_MAX_NODE_INPUTS];        /* ids in the graph; TFC_NONE: not there */
  guint tensor_in[TFC_MAX_NODE_INPUTS]; /* numbers of tensors */
  guint out[TFC_MAX_NODE_INPUTS];       /* likewise */
  guint first_id;     /* ids from here on were made for it */
  gchar number[32];   /* its name where it has none of its own */
} TfcTflNode;

/* FALSE if something has gone wrong. */
gboolean tfc_tfl_good (TfcTfl *l);
/* tensor.c: all of the file; those that are constant get their ids. FALSE on failure. */
gboolean tfc_tfl_tensors (TfcTfl *l, TfcFbVector tensors, TfcFbVector buffers);
/* The tensor's name, NULL if it has none; g_free. */
gchar *tfc_tfl_name (TfcTfl *l, const TfcTflTensor *t);
/* The tensor's shape if it is an input: -1 where the file's signature leaves a size open. */
TfcShape tfc_tfl_open_shape (TfcTfl *l, const TfcTflTensor *t);
/* Numbers of tensors in a field of an operator, at most max; optional: -1 stands for one that is not there (TFC_NONE). How
 * many; 0 with an error recorded. */
guint tfc_tfl_numbers (TfcTfl *l, gsize table, guint field, guint *numbers, guint max, gboolean optional);

/* cut.c: the ends that TfcModelOptions names. */
typedef struct {
  GArray *inputs, *outputs; /* guint: numbers of tensors */
} TfcTflCut;

/* Finds the named tensors and, if there are any, what the outputs need: wanted of each tensor, and skipped. FALSE
 * with an error recorded. To be finished either way. */
gboolean tfc_tfl_cut_init (TfcTfl *l, TfcTflCut *cut, gsize subgraph);
void tfc_tfl_cut_finish (TfcTflCut *cut);
/* Output k is value id, whose stored numbers stand for what the file says; FALSE if it cannot be. */
gboolean tfc_tfl_give (TfcTfl *l, TfcTflNode *n, guint k, guint id);
/* Input i, TFC_NONE if it is missing or not given. */
guint tfc_tfl_input (const TfcTflNode *n, guint i);
/* An option that is TRUE or FALSE. */
gboolean tfc_tfl_flag (TfcTfl *l, const TfcTflNode *n, guint field);
/* The fused activation in this field of the options becomes the node's clamp. */
gboolean tfc_tfl_activation (TfcTfl *l, TfcTflNode *n, guint field);
/* For operators that have the field and no activation. */
gboolean tfc_tfl_no_activation (TfcTfl *l, TfcTflNode *n, guint field);

/* Adds the operator, whose inputs and outputs are numbers of tensors that exist: nodes, a constant or
 * the tail. code: BuiltinOperator; custom: the custom op's name or NULL. FALSE with an error
 * recorded. */
gboolean tfc_tfl_operator (TfcTfl *l, TfcTflNode *n, gint code, const gchar *custom);
typedef struct {
  const gchar *name; /* NULL: a number that no operator has */
  TfcOp op;          /* what it is a node of; TFC_N_OPS: it is none of its own */
  gboolean is_read;
} TfcTflOperator;

/* Row n of the table; FALSE past the end. The custom ops come last. */
gboolean tfc_tfl_operator_nth (guint n, TfcTflOperator *o);

/* Readers: options into what the builder is asked for. Numbers of inputs and outputs and their types
 * were checked. They give the id of output 0, TFC_NONE with an error recorded. */
typedef guint TfcTflRead (TfcTfl *l, TfcTflNode *n);
/* Those of several outputs, or none, give them themselves. */
typedef gboolean TfcTflReadAll (TfcTfl *l, TfcTflNode *n);

/* compute.c */
TfcTflRead tfc_tfl_plain, tfc_tfl_binary, tfc_tfl_relu, tfc_tfl_relu6, tfc_tfl_relu_n1_to_1, tfc_tfl_relu_0_to_1,
  tfc_tfl_conv, tfc_tfl_depthwise_conv, tfc_tfl_pool, tfc_tfl_fully_connected, tfc_tfl_alpha, tfc_tfl_gelu,
  tfc_tfl_arg, tfc_tfl_cast, tfc_tfl_transpose_conv, tfc_tfl_batch_matmul, tfc_tfl_reduce, tfc_tfl_add_n,
  tfc_tfl_l2_normalise, tfc_tfl_log_softmax, tfc_tfl_select, tfc_tfl_select_rows, tfc_tfl_not, tfc_tfl_cumsum, tfc_tfl_one_hot, tfc_tfl_l2_pool;
TfcTflReadAll tfc_tfl_top_k;
/* data_movement.c */
TfcTflRead tfc_tfl_concatenation, tfc_tfl_depth_to_space, tfc_tfl_resize_bilinear, tfc_tfl_resize_nearest,
  tfc_tfl_pad, tfc_tfl_transpose, tfc_tfl_reshape, tfc_tfl_squeeze, tfc_tfl_expand_dims, tfc_tfl_slice,
  tfc_tfl_strided_slice, tfc_tfl_pack, tfc_tfl_tile, tfc_tfl_broadcast_to, tfc_tfl_gather, tfc_tfl_reverse,
  tfc_tfl_gather_nd, tfc_tfl_embedding_lookup, tfc_tfl_scatter_nd, tfc_tfl_sparse_to_dense, tfc_tfl_mirror_pad, tfc_tfl_space_to_depth, tfc_tfl_space_to_batch, tfc_tfl_batch_to_space;
TfcTflReadAll tfc_tfl_unpack, tfc_tfl_split, tfc_tfl_split_v;
/* constant.c: known before the network runs */
TfcTflRead tfc_tfl_shape_op, tfc_tfl_rank, tfc_tfl_fill, tfc_tfl_zeros_like, tfc_tfl_range;
/* custom.c */
TfcTflRead tfc_tfl_landmarks_to_transform, tfc_tfl_transform_tensor, tfc_tfl_convolution_2d_transpose_bias;
TfcTflReadAll tfc_tfl_detection_tail;
/* sparse.c: decodes input 0 into a constant */
TfcTflRead tfc_tfl_densify;
