/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Vectors of sixteen bytes, and from sums to bytes. */
#include <arm_neon.h>
#include <string.h>

#include "inference/backends/cpu/q8/q8.h"

#define INLINE static inline __attribute__ ((always_inline, unused))

/* n < 8 bytes, and 0 behind them; no more is read. */
INLINE guint64
load_few (const guint8 *p, guint n)
{
  guint64 v = 0;
  guint at = 0;
  if (n & 4) {
    guint32 four;
    memcpy (&four, p, 4);
    v = four;
    at = 4;
  }
  if (n & 2) {
    guint16 two;
    memcpy (&two, p + at, 2);
    v |= (guint64)two << 8 * at;
    at += 2;
  }
  if (n & 1)
    v |= (guint64)p[at] << 8 * at;
  return v;
}

/* n <= 16 bytes, and 0 behind them. */
INLINE uint8x16_t
load_part (const guint8 *p, guint n)
{
  if (G_LIKELY (n == 16))
    return vld1q_u8 (p);
  if (n >= 8)
    return vcombine_u8 (vld1_u8 (p), vcreate_u8 (load_few (p + 8, n - 8)));
  return vcombine_u8 (vcreate_u8 (load_few (p, n)), vdup_n_u8 (0));
}

/* The first n <= 16 bytes; no more are written. */
INLINE void
store_part (guint8 *p, uint8x16_t v, guint n)
{
  guint8 all[16];
  if (G_LIKELY (n == 16)) {
    vst1q_u8 (p, v);
    return;
  }
  vst1q_u8 (all, v);
  guint at = 0;
  for (guint size = 8; size; size /= 2) {
    if (n & size) {
      memcpy (p + at, all + at, size);
      at += size;
    }
  }
}

/* Four bytes, four times. */
INLINE int8x16_t
four (const guint8 *p)
{
  gint32 x;
  memcpy (&x, p, 4);
  return vreinterpretq_s8_s32 (vdupq_n_s32 (x));
}

/* The first n of 16 bytes are v, the others 0. */
INLINE uint8x16_t
first_bytes (uint8x16_t v, guint n)
{
  static const guint8 index[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return vandq_u8 (v, vcltq_u8 (vld1q_u8 (index), vdupq_n_u8 ((guint8)n)));
}

typedef struct {
  uint8x16_t lo, hi, flip;
  int16x8_t zero;
} Store;

INLINE Store
store_of (const TfcRequant *s)
{
  return (Store){vdupq_n_u8 (s->lo), vdupq_n_u8 (s->hi), vdupq_n_u8 (s->flip),
                 vdupq_n_s16 (s->zero)};
}

INLINE int32x4_t
steps (int32x4_t sum, const gfloat *scale)
{
  return vcvtnq_s32_f32 (vmulq_f32 (vcvtq_f32_s32 (sum), vld1q_f32 (scale)));
}

/* Steps to bytes, in order. */
INLINE uint8x16_t
bytes (const int32x4_t q[4], const Store *s)
{
  const int16x8_t low = vqmovn_high_s32 (vqmovn_s32 (q[0]), q[1]);
  const int16x8_t high = vqmovn_high_s32 (vqmovn_s32 (q[2]), q[3]);
  const uint8x16_t v =
      vqmovun_high_s16 (vqmovun_s16 (vqaddq_s16 (low, s->zero)), vqaddq_s16 (high, s->zero));
  return veorq_u8 (vminq_u8 (vmaxq_u8 (v, s->lo), s->hi), s->flip);
}
