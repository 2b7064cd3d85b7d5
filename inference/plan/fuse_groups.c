/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/fuse_groups.h"

typedef struct {
  const TfcGraph *graph;
  const TfcDefUse *def_use;
  const guint *order;
  const guint8 *crosses;
  guint threads;
} Work;

/* Node i's result is read by the node after it, as its first input, and by nobody else. */
static gboolean
only_next_reads (const Work *w, guint i)
{
  const TfcNode *node = tfc_graph_n (w->graph, i);
  const guint v = node->out[0], *first = w->def_use->first;
  return node->n_out == 1 && !w->crosses[v] && first[v + 1] - first[v] == 1 &&
         w->def_use->reader[first[v]] == w->order[i + 1] && node[1].in[0] == v;
}

static void
join_step (TfcFuseGroups *j, const Work *w, const TfcStep *step)
{
  const guint first = step->segment.first, last = first + step->segment.n - 1;
  const TfcBackend *backend = step->backend;
  j->last[last] = last;
  for (guint i = last; i-- > first;) {
    const TfcNode *node = tfc_graph_n (w->graph, i);
    const gboolean joins = backend->joins && j->last[i + 1] - i < TFC_MAX_TOGETHER &&
                           only_next_reads (w, i) &&
                           backend->joins (w->graph, node, node + 1, w->threads);
    j->last[i] = joins ? j->last[i + 1] : i;
    j->inside[node->out[0]] = joins;
  }
}

void
tfc_fuse_groups_init (TfcFuseGroups *j, const TfcPlan *plan, const TfcDefUse *def_use,
                      const guint *order, const guint8 *crosses, guint threads)
{
  const Work w = {plan->graph, def_use, order, crosses, threads};
  j->last = g_new (guint, plan->graph->nodes->len + 1);
  j->inside = g_new0 (guint8, plan->graph->values->len + 1);
  for (guint i = 0; i < plan->n_steps; i++)
    join_step (j, &w, &plan->steps[i]);
}

void
tfc_fuse_groups_finish (TfcFuseGroups *j)
{
  g_clear_pointer (&j->last, g_free);
  g_clear_pointer (&j->inside, g_free);
}
