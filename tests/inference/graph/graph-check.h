/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Graphs of one node: what their output is, or what is wrong with them. */
#include "inference/graph/graph.h"

#define S(...) tfc_shape (G_N_ELEMENTS (((gint[]){__VA_ARGS__})), __VA_ARGS__)

/* A graph that will have one node, and its inputs so far. */
typedef struct {
  TfcGraph *graph;
  TfcParams params;
  guint in[TFC_MAX_NODE_INPUTS];
  guint n_in;
  guint out;
} One;

One one_new (TfcOp op);
guint add_input (TfcGraph *g, TfcType type, TfcShape shape);
/* An input of the node, also of the graph. */
void one_in (One *one, TfcType type, TfcShape shape);
/* Adds the node and checks; returns the error or NULL. out may be NULL for unknown. */
GError *one_check (One *one, TfcOp op, const TfcTensor *out);
/* Adds the node and checks: its output is of that shape; an error. Both free the graph. */
void expect_shape (One *one, TfcOp op, const TfcTensor *out, TfcShape want);
void expect_error (One *one, TfcOp op, const TfcTensor *out);
