/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* When XNNPACK's workers are made, which networks they run, and runs without them. */
#define _GNU_SOURCE
#include "inference/graph/graph.h"
#include "inference/passes/lower.h"
#include "inference/plan/drop_packed.h"
#include "inference/plan/plan.h"

#include <string.h>

typedef struct {
  TfcGraph *graph;
  TfcPlan *plan;
} Net;

static guint
add_node (TfcGraph *g, TfcOp op, guint x, guint w)
{
  TfcParams p = tfc_params (op);
  guint in[2] = {x, w}, y = tfc_graph_unknown (g, "y");
  p.window.same = TRUE;
  tfc_graph_node (g, op, &p, in, w == TFC_NONE ? 1 : 2, &y, 1);
  return y;
}

/* A convolution of 3x3, 16 channels; then the square root of its square. */
static void
net_open (Net *n, gint32 size, TfcPool *pool)
{
  static gfloat weights[16 * 3 * 3 * 16];
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, size, size, 16)};
  const TfcShape shape = tfc_shape (4, 16, 3, 3, 16);
  TfcGraph *g = n->graph = tfc_graph_new ();
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    weights[i] = (gfloat)(i % 7) - 3;
  const guint w = tfc_graph_const (g, "w", TFC_TYPE_F32, &shape, weights);
  guint v = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, v);
  v = add_node (g, TFC_OP_CONV_2D, v, w);
  v = add_node (g, TFC_OP_SQUARE, v, TFC_NONE);
  tfc_graph_output (g, add_node (g, TFC_OP_SQRT, v, TFC_NONE));
  g_assert_true (tfc_graph_check (g, &error) && tfc_lower (g, &error) &&
                 tfc_graph_check (g, &error));
  n->plan = tfc_plan_new (g, &tfc_backend_xnnpack, pool, &error);
  g_assert_no_error (error);
  tfc_drop_packed (g, n->plan);
}

static void
net_close (Net *n)
{
  tfc_plan_free (n->plan);
  tfc_graph_free (n->graph);
}

static void *
buffer_of (const Net *n, const GArray *ids, gsize *bytes)
{
  const guint v = g_array_index (ids, guint, 0);
  *bytes = tfc_tensor_bytes (&tfc_graph_v (n->graph, v)->tensor);
  return n->plan->buffer[v];
}

static GBytes *
net_run (Net *n, TfcPool *pool)
{
  gsize bytes;
  gfloat *x = buffer_of (n, n->graph->inputs, &bytes);
  for (gsize i = 0; i < bytes / sizeof *x; i++)
    x[i] = (gfloat)(i % 11) - 5;
  tfc_pool_enter (pool, n->plan->native);
  g_assert_true (tfc_plan_run (n->plan, pool));
  tfc_pool_leave (pool);
  gconstpointer y = buffer_of (n, n->graph->outputs, &bytes);
  return g_bytes_new (y, bytes);
}

/* A small network has no use for workers, a large one has. */
static void
test_size (void)
{
  static const struct {
    gint32 size;
    gboolean native;
  } rows[] = {{4, FALSE}, {18, FALSE}, {24, TRUE}, {64, TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    TfcPool *pool = tfc_pool_new_uncut (2);
    Net n, alone;
    net_open (&n, rows[i].size, pool);
    net_open (&alone, rows[i].size, NULL);
    g_assert_cmpint (n.plan->native, ==, rows[i].native);
    g_assert_false (alone.plan->native);
    g_assert_true (tfc_plan_runs_alone (alone.plan));
    g_autoptr (GBytes) want = net_run (&alone, NULL), got = net_run (&n, pool);
    g_assert_true (g_bytes_equal (want, got));
    net_close (&n);
    net_close (&alone);
    tfc_pool_unref (pool);
  }
}

/* What a run without workers needs is made beside the runs. */
static void
test_alone (void)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  Net n;
  net_open (&n, 64, pool);
  g_autoptr (GBytes) want = net_run (&n, pool);
  while (!tfc_plan_runs_alone (n.plan)) {
    g_autoptr (GBytes) got = net_run (&n, pool);
    g_assert_true (g_bytes_equal (want, got));
  }
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GBytes) alone = net_run (&n, NULL), with = net_run (&n, pool);
    g_assert_true (g_bytes_equal (want, alone));
    g_assert_true (g_bytes_equal (want, with));
  }
  net_close (&n);
  tfc_pool_unref (pool);
}

/* Closed while that is being made. */
static void
test_closed_early (void)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  for (guint i = 0; i < 8; i++) {
    Net n;
    net_open (&n, 64, pool);
    tfc_plan_runs_alone (n.plan);
    net_close (&n);
  }
  tfc_pool_unref (pool);
}

typedef struct {
  GThread *caller;
  gint ours, others; /* atomic: threads that are named as our workers are, and not */
} Seen;

static void
look_who_comes (gpointer data, gsize index)
{
  Seen *seen = data;
  gchar name[32] = "";

  g_usleep (200);
  pthread_getname_np (pthread_self (), name, sizeof name);
  if (g_thread_self () != seen->caller)
    g_atomic_int_inc (g_str_equal (name, "tfc-worker") ? &seen->ours : &seen->others);
}

/* Who comes to runs of this kind. */
static Seen
watch (TfcPool *pool, gboolean native)
{
  Seen seen = {.caller = g_thread_self ()};

  while (!g_atomic_int_get (&seen.ours) && !g_atomic_int_get (&seen.others)) {
    tfc_pool_enter (pool, native);
    tfc_pool_parallel (pool, look_who_comes, &seen, 8, FALSE);
    tfc_pool_leave (pool);
  }
  return seen;
}

/* One network on XNNPACK's workers leaves all others of the pool on ours. */
static void
test_others (void)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  Net n;
  net_open (&n, 64, pool);
  g_assert_true (n.plan->native);
  for (guint i = 0; i < 3; i++) {
    const Seen ours = watch (pool, FALSE), native = watch (pool, TRUE);
    g_assert_cmpint (ours.others, ==, 0);
    g_assert_cmpint (native.ours, ==, 0);
    g_bytes_unref (net_run (&n, pool));
  }
  net_close (&n);
  tfc_pool_unref (pool);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xnnpack-workers/size", test_size);
  g_test_add_func ("/xnnpack-workers/alone", test_alone);
  g_test_add_func ("/xnnpack-workers/closed-early", test_closed_early);
  g_test_add_func ("/xnnpack-workers/others", test_others);
  return g_test_run ();
}
