/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Nodes and values of a graph, defined in an XNNPACK subgraph. Only calls that exist in every
 * XNNPACK since 2022-02 are used. Internal to inference/xnnpack*.c. */
#include <xnnpack.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"

/* A subgraph while it is being defined. Values are defined when a node first names them. */
typedef struct {
  const TfcGraph *graph;
  xnn_subgraph_t subgraph;
  guint32 *id;       /* by graph value: XNNPACK's id, XNN_INVALID_VALUE_ID until defined */
  guint32 *external; /* by graph value: its external id, XNN_INVALID_VALUE_ID if it stays inside */
  guint8 *flags;     /* by graph value: XNN_VALUE_FLAG_EXTERNAL_INPUT or _OUTPUT, 0 inside */
  GPtrArray *keep;   /* copies of constants with a tail to over-read; must outlive the runtime */
} TfcXnnBuild;

/* Adds node, which must have passed tfc_xnn_can_run, to the subgraph. */
enum xnn_status tfc_xnn_define (TfcXnnBuild *build, const TfcNode *node);
