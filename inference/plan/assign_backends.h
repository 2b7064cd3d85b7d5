/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Who runs each node. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/graph/def_use.h"

/* who[node], to be freed: the first backend of the chain that runs the node. One that says that the
 * node alone is not worth it (pays) gives it to the next in the chain that runs it if a node of that
 * one computes an input or reads an output, and none of its own does that pays; but not to the last
 * in the chain. Linear in the size of the graph. NULL with error set (UNSUPPORTED) if no backend
 * runs a node. */
const TfcBackend **tfc_assign_backends (const TfcGraph *graph, const TfcDefUse *def_use,
                                        const TfcBackend *backend, GError **error);
