/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/plan/plan-graph.h"

guint
input (TfcGraph *g, TfcShape shape)
{
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = shape};
  guint id = tfc_graph_value (g, "x", &desc);
  tfc_graph_input (g, id);
  return id;
}

guint
node (TfcGraph *g, TfcOp op, gint axis, const guint *in, guint n_in)
{
  TfcParams params = tfc_params (op);
  guint out = tfc_graph_unknown (g, NULL);
  params.axis = axis;
  tfc_graph_node (g, op, &params, in, n_in, &out, 1);
  return out;
}

guint
unary (TfcGraph *g, TfcOp op, guint x)
{
  return node (g, op, 0, &x, 1);
}

guint
reshape (TfcGraph *g, guint x, TfcShape shape)
{
  TfcParams params = tfc_params (TFC_OP_RESHAPE);
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = shape};
  guint out = tfc_graph_value (g, NULL, &desc);
  tfc_graph_node (g, TFC_OP_RESHAPE, &params, &x, 1, &out, 1);
  return out;
}

void
finish_graph (TfcGraph *g, guint output)
{
  GError *error = NULL;
  tfc_graph_output (g, output);
  g_assert_true (tfc_graph_check (g, &error));
  g_assert_no_error (error);
}

guint
nodes_run (const TfcPlan *plan)
{
  guint n = 0;
  for (guint i = 0; i < plan->n_steps; i++)
    n += plan->steps[i].segment.n;
  return n;
}
