/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* As vec_avx512.h, with 4 lanes (v4_), and for tiles of the matrix product with 8 (v8_): two
 * vectors of 4, which have no operators. A part is a number of lanes. */
#include <arm_neon.h>

#include "inference/backends/cpu/common/kernels.h"

#define VEC_TARGET TFC_UNROLLED
#define VEC static inline __attribute__ ((always_inline, unused))

typedef float32x4_t v4;
typedef guint v4_part;

/* lanes: 1 to 4 */
VEC v4_part
v4_part_of (guint lanes)
{
  return lanes;
}

VEC v4
v4_load (const gfloat *p)
{
  return vld1q_f32 (p);
}

VEC v4
v4_load_part (const gfloat *p, v4_part part)
{
  if (part == 4)
    return vld1q_f32 (p);
  if (part == 1)
    return vld1q_lane_f32 (p, vdupq_n_f32 (0), 0);
  const v4 two = vcombine_f32 (vld1_f32 (p), vdup_n_f32 (0));
  return part == 2 ? two : vld1q_lane_f32 (p + 2, two, 2);
}

VEC void
v4_store (gfloat *p, v4 v)
{
  vst1q_f32 (p, v);
}

VEC void
v4_store_part (gfloat *p, v4 v, v4_part part)
{
  if (part == 4) {
    vst1q_f32 (p, v);
    return;
  }
  if (part & 2)
    vst1_f32 (p, vget_low_f32 (v));
  if (part == 3)
    vst1q_lane_f32 (p + 2, v, 2);
  else if (part == 1)
    vst1q_lane_f32 (p, v, 0);
}

VEC v4
v4_all (gfloat f)
{
  return vdupq_n_f32 (f);
}

VEC v4
v4_fma (v4 a, v4 b, v4 c)
{
  return vfmaq_f32 (c, a, b);
}

/* FMAX and FMIN treat what is not a number, and zeros, otherwise. */
VEC v4
v4_max (v4 a, v4 b)
{
  return vbslq_f32 (vcgtq_f32 (a, b), a, b);
}

VEC v4
v4_min (v4 a, v4 b)
{
  return vbslq_f32 (vcltq_f32 (a, b), a, b);
}

VEC v4
v4_below_0 (v4 x, v4 a, v4 b)
{
  return vbslq_f32 (vcltzq_f32 (x), a, b);
}

VEC v4
v4_round (v4 v)
{
  return vrndnq_f32 (v);
}

VEC v4
v4_power_2 (v4 v)
{
  const int32x4_t n = vaddq_s32 (vcvtnq_s32_f32 (v), vdupq_n_s32 (127));
  return vreinterpretq_f32_s32 (vshlq_n_s32 (n, 23));
}

VEC v4
v4_scale (v4 v, v4 n)
{
  return v * v4_power_2 (n);
}

/* As in vec_avx2.h. */
VEC v4
v4_scale_far (v4 v, v4 n)
{
  const v4 half = v4_round (n * v4_all (0.5f));
  return v * v4_power_2 (half) * v4_power_2 (n - half);
}

VEC v4
v4_sqrt (v4 v)
{
  return vsqrtq_f32 (v);
}

typedef struct {
  v4 low, high;
} v8;
typedef guint v8_part;

/* lanes: 1 to 8 */
VEC v8_part
v8_part_of (guint lanes)
{
  return lanes;
}

VEC v8
v8_load (const gfloat *p)
{
  return (v8){v4_load (p), v4_load (p + 4)};
}

VEC v8
v8_load_part (const gfloat *p, v8_part part)
{
  return part <= 4 ? (v8){v4_load_part (p, part), v4_all (0)}
                   : (v8){v4_load (p), v4_load_part (p + 4, part - 4)};
}

VEC void
v8_store (gfloat *p, v8 v)
{
  v4_store (p, v.low);
  v4_store (p + 4, v.high);
}

VEC void
v8_store_part (gfloat *p, v8 v, v8_part part)
{
  v4_store_part (p, v.low, MIN (part, 4));
  if (part > 4)
    v4_store_part (p + 4, v.high, part - 4);
}

VEC v8
v8_all (gfloat f)
{
  return (v8){v4_all (f), v4_all (f)};
}

VEC v8
v8_add (v8 a, v8 b)
{
  return (v8){a.low + b.low, a.high + b.high};
}

VEC v8
v8_multiply (v8 a, v8 b)
{
  return (v8){a.low * b.low, a.high * b.high};
}

VEC v8
v8_fma (v8 a, v8 b, v8 c)
{
  return (v8){v4_fma (a.low, b.low, c.low), v4_fma (a.high, b.high, c.high)};
}

VEC v8
v8_max (v8 a, v8 b)
{
  return (v8){v4_max (a.low, b.low), v4_max (a.high, b.high)};
}

VEC v8
v8_min (v8 a, v8 b)
{
  return (v8){v4_min (a.low, b.low), v4_min (a.high, b.high)};
}

VEC v8
v8_below_0 (v8 x, v8 a, v8 b)
{
  return (v8){v4_below_0 (x.low, a.low, b.low), v4_below_0 (x.high, a.high, b.high)};
}

/* The sums of all lanes of each of eight. */
VEC v8
v8_sums (const v8 *v)
{
#define PAIR(i) vpaddq_f32 (v[i].low + v[i].high, v[(i) + 1].low + v[(i) + 1].high)
  return (v8){vpaddq_f32 (PAIR (0), PAIR (2)), vpaddq_f32 (PAIR (4), PAIR (6))};
#undef PAIR
}
