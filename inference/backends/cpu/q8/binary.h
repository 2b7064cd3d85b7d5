/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Between binary.c, for inputs of one shape or one laid along the other, binary_spread.c, where one
 * is a constant number, and binary_walk.c, for all others. */
#include "inference/backends/cpu/q8/bytes.h"

typedef void TfcBinaryKernel (guint8 *y, const guint8 *x, const guint8 *z, gsize n,
                              const TfcBinaryQ8 *how);

/* Of ADD, SUB or MUL, from the kernels in use. */
TfcBinaryKernel *tfc_binary_q8_kernel (TfcOp op);
/* How node's inputs are put together, input x being the kernel's first. FALSE: sums or products are
 * out of range. */
gboolean tfc_binary_q8_how (TfcBinaryQ8 *how, const TfcGraph *graph, const TfcNode *node, guint x);

/* A layer for inputs that broadcast as numpy does, one of them computed. */
TfcLayer *tfc_binary_q8_walk (const TfcSegment *segment, const TfcNode *node, TfcPool *pool);
/* Where one input is constant and the same number all over; NULL where it is not. */
TfcLayer *tfc_binary_q8_spread (const TfcSegment *segment, const TfcNode *node, TfcPool *pool);
/* Bytes of the rows that tfc_binary_q8_walk would go by. */
gsize tfc_binary_q8_row (const TfcGraph *graph, const TfcNode *node);
