/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What an op's result must be, told anew: for one output element, from its coordinates, in double
 * precision and real numbers, with no quantised arithmetic at all. */
#include "tests/inference/ops/op-case.h"

/* The real value of output element i before it is clamped, rounded and stored. */
/* Element i of TOP_K's second output: the place of the element that as many others precede. */
gdouble op_naive_place (const OpCase *c, gsize i);
gdouble op_naive (const OpCase *c, gsize i);

/* How far the stored output may be from it. Float: relative to 1 + |value|. Quantised: in steps;
 * more than a half says that the op's arithmetic is coarser than rounding once. */
gdouble op_naive_tolerance (const OpCase *c);

/* Stored element i is within tolerance of the naive value. */
gboolean op_naive_agrees (const OpCase *c, gsize i);
