/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define Q8_TARGET __attribute__ ((target ("avx2,fma,avxvnni")))
#include "inference/backends/cpu/x86/mac_256.inc"

#define ADD_BYTES _mm_dpbusd_avx_epi32
#include "inference/backends/cpu/x86/picture_sums.inc"

#define ADD _mm256_dpbusd_avx_epi32
#define COMMON_STEPS 3
#define COMMON_STEP 6
#define SUMS(p, lines, at, sums) \
  if ((p)->zero_v)               \
    sums_of_four (p, lines, at, sums);
#include "inference/backends/cpu/x86/picture_256.inc"

Q8_TARGET void
tfc_avxvnni_picture_q8 (const TfcPictureQ8 *p, const guint8 *const *lines, guint n, guint8 *y)
{
  picture (p, lines, n, y);
}
