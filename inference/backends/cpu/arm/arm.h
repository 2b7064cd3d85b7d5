/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Kernels for aarch64, which always has NEON. Each adds what its file has (common/kernel_table.h).
 */
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"

/* float32, and 8 bits by widening multiplication. */
void tfc_kernels_add_neon_f32 (TfcKernels *kernels);
void tfc_kernels_add_neon_q8 (TfcKernels *kernels);
/* 8 bits by SDOT; for CPUs of TFC_CPU_DOTPROD. */
void tfc_kernels_add_dotprod (TfcKernels *kernels);

/* neon_gemm_f32.c */
void tfc_neon_gemm_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile,
                        const guint8 *const *pointers, gsize step, guint rows, const gfloat *add, gfloat *y);
void tfc_neon_dots_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                        gsize step, guint rows, const gfloat *add, gfloat *y);
