/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
#include "inference/graph/graph.h"

/* Lowers, plans and runs the graph once on the backend of that number (tfc_backend_nth), with inputs of
 * small numbers; takes the graph. What would take more than some MB or some million steps is only
 * checked. Errors must be of TFC_ERROR. */
void fuzz_engine (TfcGraph *graph, guint backend);
/* Of a checked graph: whether it is run. */
gboolean fuzz_is_small (const TfcGraph *graph);
guint fuzz_n_backends (void);
