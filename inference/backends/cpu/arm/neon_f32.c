/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/backends/cpu/arm/arm.h"
#include "inference/backends/cpu/arm/vec_neon.h"

#define LANES 4
#define VT v4
#define V(name) v4_##name
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
  for (guint c = 0; c < d->channels; c += LANES) {
    const guint lanes = MIN (d->channels - c, LANES);
    v4_blocks[any][lanes == LANES][d->limited](d, x, y, from, to, c, lanes);
  }
}

void
tfc_kernels_add_neon_f32 (TfcKernels *k)
{
  TfcF32 *f = k->f32;
  f->gemm = tfc_neon_gemm_f32;
  f->tiles = (TfcTilesF32){.step = 1, .rows = {8, 6, 4}};
  f->dots = tfc_neon_dots_f32;
  f->dot_lanes = 8;
  f->depthwise = depthwise;
  v4_add_unary (f);
  v4_add_binary (f);
  v4_add_reductions (f);
  v4_add_moves (f);
  v4_add_pictures (f);
  v4_add_winograd (f);
}
