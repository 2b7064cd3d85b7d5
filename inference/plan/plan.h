/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where every value lives and who computes it: the nodes cut into segments by backend, the life
 * span of each value that crosses a border, and one arena that holds them all.
 * A RESHAPE, and a CONCAT along the outermost axis that matters with equal quantisation, cost
 * nothing: their inputs are buffers inside the output's memory (alias.h has the exact rule).
 *
 * Segments: nodes are reordered within their dependencies so that there are as few as possible
 * (schedule.h). What the backend cannot run, the next in its chain does.
 * Nodes of a segment that goes by node are run as one where their backend joins them: each but the
 * first is the only one to read what the one before it computes, which stays inside. Places:
 * constants stay where they are. A value that crosses a border, and every other value of a segment
 * that goes by node, has a buffer in the arena, at a multiple of 64, with TFC_TAIL_BYTES behind it;
 * buffers are used again for values that are not alive at the same time. Alive: from the step that
 * computes it to the last one that reads it (in segments that go by node: node by node, or from the
 * first to the last that are run as one). Graph inputs and outputs are alive for the whole run and
 * the time between runs; an output that is an input or a constant uses that one's buffer. The arena
 * is zeroed when made. */
#include "inference/plan/epilogue.h"
#include "inference/runtime/packed_store.h"

typedef struct {
  const TfcBackend *backend;
  TfcSegment segment;
  void *state;
} TfcStep;

/* Whether the pool's native workers run it (backend.h). It is prepared. */
gboolean tfc_step_is_native (const TfcStep *step);

typedef struct {
  TfcGraph *graph; /* the plan's own list of nodes, epilogues on convolutions (epilogue.h), in the order
                      of the steps (those that cost nothing at the end); values and everything else
                      are the caller's graph's */
  guint n_steps;
  TfcStep *steps;
  void **buffer; /* by value id; NULL for values inside a segment */
  void *arena;
  gsize arena_bytes;
  gboolean native; /* a run with workers wants the pool's native ones */
  /*< private >*/
  TfcEpilogues epilogues;
  TfcPackedStore *packed;
} TfcPlan;

#define TFC_MAX_ARENA_BYTES ((gsize) 2 << 30) /* more is refused as UNSUPPORTED */

/* The graph must be checked and lowered and outlive the plan; weights that its backends cannot take turned are
 * put in order in it. NULL with error set: UNSUPPORTED (no
 * backend runs a node; too large), MEMORY, or what a backend's prepare says. */
TfcPlan *tfc_plan_new (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool,
                       GError **error);
/* The same with weights that other plans of the same constants have packed; takes a reference. The store's limit becomes that of this
 * graph (packed_size.h). */
TfcPlan *tfc_plan_new_sharing (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool, TfcPackedStore *packed,
                               GError **error);
/* pool: that of tfc_plan_new, entered; NULL: without workers, once tfc_plan_runs_alone. FALSE: an engine failed. */
gboolean tfc_plan_run (TfcPlan *plan, TfcPool *pool);
/* Whether a run can go without workers now; else what it takes is being made meanwhile (backend.h). */
gboolean tfc_plan_runs_alone (TfcPlan *plan);
void tfc_plan_free (TfcPlan *plan);    /* NULL is allowed */
