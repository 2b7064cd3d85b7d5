/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Plans: the same numbers as node by node, nothing overwritten that is still read, few segments. */
#include "tests/inference/plan/plan-check.h"
#include "tests/inference/plan/plan-graph.h"
#include <math.h>
#include <string.h>
#include "config.h"

static void
test_random (void)
{
  guint32 seed = g_test_rand_int ();
  guint n_elided = 0;
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 150; round++) {
    GRand *rand = g_rand_new_with_seed (seed + round);
    TfcGraph *g = random_graph (rand, g_rand_int_range (rand, 1, 60));
    Values *values = values_compute (g, rand);
    n_elided += check_plan (g, &tfc_backend_reference, values, 0);
    strict_ops = G_MAXUINT32;
    check_plan (g, &strict, values, 0);
    strict_ops = 0;
    check_plan (g, &strict, values, 0);
    for (guint k = 0; k < 4; k++) {
      TfcBackend turns = turns_backend ();
      strict_ops = g_rand_int (rand);
      check_plan (g, &strict, values, 0);
      turns_ops = g_rand_int (rand);
      turns_pay = g_rand_int (rand);
      check_plan (g, &turns, values, 0);
    }
    check_plan (g, &tfc_backend_auto, values, 1e-4);
#if HAVE_XNNPACK
    check_plan (g, &tfc_backend_xnnpack, values, 1e-4);
#endif
    values_free (values, g);
    tfc_graph_free (g);
    g_rand_free (rand);
  }
  g_assert_cmpuint (n_elided, >, 100);
}

/* Heads as a detector has them: computed, reshaped, put one behind the other, squashed. */
static void
test_heads (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (4, 1, 4, 4, 6)), heads[3], made[3];
  for (guint i = 0; i < 3; i++) {
    made[i] = unary (g, TFC_OP_NEG, i ? made[i - 1] : x);
    heads[i] = reshape (g, made[i], tfc_shape (3, 1, 32, 3));
  }
  guint all = node (g, TFC_OP_CONCAT, 1, heads, 3);
  finish_graph (g, unary (g, TFC_OP_SIGMOID, all));

  strict_ops = ~(1u << (TFC_OP_CONCAT % 32) | 1u << (TFC_OP_RESHAPE % 32));
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 2); /* before the concatenation, after it */
  g_assert_cmpuint (nodes_run (plan), ==, 4);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (plan->buffer[made[i]] == plan->buffer[heads[i]]);
    g_assert_true (plan->buffer[made[i]] == (guint8 *)plan->buffer[all] + i * 96 * sizeof (gfloat));
  }
  tfc_plan_free (plan);

  plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (plan->n_steps, ==, 1);
  g_assert_cmpuint (nodes_run (plan), ==, 4);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* How many nodes the reference runs of concat (inputs), where each input is x through NEG unless
 * told otherwise. */
static guint
concat_runs (gint rows, gint axis, gboolean from_input, gboolean twice, gboolean constant)
{
  static const gfloat two[2] = {1, 2};
  TfcGraph *g = tfc_graph_new ();
  TfcShape shape = tfc_shape (2, 1, 2);
  guint x = input (g, tfc_shape (2, rows, 2)), in[2];
  in[0] = unary (g, TFC_OP_NEG, x);
  in[1] = from_input ? x
          : twice    ? in[0]
          : constant ? tfc_graph_const (g, "two", TFC_TYPE_F32, &shape, two)
                     : unary (g, TFC_OP_SIGMOID, x);
  finish_graph (g, node (g, TFC_OP_CONCAT, axis, in, 2));
  GRand *rand = g_rand_new_with_seed (1);
  Values *values = values_compute (g, rand);
  check_plan (g, &tfc_backend_reference, values, 0);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  guint n = nodes_run (plan) - (in[1] > in[0] && !constant);
  tfc_plan_free (plan);
  values_free (values, g);
  g_rand_free (rand);
  tfc_graph_free (g);
  return n;
}

