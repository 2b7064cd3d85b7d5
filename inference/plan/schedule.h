/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Nodes into as few runs for one backend as their dependencies allow. Backends take turns; each
 * runs all that is ready before another gets its turn, and the best of all beginnings is taken. Inside a run nodes keep the graph's order. Elided nodes cost
 * nothing and belong to no run. */
#include "inference/plan/alias.h"

typedef struct {
  const TfcBackend *backend;
  guint first, n; /* in order */
} TfcRun;

typedef struct {
  guint *order; /* [nodes] node indices: the runs one after the other, then the elided nodes */
  TfcRun *runs;
  guint n_runs;
} TfcSchedule;

#define TFC_SCHEDULE_MAX 8 /* different backends in who */

/* The arguments as for tfc_alias_init. A backend that keeps values inside never reads, in the run
 * that computes them, bytes through another value than the one that was computed. */
void tfc_schedule_init (TfcSchedule *schedule, const TfcGraph *graph, const TfcDefUse *def_use,
                        const TfcAlias *alias, const TfcBackend *const *who);
void tfc_schedule_finish (TfcSchedule *schedule); /* all zero is allowed */
