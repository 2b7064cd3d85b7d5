/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/graph/graph-check.h"

#include <math.h>
#include <string.h>

One
one_new (TfcOp op)
{
  One one = {.graph = tfc_graph_new (), .params = tfc_params (op)};
  return one;
}

guint
add_input (TfcGraph *g, TfcType type, TfcShape shape)
{
  TfcTensor desc = {.type = type, .shape = shape};
  if (type == TFC_TYPE_U8 || type == TFC_TYPE_I8)
    desc.quant.scale = 0.5;
  guint id = tfc_graph_value (g, "x", &desc);
  tfc_graph_input (g, id);
  return id;
}

void
one_in (One *one, TfcType type, TfcShape shape)
{
  one->in[one->n_in++] = add_input (one->graph, type, shape);
}

GError *
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

void
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

void
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
