/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <stdlib.h>
#include <string.h>

#define MANY TFC_MAX_NODE_INPUTS

/* What needs a reader; those that are an op of ours and no more are read by its row in
 * inference/ops/op_table.inc. */
// clang-format off
static const TfjsOp ops[] = {
  {"AddN", tfjs_add_n, 1, MANY, 0},
  {"All", tfjs_reduce, 2, 2, TFC_OP_REDUCE_MIN},
  {"Any", tfjs_reduce, 2, 2, TFC_OP_REDUCE_MAX},
  {"ArgMax", tfjs_arg, 2, 2, TFC_OP_ARG_MAX},
  {"ArgMin", tfjs_arg, 2, 2, TFC_OP_ARG_MIN},
  {"AvgPool", tfjs_pool, 1, 1, TFC_OP_AVERAGE_POOL_2D},
  {"BatchMatMul", tfjs_batch_matmul, 2, 2, 0},
  {"BatchMatMulV2", tfjs_batch_matmul, 2, 2, 0},
  {"BatchToSpaceND", tfjs_space_batch, 3, 3, TFJS_TO_SPACE},
  {"BroadcastTo", tfjs_broadcast, 2, 2, 0},
  {"Cast", tfjs_cast, 1, 1, 0},
  {"CheckNumerics", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"ClipByValue", tfjs_clip, 3, 3, 0},
  {"Concat", tfjs_concat, 2, MANY, 1},
  {"ConcatV2", tfjs_concat, 2, MANY, 0},
  {"Const", tfjs_const_op, 0, 0, 0},
  {"Conv2D", tfjs_conv, 2, 2, TFC_OP_CONV_2D},
  {"Conv2DBackpropInput", tfjs_conv_transpose, 3, 3, 0},
  {"Cumsum", tfjs_cumsum, 2, 2, 0},
  {"DepthToSpace", tfjs_space_depth, 1, 1, TFJS_TO_SPACE},
  {"DepthwiseConv2d", tfjs_conv, 2, 2, TFC_OP_DEPTHWISE_CONV_2D},
  {"DepthwiseConv2dNative", tfjs_conv, 2, 2, TFC_OP_DEPTHWISE_CONV_2D},
  {"Enter", tfjs_identity, 1, 1, TFJS_ID_ENTER},
  {"Exit", tfjs_identity, 1, 1, TFJS_ID_EXIT},
  {"ExpandDims", tfjs_expand_dims, 2, 2, 0},
  {"FakeQuantWithMinMaxVars", tfjs_fake_quant, 3, 3, 0},
  {"Fill", tfjs_fill, 2, 2, 0},
  {"FusedBatchNorm", tfjs_batch_norm, 5, 5, 0},
  {"FusedBatchNormV2", tfjs_batch_norm, 5, 5, 0},
  {"FusedBatchNormV3", tfjs_batch_norm, 5, 5, 0},
  {"FusedDepthwiseConv2dNative", tfjs_conv, 2, 16, TFC_OP_DEPTHWISE_CONV_2D},
  {"Gather", tfjs_gather, 2, 2, 0},
  {"GatherNd", tfjs_gather_nd, 2, 2, 0},
  {"GatherV2", tfjs_gather, 3, 3, 0},
  {"Identity", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"IdentityN", tfjs_identity, 1, MANY, TFJS_ID_PLAIN},
  {"LeakyRelu", tfjs_leaky_relu, 1, 1, 0},
  {"LogSoftmax", tfjs_softmax, 1, 1, 1},
  {"LogicalNot", tfjs_not, 1, 1, 0},
  {"LoopCond", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"MatMul", tfjs_matmul, 2, 2, 0},
  {"Max", tfjs_reduce, 2, 2, TFC_OP_REDUCE_MAX},
  {"MaxPool", tfjs_pool, 1, 1, TFC_OP_MAX_POOL_2D},
  {"Mean", tfjs_reduce, 2, 2, TFC_OP_MEAN},
  {"Merge", tfjs_merge, 1, MANY, 0},
  {"Min", tfjs_reduce, 2, 2, TFC_OP_REDUCE_MIN},
  {"MirrorPad", tfjs_mirror_pad, 2, 2, 0},
  {"NextIteration", tfjs_identity, 1, 1, TFJS_ID_NEXT},
  {"OneHot", tfjs_one_hot, 4, 4, 0},
  {"OnesLike", tfjs_like, 1, 1, 1},
  {"Pack", tfjs_pack, 1, MANY, 0},
  {"Pad", tfjs_pad, 2, 2, 0},
  {"PadV2", tfjs_pad, 3, 3, 0},
  {"Placeholder", tfjs_placeholder, 0, 0, 0},
  {"PlaceholderWithDefault", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"PreventGradient", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"Prod", tfjs_reduce, 2, 2, TFC_OP_PROD},
  {"Range", tfjs_range, 3, 3, 0},
  {"Rank", tfjs_shape_op, 1, 1, TFJS_RANK},
  {"Reciprocal", tfjs_reciprocal, 1, 1, 0},
  {"Relu", tfjs_relu, 1, 1, 0},
  {"Relu6", tfjs_relu, 1, 1, 6},
  {"Reshape", tfjs_reshape, 2, 2, 0},
  {"ResizeBilinear", tfjs_resize, 2, 2, TFC_OP_RESIZE_BILINEAR},
  {"ResizeNearestNeighbor", tfjs_resize, 2, 2, TFC_OP_RESIZE_NEAREST},
  {"ReverseV2", tfjs_reverse, 2, 2, 0},
  {"ScatterNd", tfjs_scatter_nd, 3, 3, 0},
  {"Select", tfjs_select, 3, 3, 1},
  {"SelectV2", tfjs_select, 3, 3, 0},
  {"Shape", tfjs_shape_op, 1, 1, TFJS_SHAPE},
  {"Size", tfjs_shape_op, 1, 1, TFJS_SIZE},
  {"Slice", tfjs_slice, 3, 3, 0},
  {"Snapshot", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"Softmax", tfjs_softmax, 1, 1, 0},
  {"SpaceToBatchND", tfjs_space_batch, 3, 3, TFJS_FROM_SPACE},
  {"SpaceToDepth", tfjs_space_depth, 1, 1, TFJS_FROM_SPACE},
  {"SparseToDense", tfjs_sparse_to_dense, 4, 4, 0},
  {"Split", tfjs_split, 2, 2, 0},
  {"SplitV", tfjs_split_v, 3, 3, 0},
  {"Squeeze", tfjs_squeeze, 1, 1, 0},
  {"StopGradient", tfjs_identity, 1, 1, TFJS_ID_PLAIN},
  {"StridedSlice", tfjs_strided_slice, 4, 4, 0},
  {"Sum", tfjs_reduce, 2, 2, TFC_OP_SUM},
  {"Switch", tfjs_switch, 2, 2, 0},
  {"TensorArrayGatherV3", tfjs_array_gather, 3, 3, 0},
  {"TensorArrayReadV3", tfjs_list_read, 3, 3, 2},
  {"TensorArrayScatterV3", tfjs_array_scatter, 4, 4, 0},
  {"TensorArraySizeV3", tfjs_list_size, 2, 2, 1},
  {"TensorArrayV3", tfjs_array_new, 1, 1, 0},
  {"TensorArrayWriteV3", tfjs_list_write, 4, 4, 3},
  {"TensorListFromTensor", tfjs_list_split, 2, 2, 0},
  {"TensorListGetItem", tfjs_list_read, 3, 3, 0},
  {"TensorListLength", tfjs_list_size, 1, 1, 0},
  {"TensorListReserve", tfjs_list_new, 2, 2, 0},
  {"TensorListSetItem", tfjs_list_write, 3, 3, 0},
  {"TensorListStack", tfjs_list_stack, 2, 2, 0},
  {"Tile", tfjs_tile, 2, 2, 0},
  {"TopKV2", tfjs_top_k, 2, 2, 0},
  {"Transpose", tfjs_transpose, 2, 2, 0},
  {"Unpack", tfjs_unpack, 1, 1, 0},
  {"ZerosLike", tfjs_like, 1, 1, 0},
  {"_FusedConv2D", tfjs_conv, 2, 16, TFC_OP_CONV_2D},
  {"_FusedMatMul", tfjs_matmul, 2, 16, 0},
};
// clang-format on

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (((const TfjsOp *)a)->name, ((const TfjsOp *)b)->name);
}

