/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const TfcGraph *graph;
  const TfcEdges *edges;
  const TfcAlias *alias;
  const gboolean *runs;
  gboolean keeps_inside;
  guint *waits;     /* [nodes] inputs not computed yet */
  GArray *ready[2]; /* node indices: the reference's, ours */
  GArray *elided;   /* whose inputs are there, but which others do not see yet */
} Work;

static void
make_ready (Work *w, guint node)
{
  GArray *list = w->alias->elided[node] ? w->elided : w->ready[w->runs[node] ? 1 : 0];
  g_array_append_val (list, node);
}

static void
done (Work *w, guint index)
{
  const TfcNode *node = tfc_graph_n (w->graph, index);
  for (guint k = 0; k < node->n_out; k++) {
    for (guint r = w->edges->first[node->out[k]]; r < w->edges->first[node->out[k] + 1]; r++) {
      guint reader = w->edges->reader[r];
      if (--w->waits[reader] == 0)
        make_ready (w, reader);
    }
  }
}

static void
release_elided (Work *w)
{
  for (guint i = 0; i < w->elided->len; i++)
    done (w, g_array_index (w->elided, guint, i));
  g_array_set_size (w->elided, 0);
}

static gint
by_index (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return x < y ? -1 : x > y;
}

/* Everything that side can run now, into order; returns how many. */
static guint
take (Work *w, gboolean ours, guint *order)
{
  GArray *ready = w->ready[ours];
  for (guint i = 0; i < ready->len; i++) {
    done (w, g_array_index (ready, guint, i));
    if (!ours || !w->keeps_inside)
      release_elided (w);
  }
  guint n = ready->len;
  if (n)
    memcpy (order, ready->data, n * sizeof (guint));
  qsort (order, n, sizeof (guint), by_index);
  g_array_set_size (ready, 0);
  release_elided (w);
  return n;
}

static void
begin (Work *w)
{
  for (guint i = 0; i < w->graph->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (w->graph, i);
    w->waits[i] = 0;
    for (guint k = 0; k < node->n_in; k++)
      w->waits[i] += node->in[k] != TFC_NONE && w->edges->producer[node->in[k]] != TFC_NONE;
  }
  for (guint i = 0; i < w->graph->nodes->len; i++) {
    if (w->waits[i] == 0)
      make_ready (w, i);
  }
}

static void
schedule (Work *w, gboolean ours, TfcSchedule *s)
{
  guint n = w->graph->nodes->len, at = 0;
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (TfcRun));
  s->order = g_new (guint, n + 1);

  /* waits counts down to 0 only once, so no node is made ready twice; see begin. */
  begin (w);
  release_elided (w);
  for (; w->ready[0]->len || w->ready[1]->len; ours = !ours) {
    TfcRun run = {.ours = ours, .first = at};
    run.n = take (w, ours, s->order + at);
    at += run.n;
    if (run.n)
      g_array_append_val (runs, run);
  }
  for (guint i = 0; i < n; i++) {
    if (w->alias->elided[i])
      s->order[at++] = i;
  }
  s->n_runs = runs->len;
  s->runs = (TfcRun *)(gpointer)g_array_free (runs, FALSE);
}

void
tfc_schedule_init (TfcSchedule *s, const TfcGraph *g, const TfcEdges *edges, const TfcAlias *alias,
                   const gboolean *runs, gboolean keeps_inside)
{
  Work w = {.graph = g, .edges = edges, .alias = alias, .runs = runs, .keeps_inside = keeps_inside};
  TfcSchedule other;
  w.waits = g_new (guint, g->nodes->len + 1);
  w.elided = g_array_new (FALSE, FALSE, sizeof (guint));
  w.ready[0] = g_array_new (FALSE, FALSE, sizeof (guint));
  w.ready[1] = g_array_new (FALSE, FALSE, sizeof (guint));

  schedule (&w, TRUE, s);
  schedule (&w, FALSE, &other);
  if (other.n_runs < s->n_runs) {
    TfcSchedule worse = *s;
    *s = other;
    other = worse;
  }
  tfc_schedule_finish (&other);

  g_array_unref (w.ready[0]);
  g_array_unref (w.ready[1]);
  g_array_unref (w.elided);
  g_free (w.waits);
}

void
tfc_schedule_finish (TfcSchedule *s)
{
  g_clear_pointer (&s->order, g_free);
  g_clear_pointer (&s->runs, g_free);
  s->n_runs = 0;
}
