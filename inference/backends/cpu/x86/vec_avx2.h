/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* As vec_avx512.h, with 8 lanes only. */
#include <immintrin.h>

#include "inference/backends/cpu/common/kernels.h"

#define VEC_TARGET __attribute__ ((target ("avx2,fma"))) TFC_UNROLLED
#define VEC static inline __attribute__ ((always_inline, unused)) VEC_TARGET

typedef __m256 v8;
typedef struct {
  __m256i mask;
  guint lanes;
} v8_part;

#include "inference/backends/cpu/x86/vec_octet.inc"

VEC v8_part
v8_part_of (guint lanes)
{
  const __m256i index = _mm256_set_epi32 (7, 6, 5, 4, 3, 2, 1, 0);
  return (v8_part){_mm256_cmpgt_epi32 (_mm256_set1_epi32 ((gint)lanes), index), lanes};
}

VEC v8
v8_load_part (const gfloat *p, v8_part part)
{
  return _mm256_maskload_ps (p, part.mask);
}

/* Masked stores are slow on CPUs without AVX-512. */
VEC void
v8_store_part (gfloat *p, v8 v, v8_part part)
{
  __m128 half = _mm256_castps256_ps128 (v);
  if (part.lanes & 8) {
    _mm256_storeu_ps (p, v);
    return;
  }
  if (part.lanes & 4) {
    _mm_storeu_ps (p, half);
    half = _mm256_extractf128_ps (v, 1);
    p += 4;
  }
  if (part.lanes & 2) {
    _mm_storel_pi ((__m64 *)(gpointer)p, half);
    half = _mm_movehl_ps (half, half);
    p += 2;
  }
  if (part.lanes & 1)
    _mm_store_ss (p, half);
}

VEC v8
v8_below_0 (v8 x, v8 a, v8 b)
{
  return _mm256_blendv_ps (b, a, _mm256_cmp_ps (x, _mm256_setzero_ps (), _CMP_LT_OQ));
}

VEC v8
v8_round (v8 v)
{
  return _mm256_round_ps (v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

VEC v8
v8_power_2 (v8 v)
{
  const __m256i n = _mm256_add_epi32 (_mm256_cvtps_epi32 (v), _mm256_set1_epi32 (127));
  return _mm256_castsi256_ps (_mm256_slli_epi32 (n, 23));
}

VEC v8
v8_scale (v8 v, v8 n)
{
  return v * v8_power_2 (n);
}

/* Two factors: the power of 2 alone may leave float32 where the product does not. n: -252 to 254. */
VEC v8
v8_scale_far (v8 v, v8 n)
{
  const v8 half = v8_round (n * v8_all (0.5f));
  return v * v8_power_2 (half) * v8_power_2 (n - half);
}
