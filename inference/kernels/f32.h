/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* float32 layers but convolutions. XNNPACK's depthwise kernels fetch every input nine times, its
 * pools, pads and resizes go pixel by pixel; and each of its stretches costs a start and an end. */
#include "kernels.h"

/* A depthwise layer; rows and columns are those of one picture. */
typedef struct {
  guint channels;
  gint32 x_rows, x_columns, y_rows, y_columns, kernel_h, kernel_w;
  TfcWindow window;
  TfcClamp clamp;
  gboolean limited;     /* there is a clamp */
  const gfloat *kernel; /* [blocks][1 + taps][TFC_PANEL] bias, then tap by tap of each column */
  const gfloat *zeros;  /* a row of the input */
} TfcDepthwiseF32;

/* Where channel's bias is; its weights follow, each TFC_PANEL further. */
static inline const gfloat *
tfc_depthwise_f32_kernel (const TfcDepthwiseF32 *d, guint channel)
{
  return d->kernel + (gsize)(channel / TFC_PANEL) * (1 + d->kernel_h * d->kernel_w) * TFC_PANEL +
         channel % TFC_PANEL;
}

/* A row of picture x; zeros beside it. */
static inline const gfloat *
tfc_depthwise_f32_row (const TfcDepthwiseF32 *d, const gfloat *x, gint32 row)
{
  return (guint)row < (guint)d->x_rows ? x + (gsize)row * d->x_columns * d->channels : d->zeros;
}

/* What one instruction set computes. */
typedef struct TfcF32 {
  /* Rows from to to of the output picture y. */
  void (*depthwise) (const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to);
} TfcF32;

extern const TfcF32 tfc_f32_avx512;

/* Into how many pieces a layer is best cut for the pool's threads: 1 where it is done before they
 * would have begun. work: vector operations of TFC_PANEL lanes. Pieces have at least
 * tfc_f32_least_work, which tests lower. */
extern gsize tfc_f32_least_work;
guint tfc_f32_pieces (const TfcPool *pool, gsize work);
