/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Random sound graphs, and what they compute node by node. */
#include "inference/backend.h"
#include "inference/graph/graph.h"

/* A checked graph of about n nodes with 1 or 2 inputs and 1 to 4 outputs, rich in reshapes and
 * concatenations. Free it. */
TfcGraph *random_graph (GRand *rand, guint n);

/* Every value's bytes (by id), computed node by node with the reference's loops from inputs that are
 * filled from rand; constants are their own bytes. */
typedef struct {
  guint n;
  guint8 **bytes;
} Values;

Values *values_compute (const TfcGraph *graph, GRand *rand);
void values_free (Values *values, const TfcGraph *graph);