static void
test_concat_rule (void)
{
  g_assert_cmpuint (concat_runs (1, 1, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (1, 0, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (3, 0, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (3, 1, FALSE, FALSE, FALSE), ==, 2); /* not the outermost */
  g_assert_cmpuint (concat_runs (1, 1, TRUE, FALSE, FALSE), ==, 2);  /* the caller's place */
  g_assert_cmpuint (concat_runs (1, 1, FALSE, TRUE, FALSE), ==, 2);  /* twice */
  g_assert_cmpuint (concat_runs (1, 1, FALSE, FALSE, TRUE), ==, 2);  /* a constant */
}

static void
test_concat_quantised (void)
{
  for (guint same = 0; same < 2; same++) {
    TfcGraph *g = tfc_graph_new ();
    TfcTensor x = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 4), .quant = {.scale = 0.5}};
    TfcTensor y = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 4), .quant = {.scale = 0.25}};
    TfcTensor z = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 8), .quant = {.scale = 0.25}};
    TfcParams params = tfc_params (TFC_OP_MAXIMUM), join = tfc_params (TFC_OP_CONCAT);
    guint in = tfc_graph_value (g, "x", &x), both[2] = {in, in}, parts[2];
    tfc_graph_input (g, in);
    parts[0] = tfc_graph_value (g, "a", &y);
    parts[1] = tfc_graph_value (g, "b", same ? &y : &x);
    tfc_graph_node (g, TFC_OP_MAXIMUM, &params, both, 2, &parts[0], 1);
    tfc_graph_node (g, TFC_OP_MAXIMUM, &params, both, 2, &parts[1], 1);
    guint out = tfc_graph_value (g, "y", &z);
    join.axis = 1;
    tfc_graph_node (g, TFC_OP_CONCAT, &join, parts, 2, &out, 1);
    finish_graph (g, out);
    TfcPlan *plan = plan_new (g, &tfc_backend_reference);
    g_assert_cmpuint (nodes_run (plan), ==, same ? 2 : 3);
    walk (plan);
    tfc_plan_free (plan);
    tfc_graph_free (g);
  }
}

/* The caller may write the next input before reading the last output. */
static void
test_reshape_of_input (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (2, 2, 2)), middle = reshape (g, x, tfc_shape (1, 4));
  guint y = reshape (g, middle, tfc_shape (2, 4, 1));
  finish_graph (g, y);
  tfc_graph_output (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (nodes_run (plan), ==, 1);
  g_assert_true (plan->buffer[x] == plan->buffer[middle] && plan->buffer[x] != plan->buffer[y]);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* Alternating ops on two branches: as few turns as dependencies allow. */
static void
test_few_segments (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 8)), last[2];
  guint a = unary (g, TFC_OP_NEG, x);
  guint b = unary (g, TFC_OP_SIGMOID, x);
  a = unary (g, TFC_OP_SIGMOID, a);
  last[1] = unary (g, TFC_OP_NEG, b);
  last[0] = unary (g, TFC_OP_NEG, a);
  finish_graph (g, node (g, TFC_OP_ADD, 0, last, 2));
  strict_ops = ~(1u << (TFC_OP_SIGMOID % 32));
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 3);
  g_assert_true (plan->steps[0].backend == &strict);
  g_assert_true (plan->steps[1].backend == &tfc_backend_reference);
  g_assert_cmpuint (plan->steps[1].segment.n, ==, 2);
  tfc_plan_free (plan);

  strict_ops = ~(1u << (TFC_OP_NEG % 32)); /* better to begin with the reference's NEG */
  plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 4);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* Ops that do not pay stay beside one that does (NEG), and go from beside one that went (SIGMOID).
 */
static void
test_guests (void)
{
  const TfcOp ops[] = {TFC_OP_SQUARE,  TFC_OP_NEG,    TFC_OP_SQUARE, TFC_OP_SIGMOID, TFC_OP_SQUARE,
                       TFC_OP_SIGMOID, TFC_OP_SQUARE, TFC_OP_SQUARE, TFC_OP_NEG};
  TfcBackend turns = turns_backend ();
  TfcGraph *g = tfc_graph_new ();
  guint v = input (g, tfc_shape (1, 8));
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    v = unary (g, ops[i], v);
  finish_graph (g, v);
  strict_ops = G_MAXUINT32;
  turns_ops = ~(1u << (TFC_OP_SIGMOID % 32));
  turns_pay = 1u << (TFC_OP_NEG % 32);
  TfcPlan *plan = plan_new (g, &turns);
  g_assert_cmpuint (plan->n_steps, ==, 3);
  g_assert_true (plan->steps[0].backend == &turns && plan->steps[0].segment.n == 3);
  g_assert_true (plan->steps[1].backend == &strict && plan->steps[1].segment.n == 4);
  g_assert_true (plan->steps[2].backend == &turns && plan->steps[2].segment.n == 2);
  tfc_plan_free (plan);

  turns_ops = G_MAXUINT32;
  turns_pay = 0; /* with nobody else there all stay */
  plan = plan_new (g, &turns);
  g_assert_cmpuint (plan->n_steps, ==, 1);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/random", test_random);
  g_test_add_func ("/plan/heads", test_heads);
  g_test_add_func ("/plan/concat-rule", test_concat_rule);
  g_test_add_func ("/plan/concat-quantised", test_concat_quantised);
  g_test_add_func ("/plan/reshape-of-input", test_reshape_of_input);
  g_test_add_func ("/plan/few-segments", test_few_segments);
  g_test_add_func ("/plan/guests", test_guests);
  return g_test_run ();
}
