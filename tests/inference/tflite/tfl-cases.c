/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tfl-cases.h"

TfcShape
tfl_shape (const gint32 *dim)
{
  TfcShape s = {0};
  while (s.rank < 4 && dim[s.rank])
    s.dim[s.rank] = dim[s.rank], s.rank++;
  return s;
}


// clang-format off
static const TflCase cases[] = {
  {"add", 0, {{TFL_F32, {1, 4, 4, 2}}, {TFL_F32, {2}}}, TFL_F32, {1, 4, 4, 2}, {{0, 3}}, TFC_OP_ADD, {1, 4, 4, 2}},
  {"average_pool", 1, {{TFL_F32, {1, 5, 5, 2}}}, TFL_F32, {1, 2, 2, 2}, {{0, 1}, {1, 2}, {2, 2}, {3, 2}, {4, 2}}, TFC_OP_AVERAGE_POOL_2D, {1, 2, 2, 2}},
  {"concatenation", 2, {{TFL_F32, {1, 2, 3}}, {TFL_F32, {1, 4, 3}}}, TFL_F32, {1, 6, 3}, {{0, -2}}, TFC_OP_CONCAT, {1, 6, 3}},
  {"conv", 3, {{TFL_F32, {1, 5, 5, 3}}, {TFL_F32, {4, 3, 3, 3}}, {TFL_F32, {4}}}, TFL_F32, {1, 3, 3, 4}, {{0, 0}, {1, 2}, {2, 2}, {3, 1}}, TFC_OP_CONV_2D, {1, 3, 3, 4}},
  {"conv without bias", 3, {{TFL_F32, {1, 5, 5, 3}}, {TFL_F32, {4, 3, 3, 3}}}, TFL_F32, {1, 1, 1, 4}, {{0, 1}, {1, 1}, {2, 1}, {4, 2}, {5, 2}}, TFC_OP_CONV_2D, {1, 1, 1, 4}},
  {"depthwise", 4, {{TFL_F32, {1, 5, 5, 3}}, {TFL_F32, {1, 3, 3, 6}}, {TFL_F32, {6}}}, TFL_F32, {1, 5, 5, 6}, {{0, 0}, {1, 1}, {2, 1}, {3, 2}, {4, 1}}, TFC_OP_DEPTHWISE_CONV_2D, {1, 5, 5, 6}},
  {"depth_to_space", 5, {{TFL_F32, {1, 2, 2, 8}}}, TFL_F32, {1, 4, 4, 2}, {{0, 2}}, TFC_OP_DEPTH_TO_SPACE, {1, 4, 4, 2}},
  {"fully_connected", 9, {{TFL_F32, {1, 1, 2, 3}}, {TFL_F32, {5, 6}}, {TFL_F32, {5}}}, TFL_F32, {1, 5}, {{0, 0}}, TFC_OP_FULLY_CONNECTED, {1, 5}},
  {"fully_connected, dimensions kept", 9, {{TFL_F32, {1, 7, 6}}, {TFL_F32, {5, 6}}}, TFL_F32, {1, 7, 5}, {{2, 1}}, TFC_OP_FULLY_CONNECTED, {1, 7, 5}},
  {"max_pool", 17, {{TFL_F32, {1, 5, 5, 2}}}, TFL_F32, {1, 3, 3, 2}, {{0, 0}, {1, 2}, {2, 2}, {3, 2}, {4, 2}}, TFC_OP_MAX_POOL_2D, {1, 3, 3, 2}},
  {"mul", 18, {{TFL_F32, {2, 3}}, {TFL_F32, {3}}}, TFL_F32, {2, 3}, {{0, 1}}, TFC_OP_MUL, {2, 3}},
  {"relu", 19, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_CLAMP, {2, 3}},
  {"relu_n1_to_1", 20, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_CLAMP, {2, 3}},
  {"relu6", 21, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_CLAMP, {2, 3}},
  {"reshape", 22, {{TFL_F32, {2, 6}}, {TFL_I32, {3}, {3, -1, 2}}}, TFL_F32, {3, 2, 2}, {{0, 0}}, TFC_OP_RESHAPE, {3, 2, 2}},
  {"reshape as the output says", 22, {{TFL_F32, {2, 6}}}, TFL_F32, {4, 3}, {{7, 0}}, TFC_OP_RESHAPE, {4, 3}},
  {"resize_bilinear", 23, {{TFL_F32, {1, 3, 3, 2}}, {TFL_I32, {2}, {6, 7}}}, TFL_F32, {1, 6, 7, 2}, {{2, 0}, {3, 1}}, TFC_OP_RESIZE_BILINEAR, {1, 6, 7, 2}},
  {"resize_bilinear uint8", 23, {{TFL_U8, {1, 3, 3, 2}}, {TFL_I32, {2}, {6, 7}}}, TFL_U8, {1, 6, 7, 2}, {{2, 0}, {3, 1}}, TFC_OP_RESIZE_BILINEAR, {1, 6, 7, 2}},
  {"softmax", 25, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0x3f800000}}, TFC_OP_SOFTMAX, {2, 3}},
  {"pad", 34, {{TFL_F32, {1, 2, 2, 2}}, {TFL_I32, {4, 2}, {0, 0, 1, 2, 3, 0, 0, 4}}}, TFL_F32, {1, 5, 5, 6}, {{0, 0}}, TFC_OP_PAD, {1, 5, 5, 6}},
  {"transpose", 39, {{TFL_F32, {2, 3, 4}}, {TFL_I32, {3}, {2, 0, 1}}}, TFL_F32, {4, 2, 3}, {{0, 0}}, TFC_OP_TRANSPOSE, {4, 2, 3}},
  {"mean", 40, {{TFL_F32, {1, 3, 4, 2}}, {TFL_I32, {2}, {1, -2}}}, TFL_F32, {1, 1, 1, 2}, {{0, 1}}, TFC_OP_MEAN, {1, 1, 1, 2}},
  {"mean, dimensions dropped", 40, {{TFL_F32, {1, 3, 4, 2}}, {TFL_I32, {2}, {1, 2}}}, TFL_F32, {1, 2}, {{0, 0}}, TFC_OP_MEAN, {1, 2}},
  {"sub", 41, {{TFL_F32, {2, 3}}, {TFL_F32, {3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SUB, {2, 3}},
  {"div", 42, {{TFL_F32, {2, 3}}, {TFL_F32, {3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_DIV, {2, 3}},
  {"squeeze", 43, {{TFL_F32, {1, 2, 1, 3}}}, TFL_F32, {2, 3}, {{7, 0}}, TFC_OP_RESHAPE, {2, 3}},
  {"strided_slice", 45, {{TFL_F32, {1, 6, 7}}, {TFL_I32, {3}, {0, 1, -3}}, {TFL_I32, {3}, {0, 6, 2}}, {TFL_I32, {3}, {1, 2, 1}}}, TFL_F32, {1, 3, 3}, {{0, 1}, {1, 5}, {4, 0}}, TFC_OP_SLICE, {1, 3, 3}},
  {"strided_slice, an axis less", 45, {{TFL_F32, {4, 6, 7}}, {TFL_I32, {3}, {-1, 0, 2}}, {TFL_I32, {3}, {0, 6, 5}}, {TFL_I32, {3}, {1, 1, 1}}}, TFL_F32, {6, 3}, {{4, 1}}, TFC_OP_RESHAPE, {6, 3}},
  {"prelu", 54, {{TFL_F32, {1, 2, 2, 3}}, {TFL_F32, {1, 1, 3}}}, TFL_F32, {1, 2, 2, 3}, {{0, 0}}, TFC_OP_PRELU, {1, 2, 2, 3}},
  {"pad_v2", 60, {{TFL_F32, {2, 2}}, {TFL_I32, {2, 2}, {1, 0, 0, 1}}, {TFL_F32, {1}}}, TFL_F32, {3, 3}, {{0, 0}}, TFC_OP_PAD, {3, 3}},
  {"slice", 65, {{TFL_F32, {5, 6}}, {TFL_I32, {2}, {1, 2}}, {TFL_I32, {2}, {3, -1}}}, TFL_F32, {3, 4}, {{0, 0}}, TFC_OP_SLICE, {3, 4}},
  {"expand_dims", 70, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {0}}}, TFL_F32, {1, 2, 3}, {{0, 0}}, TFC_OP_RESHAPE, {1, 2, 3}},
  {"leaky_relu", 98, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0x3e000000}}, TFC_OP_LEAKY_RELU, {2, 3}},
  {"quantize", 114, {{TFL_F32, {2, 3}}}, TFL_U8, {2, 3}, {{0, 0}}, TFC_OP_CONVERT, {2, 3}},
  {"l2_normalization", 11, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_DIV, {2, 3}},
  {"space_to_depth", 26, {{TFL_F32, {1, 4, 6, 2}}}, TFL_F32, {1, 2, 3, 8}, {{0, 2}}, TFC_OP_RESHAPE, {1, 2, 3, 8}},
  {"gather", 36, {{TFL_F32, {2, 5, 3}}, {TFL_I32, {2, 2}, {4, 0, 1, 2}}}, TFL_F32, {2, 2, 2, 3}, {{0, 1}}, TFC_OP_RESHAPE, {2, 2, 2, 3}},
  {"batch_to_space_nd", 37, {{TFL_F32, {4, 2, 3, 2}}, {TFL_I32, {2}, {2, 2}}, {TFL_I32, {2, 2}, {0, 1, 2, 0}}}, TFL_F32, {1, 3, 4, 2}, {{0, 0}}, TFC_OP_SLICE, {1, 3, 4, 2}},
  {"space_to_batch_nd", 38, {{TFL_F32, {1, 3, 4, 2}}, {TFL_I32, {2}, {2, 2}}, {TFL_I32, {2, 2}, {0, 1, 2, 0}}}, TFL_F32, {4, 2, 3, 2}, {{0, 0}}, TFC_OP_RESHAPE, {4, 2, 3, 2}},
  {"strided_slice, backward, an axis more", 45, {{TFL_F32, {6, 7}}, {TFL_I32, {3}, {5, 0, -1}}, {TFL_I32, {3}, {1, 0, 2}}, {TFL_I32, {3}, {-2, 1, -1}}}, TFL_F32, {2, 1, 4}, {{3, 2}}, TFC_OP_RESHAPE, {2, 1, 4}},
  {"strided_slice, ellipsis", 45, {{TFL_F32, {2, 6, 7}}, {TFL_I32, {2}, {0, 1}}, {TFL_I32, {2}, {0, 3}}, {TFL_I32, {2}, {1, 1}}}, TFL_F32, {2, 6, 2}, {{2, 1}}, TFC_OP_SLICE, {2, 6, 2}},
  {"strided_slice, lengths", 45, {{TFL_F32, {9}}, {TFL_I32, {1}, {3}}, {TFL_I32, {1}, {4}}, {TFL_I32, {1}, {1}}}, TFL_F32, {4}, {{5, 1}}, TFC_OP_SLICE, {4}},
  {"log_softmax", 50, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SUB, {2, 3}},
  {"cast", 53, {{TFL_I32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 2}}, TFC_OP_CONVERT, {2, 3}},
  {"arg_max", 56, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {-1}}}, TFL_I32, {2}, {{0, 2}}, TFC_OP_ARG_MAX, {2}},
  {"arg_min", 79, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {0}}}, TFL_I32, {3}, {{0, 2}}, TFC_OP_ARG_MIN, {3}},
  {"tile", 69, {{TFL_F32, {2, 3}}, {TFL_I32, {2}, {1, 3}}}, TFL_F32, {2, 9}, {{0, 0}}, TFC_OP_CONCAT, {2, 9}},
  {"sum", 74, {{TFL_F32, {1, 3, 4, 2}}, {TFL_I32, {2}, {1, -2}}}, TFL_F32, {1, 2}, {{0, 0}}, TFC_OP_SUM, {1, 2}},
  {"reduce_prod", 81, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {0}}}, TFL_F32, {3}, {{0, 0}}, TFC_OP_PROD, {3}},
  {"reduce_max", 82, {{TFL_U8, {1, 3, 4, 2}}, {TFL_I32, {2}, {1, 2}}}, TFL_U8, {1, 1, 1, 2}, {{0, 1}}, TFC_OP_REDUCE_MAX, {1, 1, 1, 2}},
  {"reduce_any", 91, {{TFL_BOOL, {2, 3}}, {TFL_I32, {1}, {-1}}}, TFL_BOOL, {2}, {{0, 0}}, TFC_OP_REDUCE_MAX, {2}},
  {"reduce_all", 140, {{TFL_BOOL, {2, 3}}, {TFL_I32, {2}, {0, 1}}}, TFL_BOOL, {1, 1}, {{0, 1}}, TFC_OP_REDUCE_MIN, {1, 1}},
  {"reduce_min int32", 89, {{TFL_I32, {2, 3}}, {TFL_I32, {1}, {-2}}}, TFL_I32, {1, 3}, {{0, 1}}, TFC_OP_REDUCE_MIN, {1, 3}},
  {"sum int32", 74, {{TFL_I32, {2, 3}}, {TFL_I32, {1}, {-1}}}, TFL_I32, {2}, {{0, 0}}, TFC_OP_SUM, {2}},
  {"cumsum", 128, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {-1}}}, TFL_F32, {2, 3}, {{0, 1}, {1, 1}}, TFC_OP_CUMSUM, {2, 3}},
  {"cumsum int32", 128, {{TFL_I32, {2, 3}}, {TFL_I32, {1}, {0}}}, TFL_I32, {2, 3}, {{0, 0}}, TFC_OP_CUMSUM, {2, 3}},
  {"one_hot", 85, {{TFL_I32, {2, 2}}, {TFL_I32, {1}, {3}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {2, 2, 3}, {{0, -1}}, TFC_OP_SELECT, {2, 2, 3}},
  {"one_hot, first axis", 85, {{TFL_I32, {2}}, {TFL_I32, {1}, {4}}, {TFL_I32, {1}, {7}}, {TFL_I32, {1}, {-7}}}, TFL_I32, {4, 2}, {{0, 0}}, TFC_OP_SELECT, {4, 2}},
  {"l2_pool_2d", 12, {{TFL_F32, {1, 5, 5, 2}}}, TFL_F32, {1, 2, 2, 2}, {{0, 1}, {1, 2}, {2, 2}, {3, 2}, {4, 2}}, TFC_OP_SQRT, {1, 2, 2, 2}},
  {"scatter_nd", 122, {{TFL_I32, {3, 1}}, {TFL_F32, {3, 2}}, {TFL_I32, {2}, {5, 2}}}, TFL_F32, {5, 2}, {{0, 0}}, TFC_OP_SCATTER_ND, {5, 2}, .data = 1},
  {"embedding_lookup", 7, {{TFL_I32, {3}}, {TFL_F32, {5, 2}}}, TFL_F32, {3, 2}, {{0, 0}}, TFC_OP_GATHER, {3, 2}},
  {"arg_max to int64", 56, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {-1}}}, TFL_I64, {2}, {{0, 4}}, TFC_OP_ARG_MAX, {2}},
  {"cast to int64", 53, {{TFL_F32, {2, 3}}}, TFL_I64, {2, 3}, {{0, 4}}, TFC_OP_CONVERT, {2, 3}},
  {"reduce_min", 89, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2}, {{0, 0}}, TFC_OP_REDUCE_MIN, {2}},
  {"pack", 83, {{TFL_F32, {2, 3}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3, 2}, {{0, 2}, {1, -1}}, TFC_OP_CONCAT, {2, 3, 2}},
  {"pack uint8", 83, {{TFL_U8, {1, 2, 3}}}, TFL_U8, {1, 1, 2, 3}, {{0, 1}, {1, 1}}, TFC_OP_RESHAPE, {1, 1, 2, 3}},
  {"unpack", 88, {{TFL_F32, {2, 1, 3}}}, TFL_F32, {2, 3}, {{0, 1}, {1, 1}}, TFC_OP_RESHAPE, {2, 3}},
  {"split", 49, {{TFL_I32, {1}, {1}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 1}}, TFC_OP_RESHAPE, {2, 3}, .data = 1},
  {"split_v", 102, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {-1}}, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 3}, {{0, 1}}, TFC_OP_RESHAPE, {2, 3}},
  {"resize_nearest_neighbor", 97, {{TFL_F32, {1, 3, 3, 2}}, {TFL_I32, {2}, {6, 7}}}, TFL_F32, {1, 6, 7, 2}, {{0, 0}, {1, 1}}, TFC_OP_RESIZE_NEAREST, {1, 6, 7, 2}},
  {"resize_nearest_neighbor uint8", 97, {{TFL_U8, {1, 3, 3, 2}}, {TFL_I32, {2}, {6, 6}}}, TFL_U8, {1, 6, 6, 2}, {{0, 1}}, TFC_OP_RESIZE_NEAREST, {1, 6, 6, 2}},
  {"mirror_pad", 100, {{TFL_F32, {2, 3}}, {TFL_I32, {2, 2}, {0, 0, 2, 1}}}, TFL_F32, {2, 6}, {{0, 0}}, TFC_OP_CONCAT, {2, 6}},
  {"reverse_v2", 105, {{TFL_F32, {2, 3}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SLICE, {2, 3}},
  {"add_n", 106, {{TFL_F32, {2, 3}}, {TFL_F32, {2, 3}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_ADD, {2, 3}},
  {"batch_matmul", 126, {{TFL_F32, {1, 2, 3}}, {TFL_F32, {3, 4}}}, TFL_F32, {1, 2, 4}, {{0, 0}}, TFC_OP_FULLY_CONNECTED, {1, 2, 4}},
  {"batch_matmul, both computed", 126, {{TFL_F32, {2, 3, 2}}, {TFL_F32, {2, 3, 4}}}, TFL_F32, {2, 2, 4}, {{0, 1}}, TFC_OP_BATCH_MATMUL, {2, 2, 4}},
  {"batch_matmul, first transposed", 126, {{TFL_F32, {3, 2}}, {TFL_F32, {3, 4}}}, TFL_F32, {2, 4}, {{0, 1}}, TFC_OP_BATCH_MATMUL, {2, 4}},
  {"batch_matmul, constant by computed", 126, {{TFL_F32, {2, 3}}, {TFL_F32, {5, 4, 3}}}, TFL_F32, {5, 2, 4}, {{1, 1}}, TFC_OP_BATCH_MATMUL, {5, 2, 4}, .data = 1},
  {"batch_matmul uint8", 126, {{TFL_U8, {2, 3}}, {TFL_U8, {1, 3, 4}}}, TFL_U8, {1, 2, 4}, {{0, 0}}, TFC_OP_BATCH_MATMUL, {1, 2, 4}},
  {"broadcast_to", 130, {{TFL_F32, {1, 3}}, {TFL_I32, {3}, {2, 4, 3}}}, TFL_F32, {2, 4, 3}, {{0, 0}}, TFC_OP_CONCAT, {2, 4, 3}},
  {"gelu", 150, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 1}}, TFC_OP_GELU, {2, 3}},
  {"relu_0_to_1", 152, {{TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_CLAMP, {2, 3}},
  {"transpose_conv", 67, {{TFL_I32, {4}, {1, 6, 8, 2}}, {TFL_F32, {2, 3, 3, 5}}, {TFL_F32, {1, 3, 4, 5}}, {TFL_F32, {2}}}, TFL_F32, {1, 6, 8, 2}, {{1, 2}, {2, 2}}, TFC_OP_TRANSPOSE_CONV_2D, {1, 6, 8, 2}, .data = 2},
  {"conv in groups", 3, {{TFL_F32, {1, 5, 5, 6}}, {TFL_F32, {4, 3, 3, 3}}, {TFL_F32, {4}}}, TFL_F32, {1, 3, 3, 4}, {{0, 0}, {1, 2}, {2, 2}, {3, 1}}, TFC_OP_CONV_2D, {1, 3, 3, 4}},
  {"gather, batches", 36, {{TFL_F32, {2, 5, 3}}, {TFL_I32, {2, 2}, {4, 0, 1, 2}}}, TFL_F32, {2, 2, 3}, {{0, -2}, {1, 1}}, TFC_OP_GATHER, {2, 2, 3}},
  {"gather, indices computed", 36, {{TFL_F32, {2, 5, 3}}, {TFL_I32, {2, 2}}}, TFL_F32, {2, 2, 2, 3}, {{0, -2}}, TFC_OP_GATHER, {2, 2, 2, 3}, .data = 1},
  {"gather_nd", 107, {{TFL_F32, {2, 5, 3}}, {TFL_I32, {2, 2}, {1, 4, 0, 2}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_GATHER_ND, {2, 3}},
  {"gather_nd, indices computed", 107, {{TFL_U8, {2, 5, 3}}, {TFL_I32, {4, 3}}}, TFL_U8, {4}, {{0, 0}}, TFC_OP_GATHER_ND, {4}, .data = 1},
  {"pad_v2, not zero", 60, {{TFL_U8, {2, 2}}, {TFL_I32, {2, 2}, {1, 0, 0, 1}}, {TFL_U8, {1}}}, TFL_U8, {3, 3}, {{0, 0}}, TFC_OP_PAD, {3, 3}},
  {"logical_not", 87, {{TFL_BOOL, {2, 3}}}, TFL_BOOL, {2, 3}, {{0, 0}}, TFC_OP_EQUAL, {2, 3}},
  {"select", 64, {{TFL_BOOL, {2, 3}}, {TFL_F32, {2, 3}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SELECT, {2, 3}, .data = 1},
  {"select, a mask of rows", 64, {{TFL_BOOL, {2}}, {TFL_F32, {2, 3}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SELECT, {2, 3}, .data = 1},
  {"select_v2", 123, {{TFL_BOOL, {3}}, {TFL_F32, {1}}, {TFL_F32, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_SELECT, {2, 3}, .data = 2},
  {"topk_v2", 48, {{TFL_F32, {2, 5}}, {TFL_I32, {1}, {3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_TOP_K, {2, 3}, .more = {TFL_I32, {2, 3}}},
  {"topk_v2 uint8", 48, {{TFL_U8, {5}}, {TFL_I32, {1}, {5}}}, TFL_U8, {5}, {{0, 0}}, TFC_OP_TOP_K, {5}, .more = {TFL_I32, {5}}},
  {"dequantize", 6, {{TFL_U8, {2, 3}}}, TFL_F32, {2, 3}, {{0, 0}}, TFC_OP_CONVERT, {2, 3}},
  {"logistic uint8", 14, {{TFL_U8, {3, 2}}}, TFL_U8, {3, 2}, {{0, 0}}, TFC_OP_SIGMOID, {3, 2}},
};
// clang-format on

/* An operator that is op and no more: of inputs [2,3] and [3]. */
static TflCase
plain_case (TfcOp op, gint code, const gchar *name)
{
  const TfcOpInfo *row = &tfc_op_table[op];
  const gint type = row->in[0] >> TFC_TYPE_F32 & 1 ? TFL_F32 : TFL_BOOL;
  TflCase c = {.code = code, .type = row->out[0] ? TFL_BOOL : type, .out = {2, 3}, .op = op, .expect = {2, 3}};
  c.name = g_ascii_strdown (name, -1);
  for (guint k = 0; k < tfc_op_min_inputs (op); k++) {
    c.in[k].type = type;
    c.in[k].dim[0] = k ? 3 : 2;
    c.in[k].dim[1] = k ? 0 : 3;
  }
  return c;
}

/* All of one kind of output; CONVERT's, which may be any, is above, custom ops are elsewhere. */
static GArray *
plain_cases (void)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (TflCase));
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const TfcOpInfo *row = &tfc_op_table[op];
    if (!row->tflite[0].name || row->tflite[0].code == TFC_TFLITE_CUSTOM || op == TFC_OP_CONVERT)
      continue;
    TflCase c = plain_case (op, row->tflite[0].code, row->tflite[0].name);
    g_array_append_val (all, c);
  }
  return all;
}

const TflCase *
tfl_case (guint n)
{
  static GArray *plain;
  if (!plain)
    plain = plain_cases ();
  if (n < G_N_ELEMENTS (cases))
    return &cases[n];
  n -= G_N_ELEMENTS (cases);
  return n < plain->len ? &g_array_index (plain, TflCase, n) : NULL;
}

guint
tfl_n_cases (void)
{
  guint n = 0;
  while (tfl_case (n))
    n++;
  return n;
}

static const guint sizes[] = {
    [TFL_F32] = 4, [TFL_F16] = 2, [TFL_I32] = 4, [TFL_U8] = 1, [TFL_I64] = 8, [TFL_I8] = 1, [TFL_BOOL] = 1};

static guint
add_tensor (TflWriter *w, gint type, const gchar *name, const gint32 *dim, gboolean constant,
            const gint32 *ints)
{
  static const gfloat scale = 0.5f;
  TfcShape s = tfl_shape (dim);
  gsize count;
  guint id;
  tfc_shape_count (&s, &count);
  id = tflw_tensor (w, type, name, &s, type == TFL_I32 ? ints : NULL,
                    constant ? count * sizes[type] : 0);
  if (type == TFL_U8)
    tflw_quant (w, id, &scale, 1, 3, 0);
  return id;
}

GBytes *
tfl_case_write (const TflCase *c, guint skew, gboolean new_codes)
{
  TflWriter *w = tflw_new ();
  gint in[TFL_CASE_INPUTS], out[2];
  guint n_in = 0, n_out = 1, op;
  GBytes *bytes;
  tflw_skew (w, skew);
  if (new_codes)
    tflw_new_codes (w);
  for (; n_in < TFL_CASE_INPUTS && c->in[n_in].dim[0]; n_in++) {
    gboolean data = n_in == c->data;
    in[n_in] = add_tensor (w, c->in[n_in].type, data ? "x" : "c", c->in[n_in].dim, !data,
                           c->in[n_in].ints);
  }
  out[0] = add_tensor (w, c->type, "y", c->out, FALSE, NULL);
  if (c->more.dim[0])
    out[n_out++] = add_tensor (w, c->more.type, "z", c->more.dim, FALSE, NULL);
  op = tflw_op (w, c->code, NULL, in, n_in, out, n_out);
  for (guint i = 0; i < G_N_ELEMENTS (c->options); i++) {
    if (c->options[i].field || c->options[i].value)
      tflw_option (w, op, c->options[i].field, c->options[i].value);
  }
  bytes = tflw_finish (w, &in[MIN (c->data, n_in - 1)], c->data < n_in, out, n_out);
  tflw_free (w);
  return bytes;
}
