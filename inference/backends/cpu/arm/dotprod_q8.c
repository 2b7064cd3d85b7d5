/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* 8 bits by SDOT: four products of each of four sums at a time. Compiled for CPUs that have it. */
#include "inference/backends/cpu/arm/arm.h"
#include "inference/backends/cpu/arm/vec_q8.h"

typedef int32x4_t Sums;

INLINE Sums
none (void)
{
  return vdupq_n_s32 (0);
}

INLINE Sums
dot (Sums s, int8x16_t a, int8x16_t b)
{
  return vdotq_s32 (s, a, b);
}

INLINE int32x4_t
total (Sums s)
{
  return s;
}

#define MAX_ROWS 4 /* sixteen sums */
#include "inference/backends/cpu/arm/q8_loops.inc"

void
tfc_kernels_add_dotprod (TfcKernels *k)
{
  add_loops (k->q8);
}
