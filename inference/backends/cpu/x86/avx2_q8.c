/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <immintrin.h>
#include <string.h>

#include "inference/backends/cpu/x86/x86.h"

#define TARGET __attribute__ ((target ("avx2")))
#define VEC static inline __attribute__ ((always_inline)) TARGET
#define WIDTH 32
#define VI __m256i
#define VF __m256
#define MM(name) _mm256_##name
#define BITS(name) _mm256_##name##_si256
#define EVERY_16 _mm256_broadcastsi128_si256

VEC __m128i
load_half (const guint8 *p)
{
  return _mm_loadu_si128 ((const __m128i *)(gconstpointer)p);
}

/* May read to the end of 16 bytes. */
VEC __m256i
load_part (const guint8 *p, guint n)
{
  if (G_LIKELY (n > 16))
    return _mm256_loadu_si256 ((const __m256i *)(gconstpointer)p);
  return _mm256_zextsi128_si256 (load_half (p));
}

#include "inference/backends/cpu/x86/q8_store.inc"

VEC void
store_part (guint8 *p, __m256i v, guint n)
{
  __m128i half = _mm256_castsi256_si128 (v);
  if (G_LIKELY (n == 32)) {
    _mm256_storeu_si256 ((__m256i *)(gpointer)p, v);
    return;
  }
  if (n & 16) {
    _mm_storeu_si128 ((__m128i *)(gpointer)p, half);
    half = _mm256_extracti128_si256 (v, 1);
    p += 16;
  }
  store_rest (p, half, n & 15);
}

VEC __m256i
widen (const guint8 *p)
{
  return _mm256_cvtepu8_epi32 (_mm_loadl_epi64 ((const __m128i *)(gconstpointer)p));
}

VEC __m256
number_below (__m256 v, __m256 most)
{
  return _mm256_and_ps (_mm256_min_ps (v, most), _mm256_cmp_ps (v, v, _CMP_ORD_Q));
}

VEC __m256i
in_order (__m256i v)
{
  return _mm256_permutevar8x32_epi32 (v, _mm256_setr_epi32 (0, 4, 1, 5, 2, 6, 3, 7));
}

VEC __m256i
widen_signed (const guint8 *p)
{
  return _mm256_cvtepi8_epi32 (_mm_loadl_epi64 ((const __m128i *)(gconstpointer)p));
}

VEC gboolean
has_least (__m256i words)
{
  return _mm256_movemask_epi8 (_mm256_cmpeq_epi16 (words, _mm256_set1_epi16 (G_MININT16))) != 0;
}

#include "inference/backends/cpu/x86/q8_loops.inc"
#include "inference/backends/cpu/x86/q8_shuffle.inc"

TARGET static void
linear (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how)
{
  const guint8 flip = how->store.flip;
  const gint32 more = how->b * (*z ^ flip) + how->a * flip; /* int8 is not flipped, but widened */
  const __m256i a = _mm256_set1_epi32 (how->a), bias = _mm256_set1_epi32 (how->bias + more);
  const __m128i shift = _mm_cvtsi32_si128 (how->shift);
  const Store store = store_of (&how->store);
  gsize at = 0;
  for (; at + WIDTH <= n; at += WIDTH) {
    __m256i q[4];
    for (guint i = 0; i < 4; i++) {
      const guint8 *p = x + at + i * (WIDTH / 4);
      const __m256i u = flip ? widen_signed (p) : widen (p);
      q[i] = _mm256_sra_epi32 (_mm256_add_epi32 (_mm256_mullo_epi32 (u, a), bias), shift);
    }
    store_part (y + at, in_order (bytes (q, &store)), WIDTH);
  }
  sum (y + at, x + at, z, n - at, how);
}

void
tfc_avx2_blend_q8 (guint8 *y, const TfcBlendQ8 *how)
{
  blend (y, how);
}

void
tfc_kernels_add_avx2_q8 (TfcKernels *k)
{
  add_loops (k->q8);
  k->q8->look_up = look_up;
  k->q8->linear = linear;
}
