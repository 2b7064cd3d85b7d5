/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Quantised tensors, all as if they were uint8: bytes of int8 ones are flipped (XOR 0x80, which
 * adds 128: tfc_weights_flip), and zero points and limits are moved along. */
#include "inference/arithmetic/quant.h"
#include "inference/backends/cpu/common/pack.h"
#include "inference/backends/cpu/q8/q8.h"

/* uint8 or int8, one scale, a zero point that the type holds. NULL: FALSE. */
gboolean tfc_q8_good (const TfcTensor *tensor);
/* The same, and computed. */
gboolean tfc_q8_good_input (const TfcTensor *tensor);
gint32 tfc_q8_zero (const TfcTensor *tensor);
/* How results become bytes of y. clamp: NULL for none. */
TfcRequant tfc_q8_store (const TfcTensor *y, const TfcClamp *clamp);
/* Constant, and one byte all over. */
gboolean tfc_q8_is_uniform (const TfcTensor *tensor);
