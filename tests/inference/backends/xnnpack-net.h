/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One graph on the XNNPACK backend. */
#include "inference/backend.h"
#include "inference/backends/xnnpack/rounding.h"
#include "inference/graph/graph.h"

#define F TFC_TYPE_F32
#define U TFC_TYPE_U8

typedef struct {
  TfcGraph *graph;
  void **place;
  TfcSegment segment;
  TfcPool *pool;
  void *state;
} Net;

/* A value that some node computes. */
guint computed (TfcGraph *g, TfcType type, TfcShape shape);
/* TFC_NONE for b or c: one input less. params: NULL for the op's own. */
guint node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c, guint out);
/* The whole graph as one segment; every value that crosses its border gets a place. */
void net_open (Net *net, TfcGraph *g, TfcPool *pool);
void net_run (Net *net);
void net_close (Net *net);
/* data stays the caller's, and is not copied. */
guint constant (TfcGraph *g, TfcType type, TfcShape shape, void *data);
