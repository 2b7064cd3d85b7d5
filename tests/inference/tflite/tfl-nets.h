/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Tiny .tflite files of several operators, for what one alone does not show: sparse weights, the
 * detection tail, the attention mesh's custom ops, layers quantised per channel. */
#include "tests/inference/tflite/fbwriter.h"

extern const guint n_tfl_nets;
GBytes *tfl_net_write (guint index); /* below n_tfl_nets */
/* Two of them. [3, 4] -> its greatest number, and its row and column; [2, 3] times {2, 2, 5, 7, 2,
 * 2}. */
GBytes *tfl_peak (void);
GBytes *tfl_sparse_factor (void);
