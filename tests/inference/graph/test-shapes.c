/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Shapes that ops give their outputs, SAME padding, and inputs that do not fit. */
#include "tests/inference/graph/graph-check.h"
#include <math.h>
#include <string.h>

typedef struct {
  TfcOp op;
  gint n_in;
  TfcShape in[3];
  TfcShape want;
  TfcParams params;  /* the union only; the clamp is tfc_params' */
  TfcShape declared; /* rank 0 with dim[0] 0: unknown */
  gboolean is_declared;
} Case;

#define SH1(a) \
  {            \
    1,         \
    {          \
      a        \
    }          \
  }
#define SH2(a, b) \
  {               \
    2,            \
    {             \
      a, b        \
    }             \
  }
#define SH3(a, b, c) \
  {                  \
    3,               \
    {                \
      a, b, c        \
    }                \
  }
#define SH4(a, b, c, d) \
  {                     \
    4,                  \
    {                   \
      a, b, c, d        \
    }                   \
  }
#define NONE \
  {          \
    -1       \
  }

// clang-format off
static const Case cases[] = {
  {TFC_OP_FULLY_CONNECTED, 2, {SH2 (1, 8), SH2 (5, 8)}, SH2 (1, 5)},
  {TFC_OP_FULLY_CONNECTED, 3, {SH4 (1, 3, 2, 8), SH2 (5, 8), SH1 (5)}, SH4 (1, 3, 2, 5)},
  {TFC_OP_FULLY_CONNECTED, 2, {SH2 (1, 8), SH2 (5, 9)}, NONE},
  {TFC_OP_FULLY_CONNECTED, 3, {SH2 (1, 8), SH2 (5, 8), SH1 (4)}, NONE},
  {TFC_OP_FULLY_CONNECTED, 2, {{0}, SH2 (5, 8)}, NONE},
  {TFC_OP_FULLY_CONNECTED, 1, {SH2 (1, 8)}, NONE},
  {TFC_OP_ADD, 2, {SH3 (2, 1, 3), SH2 (4, 1)}, SH3 (2, 4, 3)},
  {TFC_OP_SUB, 2, {{0}, SH2 (4, 1)}, SH2 (4, 1)},
  {TFC_OP_MUL, 2, {SH4 (1, 5, 5, 7), SH1 (7)}, SH4 (1, 5, 5, 7)},
  {TFC_OP_DIV, 2, {{0}, {0}}, {0}},
  {TFC_OP_MAXIMUM, 2, {SH1 (3), SH1 (4)}, NONE},
  {TFC_OP_MINIMUM, 2, {SH2 (3, 2), SH2 (2, 3)}, NONE},
  {TFC_OP_ADD, 2, {SH2 (65536, 1), SH2 (1, 65536)}, NONE}, /* 16 GiB */
  {TFC_OP_ADD, 3, {SH1 (3), SH1 (3), SH1 (3)}, NONE},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, SH3 (2, 3, 4)},
  {TFC_OP_PRELU, 2, {SH4 (1, 4, 4, 6), SH3 (1, 1, 6)}, SH4 (1, 4, 4, 6)},
  {TFC_OP_PRELU, 2, {SH3 (1, 1, 6), SH4 (1, 4, 4, 6)}, NONE},
  {TFC_OP_SOFTMAX, 1, {SH2 (3, 91)}, SH2 (3, 91)},
  {TFC_OP_SOFTMAX, 1, {{0}}, NONE},
  {TFC_OP_MEAN, 1, {SH4 (2, 7, 6, 5)}, SH2 (2, 5), .params = {.axes = {2, {1, 2}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH4 (2, 7, 6, 5)}, SH4 (2, 1, 1, 5), .params = {.axes = {2, {1, -2}, TRUE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, {0}, .params = {.axes = {2, {1, 0}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, SH1 (2), .params = {.axes = {2, {1, 1}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {1, {2}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {1, {-3}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {9, {0}, FALSE}}},
  {TFC_OP_MEAN, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {-1, {0}, FALSE}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, SH2 (5, 7), .params = {.pad = {{1, 0}, {2, 0}}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{-1, 0}, {2, 0}}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{1, 0}, {0, -7}}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{G_MAXINT32, 0}, {0, 0}}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{1 << 30, 0}, {0, 0}}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{G_MAXINT32, G_MAXINT32}, {G_MAXINT32, G_MAXINT32}}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, SH4 (1, 9, 8, 2), .params = {.resize = {9, 8, FALSE, TRUE}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {0, 8, FALSE, FALSE}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {3, -8, FALSE, FALSE}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {G_MAXINT32, G_MAXINT32, FALSE, FALSE}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {40000, 40000, FALSE, FALSE}}},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {6, 8, TRUE, TRUE}}},
  {TFC_OP_RESIZE_NEAREST, 1, {SH4 (1, 3, 4, 2)}, SH4 (1, 9, 8, 2), .params = {.resize = {9, 8, FALSE, TRUE}}},
  {TFC_OP_RESIZE_NEAREST, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {0, 8, FALSE, FALSE}}},
  {TFC_OP_RESIZE_NEAREST, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {G_MAXINT32, G_MAXINT32, FALSE, FALSE}}},
  {TFC_OP_RESIZE_NEAREST, 1, {SH4 (1, 3, 4, 2)}, NONE, .params = {.resize = {6, 8, TRUE, TRUE}}},
  {TFC_OP_RESIZE_NEAREST, 1, {SH3 (3, 4, 2)}, NONE, .params = {.resize = {6, 8, FALSE, FALSE}}},
  {TFC_OP_PAD, 1, {SH2 (2, 7)}, NONE, .params = {.pad = {{1, 0}, {2, 0}, NAN}}},
  {TFC_OP_SUM, 1, {SH4 (2, 7, 6, 5)}, SH2 (2, 5), .params = {.axes = {2, {1, 2}, FALSE}}},
  {TFC_OP_REDUCE_MAX, 1, {SH4 (2, 7, 6, 5)}, SH4 (2, 1, 1, 5), .params = {.axes = {2, {1, -2}, TRUE}}},
  {TFC_OP_REDUCE_MIN, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {1, {2}, FALSE}}},
  {TFC_OP_PROD, 1, {SH2 (2, 7)}, NONE, .params = {.axes = {9, {0}, FALSE}}},
  {TFC_OP_ARG_MAX, 1, {SH3 (2, 7, 3)}, SH2 (2, 3), .params = {.axis = 1}},
  {TFC_OP_ARG_MIN, 1, {SH3 (2, 7, 3)}, SH2 (2, 7), .params = {.axis = -1}},
  {TFC_OP_ARG_MAX, 1, {SH3 (2, 7, 3)}, NONE, .params = {.axis = 3}},
  {TFC_OP_ARG_MAX, 1, {{0}}, NONE, .params = {.axis = 0}},
  {TFC_OP_POW, 2, {SH3 (2, 1, 3), SH2 (4, 1)}, SH3 (2, 4, 3)},
  {TFC_OP_SQUARED_DIFFERENCE, 2, {SH2 (3, 2), SH2 (2, 3)}, NONE},
  {TFC_OP_FLOOR_DIV, 2, {{0}, SH2 (4, 1)}, SH2 (4, 1)},
  {TFC_OP_RESIZE_BILINEAR, 1, {SH3 (3, 4, 2)}, NONE, .params = {.resize = {6, 8, FALSE, FALSE}}},
  {TFC_OP_DEPTH_TO_SPACE, 1, {SH4 (1, 3, 4, 12)}, SH4 (1, 6, 8, 3), .params = {.block = 2}},
  {TFC_OP_DEPTH_TO_SPACE, 1, {SH4 (1, 3, 4, 12)}, NONE, .params = {.block = 3}},
  {TFC_OP_DEPTH_TO_SPACE, 1, {SH4 (1, 3, 4, 12)}, NONE, .params = {.block = 0}},
  {TFC_OP_DEPTH_TO_SPACE, 1, {SH4 (1, 3, 4, 12)}, NONE, .params = {.block = 65536}},
  {TFC_OP_DEPTH_TO_SPACE, 1, {SH4 (1, 3, 4, 12)}, NONE, .params = {.block = -2}},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, SH2 (12, 12), .is_declared = TRUE, .declared = SH2 (12, 12)},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, SH3 (2, 9, 8), .is_declared = TRUE, .declared = SH3 (2, -1, 8)},
  {TFC_OP_RESHAPE, 1, {SH1 (1)}, {0}, .is_declared = TRUE, .declared = {0}},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, NONE, .is_declared = TRUE, .declared = SH2 (12, 13)},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, NONE, .is_declared = TRUE, .declared = SH2 (-1, -1)},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, NONE, .is_declared = TRUE, .declared = SH2 (-1, 0)},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, NONE, .is_declared = TRUE, .declared = SH3 (65536, 65536, G_MAXINT32)},
  {TFC_OP_RESHAPE, 1, {SH4 (1, 3, 4, 12)}, NONE},
  {TFC_OP_CONCAT, 3, {SH2 (1, 3), SH2 (1, 4), SH2 (1, 5)}, SH2 (1, 12), .params = {.axis = 1}},
  {TFC_OP_CONCAT, 2, {SH2 (1, 3), SH2 (4, 3)}, SH2 (5, 3), .params = {.axis = -2}},
  {TFC_OP_CONCAT, 1, {SH2 (1, 3)}, SH2 (1, 3), .params = {.axis = 0}},
  {TFC_OP_CONCAT, 2, {SH2 (1, 3), SH2 (4, 3)}, NONE, .params = {.axis = 1}},
  {TFC_OP_CONCAT, 2, {SH2 (1, 3), SH3 (1, 1, 3)}, NONE, .params = {.axis = 1}},
  {TFC_OP_CONCAT, 2, {SH2 (1, 3), SH2 (1, 3)}, NONE, .params = {.axis = 2}},
  {TFC_OP_CONCAT, 2, {SH2 (1, 3), SH2 (1, 3)}, NONE, .params = {.axis = -3}},
  {TFC_OP_CONCAT, 2, {{0}, {0}}, NONE},
  {TFC_OP_CONCAT, 2, {SH1 (1 << 28), SH1 (1 << 28)}, NONE},
  {TFC_OP_TRANSPOSE, 1, {SH3 (2, 3, 4)}, SH3 (4, 2, 3), .params = {.axes = {3, {2, 0, 1}}}},
  {TFC_OP_TRANSPOSE, 1, {SH3 (2, 3, 4)}, NONE, .params = {.axes = {3, {2, 0, 0}}}},
  {TFC_OP_TRANSPOSE, 1, {SH3 (2, 3, 4)}, NONE, .params = {.axes = {3, {2, 0, 3}}}},
  {TFC_OP_TRANSPOSE, 1, {SH3 (2, 3, 4)}, NONE, .params = {.axes = {3, {2, 0, -1}}}},
  {TFC_OP_TRANSPOSE, 1, {SH3 (2, 3, 4)}, NONE, .params = {.axes = {2, {1, 0}}}},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, SH2 (4, 2), .params = {.slice = {{2, 1}, {2, 1}}}, .is_declared = TRUE, .declared = SH2 (4, 2)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, SH2 (9, 3), .params = {.slice = {{8, 2}, {-1, -1}}}, .is_declared = TRUE, .declared = SH2 (9, 3)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{2, 1}, {2, 1}}}, .is_declared = TRUE, .declared = SH2 (5, 2)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{2, 1}, {0, 1}}}, .is_declared = TRUE, .declared = SH2 (4, 2)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{-1, 1}, {1, 1}}}, .is_declared = TRUE, .declared = SH2 (4, 2)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{2, 0}, {-1, 1}}}, .is_declared = TRUE, .declared = SH2 (4, 1)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{0, 0}, {G_MAXINT32, 1}}}, .is_declared = TRUE, .declared = SH2 (G_MAXINT32, 1)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{0, 0}, {1, 1}}}, .is_declared = TRUE, .declared = SH1 (9)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{0, 0}, {1, 1}}}, .is_declared = TRUE, .declared = SH2 (-1, 3)},
  {TFC_OP_SLICE, 1, {SH2 (9, 3)}, NONE, .params = {.slice = {{0, 0}, {1, 1}}}, .is_declared = TRUE, .declared = SH2 (0, 3)},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, SH3 (1, 4, 4), .params = {.landmarks = {.n = 2, .index = {0, 9}, .height = 4, .width = 6, .right_rotation = 9}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 2, .index = {0, 10}, .height = 4, .width = 6}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 2, .index = {0, 9}, .height = 4, .width = 6, .left_rotation = 10}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 2, .index = {0, 9}, .height = 4, .width = 6, .right_rotation = -1}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 2, .index = {0, 9}, .height = 0, .width = 6}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 2, .index = {-1, 1}, .height = 4, .width = 6}}},
  {TFC_OP_LANDMARKS_TO_TRANSFORM, 1, {SH4 (1, 1, 1, 30)}, NONE, .params = {.landmarks = {.n = 81, .height = 4, .width = 6}}},
  {TFC_OP_TRANSFORM_TENSOR_BILINEAR, 2, {SH4 (1, 48, 48, 32), SH3 (1, 4, 4)}, SH4 (1, 12, 24, 32), .params = {.landmarks = {.height = 12, .width = 24}}},
  {TFC_OP_TRANSFORM_TENSOR_BILINEAR, 2, {SH4 (1, 48, 48, 32), SH3 (1, 3, 4)}, NONE, .params = {.landmarks = {.height = 12, .width = 24}}},
  {TFC_OP_TRANSFORM_TENSOR_BILINEAR, 2, {SH4 (1, 48, 48, 32), SH3 (1, 4, 4)}, NONE, .params = {.landmarks = {.height = 0, .width = 24}}},
  {TFC_OP_TRANSFORM_LANDMARKS, 2, {SH4 (1, 1, 71, 2), SH3 (1, 4, 4)}, SH4 (1, 1, 71, 2)},
  {TFC_OP_TRANSFORM_LANDMARKS, 2, {SH3 (1, 71, 1), SH3 (1, 4, 4)}, NONE},
  /* declared shapes: holes are filled, lies refused */
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, SH3 (2, 3, 4), .is_declared = TRUE, .declared = SH3 (-1, 3, -1)},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, NONE, .is_declared = TRUE, .declared = SH3 (2, 3, 5)},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, NONE, .is_declared = TRUE, .declared = SH2 (6, 4)},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, NONE, .is_declared = TRUE, .declared = {9, {1}}},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, NONE, .is_declared = TRUE, .declared = {G_MAXINT32, {1}}},
  {TFC_OP_CLAMP, 1, {SH3 (2, 3, 4)}, NONE, .is_declared = TRUE, .declared = SH3 (2, 3, G_MININT32)},
};
// clang-format on

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    One one = one_new (c->op);
    TfcClamp clamp = one.params.clamp;
    TfcTensor desc = {.type = TFC_TYPE_F32, .shape = c->declared};
    g_test_message ("case %u, %s", i, tfc_op_name (c->op));
    one.params = c->params;
    one.params.clamp = clamp;
    for (gint k = 0; k < c->n_in; k++)
      one_in (&one, TFC_TYPE_F32, c->in[k]);
    if (c->want.rank < 0)
      expect_error (&one, c->op, c->is_declared ? &desc : NULL);
    else
      expect_shape (&one, c->op, c->is_declared ? &desc : NULL, c->want);
  }
}

