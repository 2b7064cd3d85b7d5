/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/session/ends.h"

/* The values of a node of the file are called alike; the last one is what the file means. */
static gboolean
is_last (const TfcGraph *graph, guint node, const gchar *name)
{
  const TfcNode *next = node + 1 < graph->nodes->len ? tfc_graph_n (graph, node + 1) : NULL;
  return !next || !next->n_out || g_strcmp0 (tfc_graph_v (graph, next->out[0])->name, name) != 0;
}

gboolean
tfc_model_list (const gchar *path, const TfcModelOptions *options, TfcTensorFunc *func,
                gpointer data, GError **error)
{
  const TfcEnds ends = tfc_model_ends (options);
  TfcGraph *graph = tfc_load_with (path, &ends, error);
  for (guint i = 0; graph && i < graph->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (graph, i);
    for (guint k = 0; k < node->n_out; k++) {
      const TfcValue *v = tfc_graph_v (graph, node->out[k]);
      if (v->name && *v->name && is_last (graph, i, v->name))
        func (data, v->name, &v->tensor, tfc_op_name (node->op));
    }
  }
  const gboolean ok = graph != NULL;
  tfc_graph_free (graph);
  if (!ok)
    tfc_error_tidy (error);
  return ok;
}
