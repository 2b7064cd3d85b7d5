/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <immintrin.h>

#include "inference/backends/cpu/x86/x86.h"

#define VBMI __attribute__ ((target ("avx512f,avx512bw,avx512vbmi")))

VBMI static void
look_up (guint8 *y, const guint8 *x, gsize n, const guint8 table[256])
{
  const __m512i t0 = _mm512_loadu_si512 (table), t1 = _mm512_loadu_si512 (table + 64);
  const __m512i t2 = _mm512_loadu_si512 (table + 128), t3 = _mm512_loadu_si512 (table + 192);
  for (gsize i = 0; i < n; i += 64) {
    const __mmask64 mask = ~G_GUINT64_CONSTANT (0) >> (64 - MIN (n - i, 64));
    const __m512i at = _mm512_maskz_loadu_epi8 (mask, x + i);
    const __m512i low = _mm512_permutex2var_epi8 (t0, at, t1);
    const __m512i high = _mm512_permutex2var_epi8 (t2, at, t3);
    _mm512_mask_storeu_epi8 (y + i, mask,
                             _mm512_mask_blend_epi8 (_mm512_movepi8_mask (at), low, high));
  }
}

void
tfc_kernels_add_avx512vbmi (TfcKernels *k)
{
  k->q8->look_up = look_up;
}