typedef struct {
  gint in, kernel, stride, dilation;
  gint before, after, out; /* SAME */
  gint valid;              /* out with no padding; 0: refused */
} Axis;

/* SAME as TensorFlow defines it: out = ceil (in / stride), the odd pixel at the end. */
static const Axis axes[] = {
    {300, 3, 2, 1, 0, 1, 150, 149}, {150, 3, 1, 1, 1, 1, 150, 148}, {75, 3, 2, 1, 1, 1, 38, 37},
    {19, 3, 2, 1, 1, 1, 10, 9},     {10, 3, 2, 1, 0, 1, 5, 4},      {5, 3, 2, 1, 1, 1, 3, 2},
    {3, 3, 2, 1, 1, 1, 2, 1},       {2, 3, 2, 1, 0, 1, 1, 0},       {1, 3, 1, 1, 1, 1, 1, 0},
    {128, 5, 2, 1, 1, 2, 64, 62},   {64, 2, 2, 1, 0, 0, 32, 32},    {7, 2, 2, 1, 0, 1, 4, 3},
    {6, 2, 1, 1, 0, 1, 6, 5},       {9, 1, 2, 1, 0, 0, 5, 5},       {10, 1, 3, 1, 0, 0, 4, 4},
    {9, 3, 1, 2, 2, 2, 9, 5},       {10, 3, 2, 2, 1, 2, 5, 3},      {5, 3, 1, 3, 3, 3, 5, 0},
    {8, 4, 1, 1, 1, 2, 8, 5},       {8, 4, 3, 1, 1, 1, 3, 2},       {17, 3, 3, 1, 0, 1, 6, 5},
};

