/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a convolution does on its way out instead of nodes behind it: ADD of another value (of one
 * that was padded with channels of zero: without them) and PRELU, each with the clamp that is in
 * its node. Their values in between are never stored (op.h, TFC_CONV_).
 *
 * A node moves into the convolution that computes its input if nobody else reads that, it is no
 * output of the graph, is float32 and not clamped, and the convolution's backend takes epilogues and
 * can run what comes of it. The convolution then stands where the last of its nodes was. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/graph/def_use.h"

typedef struct {
  TfcGraph *graph;        /* its own list of nodes; all else is the given graph's */
  const TfcBackend **who; /* [nodes] */
  /*< private >*/
  guint *inputs;
} TfcEpilogues;

/* def_use of and who[node] for the checked and lowered graph, which must outlive epilogues; def_use need not. */
void tfc_epilogues_init (TfcEpilogues *epilogues, const TfcGraph *graph, const TfcDefUse *def_use,
                      const TfcBackend *const *who);
void tfc_epilogues_finish (TfcEpilogues *epilogues); /* all zero is allowed */
