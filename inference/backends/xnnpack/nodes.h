/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
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

/* A value's id in the subgraph, defined now if it was not yet; XNN_INVALID_VALUE_ID if that fails.
 */
guint32 tfc_xnn_value (TfcXnnBuild *build, guint value);

/* Adds a node with its first input and its output, whatever else it reads. */
typedef enum xnn_status TfcXnnDefine (TfcXnnBuild *build, const TfcNode *node, guint32 x,
                                      guint32 y);
TfcXnnDefine tfc_xnn_define_conv, tfc_xnn_define_depthwise, tfc_xnn_define_fully_connected,
    tfc_xnn_define_max_pool, tfc_xnn_define_average_pool, tfc_xnn_define_reshape,
    tfc_xnn_define_mean, tfc_xnn_define_binary, tfc_xnn_define_clamp, tfc_xnn_define_prelu,
    tfc_xnn_define_leaky_relu, tfc_xnn_define_pad, tfc_xnn_define_resize,
    tfc_xnn_define_depth_to_space;
