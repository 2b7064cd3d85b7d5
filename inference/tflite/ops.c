/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

#include <string.h>

typedef struct {
  const gchar *name;
  TfcOp op; /* what it is a node of, or mainly: NO_OP if that says nothing of its elements */
  guint min_in, max_in; /* inputs the file may give it */
  TfcTflRead *read;     /* one output */
  guint optional; /* OPTIONAL (i): input i may be missing, though others follow it; 0: none may */
  TfcTflReadAll *read_all; /* in its place: any number of outputs */
} Row;

#define OPTIONAL(i) (1u << (i))

#define ALL TFC_MAX_NODE_INPUTS
#define NO_OP TFC_N_OPS
// clang-format off
/* By BuiltinOperator. Rows without a reader are there for their name in the message; numbers without a row are of no
 * operator, or of one that is an op of ours and no more: those are read by its row in inference/ops/op_table.inc. */
static const Row rows[] = {
  [0] = {"ADD", TFC_OP_ADD, 2, 2, tfc_tfl_binary},
  [1] = {"AVERAGE_POOL_2D", TFC_OP_AVERAGE_POOL_2D, 1, 1, tfc_tfl_pool},
  [2] = {"CONCATENATION", TFC_OP_CONCAT, 1, ALL, tfc_tfl_concatenation},
  [3] = {"CONV_2D", TFC_OP_CONV_2D, 2, 3, tfc_tfl_conv, OPTIONAL (2)},
  [4] = {"DEPTHWISE_CONV_2D", TFC_OP_DEPTHWISE_CONV_2D, 2, 3, tfc_tfl_depthwise_conv, OPTIONAL (2)},
  [5] = {"DEPTH_TO_SPACE", TFC_OP_DEPTH_TO_SPACE, 1, 1, tfc_tfl_depth_to_space},
  [7] = {"EMBEDDING_LOOKUP", TFC_OP_GATHER, 2, 2, tfc_tfl_embedding_lookup},
  [9] = {"FULLY_CONNECTED", TFC_OP_FULLY_CONNECTED, 2, 3, tfc_tfl_fully_connected, OPTIONAL (2)},
  [10] = {"HASHTABLE_LOOKUP"}, [11] = {"L2_NORMALIZATION", NO_OP, 1, 1, tfc_tfl_l2_normalise}, [12] = {"L2_POOL_2D", NO_OP, 1, 1, tfc_tfl_l2_pool},
  [13] = {"LOCAL_RESPONSE_NORMALIZATION"},
  [15] = {"LSH_PROJECTION"}, [16] = {"LSTM"},
  [17] = {"MAX_POOL_2D", TFC_OP_MAX_POOL_2D, 1, 1, tfc_tfl_pool},
  [18] = {"MUL", TFC_OP_MUL, 2, 2, tfc_tfl_binary},
  [19] = {"RELU", TFC_OP_CLAMP, 1, 1, tfc_tfl_relu},
  [20] = {"RELU_N1_TO_1", TFC_OP_CLAMP, 1, 1, tfc_tfl_relu_n1_to_1},
  [21] = {"RELU6", TFC_OP_CLAMP, 1, 1, tfc_tfl_relu6},
  [22] = {"RESHAPE", TFC_OP_RESHAPE, 1, 2, tfc_tfl_reshape},
  [23] = {"RESIZE_BILINEAR", TFC_OP_RESIZE_BILINEAR, 2, 2, tfc_tfl_resize_bilinear},
  [24] = {"RNN"},
  [25] = {"SOFTMAX", TFC_OP_SOFTMAX, 1, 1, tfc_tfl_alpha},
  [26] = {"SPACE_TO_DEPTH", TFC_OP_TRANSPOSE, 1, 1, tfc_tfl_space_to_depth}, [27] = {"SVDF"},
  [29] = {"CONCAT_EMBEDDINGS"}, [30] = {"SKIP_GRAM"}, [31] = {"CALL"},
  [33] = {"EMBEDDING_LOOKUP_SPARSE"},
  [34] = {"PAD", TFC_OP_PAD, 2, 2, tfc_tfl_pad},
  [35] = {"UNIDIRECTIONAL_SEQUENCE_RNN"}, [36] = {"GATHER", TFC_OP_GATHER, 2, 2, tfc_tfl_gather}, [37] = {"BATCH_TO_SPACE_ND", TFC_OP_TRANSPOSE, 3, 3, tfc_tfl_batch_to_space},
  [38] = {"SPACE_TO_BATCH_ND", TFC_OP_TRANSPOSE, 3, 3, tfc_tfl_space_to_batch},
  [39] = {"TRANSPOSE", TFC_OP_TRANSPOSE, 2, 2, tfc_tfl_transpose},
  [40] = {"MEAN", TFC_OP_MEAN, 2, 2, tfc_tfl_reduce},
  [41] = {"SUB", TFC_OP_SUB, 2, 2, tfc_tfl_binary},
  [42] = {"DIV", TFC_OP_DIV, 2, 2, tfc_tfl_binary},
  [43] = {"SQUEEZE", TFC_OP_RESHAPE, 1, 1, tfc_tfl_squeeze},
  [44] = {"UNIDIRECTIONAL_SEQUENCE_LSTM"},
  [45] = {"STRIDED_SLICE", TFC_OP_SLICE, 4, 4, tfc_tfl_strided_slice},
  [46] = {"BIDIRECTIONAL_SEQUENCE_RNN"},
  [48] = {"TOPK_V2", TFC_OP_TOP_K, 2, 2, .read_all = tfc_tfl_top_k}, [49] = {"SPLIT", TFC_OP_SLICE, 2, 2, .read_all = tfc_tfl_split}, [50] = {"LOG_SOFTMAX", TFC_OP_SOFTMAX, 1, 1, tfc_tfl_log_softmax}, [51] = {"DELEGATE"},
  [52] = {"BIDIRECTIONAL_SEQUENCE_LSTM"},
  [53] = {"CAST", TFC_OP_CONVERT, 1, 1, tfc_tfl_cast},
  [56] = {"ARG_MAX", TFC_OP_ARG_MAX, 2, 2, tfc_tfl_arg},
  [60] = {"PADV2", TFC_OP_PAD, 3, 3, tfc_tfl_pad},
  [64] = {"SELECT", TFC_OP_SELECT, 3, 3, tfc_tfl_select_rows},
  [65] = {"SLICE", TFC_OP_SLICE, 3, 3, tfc_tfl_slice},
  [67] = {"TRANSPOSE_CONV", TFC_OP_TRANSPOSE_CONV_2D, 3, 4, tfc_tfl_transpose_conv, OPTIONAL (3)}, [68] = {"SPARSE_TO_DENSE", NO_OP, 4, 4, tfc_tfl_sparse_to_dense}, [69] = {"TILE", TFC_OP_CONCAT, 2, 2, tfc_tfl_tile},
  [70] = {"EXPAND_DIMS", TFC_OP_RESHAPE, 2, 2, tfc_tfl_expand_dims},
  [74] = {"SUM", TFC_OP_SUM, 2, 2, tfc_tfl_reduce},
  [77] = {"SHAPE", NO_OP, 1, 1, tfc_tfl_shape_op}, [79] = {"ARG_MIN", TFC_OP_ARG_MIN, 2, 2, tfc_tfl_arg}, [80] = {"FAKE_QUANT"}, [81] = {"REDUCE_PROD", TFC_OP_PROD, 2, 2, tfc_tfl_reduce},
  [82] = {"REDUCE_MAX", TFC_OP_REDUCE_MAX, 2, 2, tfc_tfl_reduce}, [83] = {"PACK", TFC_OP_CONCAT, 1, ALL, tfc_tfl_pack}, [85] = {"ONE_HOT", NO_OP, 4, 4, tfc_tfl_one_hot},
  [87] = {"LOGICAL_NOT", NO_OP, 1, 1, tfc_tfl_not}, [88] = {"UNPACK", TFC_OP_SLICE, 1, 1, .read_all = tfc_tfl_unpack}, [89] = {"REDUCE_MIN", TFC_OP_REDUCE_MIN, 2, 2, tfc_tfl_reduce}, [91] = {"REDUCE_ANY", TFC_OP_REDUCE_MAX, 2, 2, tfc_tfl_reduce},
  [93] = {"ZEROS_LIKE", NO_OP, 1, 1, tfc_tfl_zeros_like}, [94] = {"FILL", NO_OP, 2, 2, tfc_tfl_fill}, [96] = {"RANGE", NO_OP, 3, 3, tfc_tfl_range},
  [97] = {"RESIZE_NEAREST_NEIGHBOR", TFC_OP_RESIZE_NEAREST, 2, 2, tfc_tfl_resize_nearest},
  [98] = {"LEAKY_RELU", TFC_OP_LEAKY_RELU, 1, 1, tfc_tfl_alpha},
  [100] = {"MIRROR_PAD", TFC_OP_CONCAT, 2, 2, tfc_tfl_mirror_pad}, [102] = {"SPLIT_V", TFC_OP_SLICE, 3, 3, .read_all = tfc_tfl_split_v},
  [103] = {"UNIQUE"}, [105] = {"REVERSE_V2", TFC_OP_SLICE, 2, 2, tfc_tfl_reverse}, [106] = {"ADD_N", NO_OP, 1, ALL, tfc_tfl_add_n}, [107] = {"GATHER_ND", TFC_OP_GATHER_ND, 2, 2, tfc_tfl_gather_nd},
  [109] = {"WHERE"}, [110] = {"RANK", NO_OP, 1, 1, tfc_tfl_rank}, [112] = {"REVERSE_SEQUENCE"},
  [113] = {"MATRIX_DIAG"},
  [115] = {"MATRIX_SET_DIAG"},
  [118] = {"IF"}, [119] = {"WHILE"}, [120] = {"NON_MAX_SUPPRESSION_V4"}, [121] = {"NON_MAX_SUPPRESSION_V5"},
  [122] = {"SCATTER_ND", TFC_OP_SCATTER_ND, 3, 3, tfc_tfl_scatter_nd}, [123] = {"SELECT_V2", TFC_OP_SELECT, 3, 3, tfc_tfl_select},
  [124] = {"DENSIFY", NO_OP, 1, 1, tfc_tfl_densify},
  [125] = {"SEGMENT_SUM"}, [126] = {"BATCH_MATMUL", TFC_OP_BATCH_MATMUL, 2, 2, tfc_tfl_batch_matmul}, [128] = {"CUMSUM", TFC_OP_CUMSUM, 2, 2, tfc_tfl_cumsum}, [129] = {"CALL_ONCE"},
  [130] = {"BROADCAST_TO", TFC_OP_CONCAT, 2, 2, tfc_tfl_broadcast_to}, [131] = {"RFFT2D"}, [132] = {"CONV_3D"},
  [133] = {"IMAG"}, [134] = {"REAL"}, [135] = {"COMPLEX_ABS"}, [136] = {"HASHTABLE"}, [137] = {"HASHTABLE_FIND"},
  [138] = {"HASHTABLE_IMPORT"}, [139] = {"HASHTABLE_SIZE"}, [140] = {"REDUCE_ALL", TFC_OP_REDUCE_MIN, 2, 2, tfc_tfl_reduce}, [141] = {"CONV_3D_TRANSPOSE"},
  [142] = {"VAR_HANDLE"}, [143] = {"READ_VARIABLE"}, [144] = {"ASSIGN_VARIABLE"}, [145] = {"BROADCAST_ARGS"},
  [146] = {"RANDOM_STANDARD_NORMAL"}, [147] = {"BUCKETIZE"}, [148] = {"RANDOM_UNIFORM"}, [149] = {"MULTINOMIAL"},
  [150] = {"GELU", TFC_OP_GELU, 1, 1, tfc_tfl_gelu},
  [151] = {"DYNAMIC_UPDATE_SLICE"},
  [152] = {"RELU_0_TO_1", TFC_OP_CLAMP, 1, 1, tfc_tfl_relu_0_to_1},
  [153] = {"UNSORTED_SEGMENT_PROD"}, [154] = {"UNSORTED_SEGMENT_MAX"}, [155] = {"UNSORTED_SEGMENT_SUM"},
  [157] = {"UNSORTED_SEGMENT_MIN"}, [159] = {"BITCAST"}, [160] = {"BITWISE_XOR"},
  [161] = {"RIGHT_SHIFT"},
};

