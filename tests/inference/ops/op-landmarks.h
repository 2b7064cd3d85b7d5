/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The attention mesh's three ops: random cases, and what their outputs are by another way. */
#include "tests/inference/ops/op-case.h"

OpCase *op_landmarks_case (GRand *r, TfcOp op, TfcType type);
/* Element i, which stands at coordinates at. */
gdouble op_naive_to_transform (const OpCase *c, const gint32 *at, gsize i);
gdouble op_naive_transform_tensor (const OpCase *c, const gint32 *at, gsize i);
gdouble op_naive_transform_landmarks (const OpCase *c, const gint32 *at, gsize i);
