/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/output_ends.h"

/* Nodes are in an order in which they run, so one pass backwards passes every producer. */
static gboolean
activated (const TfcGraph *g, guint value)
{
  for (guint i = g->nodes->len; i-- > 0;) {
    const TfcNode *n = tfc_graph_n (g, i);
    if (n->out[0] != value)
      continue;
    if (!tfc_op_is (n->op, TFC_OP_FLAG_MOVES) && n->op != TFC_OP_CONVERT)
      return tfc_op_table[n->op].activates;
    value = n->in[0];
  }
  return FALSE;
}

gboolean *
tfc_ends_activated (const TfcGraph *g)
{
  gboolean *is = g_new0 (gboolean, g->outputs->len + 1);

  for (guint i = 0; i < g->outputs->len; i++)
    is[i] = activated (g, g_array_index (g->outputs, guint, i));
  return is;
}
