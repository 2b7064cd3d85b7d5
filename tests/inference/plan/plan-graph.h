/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Small graphs, node behind node. */
#include "inference/plan/plan.h"

/* Each gives the id of the value that it adds. */
guint input (TfcGraph *g, TfcShape shape);
guint node (TfcGraph *g, TfcOp op, gint axis, const guint *in, guint n_in);
guint unary (TfcGraph *g, TfcOp op, guint x);
guint reshape (TfcGraph *g, guint x, TfcShape shape);
/* output is the only one; the graph is checked. */
void finish_graph (TfcGraph *g, guint output);
/* How many nodes its steps have. */
guint nodes_run (const TfcPlan *plan);
