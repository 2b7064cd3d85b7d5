/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What XNNPACK computes otherwise than the reference. */
#if __has_include(<xnnpack.h>)
#include <xnnpack.h>
#endif

/* 1 where kernels round 8-bit sums by a multiplication of whole numbers, half up, and not half to
 * even as ops/mac.h: those for NEON but of weights with a scale per channel. Other results than the
 * reference's are nobody's: these nodes (CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, MEAN, MUL)
 * fall back. */
#if defined(__aarch64__)
#define TFC_XNN_HALF_UP 1
#else
#define TFC_XNN_HALF_UP 0
#endif

/* 1 where 8-bit means are off by one now and then: XNNPACK of 2024, which is known by this flag.
 * MEAN falls back there too. */
#if TFC_XNN_HALF_UP || defined(XNN_FLAG_KEEP_DIMS)
#define TFC_XNN_ROUGH_MEAN 1
#else
#define TFC_XNN_ROUGH_MEAN 0
#endif
