/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define Q8_TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))
#include "inference/backends/cpu/x86/mac_512.inc"

#define ADD(sum, x, w) _mm512_add_epi32 (sum, _mm512_madd_epi16 (x, w))
#define COMMON_STEPS 5
#define COMMON_STEP 12
#define SUMS(p, lines, at, sums) /* none with K2 */
#include "inference/backends/cpu/x86/picture_512.inc"

Q8_TARGET void
tfc_avx512bw_picture_q8 (const TfcPictureQ8 *p, const guint8 *const *lines, guint n, guint8 *y)
{
  picture (p, lines, n, y);
}
