/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shapes, SAME padding and everything that must be refused. */
#include "inference/graph/graph.h"

#include <math.h>
#include <string.h>

#define S(...) tfc_shape (G_N_ELEMENTS (((gint[]){__VA_ARGS__})), __VA_ARGS__)

typedef struct {
  TfcGraph *graph;
  TfcParams params;
  guint in[TFC_MAX_NODE_INPUTS];
  guint n_in;
  guint out;
} One;

static One
one_new (TfcOp op)
{
  One one = {.graph = tfc_graph_new (), .params = tfc_params (op)};
  return one;
}

static guint
add_input (TfcGraph *g, TfcType type, TfcShape shape)
{
  TfcTensor desc = {.type = type, .shape = shape};
  if (type == TFC_TYPE_U8 || type == TFC_TYPE_I8)
    desc.quant.scale = 0.5;
  guint id = tfc_graph_value (g, "x", &desc);
  tfc_graph_input (g, id);
  return id;
}

static void
one_in (One *one, TfcType type, TfcShape shape)
{
  one->in[one->n_in++] = add_input (one->graph, type, shape);
}

/* Adds the node and checks; returns the error or NULL. out may be NULL for unknown. */
static GError *
one_check (One *one, TfcOp op, const TfcTensor *out)
{
  GError *error = NULL, *again = NULL;
  TfcGraph *g = one->graph;
  one->out = out ? tfc_graph_value (g, "y", out) : tfc_graph_unknown (g, "y");
  tfc_graph_node (g, op, &one->params, one->in, one->n_in, &one->out, 1);
  tfc_graph_output (g, one->out);
  gboolean ok = tfc_graph_check (g, &error);
  g_assert_true (ok == (error == NULL));
  if (ok) { /* idempotent */
    TfcNode before = *tfc_graph_n (g, 0);
    TfcTensor y = tfc_graph_v (g, one->out)->tensor;
    g_assert_true (tfc_graph_check (g, &again));
    g_assert_no_error (again);
    g_assert_cmpmem (&before, sizeof before, tfc_graph_n (g, 0), sizeof before);
    g_assert_cmpmem (&y, sizeof y, &tfc_graph_v (g, one->out)->tensor, sizeof y);
  }
  return error;
}

static void
expect_shape (One *one, TfcOp op, const TfcTensor *out, TfcShape want)
{
  gchar a[96], b[96];
  GError *error = one_check (one, op, out);
  g_assert_no_error (error);
  const TfcShape *is = &tfc_graph_v (one->graph, one->out)->tensor.shape;
  g_assert_cmpstr (tfc_shape_print (is, a), ==, tfc_shape_print (&want, b));
  g_assert_true (tfc_shape_equal (is, &want));
  tfc_graph_free (one->graph);
}

static void
expect_error (One *one, TfcOp op, const TfcTensor *out)
{
  GError *error = one_check (one, op, out);
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, TFC_ERROR, TFC_ERROR_FORMAT) ||
                 g_error_matches (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED));
  g_test_message ("%s", error->message);
  g_error_free (error);
  tfc_graph_free (one->graph);
}

/* ---- shapes of plain ops: inputs, parameters, result (rank -1: refused) ---- */

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

