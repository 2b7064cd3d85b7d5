/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/x86/vec_avx2.h"

#define LANES 8
#define VT v8
#define V(name) v8_##name
#include "inference/backends/cpu/f32/depthwise_loops.inc"
#include "inference/backends/cpu/f32/elementwise_loops.inc"
#include "inference/backends/cpu/f32/unary_loops.inc"
#include "inference/backends/cpu/f32/reduce_loops.inc"
#include "inference/backends/cpu/f32/picture_loops.inc"
#include "inference/backends/cpu/f32/winograd_loops.inc"

static void
depthwise (const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  const gboolean any = d->kernel_h != 3 || d->kernel_w != 3;
  for (guint c = 0; c < d->channels; c += 8) {
    const guint lanes = MIN (d->channels - c, 8);
    v8_blocks[any][lanes == 8][d->limited](d, x, y, from, to, c, lanes);
  }
}

static TfcF32 f32 = {
    .depthwise = depthwise,
    .average_pool = v8_average_pool,
    .max_pool = v8_max_pool,
    .resize_nearest = v8_resize_nearest,
    .resize = v8_resize,
    .warp = v8_warp,
    .winograd_enter = v8_winograd_enter,
    .winograd_leave = v8_winograd_leave,
    .copy = v8_copy,
    .zero = v8_zero,
};

const TfcIsa tfc_isa_avx2 = {
    .name = "AVX2",
    .gemm_f32 = tfc_avx2_gemm_f32,
    .tiles_f32 = {.step = 1, .rows = {8, 6, 4}},
    .f32 = &f32,
};

static __attribute__((constructor)) void
add (void)
{
  TfcF32 *f = &f32;
  v8_add_unary (f);
  v8_add_binary (f);
  v8_add_reductions (f);
}
