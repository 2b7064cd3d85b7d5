/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Worker threads that cannot be started: whatever there is of them, and at worst the caller alone,
 * computes the same. */
#define _GNU_SOURCE
#include "tests/no-threads.h"

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/model.h"

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

/* What comes out where so many threads can be started. */
static GBytes *
compute (const gchar *backend, gint threads)
{
  GError *error = NULL;
  threads_most = threads;
  TfcPool *pool = tfc_pool_new_uncut (THREADS);
  g_assert_cmpuint (tfc_pool_threads (pool), ==,
                    threads < 0 ? THREADS : MIN (threads + 1, THREADS));
  TfcModel *m = tfc_model_open_graph (network (), &(TfcModelOptions){backend, pool}, &error);
  g_assert_no_error (error);
  const TfcTensor *x = tfc_model_input (m, 0);
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    ((gfloat *)x->data)[i] = (gfloat)(i % 5);
  for (guint i = 0; i < 3; i++)
    g_assert_true (tfc_model_run (m, &error));
  const TfcTensor *y = tfc_model_output (m, 0);
  GBytes *bytes = g_bytes_new (y->data, tfc_tensor_bytes (y));
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; tfc_backend_nth (i); i++) {
    gchar *path = g_strdup_printf ("/no-threads/%s", tfc_backend_nth (i)->name);
    g_test_add_data_func (path, tfc_backend_nth (i)->name, test_pool);
    g_free (path);
  }
  return g_test_run ();
}
