/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Worker threads that cannot be started: whatever there is of them, and at worst the caller alone,
 * computes the same. */
#define _GNU_SOURCE
#include "tests/no-threads.h"

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/model.h"
#include "inference/session/model_private.h"

#include <string.h>

#define THREADS 4

/* Enough for all threads: a convolution, 64 by 64 pixels, 16 channels. */
static TfcGraph *
network (void)
{
  static gfloat w[16 * 3 * 3 * 16];
  const TfcShape shape = tfc_shape (4, 16, 3, 3, 16);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 64, 64, 16)};
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  TfcGraph *g = tfc_graph_new ();
  for (guint i = 0; i < G_N_ELEMENTS (w); i++)
    w[i] = (gfloat)(i % 7) - 3;
  p.window.same = TRUE;
  guint in[2] = {tfc_graph_value (g, "x", &x), tfc_graph_const (g, "w", TFC_TYPE_F32, &shape, w)};
  guint y = tfc_graph_unknown (g, "y");
  tfc_graph_input (g, in[0]);
  tfc_graph_node (g, TFC_OP_CONV_2D, &p, in, 2, &y, 1);
  tfc_graph_output (g, y);
  return g;
}

static TfcModel *
open_model (const gchar *backend, TfcPool *pool)
{
  GError *error = NULL;
  TfcModel *m = tfc_model_open_graph (network (), &(TfcModelOptions){backend, pool}, &error);
  g_assert_no_error (error);
  const TfcTensor *x = tfc_model_input (m, 0);
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    ((gfloat *)x->data)[i] = (gfloat)(i % 5);
  return m;
}

static GBytes *
run_model (TfcModel *m)
{
  g_assert_true (tfc_model_run (m, NULL));
  const TfcTensor *y = tfc_model_output (m, 0);
  return g_bytes_new (y->data, tfc_tensor_bytes (y));
}

/* What comes out where so many threads can be started. */
static GBytes *
compute (const gchar *backend, gint threads)
{
  threads_most = threads;
  TfcPool *pool = tfc_pool_new_uncut (THREADS);
  g_assert_cmpuint (tfc_pool_threads (pool), ==,
                    threads < 0 ? THREADS : MIN (threads + 1, THREADS));
  TfcModel *m = open_model (backend, pool);
  for (guint i = 0; i < 2; i++)
    g_bytes_unref (run_model (m));
  GBytes *bytes = run_model (m);
  tfc_model_close (m);
  tfc_pool_unref (pool);
  threads_most = -1;
  return bytes;
}

static void
test_pool (gconstpointer backend)
{
  GBytes *want = compute (backend, -1);
  for (gint n = 0; n <= 4 * THREADS; n++) {
    GBytes *got = compute (backend, n);
    g_assert_true (g_bytes_equal (want, got));
    g_bytes_unref (got);
  }
  g_bytes_unref (want);
}

/* What runs without workers need is there at once if no thread can be started that makes it. */
static void
test_alone (gconstpointer backend)
{
  TfcPool *pool = tfc_pool_new_uncut (THREADS);
  TfcModel *m = open_model (backend, pool);
  g_autoptr (GBytes) want = run_model (m);
  threads_most = 0;
  g_assert_true (tfc_plan_runs_alone (m->now->plan));
  m->now->governor.alone = TRUE;
  g_autoptr (GBytes) got = run_model (m);
  threads_most = -1;
  g_assert_true (g_bytes_equal (want, got));
  tfc_model_close (m);
  tfc_pool_unref (pool);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; tfc_backend_nth (i); i++) {
    const gchar *name = tfc_backend_nth (i)->name;
    g_autofree gchar *path = g_strdup_printf ("/no-threads/%s", name);
    g_autofree gchar *alone = g_strdup_printf ("/no-threads/%s-alone", name);
    g_test_add_data_func (path, name, test_pool);
    g_test_add_data_func (alone, name, test_alone);
  }
  return g_test_run ();
}
