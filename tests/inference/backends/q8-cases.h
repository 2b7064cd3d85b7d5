/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
#include "tests/inference/ops/op-case.h"

/* A case that fills vectors and blocks and leaves remainders, with scales and zero points from end
 * to end, that our own 8-bit layers must run; NULL: op-random.h's are all there are of op. */
OpCase *q8_larger_case (GRand *r, TfcOp op, TfcType type);
gboolean q8_has_larger_cases (TfcOp op);
