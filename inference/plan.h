/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Where every value lives and who computes it: the nodes cut into segments by backend, the life
 * span of each value that crosses a border, and one arena that holds them all.
 * A RESHAPE, and a CONCAT along the outermost axis that matters with equal quantisation, cost
 * nothing: their inputs are places inside the output's memory. */
#include "backend.h"

typedef struct {
  const TfcBackend *backend;
  TfcSegment segment;
  void *state;
} TfcStep;

typedef struct {
  const TfcGraph *graph;
  guint n_steps;
  TfcStep *steps;
  void **place; /* by value id */
  void *arena;
  gsize arena_bytes;
} TfcPlan;

/* The graph must be checked and lowered and outlive the plan. NULL with error set. */
TfcPlan *tfc_plan_new (const TfcGraph *graph, const TfcBackend *backend, TfcPool *pool,
                       GError **error);
gboolean tfc_plan_run (TfcPlan *plan); /* FALSE: an engine failed */
void tfc_plan_free (TfcPlan *plan);    /* NULL is fine */
