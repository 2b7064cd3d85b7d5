/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The ops that XNNPACK has: one row each. */
#include "inference/backends/xnnpack/nodes.h"

/* TRUE if XNNPACK runs node with these types, shapes and parameters. */
gboolean tfc_xnn_can_run (const TfcGraph *graph, const TfcNode *node);
/* Adds node, which must have passed tfc_xnn_can_run, to the subgraph. */
enum xnn_status tfc_xnn_define (TfcXnnBuild *build, const TfcNode *node);
