/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lowering: networks whose channels come first, turned around each layer; LEAKY_RELU as PRELU. */
#include "tests/inference/passes/lower-check.h"
#include "tests/seed.h"

#define NETS 200
#define MOST_SIDE 6 /* of what random nets grow to */

static TfcShape
shape_of (const TfcGraph *g, guint v)
{
  return tfc_graph_v (g, v)->tensor.shape;
}

static guint
transpose (TfcGraph *g, guint x, gint a, gint b, gint c, gint d)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  p.axes.n = 4;
  p.axes.axis[0] = a;
  p.axes.axis[1] = b;
  p.axes.axis[2] = c;
  p.axes.axis[3] = d;
  return node (g, TFC_OP_TRANSPOSE, &p, x, TFC_NONE);
}

static guint
channels_first (TfcGraph *g, guint x)
{
  return transpose (g, x, 0, 3, 1, 2);
}

static guint
channels_last (TfcGraph *g, guint x)
{
  return transpose (g, x, 0, 2, 3, 1);
}

static guint
leaky_relu (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_LEAKY_RELU);
  p.alpha = 0.1f;
  return node (g, TFC_OP_LEAKY_RELU, &p, x, TFC_NONE);
}

static guint
concat (TfcGraph *g, guint a, guint b, gint axis)
{
  TfcParams p = tfc_params (TFC_OP_CONCAT);
  p.axis = axis;
  return node (g, TFC_OP_CONCAT, &p, a, b);
}

static guint
max_pool (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window.kernel_h = p.window.kernel_w = 3;
  p.window.stride_h = p.window.stride_w = 2;
  return node (g, TFC_OP_MAX_POOL_2D, &p, x, TFC_NONE);
}

static void
test_layers (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams around = pad_params (1, 1, 0, 0, 1), least = pad_params (0, 1, 1, 0, 0);
  around.pad.before[3] = 1; /* rows and columns, of channels first */
  around.pad.before[1] = around.pad.after[1] = 0;
  around.pad.before[2] = around.pad.after[2] = 1;
  least.pad.value = -G_MAXFLOAT;
  guint x = conv (g, input (g, tfc_shape (4, 1, 6, 5, 3)), 3, 4, TRUE);
  x = leaky_relu (g, channels_first (g, x));
  x = channels_last (g, node (g, TFC_OP_PAD, &around, x, TFC_NONE));
  x = conv (g, x, 4, 2, TRUE);
  x = max_pool (g,
                node (g, TFC_OP_PAD, &least, channels_last (g, channels_first (g, x)), TFC_NONE));
  lower (g, x, TRUE, OPS (TFC_OP_CONV_2D, TFC_OP_PRELU, TFC_OP_CONV_2D, TFC_OP_MAX_POOL_2D));
  g_assert_cmpint (tfc_graph_n (g, 2)->params.window.pad_left, ==, 1);
  g_assert_cmpint (tfc_graph_n (g, 3)->params.window.pad_left, ==, 1);
  tfc_graph_free (g);
}

static void
test_branches (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams part = tfc_params (TFC_OP_SLICE);
  guint x = input (g, tfc_shape (4, 1, 4, 5, 3));
  guint a = channels_first (g, node (g, TFC_OP_SIGMOID, NULL, x, TFC_NONE));
  guint b = channels_first (g, node (g, TFC_OP_EXP, NULL, x, TFC_NONE));
  guint joined = concat (g, node (g, TFC_OP_ADD, NULL, a, b), a, 1);
  guint sliced = value (g, "sliced", TFC_TYPE_F32, tfc_shape (4, 1, 2, 4, 5));
  part.slice.begin[1] = 2;
  part.slice.stride[1] = 2;
  tfc_graph_node (g, TFC_OP_SLICE, &part, &joined, 1, &sliced, 1);
  lower (g, channels_last (g, sliced), TRUE,
         OPS (TFC_OP_SIGMOID, TFC_OP_EXP, TFC_OP_ADD, TFC_OP_CONCAT, TFC_OP_SLICE));
  g_assert_cmpint (tfc_graph_n (g, 3)->params.axis, ==, 3);
  tfc_graph_free (g);
  /* One of two is as it was: the other stays turned. */
  g = tfc_graph_new ();
  x = channels_first (g, input (g, tfc_shape (4, 1, 4, 5, 3)));
  tfc_graph_free (lower (g, node (g, TFC_OP_ADD, NULL, x, input (g, tfc_shape (4, 1, 3, 4, 5))),
                         TRUE, OPS (TFC_OP_TRANSPOSE, TFC_OP_ADD)));
}

