/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <immintrin.h>
#include <string.h>

#include "kernels.h"

#define AVX2 __attribute__ ((target ("avx2,fma")))
#define INLINE static inline __attribute__ ((always_inline)) AVX2

#define LANES 8
#define FLOATS(p) ((const gfloat *)(gconstpointer)(p))

/* Weights stay in memory: sixteen registers hold three columns and the sum. */
#define ADD(x, t) s = _mm256_fmadd_ps (x, _mm256_load_ps (w + (1 + (t)) * TFC_PANEL), s);
#define GET(p) (whole ? _mm256_loadu_ps (FLOATS (p)) : _mm256_maskload_ps (FLOATS (p), mask))

INLINE void
put (guint8 *y, __m256 s, const TfcDepthwise *d, guint lanes, const gboolean whole)
{
  gfloat rest[LANES];
  s = _mm256_min_ps (_mm256_max_ps (s, _mm256_set1_ps (d->min)), _mm256_set1_ps (d->max));
  if (whole) {
    _mm256_storeu_ps ((gfloat *)(gpointer)y, s);
    return;
  }
  _mm256_storeu_ps (rest, s);
  memcpy (y, rest, lanes * sizeof (gfloat));
}

INLINE __m256i
mask_of (guint lanes)
{
  const __m256i index = _mm256_set_epi32 (7, 6, 5, 4, 3, 2, 1, 0);
  return _mm256_cmpgt_epi32 (_mm256_set1_epi32 ((gint)lanes), index);
}

/* Where lanes from channel on have their bias; weights follow. */
static const gfloat *
weights_of (const TfcDepthwise *d, guint channel)
{
  return d->kernel + (gsize)channel / TFC_PANEL * 10 * TFC_PANEL + channel % TFC_PANEL;
}

AVX2 static void
pixel (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  const gboolean whole = FALSE;
  for (guint channel = 0; channel < d->channels; channel += LANES) {
    const guint lanes = MIN (d->channels - channel, LANES);
    const __m256i mask = mask_of (lanes);
    const gfloat *w = weights_of (d, channel);
    const gsize at = channel * sizeof (gfloat);
    __m256 s = _mm256_load_ps (w);
    for (guint t = 0; t < 9; t++)
      ADD (GET (taps[t / 3 * 4 + t % 3] + at), t)
    put (y + at, s, d, lanes, FALSE);
  }
}

#define COLUMN(x, p)     \
  x##0 = GET (r0 + (p)); \
  x##1 = GET (r1 + (p)); \
  x##2 = GET (r2 + (p));

#define PIXEL(a, b, c)                                                                  \
  {                                                                                     \
    __m256 s = _mm256_load_ps (w);                                                      \
    ADD (a##0, 0)                                                                       \
    ADD (a##1, 1) ADD (a##2, 2) ADD (b##0, 3) ADD (b##1, 4) ADD (b##2, 5) ADD (c##0, 6) \
        ADD (c##1, 7) ADD (c##2, 8) put (y, s, d, lanes, whole);                        \
    y += 4 * (gsize)d->channels;                                                        \
  }

/* As in avx512_f32.c. */
INLINE void
block_3x3 (const TfcDepthwise *d, guint channel, const guint8 *const *rows, gsize tap, gsize step,
           guint n, guint8 *y, const gboolean whole)
{
  const gsize from = channel * sizeof (gfloat);
  const guint8 *r0 = rows[0] + from, *r1 = rows[1] + from, *r2 = rows[2] + from;
  const guint lanes = MIN (d->channels - channel, LANES);
  const __m256i mask = mask_of (lanes);
  const gfloat *w = weights_of (d, channel);
  __m256 a0, a1, a2, b0, b1, b2, c0, c1, c2;
  gsize at = 0;
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

AVX2 static void
pixels_3x3 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap, gsize step, guint n,
            guint8 *y)
{
  guint channel = 0;
  for (; channel + LANES <= d->channels; channel += LANES)
    block_3x3 (d, channel, rows, tap, step, n, y, TRUE);
  if (channel < d->channels)
    block_3x3 (d, channel, rows, tap, step, n, y, FALSE);
}

const TfcIsa tfc_isa_avx2 = {
    .name = "AVX2",
    .depthwise_f32 = pixel,
    .depthwise_3x3_f32 = pixels_3x3,
    .gemm_f32 = tfc_avx2_gemm_f32,
    .tiles_f32 = {.step = 1, .rows = {8, 6, 4}},
};