static const Row customs[] = {
  {"TFLite_Detection_PostProcess", NO_OP, 3, 3, .read_all = tfc_tfl_detection_tail},
  {"Convolution2DTransposeBias", TFC_OP_TRANSPOSE_CONV_2D, 2, 3, tfc_tfl_convolution_2d_transpose_bias, OPTIONAL (2)},
  {"Landmarks2TransformMatrix", TFC_OP_LANDMARKS_TO_TRANSFORM, 1, 1, tfc_tfl_landmarks_to_transform},
  {"TransformTensorBilinear", TFC_OP_TRANSFORM_TENSOR_BILINEAR, 2, 2, tfc_tfl_transform_tensor},
};
// clang-format on

static gboolean
types_supported (TfcTfl *l, const TfcTflNode *n, gboolean densify)
{
  for (guint i = 0; i < n->n_in + n->n_out; i++) {
    guint at = i < n->n_in ? n->tensor_in[i] : n->out[i - n->n_in];
    if (at != TFC_NONE && !l->tensors[at].supported)
      return tfc_builder_unsupported (&l->b, "a tensor has a type that is not supported");
    if (at != TFC_NONE && l->tensors[at].sparsity && !densify)
      return tfc_builder_unsupported (&l->b, "a sparse tensor that is not made dense first");
  }
  return TRUE;
}

