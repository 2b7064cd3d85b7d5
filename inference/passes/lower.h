/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Passes that run once, after tfc_graph_check and before planning; each leaves a graph that checks.
 * What stays is as few and as plain nodes as the backends need:
 * float16 and dequantised constants are float32, nodes whose inputs are all constant are folded
 * (run on the reference backend), Mul/Add after a convolution (batch norm, bias) went into its
 * weights, activations into the node before, PAD into a convolution or pool that takes it, reshapes
 * of reshapes and other no-ops are gone, and nothing is left that no output needs. */
#include "inference/graph/graph.h"

/* FALSE with error set; the graph is then only good for tfc_graph_free. */
gboolean tfc_lower (TfcGraph *graph, GError **error);