static void
set_window (TfcWindow *w, const Axis *h, const Axis *v)
{
  w->kernel_h = h->kernel;
  w->kernel_w = v->kernel;
  w->stride_h = h->stride;
  w->stride_w = v->stride;
  w->dilation_h = h->dilation;
  w->dilation_w = v->dilation;
}

static void
window_case (TfcOp op, const Axis *h, const Axis *v, gboolean same)
{
  gboolean pool = op == TFC_OP_MAX_POOL_2D || op == TFC_OP_AVERAGE_POOL_2D;
  gint channels = op == TFC_OP_CONV_2D ? 5 : op == TFC_OP_DEPTHWISE_CONV_2D ? 6 : 3;
  One one = one_new (op);
  set_window (&one.params.window, h, v);
  one.params.window.same = same;
  one_in (&one, TFC_TYPE_F32, S (2, h->in, v->in, 3));
  if (op == TFC_OP_CONV_2D)
    one_in (&one, TFC_TYPE_F32, S (5, h->kernel, v->kernel, 3));
  if (op == TFC_OP_DEPTHWISE_CONV_2D)
    one_in (&one, TFC_TYPE_F32, S (1, h->kernel, v->kernel, 6));
  if (pool && (h->dilation > 1 || v->dilation > 1)) {
    expect_error (&one, op, NULL);
    return;
  }
  if (!same) {
    if (h->valid && v->valid)
      expect_shape (&one, op, NULL, S (2, h->valid, v->valid, channels));
    else
      expect_error (&one, op, NULL);
    return;
  }
  GError *error = one_check (&one, op, NULL);
  g_assert_no_error (error);
  const TfcWindow *w = &tfc_graph_n (one.graph, 0)->params.window;
  g_assert_false (w->same);
  g_assert_cmpint (w->pad_top, ==, h->before);
  g_assert_cmpint (w->pad_bottom, ==, h->after);
  g_assert_cmpint (w->pad_left, ==, v->before);
  g_assert_cmpint (w->pad_right, ==, v->after);
  TfcShape want = S (2, h->out, v->out, channels);
  g_assert_true (tfc_shape_equal (&tfc_graph_v (one.graph, one.out)->tensor.shape, &want));
  tfc_graph_free (one.graph);
}

