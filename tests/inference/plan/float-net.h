/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A random float32 network under construction, node behind node, and whether it computes the same
 * bits however it is run. */
#include "inference/plan/plan.h"
#include "tests/inference/plan/random-graph.h"

typedef struct {
  GRand *r;
  TfcGraph *g;
  gboolean seen;                /* values in between are outputs too: none may move or go */
  gint height, width, channels; /* of value */
  guint value;                  /* the last */
} FloatNet;

/* Begins it from a seed; height, width and channels are to be set, then net_input adds the input.
 */
FloatNet net_begin (guint32 from, gboolean seen);
void net_input (FloatNet *n, gint pictures);
/* Makes value an output and checks the graph. */
void net_end (FloatNet *n);
void net_clear (FloatNet *n);

/* from .. to */
gint net_upto (FloatNet *n, gint from, gint to);
/* Numbers within most of 0; returns the value. */
guint net_constant (FloatNet *n, const TfcShape *shape, gdouble most);
/* Returns what it computes; the net's own value stays as it is. */
guint net_node (FloatNet *n, TfcOp op, const TfcParams *params, const guint *in, guint n_in);
/* None, or from 0. */
TfcClamp net_clamp (FloatNet *n);

/* What a plan made of it: its nodes, and values that have no place. */
typedef struct {
  guint nodes, inside;
} NetPlan;

/* The last value, from the same input as values have; run twice, as places are used again. Free it.
 */
gfloat *net_run (const FloatNet *n, TfcPool *pool, const Values *values, NetPlan *plan);

/* hidden and seen are the same network. Asserts that hidden has the same bits alone, with pool and
 * as seen, which are within 1e-4 of the reference's. plans: hidden's (the same with pool), and
 * seen's. */
void net_check (const FloatNet *hidden, const FloatNet *seen, guint32 from, TfcPool *pool,
                NetPlan plans[2]);
