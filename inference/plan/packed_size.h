/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What backends copy of weights. Where each node has a copy of its own, a file in which many nodes take the same
 * weights would ask for any amount of memory. */
#include "inference/backend.h"
#include "inference/graph/graph.h"

/* Bytes that copies may take in a plan, and those of all backends that share them in all plans of a model. */
gsize tfc_packing_limit (const TfcGraph *graph);
/* who[i]: the backend of node i. FALSE with error set (FORMAT) if the copies of those that do not share them (backend.h)
 * would take more than that: 32 times what the graph has of constants (its files and what was made of them) and 64 MiB. That holds every
 * network in which no weight is used more than a few times: one that is used once takes 16 times
 * its bytes where it has one output channel, and at most twice that for bytes of one input channel. */
gboolean tfc_packing_fits (const TfcGraph *graph, const TfcBackend *const *who, GError **error);
