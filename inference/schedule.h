/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Nodes into as few runs for one backend as their dependencies allow. Two backends take turns, the
 * chosen one and the reference; each runs all that is ready before the other gets its turn, and the
 * better of both beginnings is taken. Inside a run nodes keep the graph's order. Elided nodes cost
 * nothing and belong to no run. */
#include "alias.h"

typedef struct {
  gboolean ours; /* for the plan's backend; FALSE: for the reference that it falls back to */
  guint first, n; /* in order */
} TfcRun;

typedef struct {
  guint *order; /* [nodes] node indices: the runs one after the other, then the elided nodes */
  TfcRun *runs;
  guint n_runs;
} TfcSchedule;

/* The arguments as for tfc_alias_init. A backend that keeps values inside never reads, in the run
 * that computes them, bytes through another value than the one that was computed. */
void tfc_schedule_init (TfcSchedule *schedule, const TfcGraph *graph, const TfcEdges *edges,
                        const TfcAlias *alias, const gboolean *runs, gboolean keeps_inside);
void tfc_schedule_finish (TfcSchedule *schedule); /* all zero is fine */
