/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One op with its parameters and tensors, to be run by whatever backend and compared. */
#include "inference/backend.h"
#include "inference/graph/graph.h"

#define OP_CASE_INPUTS 4

typedef struct {
  TfcOp op;
  TfcParams params;
  guint n_in;
  TfcTensor in[OP_CASE_INPUTS]; /* data NULL: an optional input that is not there */
  gboolean constant[OP_CASE_INPUTS];
  guint n_out;
  TfcTensor out;  /* what it must be; data is where the reference wrote */
  TfcTensor more; /* the second output, if there are two */
  GPtrArray *memory;
} OpCase;

OpCase *op_case_new (TfcOp op);
void op_case_free (OpCase *c);
/* Zeroed memory with a tail, gone with the case. */
void *op_case_alloc (OpCase *c, gsize bytes);
/* Next input, its data zeroed memory; returned to be filled. */
TfcTensor *op_case_input (OpCase *c, TfcType type, const TfcShape *shape);
/* Type and shape of the next output; gives it memory. */
TfcTensor *op_case_output (OpCase *c, TfcType type, const TfcShape *shape);

/* Runs the reference's loops on the case itself; FALSE if they refuse it. */
gboolean op_case_run_reference (OpCase *c);

/* One element as a number: stored, and real (with scale and zero point; equal to the stored one if
 * not quantised). */
gdouble op_stored (const TfcTensor *t, gsize i);
gdouble op_real (const TfcTensor *t, gsize i);
void op_store (TfcTensor *t, gsize i, gdouble stored);
gboolean op_is_quant (const TfcTensor *t);
/* How far a float32 result may be from another that was summed in another order, relative to 1 +
 * |value|: 1e-4, and more where a convolution has more than 250 products. Of inputs up to 4 they
 * sum up to hundreds on the way, and each addition rounds: 600 were seen to lose 1.2e-4. */
gdouble op_sum_tolerance (const OpCase *c);
/* One line that tells a case: op, types, shapes, parameters. Free it. */
gchar *op_case_print (const OpCase *c);
