/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The kernels of q8.h in C that compilers make vectors of, for CPUs without kernels of their own.
 */
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/q8/q8.h"

static void
look_up (guint8 *y, const guint8 *x, gsize n, const guint8 table[256])
{
  for (gsize i = 0; i < n; i++)
    y[i] = table[x[i]];
}

static inline guint8
byte_of (gint32 steps, const TfcRequant *s)
{
  const gint32 q = steps + s->zero;
  return (guint8)CLAMP (q, s->lo, s->hi) ^ s->flip;
}

/* Half to even: what is added leaves no room for a fraction. */
static inline gint32
rounded (gfloat v)
{
  const union {
    gfloat real;
    gint32 whole;
  } large = {CLAMP (v, -65536.0f, 65536.0f) + 0x1.8p23f};
  return large.whole - 0x4b400000;
}

static void
sum (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how)
{
  const TfcBinaryQ8 h = *how;
  for (gsize i = 0; i < n; i++) {
    const gint32 u = x[i] ^ h.store.flip, v = z[i] ^ h.store.flip;
    const guint32 steps = (guint32)h.a * (guint32)u + (guint32)h.b * (guint32)v + (guint32)h.bias;
    y[i] = byte_of ((gint32)steps >> h.shift, &h.store);
  }
}

static void
product (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how)
{
  const TfcBinaryQ8 h = *how;
  for (gsize i = 0; i < n; i++) {
    const gint32 u = (x[i] ^ h.store.flip) - h.zero_x, v = (z[i] ^ h.store.flip) - h.zero_z;
    y[i] = byte_of (rounded ((gfloat)(u * v) * h.scale), &h.store);
  }
}

static void
most (guint8 *y, const TfcWindowQ8 *w, gsize channels, const TfcRequant *store)
{
  const TfcRequant s = *store;
  for (gsize c = 0; c < channels; c++)
    y[c] = s.lo;
  for (gsize i = 0; i < w->rows * w->columns; i++) {
    const guint8 *x = w->first + i / w->columns * w->row + i % w->columns * w->step;
    for (gsize c = 0; c < channels; c++) {
      const guint8 u = x[c] ^ s.flip;
      y[c] = MAX (y[c], u);
    }
  }
  for (gsize c = 0; c < channels; c++)
    y[c] = MIN (y[c], s.hi) ^ s.flip;
}

static void
add_up (gint32 *sums, const TfcWindowQ8 *w, guint channels, guint8 flip)
{
  memset (sums, 0, channels * sizeof *sums);
  for (gsize i = 0; i < w->rows * w->columns; i++) {
    const guint8 *x = w->first + i / w->columns * w->row + i % w->columns * w->step;
    for (guint c = 0; c < channels; c++)
      sums[c] += x[c] ^ flip;
  }
}

static void
average (guint8 *y, const gint32 *sums, guint n, guint channels, gint32 zero,
         const TfcRequant *store)
{
  const gfloat half = (gfloat)(n / 2) + 0.5f, inverse = 1.0f / (gfloat)n;
  for (guint c = 0; c < channels; c++) {
    const gint32 sum_q = sums[c] - zero * (gint32)n;
    const gint32 whole = (gint32)(((gfloat)ABS (sum_q) + half) * inverse);
    y[c] = byte_of (sum_q < 0 ? -whole : whole, store);
  }
}

static void
requantise (guint8 *y, const gint32 *sums, gint32 less, gfloat scale, guint channels,
            const TfcRequant *store)
{
  for (guint c = 0; c < channels; c++)
    y[c] = byte_of (rounded ((gfloat)(sums[c] - less) * scale), store);
}

static void
blend (guint8 *y, const TfcBlendQ8 *how)
{
  const TfcBlendQ8 h = *how;
  for (gsize j = 0; j < h.n; j++, y += h.channels) {
    const TfcBetweenQ8 b = h.columns[j];
    const guint8 *top[] = {h.top + b.first, h.top + b.second};
    const guint8 *bottom[] = {h.bottom + b.first, h.bottom + b.second};
    for (gsize c = 0; c < h.channels; c++) {
      const gint32 above =
          (top[0][c] ^ h.flip) * (2048 - b.weight) + (top[1][c] ^ h.flip) * b.weight;
      const gint32 below =
          (bottom[0][c] ^ h.flip) * (2048 - b.weight) + (bottom[1][c] ^ h.flip) * b.weight;
      y[c] = (guint8)((above * (2048 - h.down) + below * h.down + (1 << 21)) >> 22) ^ h.flip;
    }
  }
}

static void
quantise (guint8 *y, const gfloat *x, gsize n, gfloat inverse, const TfcRequant *store)
{
  const TfcRequant how = *store;
  for (gsize i = 0; i < n; i++) {
    const gfloat v = x[i] * inverse;
    y[i] = byte_of (rounded (v == v ? v : 0), &how);
  }
}

static void
dequantise (gfloat *y, const guint8 *x, gsize n, gint32 zero, gfloat scale, guint8 flip)
{
  for (gsize i = 0; i < n; i++)
    y[i] = (gfloat)((x[i] ^ flip) - zero) * scale;
}

void
tfc_kernels_add_plain (TfcKernels *k)
{
  k->q8->look_up = look_up;
  k->q8->sum = sum;
  k->q8->product = product;
  k->q8->most = most;
  k->q8->add_up = add_up;
  k->q8->average = average;
  k->q8->requantise = requantise;
  k->q8->blend = blend;
  k->q8->quantise = quantise;
  k->q8->dequantise = dequantise;
}
