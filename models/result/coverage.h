/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How much of a mask shows somebody. */
#include "models/result/result.h"

/* 0..1: the share of n values that say so: a person at 128 and above, others above 0. No values: 0.
 */
gfloat tfc_mask_coverage (const guint8 *values, gsize n, TfcMaskKind kind);
