/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/graph/def_use.h"

#include <string.h>

void
tfc_def_use_init (TfcDefUse *e, const TfcGraph *g)
{
  guint n = g->values->len;
  e->producer = g_new (guint, n + 1);
  memset (e->producer, 0xff, (n + 1) * sizeof (guint));
  e->first = g_new0 (guint, n + 2);

  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE)
        e->first[node->in[k] + 1]++;
    }
    for (guint k = 0; k < node->n_out; k++)
      e->producer[node->out[k]] = i;
  }
  for (guint v = 0; v < n; v++)
    e->first[v + 1] += e->first[v];

  guint *fill = g_memdup2 (e->first, (n + 1) * sizeof (guint));
  e->reader = g_new (guint, e->first[n] + 1);
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE)
        e->reader[fill[node->in[k]]++] = i;
    }
  }
  g_free (fill);
}

void
tfc_def_use_finish (TfcDefUse *e)
{
  g_clear_pointer (&e->producer, g_free);
  g_clear_pointer (&e->first, g_free);
  g_clear_pointer (&e->reader, g_free);
}
