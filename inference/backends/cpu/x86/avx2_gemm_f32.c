/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/x86/vec_avx2.h"
#include "inference/backends/cpu/x86/x86.h"

#define WIDE 1
typedef v8 Wide;
typedef v8 Octet;
#define wide(op) v8_##op
#define octet(op) v8_##op
#define first_octet(v) (v)

#include "inference/backends/cpu/f32/gemm.inc"
#include "inference/backends/cpu/f32/dots.inc"

/* Sixteen registers: twelve sums, three weights, one input. */
#include "inference/backends/cpu/f32/gemm_octets.inc"

void
tfc_avx2_gemm_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                   gsize step, guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->n8 - 1][rows - 1](g, c, pointers, step, add, y);
}

void
tfc_avx2_dots_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                   gsize step, guint rows, const gfloat *add, gfloat *y)
{
  dots_of[g->outputs - 1](g, c, pointers, step, rows, add, y);
}
