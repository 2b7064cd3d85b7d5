/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Graphs that are lowered: each is run node by node on the reference, lowered, and run again. */
#include "inference/graph/graph.h"
#include "inference/passes/lower.h"

/* What constants and inputs are drawn from: the program's, from a seed that it prints. */
extern GRand *rand_source;

/* Each gives the id of what it adds; TFC_NONE for b or c: one input less. */
guint value (TfcGraph *g, const gchar *name, TfcType type, TfcShape shape);
guint input (TfcGraph *g, TfcShape shape);
/* A float32 constant of values between low and high. */
guint constant (TfcGraph *g, TfcShape shape, gdouble low, gdouble high);
guint node3 (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c);
guint node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b);
guint conv (TfcGraph *g, guint x, gint channels_in, gint channels, gboolean bias);
guint depthwise (TfcGraph *g, guint x, gint channels, gboolean same);
/* Takes the graph's outputs as set; ops: what must be left, in order, ended by TFC_N_OPS; NULL: whatever. */
TfcGraph *lower (TfcGraph *g, guint y, gboolean exact, const TfcOp *ops);

#define OPS(...) ((const TfcOp[]){__VA_ARGS__ __VA_OPT__ (, ) TFC_N_OPS})

/* Of TFC_OP_PAD with four dimensions; channels: after the last. */
TfcParams pad_params (gint top, gint bottom, gint left, gint right, gint channels);
