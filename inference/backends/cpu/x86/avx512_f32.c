/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/x86/x86.h"
#include "inference/backends/cpu/x86/vec_avx512.h"

#define LANES 16
#define VT v16
#define V(name) v16_##name
#include "inference/backends/cpu/f32/depthwise_loops.inc"
#include "inference/backends/cpu/f32/elementwise_loops.inc"
#include "inference/backends/cpu/f32/unary_loops.inc"
#include "inference/backends/cpu/f32/reduce_loops.inc"
#include "inference/backends/cpu/f32/picture_loops.inc"
#include "inference/backends/cpu/f32/winograd_loops.inc"
#undef VT
#undef V

#define VT v8
#define V(name) v8_##name
#include "inference/backends/cpu/f32/depthwise_loops.inc"
#undef VT
#undef V

/* Half vectors take half the time: up to eight channels that are left over go there. */
static void
depthwise (const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  const gboolean any = d->kernel_h != 3 || d->kernel_w != 3;
  guint c = 0;
  for (; c + 8 < d->channels; c += 16) {
    const guint lanes = MIN (d->channels - c, 16);
    v16_blocks[any][lanes == 16][d->limited](d, x, y, from, to, c, lanes);
  }
  if (c < d->channels) {
    const guint lanes = d->channels - c;
    v8_blocks[any][lanes == 8][d->limited](d, x, y, from, to, c, lanes);
  }
}

void
tfc_kernels_add_avx512f (TfcKernels *k)
{
  TfcF32 *f = k->f32;
  f->gemm = tfc_avx512_gemm_f32;
  f->tiles = (TfcTilesF32){
      .step = 2, .rows = {8, 8, 8, 8, 8, 8}, .narrow = 2}; /* two octets share a vector */
  f->dots = tfc_avx512_dots_f32;
  f->dot_lanes = 16;
  f->depthwise = depthwise;
  v16_add_unary (f);
  v16_add_binary (f);
  v16_add_reductions (f);
  v16_add_moves (f);
  v16_add_pictures (f);
  v16_add_winograd (f);
}