/* What a row says of the inputs, and one output. A reader finds every input there that its row does
 * not call optional. */
static gboolean
arity (TfcTfl *l, TfcTflNode *n, const Row *row)
{
  if (n->n_in < row->min_in || n->n_in > row->max_in || !n->n_out)
    return tfc_builder_bad (&l->b, "wrong number of inputs or outputs");
  for (guint i = 0; i < n->n_in; i++) {
    if (n->tensor_in[i] == TFC_NONE && (i >= 32 || !(row->optional & OPTIONAL (i))))
      return tfc_builder_bad (&l->b, "an input is missing");
  }
  return n->n_out == 1 || row->read_all || tfc_builder_bad (&l->b, "too many outputs");
}

/* A list of no numbers has no bytes either. */
static guint
nothing (TfcTfl *l, const TfcTflTensor *t)
{
  void *data;
  gsize count;
  return tfc_shape_count (&t->shape, &count) && !count
             ? tfc_builder_constant (&l->b, t->type, &t->shape, &data)
             : TFC_NONE;
}

/* The ids of the inputs, which are computed before. */
static gboolean
find_inputs (TfcTfl *l, TfcTflNode *n, gboolean densify)
{
  for (guint i = 0; i < n->n_in; i++) {
    TfcTflTensor *t = n->tensor_in[i] == TFC_NONE ? NULL : &l->tensors[n->tensor_in[i]];
    if (t && t->id == TFC_NONE && !densify)
      t->id = nothing (l, t);
    n->in[i] = t ? t->id : TFC_NONE;
    if (t && t->id == TFC_NONE && !densify)
      return tfc_builder_bad (&l->b, "input %u is a tensor that nothing computes", i);
  }
  return TRUE;
}

