/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* GraphModels of one op each: x -> y. The tests run them, the fuzzer starts from them. */
#include "tests/inference/tfjs/graphmodel.h"

typedef struct {
  const gchar *name, *input, *op, *inputs, *attr; /* input: the shape of x, which holds 1, 2, 3.. */
  const gchar *shape;                             /* of y */
  gfloat want[16];
} TfjsCase;

extern const TfjsCase tfjs_cases[];
extern const guint n_tfjs_cases;

void tfjs_case_write (GraphModel *f, const TfjsCase *c);
/* Those of our constants that the inputs (names with commas between) mention. */
void tfjs_constants (GraphModel *f, const gchar *inputs);