/* ---- windows ---- */

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
  conv_case (conv, S (1, 8, 8, 4), S (6, 3, 3, 2), S (6), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (8, 8, 3), S (5, 3, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (conv, S (1, 8, 8, 3), S (5, 9, 3, 3), S (5), TFC_TYPE_F32, FALSE);
  conv_case (dw, S (1, 8, 8, 3), S (1, 3, 3, 6), S (6), TFC_TYPE_F32, TRUE);
  conv_case (dw, S (1, 8, 8, 3), S (1, 3, 3, 7), S (7), TFC_TYPE_F32, FALSE);
  conv_case (dw, S (1, 8, 8, 3), S (2, 3, 3, 3), S (3), TFC_TYPE_F32, FALSE);
}

/* ---- types ---- */

static void
test_quantised (void)
{
  TfcTensor byte = {.type = TFC_TYPE_U8, .shape = {.rank = -1}, .quant = {.scale = 0.25}};
  TfcTensor plain = {.type = TFC_TYPE_U8, .shape = S (1, 4)};
  TfcTensor real = {.type = TFC_TYPE_F32, .shape = S (1, 4)};
  One one;

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_shape (&one, TFC_OP_SIGMOID, &byte, S (1, 4));

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_SIGMOID, &plain);

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_SIGMOID, &real);

  one = one_new (TFC_OP_CONVERT);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_shape (&one, TFC_OP_CONVERT, &real, S (1, 4));

  one = one_new (TFC_OP_ADD);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_ADD, NULL);

  one = one_new (TFC_OP_ADD);
  one_in (&one, TFC_TYPE_I64, S (1, 4));
  one_in (&one, TFC_TYPE_I64, S (1, 4));
  expect_error (&one, TFC_OP_ADD, NULL);

  one = one_new (TFC_OP_CLAMP);
  one.params.clamp = (TfcClamp){1, 0};
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_CLAMP, NULL);

  one = one_new (TFC_OP_CLAMP);
  one.params.clamp.min = NAN;
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_CLAMP, NULL);

  /* moved bytes mean the same afterwards, unless a RESHAPE is told what else they stand for */
  one = one_new (TFC_OP_RESHAPE);
  one_in (&one, TFC_TYPE_U8, S (2, 2));
  expect_shape (&one, TFC_OP_RESHAPE, &plain, S (1, 4));
  one = one_new (TFC_OP_RESHAPE);
  byte.shape = S (1, 4);
  one_in (&one, TFC_TYPE_U8, S (2, 2));
  expect_shape (&one, TFC_OP_RESHAPE, &byte, S (1, 4));
  const TfcOp moves[] = {TFC_OP_PAD,         TFC_OP_RESIZE_NEAREST, TFC_OP_DEPTH_TO_SPACE,
                         TFC_OP_REDUCE_MAX,  TFC_OP_TRANSPOSE,      TFC_OP_REDUCE_MIN,
                         TFC_OP_MAX_POOL_2D, TFC_OP_RESIZE_BILINEAR};
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    one = one_new (moves[i]);
    byte.shape = S (1, 1, 1, 1);
    if (moves[i] == TFC_OP_RESIZE_NEAREST || moves[i] == TFC_OP_RESIZE_BILINEAR)
      one.params.resize.height = one.params.resize.width = 1;
    if (moves[i] == TFC_OP_TRANSPOSE)
      one.params.axes.n = 4, one.params.axes.axis[1] = 1, one.params.axes.axis[2] = 2,
      one.params.axes.axis[3] = 3;
    if (moves[i] == TFC_OP_MAX_POOL_2D)
      one.params.window.kernel_h = one.params.window.kernel_w = 1;
    one_in (&one, TFC_TYPE_U8, S (1, 1, 1, 1));
    expect_error (&one, moves[i], &byte);
  }

  /* of 8 bits, and of whole numbers, where that says something */
  const TfcOp no_bytes[] = {TFC_OP_POW, TFC_OP_FLOOR_DIV, TFC_OP_FLOOR_MOD};
  for (guint i = 0; i < G_N_ELEMENTS (no_bytes); i++) {
    one = one_new (no_bytes[i]);
    one_in (&one, TFC_TYPE_U8, S (1, 4));
    one_in (&one, TFC_TYPE_U8, S (1, 4));
    expect_error (&one, no_bytes[i], NULL);
  }
  one = one_new (TFC_OP_LOGICAL_AND);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_LOGICAL_AND, NULL);
  one = one_new (TFC_OP_SELECT); /* the mask is of bools */
  for (guint i = 0; i < 3; i++)
    one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_SELECT, NULL);
  one = one_new (TFC_OP_SELECT); /* and what it chooses from is alike */
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  one_in (&one, TFC_TYPE_I32, S (1, 4));
  one_in (&one, TFC_TYPE_BOOL, S (1, 4));
  expect_error (&one, TFC_OP_SELECT, NULL);
  one = one_new (TFC_OP_LESS);
  one_in (&one, TFC_TYPE_F16, S (1, 4));
  one_in (&one, TFC_TYPE_F16, S (1, 4));
  expect_error (&one, TFC_OP_LESS, NULL);
  one = one_new (TFC_OP_LOG);
  one_in (&one, TFC_TYPE_I32, S (1, 4));
  expect_error (&one, TFC_OP_LOG, NULL);
}

static void
quant_case (TfcQuant quant, TfcType type, gboolean fine)
{
  One one = one_new (TFC_OP_RESHAPE);
  TfcTensor desc = {.type = type, .shape = S (2, 2), .quant = quant};
  TfcTensor out = {.type = type, .shape = S (4)};
  one.in[one.n_in++] = tfc_graph_value (one.graph, "x", &desc);
  tfc_graph_input (one.graph, 0);
  GError *error = one_check (&one, TFC_OP_RESHAPE, &out);
  g_assert_true (fine == (error == NULL));
  g_clear_error (&error);
  tfc_graph_free (one.graph);
}

