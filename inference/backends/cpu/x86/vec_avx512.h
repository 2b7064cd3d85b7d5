/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* float32 vectors of 16 (v16_) and of 8 lanes (v8_), for loops that are written once for all
 * instruction sets. A part is the first so many lanes: load_part reads no more and has 0 in the
 * others, store_part writes no more. The operators + - * / work on vectors as they are. */
#include <immintrin.h>

#include "inference/backends/cpu/common/kernels.h"

#define VEC_TARGET __attribute__ ((target ("avx512f,avx512vl,avx512dq,fma"))) TFC_UNROLLED
#define VEC static inline __attribute__ ((always_inline, unused)) VEC_TARGET

typedef __m512 v16;
typedef __m256 v8;
typedef __mmask16 v16_part;
typedef __mmask8 v8_part;

/* lanes: 1 to 16 */
VEC v16_part
v16_part_of (guint lanes)
{
  return (v16_part)(0xffffu >> (16 - lanes));
}

VEC v16
v16_load (const gfloat *p)
{
  return _mm512_loadu_ps (p);
}

VEC v16
v16_load_part (const gfloat *p, v16_part part)
{
  return _mm512_maskz_loadu_ps (part, p);
}

VEC void
v16_store (gfloat *p, v16 v)
{
  _mm512_storeu_ps (p, v);
}

VEC void
v16_store_part (gfloat *p, v16 v, v16_part part)
{
  _mm512_mask_storeu_ps (p, part, v);
}

VEC v16
v16_all (gfloat f)
{
  return _mm512_set1_ps (f);
}

/* a * b + c */
VEC v16
v16_fma (v16 a, v16 b, v16 c)
{
  return _mm512_fmadd_ps (a, b, c);
}

/* a > b ? a : b; v16_min likewise */
VEC v16
v16_max (v16 a, v16 b)
{
  return _mm512_max_ps (a, b);
}

VEC v16
v16_min (v16 a, v16 b)
{
  return _mm512_min_ps (a, b);
}

/* x < 0 ? a : b */
VEC v16
v16_below_0 (v16 x, v16 a, v16 b)
{
  return _mm512_mask_blend_ps (_mm512_cmp_ps_mask (x, _mm512_setzero_ps (), _CMP_LT_OQ), b, a);
}

/* To the nearest whole number, and two to the power of one from -126 to 127. */
VEC v16
v16_round (v16 v)
{
  return _mm512_roundscale_ps (v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

VEC v16
v16_power_2 (v16 v)
{
  const __m512i n = _mm512_add_epi32 (_mm512_cvtps_epi32 (v), _mm512_set1_epi32 (127));
  return _mm512_castsi512_ps (_mm512_slli_epi32 (n, 23));
}

/* v * 2^n, n whole: from -126 to 127; any. */
VEC v16
v16_scale (v16 v, v16 n)
{
  return _mm512_scalef_ps (v, n);
}

VEC v16
v16_scale_far (v16 v, v16 n)
{
  return _mm512_scalef_ps (v, n);
}

VEC v16
v16_sqrt (v16 v)
{
  return _mm512_sqrt_ps (v);
}

#include "inference/backends/cpu/x86/vec_octet.inc"

/* lanes: 1 to 8 */
VEC v8_part
v8_part_of (guint lanes)
{
  return (v8_part)(0xffu >> (8 - lanes));
}

VEC v8
v8_load_part (const gfloat *p, v8_part part)
{
  return _mm256_maskz_loadu_ps (part, p);
}

VEC void
v8_store_part (gfloat *p, v8 v, v8_part part)
{
  _mm256_mask_storeu_ps (p, part, v);
}

VEC v8
v8_below_0 (v8 x, v8 a, v8 b)
{
  return _mm256_mask_blend_ps (_mm256_cmp_ps_mask (x, _mm256_setzero_ps (), _CMP_LT_OQ), b, a);
}

/* As v8_sums. */
VEC v8
v16_sums (const v16 *v)
{
  v8 half[8];
  _Pragma ("GCC unroll 8") for (guint i = 0; i < 8; i++) half[i] =
      _mm512_castps512_ps256 (v[i]) +
      _mm256_castpd_ps (_mm512_extractf64x4_pd (_mm512_castps_pd (v[i]), 1));
  return v8_sums (half);
}
