/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A case as a graph of one node, run by a backend. */
#include "inference/model.h"
#include "tests/inference/ops/op-case.h"

/* The case's output as somebody else computed it: data is the case's memory. */
typedef struct {
  gboolean ran; /* FALSE: the backend says that it cannot */
  TfcTensor out;
} OpRun;

/* By the backend's five slots alone, as one segment. The runs, of which there are two, must give
 * the same. Ends the program with the case's text if an engine fails. */
OpRun op_case_run_backend (OpCase *c, const TfcBackend *backend, TfcPool *pool);

/* Through the front door: checked, lowered, planned; what the backend cannot run falls back, and
 * ran is TRUE. SAME padding goes in as such, types and shapes of outputs are inferred where that is
 * possible and must be the case's. */
OpRun op_case_run_model (OpCase *c, const TfcBackend *backend, TfcPool *pool, guint *n_fallback);

/* NULL if have is what the reference wrote into c->out, as near as that op's arithmetic must be:
 * float32 within sums (op_sum_tolerance, or less) of 1 + |value|; quantised within one step, and
 * exact where sums are exact (convolutions, fully connected) or elements only move; else text that
 * says where not. Free it. */
gchar *op_case_difference (const OpCase *c, const TfcTensor *have, gdouble sums);
