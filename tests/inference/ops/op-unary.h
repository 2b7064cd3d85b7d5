/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Ops of one input that look at one element at a time: one row each, from which the table of cases, the random cases,
 * the naive formulation and what backends must run are taken. */
#include "tests/inference/ops/op-case.h"

#define OP_UNARY_VALUES 6

typedef struct {
  TfcOp op;
  gfloat alpha[2];      /* of random cases, one of them; the case by hand has the first */
  gfloat least, most;   /* float inputs of random cases; above 0: quantised ones are above their zero, too */
  gboolean whole;       /* results are whole numbers: of no use to compare by quantised steps */
  const gchar *backend; /* that must run it in float32; NULL: none */
  guint n;
  gdouble x[OP_UNARY_VALUES], y[OP_UNARY_VALUES]; /* a case by hand */
} OpUnary;

guint op_unary_size (void);
const OpUnary *op_unary_nth (guint n);
/* NULL: it is no such op. */
const OpUnary *op_unary_of (TfcOp op);
/* What comes of x by another formula than the reference's. */
gdouble op_unary_naive (TfcOp op, gdouble x, gdouble alpha);
