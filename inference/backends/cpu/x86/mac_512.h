/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What kernels of 8 bits with vectors of 512 bits share. Who includes it says for what it is
 * compiled: Q8_TARGET. */
#include <immintrin.h>
#include <string.h>

#include "inference/backends/cpu/x86/x86.h"

#define INLINE static inline __attribute__ ((always_inline, unused)) Q8_TARGET

typedef struct {
  __m512i lo, hi, zero, flip;
} Store;

INLINE Store
store_of (const TfcRequant *s)
{
  return (Store){_mm512_set1_epi8 ((gint8)s->lo), _mm512_set1_epi8 ((gint8)s->hi),
                 _mm512_set1_epi16 (s->zero), _mm512_set1_epi8 ((gint8)s->flip)};
}

INLINE __m512i
steps_of (__m512i sum, __m512 scale)
{
  return _mm512_cvtps_epi32 (_mm512_mul_ps (_mm512_cvtepi32_ps (sum), scale));
}

INLINE __m512i
steps (__m512i sum, const gfloat *scale)
{
  return steps_of (sum, _mm512_load_ps (scale));
}

/* Four vectors of steps to bytes: lane by lane four of each. */
INLINE __m512i
bytes (__m512i a, __m512i b, __m512i c, __m512i d, const Store *s)
{
  __m512i ab = _mm512_adds_epi16 (_mm512_packs_epi32 (a, b), s->zero);
  __m512i cd = _mm512_adds_epi16 (_mm512_packs_epi32 (c, d), s->zero);
  __m512i q = _mm512_packus_epi16 (ab, cd);
  return _mm512_xor_si512 (_mm512_min_epu8 (_mm512_max_epu8 (q, s->lo), s->hi), s->flip);
}

INLINE __mmask64
block_mask (const TfcDepthwise *d, guint block)
{
  return ~G_GUINT64_CONSTANT (0) >> (64 - MIN (d->channels - block * TFC_DW_BLOCK, 64));
}

/* Up to 16 channels leave most of a vector empty: four pixels lie in one then, each in 128 bits. */
#define NARROW 16

/* The same 16 bytes for each of them. */
INLINE __m512i
for_each (const void *p)
{
  return _mm512_broadcast_i32x4 (_mm_loadu_si128 (p));
}

INLINE __m512i
four_pixels (const guint8 *p, gsize step, __m512i flip)
{
  __m512i x = _mm512_castsi128_si512 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)p));
#define PUT(i) \
  x = _mm512_inserti32x4 (x, _mm_loadu_si128 ((const __m128i *)(gconstpointer)(p + (i)*step)), i)
  PUT (1);
  PUT (2);
  PUT (3);
  return _mm512_xor_si512 (x, flip);
}

/* From the sums of their channels: a has 0 .. 3, b 4 .. 7, c 8 .. 11, e the rest */
INLINE void
store_four_pixels (guint8 *y, const TfcDepthwise *d, __m512i a, __m512i b, __m512i c, __m512i e,
                   const Store *s)
{
  const __mmask16 mask = (__mmask16)((1u << d->channels) - 1);
#define BY(i) _mm512_castsi512_ps (for_each (d->scale + 16 * (i)))
  const __m512i q = bytes (steps_of (a, BY (0)), steps_of (b, BY (1)), steps_of (c, BY (2)),
                           steps_of (e, BY (3)), s);
#define TAKE(i) \
  _mm_mask_storeu_epi8 (y + (i) * (gsize)d->channels, mask, _mm512_extracti32x4_epi32 (q, i))
  TAKE (0);
  TAKE (1);
  TAKE (2);
  TAKE (3);
}

/* The rows of a tile of a matrix product. Sums a0.. belong to its first panel, b0.. to the second,
 * c0.. to the third. */
#define ROWS(X) X (0) X (1) X (2) X (3) X (4) X (5) X (6) X (7)

/* A row of np panels, of whose channels mask says how many there are. */
INLINE void
store_row (guint8 *y, __m512i a, __m512i b, __m512i c, const gfloat *scale, const guint np,
           __mmask64 mask, const Store *s)
{
  const __m512i order = _mm512_set_epi32 (15, 11, 7, 3, 14, 10, 6, 2, 13, 9, 5, 1, 12, 8, 4, 0);
  const __m512i q0 = steps (a, scale);
  const __m512i q1 = np > 1 ? steps (b, scale + 16) : q0;
  const __m512i q2 = np > 2 ? steps (c, scale + 32) : q0;
  const __m512i q = _mm512_permutexvar_epi32 (order, bytes (q0, q1, q2, q2, s));
  _mm512_mask_storeu_epi8 (y, mask, q);
}
