/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/x86/x86.h"
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

/* Rows of fewer channels are fetched fast enough more than once. */
#define MANY_CHANNELS 64

static void
depthwise (const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  const gboolean any = d->kernel_h != 3 || d->kernel_w != 3;
  const gboolean apart = d->window.stride_h != d->window.dilation_h;
  guint c = 0;
  if (!any && apart && d->channels >= MANY_CHANNELS)
    c = v8_pixels_3x3 (d, x, y, from, to);
  for (; c < d->channels; c += 8) {
    const guint lanes = MIN (d->channels - c, 8);
    v8_blocks[any][lanes == 8][d->limited](d, x, y, from, to, c, lanes);
  }
}

void
tfc_kernels_add_avx2 (TfcKernels *k)
{
  TfcF32 *f = k->f32;
  f->gemm = tfc_avx2_gemm_f32;
  f->tiles = (TfcTilesF32){.step = 1, .rows = {8, 6, 4}};
  f->dots = tfc_avx2_dots_f32;
  f->dot_lanes = 8;
  f->depthwise = depthwise;
  v8_add_unary (f);
  v8_add_binary (f);
  v8_add_reductions (f);
  v8_add_moves (f);
  v8_add_pictures (f);
  v8_add_winograd (f);
}
