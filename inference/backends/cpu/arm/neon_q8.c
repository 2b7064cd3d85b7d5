/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* 8 bits without SDOT: products of 16 bits, added up in pairs. */
#include "inference/backends/cpu/arm/arm.h"
#include "inference/backends/cpu/arm/vec_q8.h"

/* Of four sums the products by halves: two of each. */
typedef struct {
  int32x4_t low, high;
} Sums;

INLINE Sums
none (void)
{
  return (Sums){vdupq_n_s32 (0), vdupq_n_s32 (0)};
}

/* The largest product, 128 * 128, fits 16 bits; two of them do not. */
INLINE Sums
dot (Sums s, int8x16_t a, int8x16_t b)
{
  return (Sums){vpadalq_s16 (s.low, vmull_s8 (vget_low_s8 (a), vget_low_s8 (b))),
                vpadalq_s16 (s.high, vmull_high_s8 (a, b))};
}

INLINE int32x4_t
total (Sums s)
{
  return vpaddq_s32 (s.low, s.high);
}

#define MAX_ROWS 3 /* twenty-four sums */
#include "inference/backends/cpu/arm/q8_loops.inc"

static void
look_up (guint8 *y, const guint8 *x, gsize n, const guint8 table[256])
{
  uint8x16x4_t quarter[4];
  for (guint i = 0; i < 16; i++)
    quarter[i / 4].val[i % 4] = vld1q_u8 (table + 16 * i);
  for (; n; n -= MIN (n, 16), x += 16, y += 16) {
    const uint8x16_t at = load_part (x, MIN (n, 16));
    uint8x16_t v = vqtbl4q_u8 (quarter[0], at);
    v = vqtbx4q_u8 (v, quarter[1], vsubq_u8 (at, vdupq_n_u8 (64)));
    v = vqtbx4q_u8 (v, quarter[2], vsubq_u8 (at, vdupq_n_u8 (128)));
    v = vqtbx4q_u8 (v, quarter[3], vsubq_u8 (at, vdupq_n_u8 (192)));
    store_part (y, v, MIN (n, 16));
  }
}

void
tfc_kernels_add_neon_q8 (TfcKernels *k)
{
  add_loops (k->q8);
  k->q8->look_up = look_up;
}
