/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/schedule.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const TfcGraph *graph;
  const TfcDefUse *def_use;
  const TfcAlias *alias;
  const TfcBackend *const *who;
  guint n_backends;
  const TfcBackend *backends[TFC_SCHEDULE_MAX];
  guint8 *side;                    /* [nodes] index in backends */
  guint *waits;                    /* [nodes] inputs not computed yet */
  GArray *ready[TFC_SCHEDULE_MAX]; /* node indices, by backend */
  GArray *elided;                  /* whose inputs are there, but which others do not see yet */
} Work;

static void
make_ready (Work *w, guint node)
{
  GArray *list = w->alias->elided[node] ? w->elided : w->ready[w->side[node]];
  g_array_append_val (list, node);
}

static void
done (Work *w, guint index)
{
  const TfcNode *node = tfc_graph_n (w->graph, index);
  for (guint k = 0; k < node->n_out; k++) {
    for (guint r = w->def_use->first[node->out[k]]; r < w->def_use->first[node->out[k] + 1]; r++) {
      guint reader = w->def_use->reader[r];
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
take (Work *w, guint side, guint *order)
{
  GArray *ready = w->ready[side];
  for (guint i = 0; i < ready->len; i++) {
    done (w, g_array_index (ready, guint, i));
    if (w->backends[side]->by_node)
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
      w->waits[i] += node->in[k] != TFC_NONE && w->def_use->producer[node->in[k]] != TFC_NONE;
  }
  for (guint i = 0; i < w->graph->nodes->len; i++) {
    if (w->waits[i] == 0)
      make_ready (w, i);
  }
}

static gboolean
any_ready (const Work *w)
{
  for (guint i = 0; i < w->n_backends; i++) {
    if (w->ready[i]->len)
      return TRUE;
  }
  return FALSE;
}

/* Turns from side on, step backends further each time. */
static void
schedule (Work *w, guint side, guint step, TfcSchedule *s)
{
  guint n = w->graph->nodes->len, at = 0;
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (TfcRun));
  s->order = g_new (guint, n + 1);

  /* waits counts down to 0 only once, so no node is made ready twice; see begin. */
  begin (w);
  release_elided (w);
  for (; any_ready (w); side = (side + step) % w->n_backends) {
    TfcRun run = {.backend = w->backends[side], .first = at};
    run.n = take (w, side, s->order + at);
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

static void
find_backends (Work *w)
{
  for (guint i = 0; i < w->graph->nodes->len; i++) {
    guint k = 0;
    while (k < w->n_backends && w->backends[k] != w->who[i])
      k++;
    g_assert (k < TFC_SCHEDULE_MAX);
    if (k == w->n_backends) {
      w->ready[k] = g_array_new (FALSE, FALSE, sizeof (guint));
      w->backends[w->n_backends++] = w->who[i];
    }
    w->side[i] = k;
  }
}

static void
keep_better (TfcSchedule *best, TfcSchedule *other)
{
  if (best->order && best->n_runs <= other->n_runs) {
    tfc_schedule_finish (other);
    return;
  }
  tfc_schedule_finish (best);
  *best = *other;
}

void
tfc_schedule_init (TfcSchedule *s, const TfcGraph *g, const TfcDefUse *def_use,
                   const TfcAlias *alias, const TfcBackend *const *who)
{
  Work w = {.graph = g, .def_use = def_use, .alias = alias, .who = who};
  TfcSchedule other;
  *s = (TfcSchedule){0};
  w.waits = g_new (guint, g->nodes->len + 1);
  w.side = g_new (guint8, g->nodes->len + 1);
  w.elided = g_array_new (FALSE, FALSE, sizeof (guint));
  find_backends (&w);

  /* Forwards and backwards; a graph without nodes has its one, empty schedule. */
  for (guint i = 0; i < MAX (w.n_backends, 1); i++) {
    for (guint step = 1; step <= (w.n_backends > 2 ? 2 : 1); step++) {
      schedule (&w, i, step == 1 ? 1 : w.n_backends - 1, &other);
      keep_better (s, &other);
    }
  }

  for (guint i = 0; i < w.n_backends; i++)
    g_array_unref (w.ready[i]);
  g_array_unref (w.elided);
  g_free (w.side);
  g_free (w.waits);
}

void
tfc_schedule_finish (TfcSchedule *s)
{
  g_clear_pointer (&s->order, g_free);
  g_clear_pointer (&s->runs, g_free);
  s->n_runs = 0;
}
