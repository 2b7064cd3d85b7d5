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

VEC void
store_part (guint8 *p, __m256i v, guint n)
{
  guint8 all[32];
  if (G_LIKELY (n == 32)) {
    _mm256_storeu_si256 ((__m256i *)(gpointer)p, v);
    return;
  }
  _mm256_storeu_si256 ((__m256i *)(gpointer)all, v);
  memcpy (p, all, n);
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

#include "inference/backends/cpu/x86/q8_loops.inc"
#include "inference/backends/cpu/x86/q8_shuffle.inc"

void
tfc_kernels_add_avx2_q8 (TfcKernels *k)
{
  add_loops (k->q8);
  k->q8->look_up = look_up;
}
