/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Float32 layers of our own on every instruction set that this CPU has. */
#include "tests/inference/ops/op-case.h"

/* Makes a case from random numbers. */
typedef OpCase *F32Maker (GRand *r, gconstpointer data);

/* On each instruction set, so many cases: against the reference, closer against the naive
 * formulation, one thread against two, and nothing written behind the end. At least so many of them
 * run on our kernels. Skips the test where the CPU has none. */
void f32_check (F32Maker *make, gconstpointer data, guint32 seed, guint cases, guint least);

/* Numbers from -most to most. */
void f32_fill (GRand *r, TfcTensor *t, gdouble most);

/* Random padding of an axis whose input is so long, up to half a kernel and no less than it needs;
 * returns how long the output is. */
gint32 f32_axis (GRand *r, gint32 length, gint kernel, gint stride, gint dilation, gint *before,
                 gint *after);
