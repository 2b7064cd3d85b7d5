/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <immintrin.h>

#include "kernels.h"

#define AVX512 __attribute__ ((target ("avx512f,avx512vl")))
#define INLINE static inline __attribute__ ((always_inline)) AVX512

#define FLOATS(p) ((const gfloat *)(gconstpointer)(p))
#define GET(p) _mm512_maskz_loadu_ps (mask, FLOATS (p))
#define ADD(x, i) s = _mm512_fmadd_ps (x, k##i, s);

/* Bias and weights of a block: k0..k2 the first column. */
#define WEIGHTS(w)                                                               \
  const __m512 bias = _mm512_load_ps (w), k0 = _mm512_load_ps ((w) + 16),        \
               k1 = _mm512_load_ps ((w) + 32), k2 = _mm512_load_ps ((w) + 48),   \
               k3 = _mm512_load_ps ((w) + 64), k4 = _mm512_load_ps ((w) + 80),   \
               k5 = _mm512_load_ps ((w) + 96), k6 = _mm512_load_ps ((w) + 112),  \
               k7 = _mm512_load_ps ((w) + 128), k8 = _mm512_load_ps ((w) + 144), \
               low = _mm512_set1_ps (d->min), high = _mm512_set1_ps (d->max);

#define PUT(y) _mm512_mask_storeu_ps (y, mask, _mm512_min_ps (_mm512_max_ps (s, low), high))

INLINE __mmask16
block_mask (const TfcDepthwise *d, guint block)
{
  return 0xffff >> (16 - MIN (d->channels - block * TFC_PANEL, 16));
}

AVX512 void
tfc_avx512_depthwise_f32 (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  for (guint block = 0; block < d->blocks; block++) {
    const gsize at = (gsize)block * TFC_PANEL * 4;
    const __mmask16 mask = block_mask (d, block);
    WEIGHTS (d->kernel + (gsize)block * 10 * TFC_PANEL)
    __m512 s = bias;
    ADD (GET (taps[0] + at), 0)
    ADD (GET (taps[1] + at), 1)
    ADD (GET (taps[2] + at), 2)
    ADD (GET (taps[4] + at), 3)
    ADD (GET (taps[5] + at), 4)
    ADD (GET (taps[6] + at), 5)
    ADD (GET (taps[8] + at), 6)
    ADD (GET (taps[9] + at), 7)
    ADD (GET (taps[10] + at), 8)
    PUT (y + at);
  }
}

#define COLUMN(x, p)     \
  x##0 = GET (r0 + (p)); \
  x##1 = GET (r1 + (p)); \
  x##2 = GET (r2 + (p));

#define PIXEL(a, b, c)                                                                           \
  {                                                                                              \
    __m512 s = bias;                                                                             \
    ADD (a##0, 0)                                                                                \
    ADD (a##1, 1)                                                                                \
    ADD (a##2, 2)                                                                                \
    ADD (b##0, 3) ADD (b##1, 4) ADD (b##2, 5) ADD (c##0, 6) ADD (c##1, 7) ADD (c##2, 8) PUT (y); \
    y += 4 * (gsize)d->channels;                                                                 \
  }

/* One block of channels along a row; where pixels are as far apart as taps, each column serves
 * three of them. */
AVX512 static void
block_3x3 (const TfcDepthwise *d, guint block, const guint8 *const *rows, gsize tap, gsize step,
           guint n, guint8 *y)
{
  const gsize from = (gsize)block * TFC_PANEL * 4;
  const guint8 *r0 = rows[0] + from, *r1 = rows[1] + from, *r2 = rows[2] + from;
  const __mmask16 mask = block_mask (d, block);
  __m512 a0, a1, a2, b0, b1, b2, c0, c1, c2;
  gsize at = 0;
  WEIGHTS (d->kernel + (gsize)block * 10 * TFC_PANEL)
  y += from;
  if (step == tap) {
    COLUMN (a, 0)
    COLUMN (b, tap)
    for (; n >= 3; n -= 3, at += 3 * step) {
      COLUMN (c, at + 2 * tap)
      PIXEL (a, b, c)
      COLUMN (a, at + 3 * tap)
      PIXEL (b, c, a)
      COLUMN (b, at + 4 * tap)
      PIXEL (c, a, b)
    }
  }
  for (; n; n--, at += step) {
    COLUMN (a, at)
    COLUMN (b, at + tap)
    COLUMN (c, at + 2 * tap)
    PIXEL (a, b, c)
  }
}

AVX512 void
tfc_avx512_depthwise_3x3_f32 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap,
                              gsize step, guint n, guint8 *y)
{
  for (guint block = 0; block < d->blocks; block++)
    block_3x3 (d, block, rows, tap, step, n, y);
}