static void
test_windows (void)
{
  static const TfcOp ops[] = {TFC_OP_CONV_2D, TFC_OP_DEPTHWISE_CONV_2D, TFC_OP_MAX_POOL_2D,
                              TFC_OP_AVERAGE_POOL_2D};
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (ops); k++) {
      const Axis *other = &axes[(i * 7 + 3) % G_N_ELEMENTS (axes)];
      window_case (ops[k], &axes[i], other, TRUE);
      window_case (ops[k], &axes[i], other, FALSE);
    }
  }
}

static void
test_windows_hostile (void)
{
  // clang-format off
  static const TfcWindow bad[] = {
    {0, 1, 1, 1, 3, 3}, {1, 0, 1, 1, 3, 3}, {-1, 1, 1, 1, 3, 3}, {1, G_MININT32, 1, 1, 3, 3},
    {1, 1, 0, 1, 3, 3}, {1, 1, 1, -1, 3, 3}, {1, 1, G_MAXINT32, 1, 3, 3},
    {1, 1, 1, 1, 0, 3}, {1, 1, 1, 1, 3, -3}, {1, 1, 1, 1, 9, 3}, {1, 1, 1, 1, 3, G_MAXINT32},
    {1, 1, 1, 1, 3, 3, FALSE, -1, 0, 0, 0}, {1, 1, 1, 1, 3, 3, FALSE, 0, 0, 0, G_MININT32},
    {1, 1, 1, 1, 3, 3, FALSE, G_MAXINT32, 0, 0, 0},
    {1, 1, 1, 1, 3, 3, FALSE, G_MAXINT32, G_MAXINT32, G_MAXINT32, G_MAXINT32},
    {1, 1, 1, 1, 3, 3, FALSE, 3, 0, 0, 0}, /* a window of padding only */
    {1, 1, 1, 1, 3, 3, FALSE, 0, 0, 0, 3},
    {0, 1, 1, 1, 3, 3, TRUE}, {1, 1, 1, 1, 0, 3, TRUE}, {1, 1, -5, 1, 3, 3, TRUE},
    {1, 1, 1, G_MAXINT32, 3, 3, TRUE},
  };
  // clang-format on
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    One one = one_new (TFC_OP_AVERAGE_POOL_2D);
    g_test_message ("window %u", i);
    one.params.window = bad[i];
    one_in (&one, TFC_TYPE_F32, S (1, 8, 8, 3));
    expect_error (&one, TFC_OP_AVERAGE_POOL_2D, NULL);
  }
}