/* Outputs stay, in the layout that they have. */
static void
test_outputs (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = channels_first (g, input (g, tfc_shape (4, 1, 4, 5, 3)));
  guint y = leaky_relu (g, x);
  tfc_graph_output (g, y);
  tfc_graph_free (lower (g, leaky_relu (g, channels_last (g, y)), TRUE,
                         OPS (TFC_OP_LEAKY_RELU, TFC_OP_TRANSPOSE, TFC_OP_LEAKY_RELU)));
}

static void
test_rows (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams turned = tfc_params (TFC_OP_TRANSPOSE), plain = tfc_params (TFC_OP_RESHAPE);
  TfcShape to = tfc_shape (3, 1, 3, 20);
  guint x = channels_first (g, input (g, tfc_shape (4, 1, 4, 5, 3)));
  guint rows = value (g, "rows", TFC_TYPE_F32, to);
  turned.axes.n = 3;
  turned.axes.axis[1] = 2;
  turned.axes.axis[2] = 1;
  tfc_graph_node (g, TFC_OP_RESHAPE, &plain, &x, 1, &rows, 1);
  rows = node (g, TFC_OP_EXP, NULL, rows, TFC_NONE);
  tfc_graph_free (lower (g, node (g, TFC_OP_TRANSPOSE, &turned, rows, TFC_NONE), TRUE,
                         OPS (TFC_OP_RESHAPE, TFC_OP_EXP)));
}

static guint
random_transpose (TfcGraph *g, guint x)
{
  static const gint8 some[][4] = {{0, 3, 1, 2}, {0, 2, 3, 1}, {0, 2, 1, 3}, {3, 2, 1, 0}};
  const gint8 *axis = some[g_rand_int_range (rand_source, 0, G_N_ELEMENTS (some))];
  return transpose (g, x, axis[0], axis[1], axis[2], axis[3]);
}

static guint
random_pad (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  for (gint i = 0; i < 4; i++)
    p.pad.after[i] = shape_of (g, x).dim[i] < MOST_SIDE ? g_rand_int_range (rand_source, 0, 2) : 0;
  p.pad.value = (gfloat)g_rand_double (rand_source);
  return node (g, TFC_OP_PAD, &p, x, TFC_NONE);
}

static guint
random_slice (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape s = shape_of (g, x);
  for (gint i = 0; i < 4; i++) {
    p.slice.begin[i] = g_rand_int_range (rand_source, 0, s.dim[i]);
    s.dim[i] = g_rand_int_range (rand_source, 1, s.dim[i] - p.slice.begin[i] + 1);
  }
  guint y = value (g, "part", TFC_TYPE_F32, s);
  tfc_graph_node (g, TFC_OP_SLICE, &p, &x, 1, &y, 1);
  return y;
}

/* Of x and the other one where that has its shape, else of x and itself. */
static guint
random_pair (TfcGraph *g, guint x, guint other)
{
  const TfcShape s = shape_of (g, x), t = shape_of (g, other);
  const gint axis = g_rand_int_range (rand_source, 0, 4);
  other = tfc_shape_equal (&s, &t) ? other : x;
  return s.dim[axis] < MOST_SIDE && g_rand_boolean (rand_source)
             ? concat (g, x, other, axis)
             : node (g, TFC_OP_SUB, NULL, x, other);
}

static guint
random_node (TfcGraph *g, guint x, guint other)
{
  switch (g_rand_int_range (rand_source, 0, 8)) {
    case 0:
      return leaky_relu (g, x);
    case 1:
      return random_pad (g, x);
    case 2:
      return random_slice (g, x);
    case 3:
    case 4:
      return random_pair (g, x, other);
    default:
      return random_transpose (g, x);
  }
}

static void
test_random (void)
{
  for (guint i = 0; i < NETS; i++) {
    TfcGraph *g = tfc_graph_new ();
    guint values[16], n = 1;
    GError *error = NULL;
    values[0] = input (g, tfc_shape (4, 1, 3, 4, 5));
    for (; n < G_N_ELEMENTS (values); n++) {
      const guint from = g_rand_int_range (rand_source, (gint)(n > 3 ? n - 3 : 0), (gint)n);
      values[n] = random_node (g, values[from], values[n - 1]);
      tfc_infer_node (g, tfc_graph_n (g, n - 1), &error); /* the next one wants its shape */
      g_assert_no_error (error);
    }
    tfc_graph_free (lower (g, values[n - 1], TRUE, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rand_source = g_rand_new_with_seed (test_seed ());
  g_test_add_func ("/lower/transposes/layers", test_layers);
  g_test_add_func ("/lower/transposes/branches", test_branches);
  g_test_add_func ("/lower/transposes/outputs", test_outputs);
  g_test_add_func ("/lower/transposes/rows", test_rows);
  g_test_add_func ("/lower/transposes/random", test_random);
  gint rc = g_test_run ();
  g_rand_free (rand_source);
  return rc;
}
