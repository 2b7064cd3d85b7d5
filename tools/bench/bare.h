/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The measuring stick: the least that one can write straight against xnnpack.h to run a network's
 * convolutions. One subgraph, every result that something else than these layers reads is an
 * external output in a buffer of its own; no plan, no arena, none of inference/'s backend. What
 * comes after the layers (joining the heads, logistic) it leaves out, so it does less than a whole
 * network, never more. It trusts the graph: for files that tfc itself has read and checked. */
#include "inference/graph/graph.h"

typedef struct Bare Bare;

/* The graph must be lowered and outlive it. threads 1: the calling thread. NULL with error set if a
 * convolution of the network cannot be reached without an op that it does not know. */
Bare *bare_new (const TfcGraph *graph, guint threads, GError **error);
/* The buffer of the graph's index-th input. */
void *bare_input (Bare *bare, guint index);
gboolean bare_run (Bare *bare);
void bare_free (Bare *bare); /* NULL is allowed */