/* The n-th of the operators of this code (and name) that a row of an op names. */
static gboolean
find_plain (gint code, const gchar *custom, guint n, Row *row)
{
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const TfcOpInfo *info = &tfc_op_table[op];
    for (guint i = 0; i < G_N_ELEMENTS (info->tflite) && info->tflite[i].name; i++) {
      if (info->tflite[i].code != code || (custom && strcmp (custom, info->tflite[i].name) != 0) ||
          n-- > 0)
        continue;
      *row = (Row){info->tflite[i].name, op, tfc_op_min_inputs (op), tfc_op_max_inputs (op),
                   tfc_tfl_plain};
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
find_row (gint code, const gchar *custom, Row *row)
{
  for (guint i = 0; code == TFC_TFLITE_CUSTOM && i < G_N_ELEMENTS (customs); i++) {
    if (custom && !strcmp (custom, customs[i].name)) {
      *row = customs[i];
      return TRUE;
    }
  }
  if (code == TFC_TFLITE_CUSTOM)
    return custom && find_plain (code, custom, 0, row);
  if (code < 0 || (gsize)code >= G_N_ELEMENTS (rows) || !rows[code].name)
    return find_plain (code, NULL, 0, row);
  *row = rows[code];
  return TRUE;
}

gboolean
tfc_tfl_operator (TfcTfl *l, TfcTflNode *n, gint code, const gchar *custom)
{
  Row row = {NULL};
  const gboolean known = find_row (code, custom, &row);
  if (!known)
    g_snprintf (n->number, sizeof n->number, "builtin operator %d", code);
  l->b.op = known ? row.name : code == TFC_TFLITE_CUSTOM && custom ? custom : n->number;
  if (!row.read && !row.read_all)
    return tfc_builder_unsupported (&l->b, "this operator is not supported");
  const gboolean densify = row.read == tfc_tfl_densify;
  if (!arity (l, n, &row) || !types_supported (l, n, densify) || !find_inputs (l, n, densify))
    return FALSE;
  const TfcTflTensor *y = &l->tensors[n->out[0]];
  n->op = row.op;
  n->params = tfc_params (row.op);
  n->y = (TfcTensor){.type = y->type, .shape = {.rank = -1}, .quant = y->quant};
  n->first_id = l->b.graph->values->len;
  gchar *name = tfc_tfl_name (l, y);
  l->b.name = name;
  const gboolean done =
      row.read_all ? row.read_all (l, n) : tfc_tfl_give (l, n, 0, row.read (l, n));
  l->b.name = NULL;
  g_free (name);
  return done;
}

gboolean
tfc_tfl_operator_nth (guint n, TfcTflOperator *o)
{
  Row row = {NULL};
  if (n < G_N_ELEMENTS (rows))
    find_row ((gint)n, NULL, &row);
  else if (n - G_N_ELEMENTS (rows) < G_N_ELEMENTS (customs))
    row = customs[n - G_N_ELEMENTS (rows)];
  else if (!find_plain (TFC_TFLITE_CUSTOM, NULL, n - G_N_ELEMENTS (rows) - G_N_ELEMENTS (customs),
                        &row))
    return FALSE;
  *o = (TfcTflOperator){row.name, row.op, row.read || row.read_all};
  return TRUE;
}
