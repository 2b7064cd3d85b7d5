/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/passes.h"

const void *
tfc_rewriter_data (const TfcRewriter *e, guint value)
{
  return value == TFC_NONE ? NULL : tfc_graph_v (e->graph, value)->tensor.data;
}

guint
tfc_rewriter_private (const TfcRewriter *e, guint value)
{
  guint by = value < e->n_values ? e->producer[value] : TFC_NONE;
  if (by == TFC_NONE || e->uses[value] != 1 || e->output[value] ||
      tfc_graph_n (e->graph, by)->n_out != 1)
    return TFC_NONE;
  return by;
}

void *
tfc_rewriter_alloc (TfcRewriter *e, gsize bytes)
{
  if (bytes > e->budget->bytes)
    return NULL;
  e->budget->bytes -= bytes;
  return tfc_graph_alloc (e->graph, bytes);
}

guint
tfc_rewriter_const (TfcRewriter *e, const gchar *name, const TfcShape *shape, void *data)
{
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = *shape, .data = data};
  return tfc_graph_value (e->graph, name, &desc);
}

static void
use (TfcRewriter *e, guint value, gint by)
{
  if (value < e->n_values)
    e->uses[value] += by;
}

void
tfc_rewriter_input (TfcRewriter *e, guint node, guint k, guint value)
{
  TfcNode *n = tfc_graph_n (e->graph, node);
  if (k >= n->n_in) {
    n->in = g_renew (guint, n->in, k + 1);
    for (; n->n_in <= k; n->n_in++)
      n->in[n->n_in] = TFC_NONE;
  }
  use (e, n->in[k], -1);
  use (e, value, 1);
  n->in[k] = value;
  e->changed++;
}

void
tfc_rewriter_remove (TfcRewriter *e, guint node)
{
  TfcNode *n = tfc_graph_n (e->graph, node);
  for (guint i = 0; i < n->n_in; i++)
    use (e, n->in[i], -1);
  n->n_in = n->n_out = 0;
  e->changed++;
}

gboolean
tfc_rewriter_replace (TfcRewriter *e, guint node, guint value)
{
  guint out = tfc_graph_n (e->graph, node)->out[0];
  if (out >= e->n_values || e->output[out])
    return FALSE;
  use (e, value, e->uses[out]);
  e->uses[out] = 0;
  e->alias[out] = value;
  tfc_rewriter_remove (e, node);
  return TRUE;
}

void
tfc_rewriter_absorb (TfcRewriter *e, guint before, guint node)
{
  guint out = tfc_graph_n (e->graph, node)->out[0];
  tfc_rewriter_remove (e, node);
  tfc_graph_n (e->graph, before)->out[0] = out;
  e->producer[out] = before;
}

void
tfc_close_holes (TfcGraph *graph)
{
  guint kept = 0;
  for (guint i = 0; i < graph->nodes->len; i++) {
    TfcNode *node = tfc_graph_n (graph, i), *to = tfc_graph_n (graph, kept);
    if (!node->n_out)
      continue;
    if (to != node) {
      const TfcNode swap = *node;
      *node = *to;
      *to = swap;
    }
    kept++;
  }
  g_array_set_size (graph->nodes, kept);
}
