/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Layers of two inputs, one as large as the output, the other one as large or repeated along it. */
#include "inference/backends/cpu/common/kernels.h"

/* Elements after which z repeats if it is laid along y; 0: it isn't laid so. */
gsize tfc_broadcast_period (const TfcTensor *z, const TfcTensor *y);
/* Which input is as large as the output and computed, the other one being laid along it; the first
 * if both are: 0 or 1; 2: none. either: the second may be; else the first only. */
guint tfc_broadcast_large (const TfcGraph *graph, const TfcNode *node, gboolean either);