static void
test_quant_numbers (void)
{
  static const gfloat good[] = {1, 2}, bad[] = {1, INFINITY};
  quant_case ((TfcQuant){.scale = 1, .zero_point = 255}, TFC_TYPE_U8, TRUE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = 256}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = -1}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = 128}, TFC_TYPE_I8, FALSE);
  quant_case ((TfcQuant){.scale = NAN}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = -1}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 2, .n_channels = 2, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = -1, .n_channels = 2, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 3, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 2}, TFC_TYPE_I8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 2, .scales = bad}, TFC_TYPE_I8,
              FALSE);
}

/* ---- whole graphs ---- */

static void
expect_graph_error (TfcGraph *g, const gchar *part)
{
  GError *error = NULL;
  g_assert_false (tfc_graph_check (g, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, TFC_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
  g_error_free (error);
  tfc_graph_free (g);
}

static void
clamp_node (TfcGraph *g, guint x, guint y)
{
  TfcParams params = tfc_params (TFC_OP_CLAMP);
  tfc_graph_node (g, TFC_OP_CLAMP, &params, &x, 1, &y, 1);
}

static void
test_cycles (void)
{
  static const guint lengths[] = {1, 2, 3, 17, 1000};
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    TfcGraph *g = tfc_graph_new ();
    guint x = add_input (g, TFC_TYPE_F32, S (4)), y = tfc_graph_unknown (g, "y");
    guint first = g->values->len;
    for (guint k = 0; k < lengths[i]; k++)
      tfc_graph_unknown (g, NULL);
    clamp_node (g, x, y);
    for (guint k = 0; k < lengths[i]; k++)
      clamp_node (g, first + k, first + (k + 1) % lengths[i]);
    tfc_graph_output (g, y);
    expect_graph_error (g, "circle");
  }
}

/* A chain of the largest length, built backwards: sorted without recursion. */
static void
test_longest (void)
{
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  guint n = TFC_MAX_VALUES - 1;
  add_input (g, TFC_TYPE_F32, S (4));
  for (guint i = 0; i < n; i++)
    tfc_graph_unknown (g, NULL);
  for (guint i = n; i > 0; i--)
    clamp_node (g, i - 1, i);
  tfc_graph_output (g, n);
  g_assert_true (tfc_graph_check (g, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (tfc_graph_n (g, i)->in[0], ==, i);
  g_assert_true (tfc_graph_check (g, &error));
  g_assert_null (g->error);
  tfc_graph_unknown (g, NULL);
  expect_graph_error (g, "more than");
}

static void
test_too_many_nodes (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = add_input (g, TFC_TYPE_F32, S (4)), y = tfc_graph_unknown (g, "y");
  for (guint i = 0; i < TFC_MAX_NODES + 10; i++)
    clamp_node (g, x, y);
  tfc_graph_output (g, y);
  g_assert_cmpuint (g->nodes->len, ==, TFC_MAX_NODES);
  expect_graph_error (g, "more than");
}

/* An order that works is kept; otherwise the nodes come out in one that does. */
static void
test_order (void)
{
  guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 50; round++) {
    TfcGraph *g = tfc_graph_new ();
    guint n = g_rand_int_range (rand, 1, 60), *perm = g_new (guint, n);
    GError *error = NULL;
    add_input (g, TFC_TYPE_F32, S (4));
    for (guint i = 0; i < n; i++) {
      tfc_graph_unknown (g, NULL);
      perm[i] = i;
    }
    for (guint i = n; i > 1; i--) {
      guint k = g_rand_int_range (rand, 0, i), t = perm[k];
      perm[k] = perm[i - 1];
      perm[i - 1] = t;
    }
    for (guint i = 0; i < n; i++) {
      TfcParams params = tfc_params (TFC_OP_ADD);
      guint out = perm[i] + 1;
      guint in[2] = {g_rand_int_range (rand, 0, out), g_rand_int_range (rand, 0, out)};
      tfc_graph_node (g, TFC_OP_ADD, &params, in, 2, &out, 1);
    }
    tfc_graph_output (g, n);
    g_assert_true (tfc_graph_check (g, &error));
    g_assert_no_error (error);
    guint8 *seen = g_new0 (guint8, n + 1);
    seen[0] = 1;
    for (guint i = 0; i < n; i++) {
      const TfcNode *node = tfc_graph_n (g, i);
      g_assert_true (seen[node->in[0]] && seen[node->in[1]] && !seen[node->out[0]]);
      seen[node->out[0]] = 1;
      perm[i] = node->out[0];
    }
    g_assert_true (tfc_graph_check (g, &error));
    for (guint i = 0; i < n; i++)
      g_assert_cmpuint (tfc_graph_n (g, i)->out[0], ==, perm[i]);
    g_free (seen);
    g_free (perm);
    tfc_graph_free (g);
  }
  g_rand_free (rand);
}

static TfcGraph *
small_graph (guint *x, guint *y)
{
  TfcGraph *g = tfc_graph_new ();
  *x = add_input (g, TFC_TYPE_F32, S (4));
  *y = tfc_graph_unknown (g, "y");
  return g;
}

static void
test_unsound (void)
{
  static const gfloat four[4] = {1, 2, 3, 4};
  TfcShape shape = S (4), empty = S (0), huge = S (G_MAXINT32, G_MAXINT32, G_MAXINT32);
  TfcTensor odd = {.type = (TfcType)77, .shape = shape};
  TfcParams params = tfc_params (TFC_OP_CLAMP);
  guint x, y, z, none = TFC_NONE;
  TfcGraph *g;

  g = small_graph (&x, &y);
  clamp_node (g, 99, y);
  expect_graph_error (g, "99");
  g = small_graph (&x, &y);
  clamp_node (g, x, 99);
  expect_graph_error (g, "99");
  g = small_graph (&x, &y);
  clamp_node (g, x, TFC_NONE);
  expect_graph_error (g, "refers");
  g = small_graph (&x, &y);
  clamp_node (g, x, y);
  tfc_graph_output (g, 99);
  expect_graph_error (g, "99");
  g = small_graph (&x, &y);
  tfc_graph_input (g, TFC_NONE);
  tfc_graph_output (g, x);
  expect_graph_error (g, "refers");
  g = small_graph (&x, &y);
  clamp_node (g, x, y);
  expect_graph_error (g, "no output");
  g = small_graph (&x, &y);
  clamp_node (g, x, y);
  clamp_node (g, x, y);
  tfc_graph_output (g, y);
  expect_graph_error (g, "elsewhere");
  g = small_graph (&x, &y);
  clamp_node (g, y, x);
  tfc_graph_output (g, x);
  expect_graph_error (g, "elsewhere");
  g = small_graph (&x, &y);
  z = tfc_graph_const (g, "four", TFC_TYPE_F32, &shape, four);
  clamp_node (g, x, z);
  tfc_graph_output (g, z);
  expect_graph_error (g, "elsewhere");
  g = small_graph (&x, &y);
  z = tfc_graph_const (g, "four", TFC_TYPE_F32, &shape, four);
  tfc_graph_input (g, z);
  tfc_graph_output (g, x);
  expect_graph_error (g, "four");
  g = small_graph (&x, &y);
  tfc_graph_input (g, x);
  tfc_graph_output (g, x);
  expect_graph_error (g, "twice");
  g = small_graph (&x, &y);
  z = tfc_graph_unknown (g, "nowhere");
  clamp_node (g, z, y);
  tfc_graph_output (g, y);
  expect_graph_error (g, "nowhere");
  g = small_graph (&x, &y);
  tfc_graph_output (g, y);
  expect_graph_error (g, "nothing computes output y");
  g = small_graph (&x, &y);
  tfc_graph_node (g, (TfcOp)1234, &params, &x, 1, &y, 1);
  tfc_graph_output (g, y);
  expect_graph_error (g, "unknown op");
  g = small_graph (&x, &y);
  tfc_graph_node (g, TFC_OP_CLAMP, &params, &none, 1, &y, 1);
  tfc_graph_output (g, y);
  expect_graph_error (g, "missing");
  g = small_graph (&x, &y);
  tfc_graph_node (g, TFC_OP_CLAMP, &params, NULL, 0, &y, 1);
  tfc_graph_output (g, y);
  expect_graph_error (g, "0 inputs");
  g = small_graph (&x, &y);
  tfc_graph_node (g, TFC_OP_CONCAT, &params, NULL, 0, &y, 1);
  tfc_graph_output (g, y);
  expect_graph_error (g, "0 inputs");
  g = small_graph (&x, &y);
  tfc_graph_node (g, TFC_OP_CLAMP, &params, &x, 1, NULL, 0);
  tfc_graph_output (g, x);
  expect_graph_error (g, "0 outputs");
  g = small_graph (&x, &y);
  tfc_graph_value (g, "odd", &odd);
  tfc_graph_output (g, x);
  expect_graph_error (g, "element type");
  g = small_graph (&x, &y);
  tfc_graph_input (g, y);
  tfc_graph_output (g, x);
  expect_graph_error (g, "unknown");
  g = small_graph (&x, &y);
  add_input (g, TFC_TYPE_F32, empty);
  tfc_graph_output (g, x);
  expect_graph_error (g, "impossible");
  g = small_graph (&x, &y);
  add_input (g, TFC_TYPE_F32, S (2, -1));
  tfc_graph_output (g, x);
  expect_graph_error (g, "impossible");
  g = small_graph (&x, &y);
  add_input (g, TFC_TYPE_F32, huge);
  tfc_graph_output (g, x);
  expect_graph_error (g, "impossible");
  g = small_graph (&x, &y);
  add_input (g, TFC_TYPE_F32, S (1 << 20, 1 << 9));
  tfc_graph_output (g, x);
  expect_graph_error (g, "impossible");
  g = small_graph (&x, &y);
  z = tfc_graph_const (g, "nil", TFC_TYPE_F32, &empty, NULL);
  clamp_node (g, z, y);
  tfc_graph_output (g, y);
  expect_graph_error (g, "empty");
}

/* Many inputs, and one too many. */
static void
test_wide (void)
{
  for (guint n = TFC_MAX_NODE_INPUTS; n <= TFC_MAX_NODE_INPUTS + 1; n++) {
    TfcGraph *g = tfc_graph_new ();
    TfcParams params = tfc_params (TFC_OP_CONCAT);
    guint x = add_input (g, TFC_TYPE_F32, S (4)), y = tfc_graph_unknown (g, "y");
    guint in[TFC_MAX_NODE_INPUTS + 1];
    for (guint i = 0; i < n; i++)
      in[i] = x;
    tfc_graph_node (g, TFC_OP_CONCAT, &params, in, n, &y, 1);
    tfc_graph_output (g, y);
    if (n > TFC_MAX_NODE_INPUTS) {
      expect_graph_error (g, "more than");
    } else {
      g_assert_true (tfc_graph_check (g, NULL));
      g_assert_cmpint (tfc_graph_v (g, y)->tensor.shape.dim[0], ==, 4 * TFC_MAX_NODE_INPUTS);
      tfc_graph_free (g);
    }
  }
}

/* Sizes that double at every node stop at the limit instead of wrapping. */
static void
test_growing (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = add_input (g, TFC_TYPE_F32, S (1, 1, 1, 3));
  for (guint i = 0; i < 100; i++) {
    TfcParams params = tfc_params (TFC_OP_CONCAT);
    guint in[2] = {x, x}, y = tfc_graph_unknown (g, NULL);
    params.axis = i % 4;
    tfc_graph_node (g, TFC_OP_CONCAT, &params, in, 2, &y, 1);
    x = y;
  }
  tfc_graph_output (g, x);
  expect_graph_error (g, "impossible size");
}

static void
test_names (void)
{
  for (guint i = 0; i < TFC_N_OPS; i++)
    g_assert_nonnull (tfc_op_name (i));
  g_assert_cmpstr (tfc_op_name (TFC_OP_CONV_2D), ==, "CONV_2D");
  g_assert_nonnull (tfc_op_name (TFC_N_OPS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/names", test_names);
  g_test_add_func ("/graph/shapes", test_shapes);
  g_test_add_func ("/graph/windows", test_windows);
  g_test_add_func ("/graph/windows-hostile", test_windows_hostile);
  g_test_add_func ("/graph/conv-weights", test_conv_weights);
  g_test_add_func ("/graph/quantised", test_quantised);
  g_test_add_func ("/graph/quant-numbers", test_quant_numbers);
  g_test_add_func ("/graph/cycles", test_cycles);
  g_test_add_func ("/graph/longest", test_longest);
  g_test_add_func ("/graph/too-many-nodes", test_too_many_nodes);
  g_test_add_func ("/graph/order", test_order);
  g_test_add_func ("/graph/unsound", test_unsound);
  g_test_add_func ("/graph/wide", test_wide);
  g_test_add_func ("/graph/growing", test_growing);
  return g_test_run ();
}