static void
conv_case (TfcOp op, TfcShape x, TfcShape w, TfcShape b, TfcType bias, gboolean fine)
{
  One one = one_new (op);
  one_in (&one, TFC_TYPE_F32, x);
  one_in (&one, TFC_TYPE_F32, w);
  one_in (&one, bias, b);
  GError *error = one_check (&one, op, NULL);
  g_assert_true (fine == (error == NULL));
  g_clear_error (&error);
  tfc_graph_free (one.graph);
}

static void
test_conv_weights (void)
{
  TfcOp conv = TFC_OP_CONV_2D, dw = TFC_OP_DEPTHWISE_CONV_2D;
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 3), S (5), TFC_TYPE_F32, TRUE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 3), S (1, 1, 1, 5), TFC_TYPE_F32, TRUE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 3), S (5), TFC_TYPE_I32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 3), S (4), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 3), S (5, 1), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3, 2), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 4), S (6, 3, 3, 2), S (6), TFC_TYPE_F32, TRUE); /* in groups */
  conv_case (conv, S (1, 8, 8, 4), S (5, 3, 3, 2), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (8, 8, 3), S (5, 3, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 9, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (dw, S (1, 8, 8, 3), S (1, 3, 3, 6), S (6), TFC_TYPE_F32, TRUE);
  conv_case (dw, S (1, 8, 8, 3), S (1, 3, 3, 7), S (7), TFC_TYPE_F32, FALSE);
  conv_case (dw, S (1, 8, 8, 3), S (2, 3, 3, 3), S (3), TFC_TYPE_F32, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/shapes", test_shapes);
  g_test_add_func ("/graph/windows", test_windows);
  g_test_add_func ("/graph/windows-hostile", test_windows_hostile);
  g_test_add_func ("/graph/conv-weights", test_conv_weights);
  return g_test_run ();
}
