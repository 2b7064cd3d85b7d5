/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Graphs: order, cycles, sizes, names, and everything that must be refused. */
#include "tests/inference/graph/graph-check.h"
#include <math.h>
#include <string.h>

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
  g_test_add_func ("/graph/cycles", test_cycles);
  g_test_add_func ("/graph/longest", test_longest);
  g_test_add_func ("/graph/too-many-nodes", test_too_many_nodes);
  g_test_add_func ("/graph/order", test_order);
  g_test_add_func ("/graph/unsound", test_unsound);
  g_test_add_func ("/graph/wide", test_wide);
  g_test_add_func ("/graph/growing", test_growing);
  return g_test_run ();
}
