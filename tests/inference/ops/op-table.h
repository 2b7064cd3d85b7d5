/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Small cases worked out by hand. */
#include "tests/inference/ops/op-case.h"

guint op_table_size (void);
/* The case; expected gets its stored results (one an element of the output). */
OpCase *op_table_case (guint index, const gdouble **expected);
