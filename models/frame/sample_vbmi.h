/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: what the passes for AVX-512 with VBMI share. Only for them to include.
 */
#include <immintrin.h>
#include <glib.h>

#define TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi")))
#define INLINE TARGET static inline __attribute__ ((always_inline))

INLINE __m512i
byte_of (__m512i word, guint at)
{
  const __m512i shifted = at ? _mm512_srli_epi32 (word, 8 * at) : word;
  return at == 3 ? shifted : _mm512_and_si512 (shifted, _mm512_set1_epi32 (255));
}

/* Component c of what was gathered of sixteen pixels: left and right blended. */
INLINE __m512
blend_across (const __m512i word[2], guint c, guint components, __m512 part)
{
  const __m512i left = byte_of (word[0], c);
  const __m512i right = components == 3 ? byte_of (word[1], c) : byte_of (word[0], components + c);
  const __m512 difference = _mm512_cvtepi32_ps (_mm512_sub_epi32 (right, left));
  return _mm512_add_ps (_mm512_cvtepi32_ps (left), _mm512_mul_ps (difference, part));
}

/* The lower and the upper two bytes of a word. */
INLINE __m512i
half_of (__m512i word, guint at)
{
  return at ? _mm512_srli_epi32 (word, 16) : _mm512_and_si512 (word, _mm512_set1_epi32 (0xffff));
}

/* The same of samples of two bytes. */
INLINE __m512
blend_across_wide (const __m512i word[2], guint c, guint components, __m512 part, __m128i shift,
                   __m512i mask)
{
  const __m512i low = half_of (word[0], c);
  const __m512i high = components == 2 ? half_of (word[1], c) : half_of (word[0], 1);
  const __m512i left = _mm512_and_si512 (_mm512_srl_epi32 (low, shift), mask);
  const __m512i right = _mm512_and_si512 (_mm512_srl_epi32 (high, shift), mask);
  const __m512 difference = _mm512_cvtepi32_ps (_mm512_sub_epi32 (right, left));
  return _mm512_add_ps (_mm512_cvtepi32_ps (left), _mm512_mul_ps (difference, part));
}

INLINE __m512
blend_down (__m512 upper, __m512 lower, __m512 part)
{
  return _mm512_add_ps (upper, _mm512_mul_ps (_mm512_sub_ps (lower, upper), part));
}
