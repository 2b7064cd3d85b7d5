/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What convolutions and fully connected layers share: sums of products and what happens to them.
 * Quantised: exact integers, then float32 (sum) * float32 (scale_x * scale_w / scale_y), half to
 * even. Float: float32 throughout, without fused multiply-add, beginning with the bias, taps in
 * the order of XNNPACK's kernels (a convolution row by row and its channels inside, a depthwise
 * one column by column): this is what TFLite and TensorFlow.js on WebAssembly compute, bit for
 * bit. */
#include "inference/arithmetic/quant.h"
#include "inference/ops/families.h"

typedef struct {
  const TfcTensor *x, *w, *b; /* b may be NULL */
  TfcTensor *y;
  gsize size; /* bytes of an element of x and of w */
  gint32 zero_x, zero_w;
  TfcClamp clamp;
  TfcRefRange range;
  gdouble (*dot) (gdouble start, const void *x, const void *w, gsize n, gint32 zero_x,
                  gint32 zero_w);
} TfcRefMac;

/* x, w, b, y float32; or x, w, y uint8 with one scale each; or int8 with one weight scale, or one
 * per output channel along axis. Biases of quantised layers are int32. */
gboolean tfc_ref_mac_can_run (const TfcOpCall *call, gint channel_axis);
TfcRefMac tfc_ref_mac (const TfcOpCall *call);

/* The sum for output channel o before any product: its bias. */
static inline gdouble
tfc_ref_mac_start (const TfcRefMac *m, gint32 o)
{
  if (!m->b)
    return 0;
  return m->x->type == TFC_TYPE_F32 ? (gdouble)((const gfloat *)m->b->data)[o]
                                    : (gdouble)((const gint32 *)m->b->data)[o];
}

/* sum with n more products x[at_x + i] * w[at_w + i], each factor less its zero point. */
static inline gdouble
tfc_ref_mac_add (const TfcRefMac *m, gdouble sum, gsize at_x, gsize at_w, gsize n)
{
  return m->dot (sum, (const guint8 *)m->x->data + at_x * m->size,
                 (const guint8 *)m->w->data + at_w * m->size, n, m->zero_x, m->zero_w);
}

/* y[at] from the sum for output channel o. */
void tfc_ref_mac_store (const TfcRefMac *m, gsize at, gint32 o, gdouble sum);
