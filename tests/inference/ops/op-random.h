/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Random cases: shapes, parameters, types and contents. */
#include "tests/inference/ops/op-case.h"

/* A case of op whose first input has type: float32, uint8 or int8 (quantised), int32. NULL if the
 * op is not meant for the type. For TFC_OP_CONVERT the type is the start of a random pair. */
OpCase *op_random_case (GRand *r, TfcOp op, TfcType type);
