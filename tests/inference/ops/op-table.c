/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-table.h"

#include "tests/inference/ops/op-unary.h"

#define MAX_VALUES 20

typedef struct {
  TfcType type;
  TfcShape shape;
  gfloat scale; /* 0: not quantised */
  gint32 zero;
  gdouble v[MAX_VALUES];
} Row;

typedef struct {
  TfcOp op;
  TfcParams params; /* as it stands, except that a clamp of 0..0 means none */
  guint n_in;
  Row in[3];
  Row out;
} Entry;

#define F TFC_TYPE_F32
#define U TFC_TYPE_U8
#define S TFC_TYPE_I8
#define I TFC_TYPE_I32

// clang-format off
#define SHAPE(...) {sizeof ((gint32[]){__VA_ARGS__}) / 4, {__VA_ARGS__}}
#define WINDOW(stride, dilation, kernel, t, l, b, r) \
  {.window = {stride, stride, dilation, dilation, kernel, kernel, FALSE, t, l, b, r}}

static const Entry table[] = {
  /* (1*1+2*10+3*100+4*1000) + 0.5 */
  {TFC_OP_CONV_2D, WINDOW (1, 1, 0, 0, 0, 0, 0), 3,
   {{F, SHAPE (1, 2, 2, 1), 0, 0, {1, 2, 3, 4}}, {F, SHAPE (1, 2, 2, 1), 0, 0, {1, 10, 100, 1000}},
    {F, SHAPE (1), 0, 0, {0.5}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {4321.5}}},
  /* one pixel of padding before: only the last tap sees the first pixel */
  {TFC_OP_CONV_2D, WINDOW (2, 1, 0, 1, 1, 0, 0), 2,
   {{F, SHAPE (1, 2, 2, 1), 0, 0, {1, 2, 3, 4}}, {F, SHAPE (1, 2, 2, 1), 0, 0, {1, 10, 100, 1000}}},
   {F, SHAPE (1, 1, 1, 1), 0, 0, {1000}}},
  /* dilation 2 on 3x3: the corners */
  {TFC_OP_CONV_2D, WINDOW (1, 2, 0, 0, 0, 0, 0), 2,
   {{F, SHAPE (1, 3, 3, 1), 0, 0, {1, 9, 2, 9, 9, 9, 3, 9, 4}},
    {F, SHAPE (1, 2, 2, 1), 0, 0, {1, 10, 100, 1000}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {4321}}},
  /* strides and dilations without end: there is one window */
  {TFC_OP_CONV_2D, WINDOW (G_MAXINT32, 1, 0, 1, 1, 0, 0), 2,
   {{F, SHAPE (1, 1, 1, 1), 0, 0, {2}}, {F, SHAPE (1, 2, 2, 1), 0, 0, {1, 10, 100, 1000}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {2000}}},
  {TFC_OP_CONV_2D, WINDOW (G_MAXINT32, G_MAXINT32, 0, 0, 0, 0, 0), 2,
   {{F, SHAPE (1, 2, 2, 1), 0, 0, {2, 3, 4, 5}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {10}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {20}}},
  {TFC_OP_DEPTHWISE_CONV_2D, WINDOW (G_MAXINT32, 1, 0, 1, 1, 1, 1), 2,
   {{F, SHAPE (1, 1, 1, 1), 0, 0, {2}}, {F, SHAPE (1, 3, 3, 1), 0, 0, {1, 0, 0, 0, 10, 0, 0, 0, 7}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {20}}},
  {TFC_OP_DEPTHWISE_CONV_2D, WINDOW (G_MAXINT32, 1, 0, 1, 1, 1, 1), 2,
   {{U, SHAPE (1, 1, 1, 1), 1, 0, {2}}, {U, SHAPE (1, 3, 3, 1), 1, 0, {1, 0, 0, 0, 10, 0, 0, 0, 7}}}, {U, SHAPE (1, 1, 1, 1), 1, 0, {20}}},
  {TFC_OP_MAX_POOL_2D, WINDOW (G_MAXINT32, 1, 2, 1, 1, 0, 0), 1, {{F, SHAPE (1, 1, 1, 1), 0, 0, {-2}}}, {F, SHAPE (1, 1, 1, 1), 0, 0, {-2}}},
  /* (12-10)*(5-3) + (9-10)*(1-3) = 6, + bias 1 = 7; * .5*.5/.5 = 3.5 -> 4 (even); + 100. And
   * 9 * .5 = 4.5 -> 4 (even) */
  {TFC_OP_CONV_2D, WINDOW (1, 1, 0, 0, 0, 0, 0), 3,
   {{U, SHAPE (1, 1, 1, 2), 0.5, 10, {12, 9}}, {U, SHAPE (2, 1, 1, 2), 0.5, 3, {5, 1, 5, 1}},
    {I, SHAPE (2), 0, 0, {1, 3}}}, {U, SHAPE (1, 1, 1, 2), 0.5, 100, {104, 104}}},
  /* clamped at 1.0 = 2 steps over the zero point */
  {TFC_OP_CONV_2D, {.clamp = {0, 1}, .window = {1, 1, 1, 1}}, 2,
   {{S, SHAPE (1, 1, 1, 2), 0.5, -1, {3, 5}}, {S, SHAPE (2, 1, 1, 2), 0.5, 0, {5, 1, -5, 1}}},
   {S, SHAPE (1, 1, 1, 2), 0.5, -3, {-1, -3}}},
  /* multiplier 2: outputs 0, 1 from channel 0, 2, 3 from channel 1 */
  {TFC_OP_DEPTHWISE_CONV_2D, WINDOW (1, 1, 0, 0, 0, 0, 0), 2,
   {{F, SHAPE (1, 1, 2, 2), 0, 0, {1, 2, 3, 4}},
    {F, SHAPE (1, 1, 2, 4), 0, 0, {1, 2, 3, 4, 10, 20, 30, 40}}},
   {F, SHAPE (1, 1, 1, 4), 0, 0, {31, 62, 126, 168}}},
  /* two groups of one channel */
  {TFC_OP_CONV_2D, WINDOW (1, 1, 0, 0, 0, 0, 0), 2,
   {{F, SHAPE (1, 1, 1, 2), 0, 0, {3, 5}}, {F, SHAPE (2, 1, 1, 1), 0, 0, {10, 100}}},
   {F, SHAPE (1, 1, 1, 2), 0, 0, {30, 500}}},
  /* 1 and 2 two apart, three taps each: they meet in the middle; the first is cut off, one more at the end */
  {TFC_OP_TRANSPOSE_CONV_2D, {.window = {1, 2, 1, 1, 1, 1, FALSE, 0, 1, 0, -1}}, 3,
   {{F, SHAPE (1, 1, 2, 1), 0, 0, {1, 2}}, {F, SHAPE (1, 1, 3, 1), 0, 0, {1, 10, 100}},
    {F, SHAPE (1), 0, 0, {0.5}}}, {F, SHAPE (1, 1, 5, 1), 0, 0, {10.5, 102.5, 20.5, 200.5, 0.5}}},
  {TFC_OP_GATHER, {.gather = {1, 1}}, 2,
   {{F, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, 6}}, {I, SHAPE (2, 2), 0, 0, {2, 0, 9, -9}}}, {F, SHAPE (2, 2), 0, 0, {3, 1, 6, 4}}},
  {TFC_OP_GATHER_ND, {.axis = 0}, 2,
   {{U, SHAPE (2, 2, 2), 1, 3, {1, 2, 3, 4, 5, 6, 7, 8}}, {I, SHAPE (2, 2), 0, 0, {1, 0, 0, 7}}},
   {U, SHAPE (2, 2), 1, 3, {5, 6, 3, 4}}},
  {TFC_OP_BATCH_MATMUL, {.matmul = {TRUE, FALSE}}, 2,
   {{F, SHAPE (2, 1), 0, 0, {2, 3}}, {F, SHAPE (2, 2, 2), 0, 0, {1, 10, 100, 1000, 1, 2, 3, 4}}},
   {F, SHAPE (2, 1, 2), 0, 0, {302, 3020, 11, 16}}},
  {TFC_OP_CUMSUM, {.scan = {1, TRUE, TRUE}}, 1, {{I, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, G_MAXINT32}}},
   {I, SHAPE (2, 3), 0, 0, {5, 3, 0, G_MININT32 + 4., G_MAXINT32, 0}}},
  {TFC_OP_SCATTER_ND, {.scattered = {2, {2, 2}}}, 2,
   {{F, SHAPE (4, 2), 0, 0, {1, 2, 3, 4, 5, 6, 7, 8}}, {I, SHAPE (4, 1), 0, 0, {1, 1, 2, -1}}}, {F, SHAPE (2, 2), 0, 0, {0, 0, 4, 6}}},
  {TFC_OP_FULLY_CONNECTED, {.axis = 0}, 3,
   {{F, SHAPE (2, 2), 0, 0, {1, 2, 3, 4}}, {F, SHAPE (1, 2), 0, 0, {10, 1}}, {F, SHAPE (1), 0, 0, {-1}}},
   {F, SHAPE (2, 1), 0, 0, {11, 33}}},
  {TFC_OP_MAX_POOL_2D, WINDOW (2, 1, 2, 0, 0, 1, 1), 1,
   {{F, SHAPE (1, 3, 3, 1), 0, 0, {-1, -2, -3, -4, -5, -6, -7, -8, -9}}},
   {F, SHAPE (1, 2, 2, 1), 0, 0, {-1, -3, -7, -9}}},
  /* the padding does not count */
  {TFC_OP_AVERAGE_POOL_2D, WINDOW (2, 1, 2, 0, 0, 1, 1), 1,
   {{F, SHAPE (1, 3, 3, 1), 0, 0, {1, 2, 3, 4, 5, 6, 7, 8, 9}}},
   {F, SHAPE (1, 2, 2, 1), 0, 0, {3, 4.5, 7.5, 9}}},
  {TFC_OP_AVERAGE_POOL_2D, WINDOW (1, 1, 2, 0, 0, 0, 0), 1,
   {{U, SHAPE (1, 2, 2, 2), 1, 0, {1, 10, 2, 10, 2, 10, 1, 11}}},
   {U, SHAPE (1, 1, 1, 2), 1, 0, {2, 10}}},
  {TFC_OP_MEAN, {.axes = {2, {1, 2}, TRUE}}, 1,
   {{F, SHAPE (1, 2, 2, 2), 0, 0, {1, 10, 2, 20, 3, 30, 4, 40}}},
   {F, SHAPE (1, 1, 1, 2), 0, 0, {2.5, 25}}},
  {TFC_OP_MEAN, {.axes = {1, {0}, FALSE}}, 1,
   {{F, SHAPE (2, 3), 0, 0, {1, 2, 3, 5, 6, 7}}}, {F, SHAPE (3), 0, 0, {3, 4, 5}}},
  /* 2.5 -> 2, half to even */
  {TFC_OP_MEAN, {.axes = {1, {1}, FALSE}}, 1,
   {{U, SHAPE (1, 2), 1, 1, {3, 4}}}, {U, SHAPE (1), 1, 0, {2}}},
  {TFC_OP_ADD, {.clamp = {0, 6}}, 2,
   {{F, SHAPE (2, 1), 0, 0, {1, -10}}, {F, SHAPE (3), 0, 0, {1, 2, 30}}},
   {F, SHAPE (2, 3), 0, 0, {2, 3, 6, 0, 0, 6}}},
  /* halves go up: 1.5 -> 2, -1.5 -> -1 */
  {TFC_OP_ADD, {.axis = 0}, 2,
   {{U, SHAPE (2), 0.5, 10, {13, 7}}, {U, SHAPE (1), 1, 0, {0}}},
   {U, SHAPE (2), 1, 100, {102, 99}}},
  /* scales whose ratio is past float32's */
  {TFC_OP_ADD, {.axis = 0}, 2,
   {{U, SHAPE (3), 1e30f, 10, {11, 10, 9}}, {U, SHAPE (1), 1, 0, {0}}},
   {U, SHAPE (3), 1e-37f, 100, {255, 100, 0}}},
  {TFC_OP_SUB, {.axis = 0}, 2,
   {{S, SHAPE (2), 1, 0, {100, -100}}, {S, SHAPE (2), 1, 0, {-100, 100}}},
   {S, SHAPE (2), 1, 0, {127, -128}}},
  {TFC_OP_MUL, {.axis = 0}, 2,
   {{U, SHAPE (2), 0.5, 2, {7, 0}}, {U, SHAPE (2), 0.5, 3, {4, 4}}},
   {U, SHAPE (2), 0.5, 8, {10, 7}}}, /* 2.5 -> 2; -1 */
  {TFC_OP_SUB, {.axis = 0}, 2, {{I, SHAPE (2), 0, 0, {5, -7}}, {I, SHAPE (1), 0, 0, {3}}},
   {I, SHAPE (2), 0, 0, {2, -10}}},
  {TFC_OP_MUL, {.axis = 0}, 2, {{I, SHAPE (2), 0, 0, {5, -7}}, {I, SHAPE (1), 0, 0, {3}}},
   {I, SHAPE (2), 0, 0, {15, -21}}},
  {TFC_OP_DIV, {.axis = 0}, 2, {{I, SHAPE (3), 0, 0, {7, -7, 7}}, {I, SHAPE (3), 0, 0, {2, 2, 0}}},
   {I, SHAPE (3), 0, 0, {3, -3, 0}}},
  /* a clamp that no int32 reaches */
  {TFC_OP_ADD, {.clamp = {-6e17f, -5e17f}}, 2, {{I, SHAPE (2), 0, 0, {5, -7}}, {I, SHAPE (1), 0, 0, {3}}},
   {I, SHAPE (2), 0, 0, {G_MININT32, G_MININT32}}},
  {TFC_OP_ADD, {.clamp = {5e17f, 6e17f}}, 2, {{I, SHAPE (2), 0, 0, {5, -7}}, {I, SHAPE (1), 0, 0, {3}}},
   {I, SHAPE (2), 0, 0, {G_MAXINT32, G_MAXINT32}}},
  {TFC_OP_DIV, {.axis = 0}, 2, {{F, SHAPE (2), 0, 0, {7, -7}}, {F, SHAPE (1), 0, 0, {2}}},
   {F, SHAPE (2), 0, 0, {3.5, -3.5}}},
  {TFC_OP_DIV_NO_NAN, {.axis = 0}, 2, {{F, SHAPE (3), 0, 0, {7, -7, 0}}, {F, SHAPE (3), 0, 0, {2, 0, 0}}},
   {F, SHAPE (3), 0, 0, {3.5, 0, 0}}},
  {TFC_OP_ATAN2, {.axis = 0}, 2, {{F, SHAPE (4), 0, 0, {1, 0, -1, 0}}, {F, SHAPE (4), 0, 0, {1, -1, 0, 0}}},
   {F, SHAPE (4), 0, 0, {0.785398163, 3.14159265, -1.57079633, 0}}},
  {TFC_OP_MAXIMUM, {.axis = 0}, 2, {{I, SHAPE (2), 0, 0, {7, -7}}, {I, SHAPE (1), 0, 0, {2}}},
   {I, SHAPE (2), 0, 0, {7, 2}}},
  {TFC_OP_MINIMUM, {.axis = 0}, 2, {{F, SHAPE (2), 0, 0, {7, -7}}, {F, SHAPE (1), 0, 0, {2}}},
   {F, SHAPE (2), 0, 0, {2, -7}}},
  {TFC_OP_CLAMP, {.clamp = {0, 6}}, 1, {{F, SHAPE (3), 0, 0, {-1, 3, 7}}}, {F, SHAPE (3), 0, 0, {0, 3, 6}}},
  {TFC_OP_CLAMP, {.clamp = {0, 6}}, 1, {{U, SHAPE (3), 0.1, 20, {3, 50, 99}}},
   {U, SHAPE (3), 0.1, 20, {20, 50, 80}}},
  {TFC_OP_PRELU, {.axis = 0}, 2,
   {{F, SHAPE (2, 2), 0, 0, {-1, -1, 2, -4}}, {F, SHAPE (2), 0, 0, {0.5, 0.25}}},
   {F, SHAPE (2, 2), 0, 0, {-0.5, -0.25, 2, -1}}},
  /* capped at 255 of 256 */
  {TFC_OP_SIGMOID, {.axis = 0}, 1, {{U, SHAPE (3), 0.25, 128, {128, 0, 255}}},
   {U, SHAPE (3), 1.f / 256, 0, {128, 0, 255}}},
  {TFC_OP_SOFTMAX, {.alpha = 1}, 1, {{F, SHAPE (2, 2), 0, 0, {500, 500, -900, 900}}},
   {F, SHAPE (2, 2), 0, 0, {0.5, 0.5, 0, 1}}},
  {TFC_OP_NEG, {.axis = 0}, 1, {{I, SHAPE (2), 0, 0, {9, -4}}}, {I, SHAPE (2), 0, 0, {-9, 4}}},
  {TFC_OP_NEG, {.axis = 0}, 1, {{S, SHAPE (2), 0.5, 1, {3, -5}}}, {S, SHAPE (2), 0.5, 1, {-1, 7}}},
  {TFC_OP_SIGN, {.axis = 0}, 1, {{I, SHAPE (3), 0, 0, {9, -4, 0}}}, {I, SHAPE (3), 0, 0, {1, -1, 0}}},
  /* 3 of 0.5 is 6 of 0.25 */
  {TFC_OP_EQUAL, {.axis = 0}, 2, {{U, SHAPE (2), 0.5, 0, {3, 6}}, {U, SHAPE (1), 0.25, 0, {6}}}, {TFC_TYPE_BOOL, SHAPE (2), 0, 0, {1, 0}}},
  {TFC_OP_LESS, {.axis = 0}, 2, {{TFC_TYPE_I64, SHAPE (2), 0, 0, {-3, 6}}, {TFC_TYPE_I64, SHAPE (1), 0, 0, {0}}}, {TFC_TYPE_BOOL, SHAPE (2), 0, 0, {1, 0}}},
  {TFC_OP_SELECT, {.axis = 0}, 3, {{F, SHAPE (2), 0, 0, {1, 2}}, {F, {0}, 0, 0, {-9}}, {TFC_TYPE_BOOL, SHAPE (2, 1), 0, 0, {0, 1}}},
   {F, SHAPE (2, 2), 0, 0, {-9, -9, 1, 2}}},
  {TFC_OP_ABS, {.axis = 0}, 1, {{I, SHAPE (2), 0, 0, {9, -4}}}, {I, SHAPE (2), 0, 0, {9, 4}}},
  /* half goes to the even one */
  {TFC_OP_POW, {.axis = 0}, 2, {{F, SHAPE (2), 0, 0, {2, 9}}, {F, SHAPE (2), 0, 0, {-1, 0.5}}}, {F, SHAPE (2), 0, 0, {0.5, 3}}},
  {TFC_OP_POW, {.axis = 0}, 2, {{I, SHAPE (4), 0, 0, {-3, 2, -1, 7}}, {I, SHAPE (4), 0, 0, {3, -1, -3, 0}}},
   {I, SHAPE (4), 0, 0, {-27, 0, -1, 1}}},
  {TFC_OP_SQUARED_DIFFERENCE, {.axis = 0}, 2, {{F, SHAPE (2), 0, 0, {3, -2}}, {F, SHAPE (1), 0, 0, {1}}}, {F, SHAPE (2), 0, 0, {4, 9}}},
  {TFC_OP_FLOOR_DIV, {.axis = 0}, 2, {{I, SHAPE (4), 0, 0, {7, -7, 7, -8}}, {I, SHAPE (4), 0, 0, {2, 2, -2, 0}}},
   {I, SHAPE (4), 0, 0, {3, -4, -4, 0}}},
  {TFC_OP_FLOOR_MOD, {.axis = 0}, 2, {{I, SHAPE (4), 0, 0, {7, -7, 7, -8}}, {I, SHAPE (4), 0, 0, {4, 4, -4, 0}}},
   {I, SHAPE (4), 0, 0, {3, 1, -1, 0}}},
  {TFC_OP_FLOOR_MOD, {.axis = 0}, 2, {{F, SHAPE (2), 0, 0, {-7.5, 7.5}}, {F, SHAPE (1), 0, 0, {4}}}, {F, SHAPE (2), 0, 0, {0.5, 3.5}}},
  {TFC_OP_SUM, {.axes = {1, {1}, TRUE}}, 1, {{F, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, 6}}}, {F, SHAPE (2, 1), 0, 0, {6, 15}}},
  {TFC_OP_PROD, {.axes = {1, {0}, FALSE}}, 1, {{I, SHAPE (2, 2), 0, 0, {1, 2, 3, -4}}}, {I, SHAPE (2), 0, 0, {3, -8}}},
  {TFC_OP_REDUCE_MAX, {.axes = {1, {1}, FALSE}}, 1, {{S, SHAPE (2, 2), 0.5, 3, {-9, -7, 100, 3}}}, {S, SHAPE (2), 0.5, 3, {-7, 100}}},
  {TFC_OP_REDUCE_MIN, {.axes = {2, {0, -1}, FALSE}}, 1, {{F, SHAPE (2, 2), 0, 0, {3, -1, 2, 5}}}, {F, {0}, 0, 0, {-1}}},
  /* the first of equals */
  {TFC_OP_ARG_MAX, {.axis = 1}, 1, {{F, SHAPE (2, 3), 0, 0, {1, 3, 3, -4, -5, -6}}}, {I, SHAPE (2), 0, 0, {1, 0}}},
  {TFC_OP_ARG_MIN, {.axis = 0}, 1, {{U, SHAPE (2, 2), 1, 9, {7, 1, 7, 0}}}, {I, SHAPE (2), 0, 0, {0, 1}}},
  {TFC_OP_PAD, {.pad = {{1}, {1}, -3.5}}, 1, {{F, SHAPE (2), 0, 0, {1, 2}}}, {F, SHAPE (4), 0, 0, {-3.5, 1, 2, -3.5}}},
  {TFC_OP_PAD, {.pad = {{1}, {0}, -3.5}}, 1, {{U, SHAPE (2), 0.5, 100, {1, 2}}}, {U, SHAPE (3), 0.5, 100, {93, 1, 2}}},
  /* what lies left; the middle's; of corners half goes up */
  {TFC_OP_RESIZE_NEAREST, {.resize = {1, 5, FALSE, FALSE}}, 1, {{F, SHAPE (1, 1, 3, 1), 0, 0, {1, 2, 3}}},
   {F, SHAPE (1, 1, 5, 1), 0, 0, {1, 1, 2, 2, 3}}},
  {TFC_OP_RESIZE_NEAREST, {.resize = {1, 2, FALSE, TRUE}}, 1, {{U, SHAPE (1, 1, 4, 1), 1, 7, {1, 2, 3, 4}}},
   {U, SHAPE (1, 1, 2, 1), 1, 7, {2, 4}}},
  {TFC_OP_RESIZE_NEAREST, {.resize = {1, 3, TRUE, FALSE}}, 1, {{F, SHAPE (1, 1, 2, 1), 0, 0, {1, 2}}},
   {F, SHAPE (1, 1, 3, 1), 0, 0, {1, 2, 2}}},
  {TFC_OP_PAD, {.pad = {{1, 0}, {0, 2}}}, 1, {{F, SHAPE (1, 2), 0, 0, {1, 2}}},
   {F, SHAPE (2, 4), 0, 0, {0, 0, 0, 0, 1, 2, 0, 0}}},
  {TFC_OP_PAD, {.pad = {{1}, {1}}}, 1, {{S, SHAPE (2), 1, -5, {1, 2}}}, {S, SHAPE (4), 1, -5, {-5, 1, 2, -5}}},
  /* half pixels, corners aligned, neither */
  {TFC_OP_RESIZE_BILINEAR, {.resize = {1, 4, FALSE, TRUE}}, 1, {{F, SHAPE (1, 1, 2, 1), 0, 0, {0, 8}}},
   {F, SHAPE (1, 1, 4, 1), 0, 0, {0, 2, 6, 8}}},
  {TFC_OP_RESIZE_BILINEAR, {.resize = {1, 5, TRUE, FALSE}}, 1, {{F, SHAPE (1, 1, 2, 1), 0, 0, {0, 8}}},
   {F, SHAPE (1, 1, 5, 1), 0, 0, {0, 2, 4, 6, 8}}},
  {TFC_OP_RESIZE_BILINEAR, {.resize = {1, 4, FALSE, FALSE}}, 1, {{F, SHAPE (1, 1, 2, 1), 0, 0, {0, 8}}},
   {F, SHAPE (1, 1, 4, 1), 0, 0, {0, 4, 8, 8}}},
  /* 2.5 goes up */
  {TFC_OP_RESIZE_BILINEAR, {.resize = {2, 1, FALSE, FALSE}}, 1, {{U, SHAPE (1, 1, 2, 1), 1, 7, {9, 8}}},
   {U, SHAPE (1, 2, 1, 1), 1, 7, {9, 9}}},
  {TFC_OP_DEPTH_TO_SPACE, {.block = 2}, 1,
   {{F, SHAPE (1, 1, 2, 4), 0, 0, {1, 2, 3, 4, 5, 6, 7, 8}}},
   {F, SHAPE (1, 2, 4, 1), 0, 0, {1, 2, 5, 6, 3, 4, 7, 8}}},
  {TFC_OP_RESHAPE, {.axis = 0}, 1, {{I, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, 6}}},
   {I, SHAPE (6), 0, 0, {1, 2, 3, 4, 5, 6}}},
  {TFC_OP_CONCAT, {.axis = 1}, 3,
   {{F, SHAPE (2, 1), 0, 0, {1, 4}}, {F, SHAPE (2, 2), 0, 0, {2, 3, 5, 6}}, {F, SHAPE (2, 1), 0, 0, {7, 8}}},
   {F, SHAPE (2, 4), 0, 0, {1, 2, 3, 7, 4, 5, 6, 8}}},
  /* the second is moved from steps of 1 to steps of 2: 3 -> 1.5 -> 2; 400 is too much */
  {TFC_OP_CONCAT, {.axis = 0}, 2, {{U, SHAPE (1), 2, 10, {77}}, {U, SHAPE (2), 1, 0, {3, 6}}},
   {U, SHAPE (3), 2, 10, {77, 12, 13}}},
  {TFC_OP_TRANSPOSE, {.axes = {2, {1, 0}}}, 1, {{F, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, 6}}},
   {F, SHAPE (3, 2), 0, 0, {1, 4, 2, 5, 3, 6}}},
  {TFC_OP_SLICE, {.slice = {{1, 2}, {1, -2}}}, 1, {{F, SHAPE (2, 3), 0, 0, {1, 2, 3, 4, 5, 6}}},
   {F, SHAPE (1, 2), 0, 0, {6, 4}}},
  /* 1.25 * 2 = 2.5 -> 2; 900 saturates */
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{F, SHAPE (3), 0, 0, {1.25, 900, -900}}}, {U, SHAPE (3), 0.5, 10, {12, 255, 0}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{S, SHAPE (2), 0.5, -1, {3, -5}}}, {F, SHAPE (2), 0, 0, {2, -2}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{U, SHAPE (2), 1, 0, {3, 200}}}, {S, SHAPE (2), 2, -1, {1, 99}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{F, SHAPE (4), 0, 0, {1.9, -1.9, 3e9, -3e9}}},
   {I, SHAPE (4), 0, 0, {1, -1, 2147483647, -2147483648.0}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{I, SHAPE (2), 0, 0, {0, -7}}}, {TFC_TYPE_BOOL, SHAPE (2), 0, 0, {0, 1}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{I, SHAPE (2), 0, 0, {0, -7}}}, {TFC_TYPE_I64, SHAPE (2), 0, 0, {0, -7}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{U, SHAPE (2), 0, 0, {0, 255}}}, {F, SHAPE (2), 0, 0, {0, 255}}},
  /* 1, -2, the largest, the smallest, the largest below 1 */
  {TFC_OP_CONVERT, {.axis = 0}, 1, {{TFC_TYPE_F16, SHAPE (5), 0, 0, {0x3c00, 0xc000, 0x7bff, 1, 0x3bff}}},
   {F, SHAPE (5), 0, 0, {1, -2, 65504, 0x1p-24, 0.99951171875}}},
  {TFC_OP_CONVERT, {.axis = 0}, 1,
   {{F, SHAPE (8), 0, 0, {1, -2, 65504, 65520, 0x1p-24, 0x1p-25, 1.00048828125, 0}}},
   {TFC_TYPE_F16, SHAPE (8), 0, 0, {0x3c00, 0xc000, 0x7bff, 0x7c00, 1, 0, 0x3c00, 0}}},
  /* the box 0..4 x -1..1 around (2, 0), half as large again, on 4 x 2 pixels */
  {TFC_OP_LANDMARKS_TO_TRANSFORM, {.landmarks = {2, {0, 2}, 2, 4, 1.5, 1.5, 0, 1, 0}}, 1,
   {{F, SHAPE (1, 3, 3), 0, 0, {0, -1, 9, 3, -1, 9, 4, 1, 9}}},
   {F, SHAPE (1, 4, 4), 0, 0, {1.5, 0, 0, -1, 0, 1.5, 0, -1.5, 0, 0, 1, 0, 0, 0, 0, 1}}},
  /* the same, head down: x runs up the picture's y */
  {TFC_OP_LANDMARKS_TO_TRANSFORM, {.landmarks = {2, {0, 2}, 2, 4, 1.5, 1.5, 0, 1, 0}}, 1,
   {{F, SHAPE (1, 3, 3), 0, 0, {1, 0, 9, 1, 3, 9, -1, 4, 9}}},
   {F, SHAPE (1, 4, 4), 0, 0, {0, -1.5, 0, 1.5, 1.5, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 1}}},
  /* that turn is wanted: the box stands upright, 2 wide and 4 high */
  {TFC_OP_LANDMARKS_TO_TRANSFORM, {.landmarks = {2, {0, 2}, 2, 4, 1, 1, 0, 1, 1.57079633f}}, 1,
   {{F, SHAPE (1, 3, 3), 0, 0, {1, 0, 9, 1, 3, 9, -1, 4, 9}}},
   {F, SHAPE (1, 4, 4), 0, 0, {0.5, 0, 0, -1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}}},
  /* from (0.5, 0) in steps of one, rows half a pixel apart; what leaves the picture is 0 */
  {TFC_OP_TRANSFORM_TENSOR_BILINEAR, {.landmarks = {.height = 3, .width = 2}}, 2,
   {{F, SHAPE (1, 2, 2, 2), 0, 0, {1, 10, 2, 20, 3, 30, 5, 50}},
    {F, SHAPE (1, 4, 4), 0, 0, {1, 0, 7, 0.5, 0, 0.5, 7, 0, 7, 7, 7, 7, 7, 7, 7, 7}}},
   {F, SHAPE (1, 3, 2, 2), 0, 0, {1.5, 15, 0, 0, 2.75, 27.5, 0, 0, 4, 40, 0, 0}}},
  /* x = 2 x + y + 3, y = x - y + 5; depth stays */
  {TFC_OP_TRANSFORM_LANDMARKS, {.axis = 0}, 2,
   {{F, SHAPE (1, 2, 3), 0, 0, {1, 2, 3, 4, 5, 6}},
    {F, SHAPE (1, 4, 4), 0, 0, {2, 1, 7, 3, 1, -1, 7, 5, 7, 7, 7, 7, 7, 7, 7, 7}}},
   {F, SHAPE (1, 2, 3), 0, 0, {7, 4, 3, 16, 4, 6}}},
};
// clang-format on

