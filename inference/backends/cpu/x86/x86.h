/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Kernels for x86-64, by the features that they need. */
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"

/* Each sets the functions that it brings and leaves the others (kernel_table.c says what it needs).
 */
void tfc_kernels_add_sse2 (TfcKernels *kernels);
void tfc_kernels_add_avx2 (TfcKernels *kernels);
void tfc_kernels_add_avx2_q8 (TfcKernels *kernels);
void tfc_kernels_add_avx2_mac_q8 (TfcKernels *kernels);
void tfc_kernels_add_avxvnni (TfcKernels *kernels);
void tfc_kernels_add_avx512f (TfcKernels *kernels);
void tfc_kernels_add_avx512bw (TfcKernels *kernels);
void tfc_kernels_add_avx512bw_mac_q8 (TfcKernels *kernels);
void tfc_kernels_add_avx512vnni (TfcKernels *kernels);
void tfc_kernels_add_avx512vbmi (TfcKernels *kernels);

/* TfcF32.gemm */
void tfc_avx512_gemm_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile,
                          const guint8 *const *pointers, gsize step, guint rows, const gfloat *add, gfloat *y);
void tfc_avx2_gemm_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile,
                        const guint8 *const *pointers, gsize step, guint rows, const gfloat *add, gfloat *y);
/* TfcF32.dots */
void tfc_avx512_dots_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                          gsize step, guint rows, const gfloat *add, gfloat *y);
void tfc_avx2_dots_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                        gsize step, guint rows, const gfloat *add, gfloat *y);
/* TfcQ8.picture */
void tfc_avx2_picture_q8 (const TfcPictureQ8 *picture, const guint8 *const *lines, guint n, guint8 *y);
void tfc_avxvnni_picture_q8 (const TfcPictureQ8 *picture, const guint8 *const *lines, guint n, guint8 *y);
void tfc_avx512bw_picture_q8 (const TfcPictureQ8 *picture, const guint8 *const *lines, guint n, guint8 *y);
void tfc_avx512vnni_picture_q8 (const TfcPictureQ8 *picture, const guint8 *const *lines, guint n, guint8 *y);
/* TfcQ8.blend */
void tfc_avx2_blend_q8 (guint8 *y, const TfcBlendQ8 *how);
