/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* How much of a model's time goes to the reference, as it is estimated. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/model.h"

/* A layer of macs products, and where the greatest of n whole numbers is: only the reference has
 * that. */
static TfcModel *
open_net (gint macs, gint n, const gchar *backend)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (2, 1, macs)};
  TfcTensor numbers = {.type = TFC_TYPE_I32, .shape = tfc_shape (1, n)};
  const TfcShape w = tfc_shape (2, 1, macs);
  g_autofree gfloat *zeros = g_new0 (gfloat, macs);
  g_autoptr (GError) error = NULL;
  TfcParams params = tfc_params (TFC_OP_FULLY_CONNECTED);
  guint in[] = {tfc_graph_value (g, "x", &x), tfc_graph_const (g, "w", TFC_TYPE_F32, &w, zeros)};
  guint list = tfc_graph_value (g, "numbers", &numbers);
  guint out[] = {tfc_graph_unknown (g, "y"), tfc_graph_unknown (g, "where")};
  tfc_graph_input (g, in[0]);
  tfc_graph_input (g, list);
  tfc_graph_node (g, TFC_OP_FULLY_CONNECTED, &params, in, 2, &out[0], 1);
  params = tfc_params (TFC_OP_ARG_MAX);
  tfc_graph_node (g, TFC_OP_ARG_MAX, &params, &list, 1, &out[1], 1);
  tfc_graph_output (g, out[0]);
  tfc_graph_output (g, out[1]);
  TfcModel *m = tfc_model_open_graph (g, &(TfcModelOptions){.backend = backend}, &error);
  g_assert_no_error (error);
  return m;
}

static gdouble
share_of (gint macs, gint n, const gchar *backend, const gchar **op)
{
  TfcModel *m = open_net (macs, n, backend);
  const gdouble share = tfc_model_slow_share (m, op);
  tfc_model_close (m);
  return share;
}

static gboolean
has_fast_layers (void)
{
  TfcModel *m = open_net (1000, 1, NULL);
  const gboolean yes = tfc_model_n_fallback (m) == 1;
  tfc_model_close (m);
  return yes;
}

static void
test_share (void)
{
  const gchar *op;
  if (!has_fast_layers ()) {
    g_test_skip ("nothing here runs a layer faster than the reference");
    return;
  }
  const gdouble little = share_of (1000000, 10, NULL, &op),
                much = share_of (1000, 10000, NULL, &op);
  g_assert_cmpfloat (little, >, 0);
  g_assert_cmpfloat (little, <, 0.05);
  g_assert_cmpfloat (much, >, 0.9);
  g_assert_cmpfloat (much, <, 1);
  g_assert_cmpstr (op, ==, "ARG_MAX");
  share_of (10, 10, NULL, NULL);
}

/* Who asks for the reference knows that it is slow. */
static void
test_asked_for (void)
{
  const gchar *op;
  g_assert_cmpfloat (share_of (1000, 1000, "reference", &op), ==, 0);
  g_assert_null (op);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slow-share/share", test_share);
  g_test_add_func ("/slow-share/asked-for", test_asked_for);
  return g_test_run ();
}
