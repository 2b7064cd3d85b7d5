/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One layer cut out of a network: a small graph with the network's own shapes, weights and quantisation. Its inputs are
 * what the layer reads from other layers. */
#include "inference/plan/plan.h"

typedef struct {
  gchar *title;     /* "CONV_2D 3x3 /2 + ADD"; nodes that run as one with commas between */
  gchar *in, *out;  /* type and shape of the first input and the last output: "float32 1x64x64x24" */
  gchar *key;       /* equal for layers that do the same with other numbers */
  guint64 macs;
  TfcGraph *graph;  /* borrows constants from the network's graph, which must outlive it */
} LayerCase;

/* Nodes first .. first + n - 1 of the plan, which run as one, as a graph of those nodes of network that they stand for
 * (epilogues are nodes again). network: the checked and lowered graph that the plan was made of. NULL with error set. */
LayerCase *layer_case_new (const TfcGraph *network, const TfcPlan *plan, guint first, guint n, GError **error);
void layer_case_free (LayerCase *layer); /* NULL is allowed */

/* How many nodes from the segment's i-th on run as one. */
guint layer_case_joined (const TfcSegment *segment, guint i);
/* TRUE if the title or the network's name holds one of the words, or there are none. Letters of any case. */
gboolean layer_case_matches (const LayerCase *layer, const gchar *network, gchar **words);
