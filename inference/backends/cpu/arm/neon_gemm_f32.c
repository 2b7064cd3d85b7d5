/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/arm/arm.h"
#include "inference/backends/cpu/arm/vec_neon.h"

#define WIDE 1
typedef v8 Wide;
typedef v8 Octet;
#define wide(op) v8_##op
#define octet(op) v8_##op
#define first_octet(v) (v)
#define ADD(a, b) v8_add (a, b)
#define MULTIPLY(a, b) v8_multiply (a, b)

#include "inference/backends/cpu/f32/gemm.inc"
#include "inference/backends/cpu/f32/dots.inc"

/* Thirty-two registers of half an octet: twenty-four sums, six weights, one input. */
#include "inference/backends/cpu/f32/gemm_octets.inc"

void
tfc_neon_gemm_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                   gsize step, guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->n8 - 1][rows - 1](g, c, pointers, step, add, y);
}

void
tfc_neon_dots_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                   gsize step, guint rows, const gfloat *add, gfloat *y)
{
  dots_of[g->outputs - 1](g, c, pointers, step, rows, add, y);
}