guint
op_table_size (void)
{
  return G_N_ELEMENTS (table) + op_unary_size ();
}

static void
fill (TfcTensor *t, const Row *row)
{
  t->quant.scale = row->scale;
  t->quant.zero_point = row->zero;
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, row->v[i]);
}

static OpCase *
unary_case (const OpUnary *row, const gdouble **expected)
{
  OpCase *c = op_case_new (row->op);
  TfcShape shape = tfc_shape (1, (gint)row->n);
  TfcTensor *x = op_case_input (c, TFC_TYPE_F32, &shape);
  for (guint i = 0; i < row->n; i++)
    op_store (x, i, row->x[i]);
  c->params.alpha = row->alpha[0];
  op_case_output (c, TFC_TYPE_F32, &shape);
  *expected = row->y;
  return c;
}

OpCase *
op_table_case (guint index, const gdouble **expected)
{
  if (index >= G_N_ELEMENTS (table))
    return unary_case (op_unary_nth (index - G_N_ELEMENTS (table)), expected);
  const Entry *e = &table[index];
  OpCase *c = op_case_new (e->op);
  c->params = e->params;
  if (c->params.clamp.min == 0 && c->params.clamp.max == 0)
    c->params.clamp = TFC_NO_CLAMP;
  for (guint i = 0; i < e->n_in; i++) {
    fill (op_case_input (c, e->in[i].type, &e->in[i].shape), &e->in[i]);
    c->constant[i] = i > 0;
  }
  TfcTensor *out = op_case_output (c, e->out.type, &e->out.shape);
  out->quant.scale = e->out.scale;
  out->quant.zero_point = e->out.zero;
  *expected = e->out.v;
  return c;
}
