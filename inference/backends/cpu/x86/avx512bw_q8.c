/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <immintrin.h>

#include "inference/backends/cpu/x86/x86.h"

#define TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))
#define VEC static inline __attribute__ ((always_inline)) TARGET
#define WIDTH 64
#define VI __m512i
#define VF __m512
#define MM(name) _mm512_##name
#define BITS(name) _mm512_##name##_si512
#define EVERY_16 _mm512_broadcast_i32x4

VEC __mmask64
mask_of (guint n)
{
  return ~G_GUINT64_CONSTANT (0) >> (64 - n);
}

VEC __m512i
load_part (const guint8 *p, guint n)
{
  return _mm512_maskz_loadu_epi8 (mask_of (n), p);
}

VEC void
store_part (guint8 *p, __m512i v, guint n)
{
  _mm512_mask_storeu_epi8 (p, mask_of (n), v);
}

VEC __m512i
widen (const guint8 *p)
{
  return _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)p));
}

VEC __m512
number_below (__m512 v, __m512 most)
{
  return _mm512_maskz_min_ps (_mm512_cmp_ps_mask (v, v, _CMP_ORD_Q), v, most);
}

VEC __m512i
in_order (__m512i v)
{
  return _mm512_permutexvar_epi32 (
      _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), v);
}

VEC __m512i
widen_signed (const guint8 *p)
{
  return _mm512_cvtepi8_epi32 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)p));
}

VEC gboolean
has_least (__m512i words)
{
  return _mm512_cmpeq_epi16_mask (words, _mm512_set1_epi16 (G_MININT16)) != 0;
}

#include "inference/backends/cpu/x86/q8_loops.inc"
#include "inference/backends/cpu/x86/q8_shuffle.inc"

/* Few channels would leave more than half of a vector empty. */
static void
blend_any (guint8 *y, const TfcBlendQ8 *how)
{
  if (how->channels <= 32)
    tfc_avx2_blend_q8 (y, how);
  else
    blend (y, how);
}

void
tfc_kernels_add_avx512bw (TfcKernels *k)
{
  add_loops (k->q8);
  k->q8->look_up = look_up;
  k->q8->blend = blend_any;
  k->q8->linear = NULL;
}
