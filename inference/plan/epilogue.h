/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What a convolution does on its way out instead of nodes behind it: ADD of another value (of one
 * that was padded with channels of zero: without them) and PRELU, each with the clamp that is in
 * its node. Their values in between are never stored (op.h, TFC_CONV_).
 *
 * A node moves into the convolution that computes its input if nobody else reads that, it is no
 * output of the graph, is float32 and not clamped, and the convolution's backend takes extras and
 * can run what comes of it. The convolution then stands at the place of the last of its nodes. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/graph/def_use.h"

typedef struct {
  TfcGraph *graph;        /* its own list of nodes; all else is the given graph's */
  const TfcBackend **who; /* [nodes] */
  /*< private >*/
  guint *inputs;
} TfcEpilogues;

/* edges of and who[node] for the checked and lowered graph, which must outlive extras; edges need not. */
void tfc_epilogues_init (TfcEpilogues *extras, const TfcGraph *graph, const TfcDefUse *edges,
                      const TfcBackend *const *who);
void tfc_epilogues_finish (TfcEpilogues *extras); /* all zero is fine */
