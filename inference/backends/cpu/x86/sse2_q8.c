/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <emmintrin.h>
#include <string.h>

#include "inference/backends/cpu/x86/x86.h"

#define TARGET
#define VEC static inline __attribute__ ((always_inline))
#define WIDTH 16
#define VI __m128i
#define VF __m128
#define MM(name) _mm_##name
#define BITS(name) _mm_##name##_si128

/* May read to the vector's end. */
VEC __m128i
load_part (const guint8 *p, guint n)
{
  return _mm_loadu_si128 ((const __m128i *)(gconstpointer)p);
}

#include "inference/backends/cpu/x86/q8_store.inc"

VEC void
store_part (guint8 *p, __m128i v, guint n)
{
  if (G_LIKELY (n == 16))
    _mm_storeu_si128 ((__m128i *)(gpointer)p, v);
  else
    store_rest (p, v, n);
}

VEC __m128i
widen (const guint8 *p)
{
  gint32 four;
  memcpy (&four, p, 4);
  const __m128i none = _mm_setzero_si128 ();
  return _mm_unpacklo_epi16 (_mm_unpacklo_epi8 (_mm_cvtsi32_si128 (four), none), none);
}

VEC __m128
number_below (__m128 v, __m128 most)
{
  return _mm_and_ps (_mm_min_ps (v, most), _mm_cmpord_ps (v, v));
}

VEC __m128i
in_order (__m128i v)
{
  return v;
}

VEC __m128i
widen_signed (const guint8 *p)
{
  gint32 four;
  memcpy (&four, p, 4);
  const __m128i v = _mm_cvtsi32_si128 (four), twice = _mm_unpacklo_epi8 (v, v);
  return _mm_srai_epi32 (_mm_unpacklo_epi16 (twice, twice), 24);
}

VEC gboolean
has_least (__m128i words)
{
  return _mm_movemask_epi8 (_mm_cmpeq_epi16 (words, _mm_set1_epi16 (G_MININT16))) != 0;
}

#include "inference/backends/cpu/x86/q8_loops.inc"

void
tfc_kernels_add_sse2 (TfcKernels *k)
{
  add_loops (k->q8);
}
