/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/alias.h"

typedef struct {
  TfcAlias *alias;
  const TfcGraph *graph;
  const TfcDefUse *def_use;
  const TfcBackend *const *who;
  guint8 *is_input, *is_output; /* [values] */
} Work;

static const TfcTensor *
tensor (const Work *w, guint v)
{
  return &tfc_graph_v (w->graph, v)->tensor;
}

/* The root, with every step on the way shortened. */
static guint
find (TfcAlias *a, guint v)
{
  while (a->root[v] != v) {
    guint up = a->root[v];
    if (a->root[up] == up)
      return up;
    a->offset[v] += a->offset[up];
    a->root[v] = a->root[up];
  }
  return v;
}

static gboolean
computed_by (const Work *w, guint v, const TfcBackend *backend)
{
  guint node = w->def_use->producer[v];
  return node != TFC_NONE && w->who[node] == backend && !w->alias->elided[node];
}

static gboolean
read_by (const Work *w, guint v, const TfcBackend *backend)
{
  for (guint r = w->def_use->first[v]; r < w->def_use->first[v + 1]; r++) {
    if (w->who[w->def_use->reader[r]] == backend)
      return TRUE;
  }
  return FALSE;
}

static gboolean
try_reshape (Work *w, guint index)
{
  const TfcNode *node = tfc_graph_n (w->graph, index);
  guint x = node->in[0], y = node->out[0], root = find (w->alias, x);

  if (w->is_output[y] && (w->is_input[root] || tensor (w, root)->data))
    return FALSE;
  if (!w->who[index]->by_node && computed_by (w, x, w->who[index]) && read_by (w, y, w->who[index]))
    return FALSE;
  w->alias->offset[y] = x == root ? 0 : w->alias->offset[x];
  w->alias->root[y] = root;
  return TRUE;
}

static gboolean
may_lie_inside (Work *w, guint v, const TfcTensor *y)
{
  const TfcTensor *x = tensor (w, v);
  guint root = find (w->alias, v);
  return !w->is_input[root] && !tensor (w, root)->data && !x->quant.n_channels &&
         tfc_quant_equal (&x->quant, &y->quant) &&
         tfc_tensor_bytes (tensor (w, root)) == tfc_tensor_bytes (x);
}

static gboolean
try_concat (Work *w, guint index)
{
  const TfcNode *node = tfc_graph_n (w->graph, index);
  TfcAlias *a = w->alias;
  guint y = node->out[0];
  const TfcTensor *out = tensor (w, y);
  guint roots[TFC_MAX_NODE_INPUTS];
  gsize offset = 0;

  for (gint i = 0; i < node->params.axis; i++) {
    if (out->shape.dim[i] != 1)
      return FALSE;
  }
  for (guint k = 0; k < node->n_in; k++) {
    roots[k] = find (a, node->in[k]);
    if (!may_lie_inside (w, node->in[k], out))
      return FALSE;
    for (guint j = 0; j < k; j++) {
      if (roots[j] == roots[k])
        return FALSE;
    }
  }
  for (guint k = 0; k < node->n_in; k++) {
    a->root[roots[k]] = y;
    a->offset[roots[k]] = offset;
    offset += tfc_tensor_bytes (tensor (w, node->in[k]));
  }
  return TRUE;
}

static void
mark (guint8 *marks, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    marks[g_array_index (ids, guint, i)] = 1;
}

void
tfc_alias_init (TfcAlias *a, const TfcGraph *g, const TfcDefUse *def_use,
                const TfcBackend *const *who)
{
  guint n = g->values->len;
  Work w = {.alias = a, .graph = g, .def_use = def_use, .who = who};
  w.is_input = g_new0 (guint8, n + 1);
  w.is_output = g_new0 (guint8, n + 1);
  mark (w.is_input, g->inputs);
  mark (w.is_output, g->outputs);
  a->root = g_new (guint, n + 1);
  a->offset = g_new0 (gsize, n + 1);
  a->elided = g_new0 (gboolean, g->nodes->len + 1);
  for (guint v = 0; v < n; v++)
    a->root[v] = v;
  for (guint i = 0; i < g->nodes->len; i++) {
    TfcOp op = tfc_graph_n (g, i)->op;
    a->elided[i] = op == TFC_OP_RESHAPE  ? try_reshape (&w, i)
                   : op == TFC_OP_CONCAT ? try_concat (&w, i)
                                         : FALSE;
  }
  for (guint v = 0; v < n; v++)
    a->root[v] = find (a, v);
  g_free (w.is_input);
  g_free (w.is_output);
}

void
tfc_alias_finish (TfcAlias *a)
{
  g_clear_pointer (&a->root, g_free);
  g_clear_pointer (&a->offset, g_free);
  g_clear_pointer (&a->elided, g_free);
}
