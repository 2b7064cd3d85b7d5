/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What kernels of 8 bits with vectors of 256 bits share. Who includes it says for what it is
 * compiled: Q8_TARGET. */
#include <immintrin.h>
#include <string.h>

#include "inference/backends/cpu/x86/x86.h"

#define INLINE static inline __attribute__ ((always_inline, unused)) Q8_TARGET

typedef struct {
  __m256i lo, hi, zero, flip;
} Store;

INLINE Store
store_of (const TfcRequant *s)
{
  return (Store){_mm256_set1_epi8 ((gint8)s->lo), _mm256_set1_epi8 ((gint8)s->hi),
                 _mm256_set1_epi16 (s->zero), _mm256_set1_epi8 ((gint8)s->flip)};
}

INLINE __m256i
load (const void *p)
{
  return _mm256_loadu_si256 (p);
}

INLINE __m256i
steps (__m256i sum, const gfloat *scale)
{
  return _mm256_cvtps_epi32 (_mm256_mul_ps (_mm256_cvtepi32_ps (sum), _mm256_loadu_ps (scale)));
}

/* Four vectors of steps to bytes: lane by lane four of each. */
INLINE __m256i
bytes (__m256i a, __m256i b, __m256i c, __m256i d, const Store *s)
{
  const __m256i ab = _mm256_adds_epi16 (_mm256_packs_epi32 (a, b), s->zero);
  const __m256i cd = _mm256_adds_epi16 (_mm256_packs_epi32 (c, d), s->zero);
  const __m256i q = _mm256_packus_epi16 (ab, cd);
  return _mm256_xor_si256 (_mm256_min_epu8 (_mm256_max_epu8 (q, s->lo), s->hi), s->flip);
}

/* The first n bytes, at most 16. */
INLINE void
store_part (guint8 *to, __m128i v, guint n)
{
  if (n >= 16) {
    _mm_storeu_si128 ((__m128i *)(gpointer)to, v);
    return;
  }
  if (n & 8) {
    _mm_storel_epi64 ((__m128i *)(gpointer)to, v);
    v = _mm_unpackhi_epi64 (v, v);
    to += 8;
  }
  guint64 rest = (guint64)_mm_cvtsi128_si64 (v);
  if (n & 4) {
    memcpy (to, &rest, 4);
    rest >>= 32;
    to += 4;
  }
  for (guint i = 0; i < (n & 3); i++)
    to[i] = (guint8)(rest >> 8 * i);
}

/* The first n bytes, at most 32; likewise what is loaded, which reads 15 bytes more at the most. */
INLINE void
store_up_to_32 (guint8 *to, __m256i v, guint n)
{
  if (n >= 32) {
    _mm256_storeu_si256 ((__m256i *)(gpointer)to, v);
    return;
  }
  store_part (to, _mm256_castsi256_si128 (v), n);
  if (n > 16)
    store_part (to + 16, _mm256_extracti128_si256 (v, 1), n - 16);
}

INLINE __m256i
load_up_to_32 (const guint8 *p, guint n)
{
  return n > 16 ? load (p)
                : _mm256_zextsi128_si256 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)p));
}

/* Sixteen channels of two rows, from the steps of their first and second eights: row 0 in the lower
 * half. */
INLINE __m256i
two_rows (__m256i a0, __m256i a1, __m256i b0, __m256i b1, const Store *s)
{
  const __m256i order = _mm256_set_epi32 (7, 3, 6, 2, 5, 1, 4, 0);
  return _mm256_permutevar8x32_epi32 (bytes (a0, a1, b0, b1, s), order);
}

/* A tile of a matrix product: four rows, sums a0..a3 of one vector of channels, b0..b3 of the next
 * one, c0..c3 of a third. */
#define FOUR(X) X (0) X (1) X (2) X (3)
#define STEPS(s, scale) \
  steps (s##0, scale), steps (s##1, scale), steps (s##2, scale), steps (s##3, scale)

/* Four rows of one panel, the steps of its first and second eight channels. */
INLINE void
store_panel (const TfcGemm *g, const __m256i *low, const __m256i *high, guint n, guint panel,
             guint8 *y, gsize stride)
{
  const Store s = store_of (&g->store);
  const guint width = MIN (TFC_PANEL, g->outputs - panel * TFC_PANEL);
  for (guint i = 0; i < n; i += 2, y += 2 * stride) {
    const __m256i q = two_rows (low[i], high[i], low[i + 1], high[i + 1], &s);
    store_part (y, _mm256_castsi256_si128 (q), width);
    if (i + 1 < n)
      store_part (y + stride, _mm256_extracti128_si256 (q, 1), width);
  }
}