/* Both kinds in the order of their names. */
static GArray *
make_table (void)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (TfjsOp));
  g_array_append_vals (all, ops, G_N_ELEMENTS (ops));
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const gchar *const *names = tfc_op_table[op].tfjs;
    for (guint i = 0; i < G_N_ELEMENTS (tfc_op_table[op].tfjs) && names[i]; i++) {
      TfjsOp row = {names[i], tfjs_plain, tfc_op_min_inputs (op), tfc_op_max_inputs (op), (gint)op};
      g_array_append_val (all, row);
    }
  }
  g_array_sort (all, by_name);
  return all;
}

static const GArray *
table (void)
{
  static GArray *all;
  if (g_once_init_enter (&all)) {
    GArray *made = make_table ();
    g_once_init_leave (&all, made);
  }
  return all;
}

const TfjsOp *
tfjs_op_nth (guint n)
{
  return n < table ()->len ? &g_array_index (table (), TfjsOp, n) : NULL;
}

const TfjsOp *
tfjs_op (const gchar *name)
{
  const TfjsOp key = {.name = name};
  return bsearch (&key, table ()->data, table ()->len, sizeof key, by_name);
}

const gchar *
tfjs_op_name (guint n)
{
  const TfjsOp *op = tfjs_op_nth (n);
  return op ? op->name : NULL;
}
