/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/assign_backends.h"

typedef struct {
  const TfcGraph *graph;
  const TfcDefUse *def_use;
  const TfcBackend **who;
  GArray *look;    /* nodes to be looked at */
  guint8 *settled; /* [nodes] has a host, and those never leave */
  const TfcBackend *next; /* of the node that is looked at: where it would go */
} Work;

static const TfcBackend *
first_of (const TfcGraph *graph, const TfcNode *node, const TfcBackend *chain)
{
  while (chain && !chain->can_run (graph, node))
    chain = chain->fallback;
  return chain;
}

static gboolean
is_guest (const Work *w, guint i)
{
  const TfcBackend *b = w->who[i];
  return b->pays && !b->pays (w->graph, tfc_graph_n (w->graph, i));
}

/* Calls each for every node beside node i until it returns TRUE. */
static gboolean
each_beside (Work *w, guint i, gboolean (*each) (Work *w, guint i, guint beside))
{
  const TfcNode *node = tfc_graph_n (w->graph, i);
  const TfcDefUse *e = w->def_use;
  for (guint k = 0; k < node->n_in; k++) {
    guint p = node->in[k] == TFC_NONE ? TFC_NONE : e->producer[node->in[k]];
    if (p != TFC_NONE && each (w, i, p))
      return TRUE;
  }
  for (guint k = 0; k < node->n_out; k++) {
    for (guint r = e->first[node->out[k]]; r < e->first[node->out[k] + 1]; r++) {
      if (each (w, i, e->reader[r]))
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_next (Work *w, guint i, guint beside)
{
  return w->who[beside] == w->next;
}

static gboolean
is_host (Work *w, guint i, guint beside)
{
  return w->who[i] == w->who[beside] && !is_guest (w, beside);
}

static gboolean
look_at (Work *w, guint i, guint beside)
{
  g_array_append_val (w->look, beside);
  return FALSE;
}

/* A node goes to the next backend at most as often as the chain is long, and has those beside it
 * looked at each time. None goes to the last one, which is slower than any way there and back. */
static void
send_on (Work *w)
{
  while (w->look->len) {
    guint i = g_array_index (w->look, guint, w->look->len - 1);
    g_array_set_size (w->look, w->look->len - 1);
    if (w->settled[i] || !is_guest (w, i))
      continue;
    w->next = first_of (w->graph, tfc_graph_n (w->graph, i), w->who[i]->fallback);
    if (!w->next || !w->next->fallback || !each_beside (w, i, is_next))
      continue;
    w->settled[i] = each_beside (w, i, is_host);
    if (w->settled[i])
      continue;
    w->who[i] = w->next;
    each_beside (w, i, look_at);
  }
}

const TfcBackend **
tfc_assign_backends (const TfcGraph *g, const TfcDefUse *def_use, const TfcBackend *backend,
                     GError **error)
{
  guint n = g->nodes->len;
  Work w = {.graph = g, .def_use = def_use, .who = g_new0 (const TfcBackend *, n + 1)};
  for (guint i = 0; i < n; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    w.who[i] = first_of (g, node, backend);
    if (!w.who[i]) {
      const gchar *name = tfc_graph_v (g, node->out[0])->name;
      g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                   "%s computing %s (value %u): no backend runs it with these types",
                   tfc_op_name (node->op), name ? name : "", node->out[0]);
      g_free (w.who);
      return NULL;
    }
  }
  w.settled = g_new0 (guint8, n + 1);
  w.look = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    g_array_append_val (w.look, i);
  send_on (&w);
  g_array_unref (w.look);
  g_free (w.settled);
  return w.who;
}
