/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define Q8_TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#include "inference/backends/cpu/x86/mac_512.inc"

#define ADD_BYTES _mm_dpbusd_epi32
#include "inference/backends/cpu/x86/picture_sums.inc"

#define ADD _mm512_dpbusd_epi32
#define COMMON_STEPS 3
#define COMMON_STEP 6
#define SUMS(p, lines, at, sums)                               \
  if ((p)->zero_v) {                                           \
    sums_of_four (p, lines, at, sums);                         \
    sums_of_four (p, lines, (at) + 4 * (p)->step, (sums) + 4); \
  }
#include "inference/backends/cpu/x86/picture_512.inc"

Q8_TARGET void
tfc_avx512vnni_picture_q8 (const TfcPictureQ8 *p, const guint8 *const *lines, guint n, guint8 *y)
{
  picture (p, lines, n, y);
}
