/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Tiny .tflite files of one operator each, one row an operator (or a way to use it). */
#include "tests/inference/tflite/fbwriter.h"

#define TFL_CASE_INPUTS 4

/* One operator: inputs (the first, or the one that data says, from outside, the others constants of zeros or the
 * integers given), an output; what must come of it. Dimensions end with 0. */
typedef struct {
  const gchar *name;
  gint code;
  struct {
    gint type;
    gint32 dim[5];
    gint32 ints[8];
  } in[TFL_CASE_INPUTS];
  gint type;
  gint32 out[5];
  struct {
    guint field;
    gint32 value;
  } options[6];
  TfcOp op;
  gint32 expect[5];
  guint data;
  struct {
    gint type;
    gint32 dim[5];
  } more; /* the second output; no dimension: there is none */
} TflCase;

/* NULL past the end. Those that stand in rows of inference/ops/op_table.inc are made of them and come last. */
const TflCase *tfl_case (guint n);
guint tfl_n_cases (void);

/* Dimensions that end with 0, at most 4. */
TfcShape tfl_shape (const gint32 *dim);
/* skew: where constants lie past a multiple of 16; new_codes: operators only in the newer field. */
GBytes *tfl_case_write (const TflCase *c, guint skew, gboolean new_codes);
