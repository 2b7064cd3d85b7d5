/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define Q8_TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#include "inference/backends/cpu/x86/mac_512.inc"

INLINE __m512i
four (const guint8 *p, __m512i flip)
{
  gint32 x;
  memcpy (&x, p, 4);
  return _mm512_xor_si512 (_mm512_set1_epi32 (x), flip);
}

/* One tile: nr rows, np panels (constants where this is inlined). */
INLINE void
tile (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint8 *y, gsize stride, const guint nr, const guint np, const gboolean flips)
{
  const gsize next = (gsize)g->taps * g->k4 * TFC_PANEL * 4;
  const gint8 *w = (const gint8 *)g->weights + panel * next;
  const gint32 *start = g->start + panel * TFC_PANEL;
  const __m512i start0 = _mm512_load_si512 (start);
  const __m512i start1 = np > 1 ? _mm512_load_si512 (start + 16) : start0;
  const __m512i start2 = np > 2 ? _mm512_load_si512 (start + 32) : start0;
  const __m512i flip = _mm512_set1_epi8 ((gint8)g->flip);
#define BEGIN(i)                                    \
  __m512i off##i = _mm512_set1_epi32 (sums[i]);     \
  __m512i a##i = _mm512_sub_epi32 (start0, off##i); \
  __m512i b##i = _mm512_sub_epi32 (start1, off##i); \
  __m512i c##i = _mm512_sub_epi32 (start2, off##i);
  ROWS (BEGIN)
  for (guint tap = 0; tap < g->taps; tap++, rows += TFC_TILE_ROWS) {
#define POINT(i) const guint8 *p##i = rows[i];
    ROWS (POINT)
    for (gsize k = 0; k < 4 * (gsize)g->k4; k += 4, w += TFC_PANEL * 4) {
      const __m512i w0 = _mm512_load_si512 (w);
      const __m512i w1 = np > 1 ? _mm512_load_si512 (w + next) : w0;
      const __m512i w2 = np > 2 ? _mm512_load_si512 (w + 2 * next) : w0;
#define STEP(i)                                                                \
  if (i < nr) {                                                                \
    const __m512i x = four (p##i + k, flips ? flip : _mm512_setzero_si512 ()); \
    a##i = _mm512_dpbusd_epi32 (a##i, x, w0);                                  \
    if (np > 1)                                                                \
      b##i = _mm512_dpbusd_epi32 (b##i, x, w1);                                \
    if (np > 2)                                                                \
      c##i = _mm512_dpbusd_epi32 (c##i, x, w2);                                \
  }
      ROWS (STEP)
    }
  }
  const Store s = store_of (&g->store);
  const gfloat *scale = g->scale + panel * TFC_PANEL;
  const guint width = MIN (np * TFC_PANEL, g->outputs - panel * TFC_PANEL);
  const __mmask64 mask = (G_GUINT64_CONSTANT (1) << width) - 1;
#define STORE(i) \
  if (i < n)     \
    store_row (y + i * stride, a##i, b##i, c##i, scale, np, mask, &s);
  ROWS (STORE)
}

Q8_TARGET static void
gemm (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint n_panels, guint8 *y, gsize stride)
{
  if (n == 1 && n_panels == 3)
    tile (g, rows, sums, n, panel, y, stride, 1, 3, TRUE);
  else if (n == 1 && n_panels == 2)
    tile (g, rows, sums, n, panel, y, stride, 1, 2, TRUE);
  else if (n == 1)
    tile (g, rows, sums, n, panel, y, stride, 1, 1, TRUE);
  else if (n_panels == 3 && g->flip)
    tile (g, rows, sums, n, panel, y, stride, 8, 3, TRUE);
  else if (n_panels == 3)
    tile (g, rows, sums, n, panel, y, stride, 8, 3, FALSE);
  else if (n_panels == 2)
    tile (g, rows, sums, n, panel, y, stride, 8, 2, TRUE);
  else
    tile (g, rows, sums, n, panel, y, stride, 8, 1, TRUE);
}

/* The eight sums of 64-bit parts t0..t7. */
#define HALVES(v) _mm256_add_epi32 (_mm512_castsi512_si256 (v), _mm512_extracti64x4_epi64 (v, 1))

Q8_TARGET static void
sums (const TfcGemm *g, const guint8 *const *rows, gint32 *to)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)g->flip), zero = _mm512_setzero_si512 ();
#define CLEAR(i) __m512i t##i = zero;
  ROWS (CLEAR)
  for (guint tap = 0; tap < g->taps; tap++, rows += TFC_TILE_ROWS) {
    for (guint k = 0; k < g->channels; k += 64) {
      const __mmask64 mask = ~G_GUINT64_CONSTANT (0) >> (64 - MIN (g->channels - k, 64));
      const __m512i flips = _mm512_maskz_mov_epi8 (mask, flip);
#define ADD(i)                \
  t##i = _mm512_add_epi64 (   \
      t##i, _mm512_sad_epu8 ( \
                _mm512_xor_si512 (_mm512_maskz_loadu_epi8 (mask, rows[i] + k), flips), zero));
      ROWS (ADD)
    }
  }
#define PAIR(a, b) _mm512_add_epi64 (a, _mm512_slli_epi64 (b, 32))
#define FOUR(a, b) _mm512_add_epi32 (_mm512_unpacklo_epi64 (a, b), _mm512_unpackhi_epi64 (a, b))
  const __m512i low = FOUR (PAIR (t0, t1), PAIR (t2, t3));
  const __m512i high = FOUR (PAIR (t4, t5), PAIR (t6, t7));
  const __m256i a = HALVES (low), b = HALVES (high);
  const __m256i all = _mm256_add_epi32 (_mm256_permute2x128_si256 (a, b, 0x20),
                                        _mm256_permute2x128_si256 (a, b, 0x31));
  _mm256_storeu_si256 ((__m256i *)(gpointer)to,
                       _mm256_mullo_epi32 (all, _mm256_set1_epi32 (g->zero_v)));
}

/* Four taps of 64 channels, interleaved: u0 holds channels 0..3 of each lane, u1 the next four. */
#define INTERLEAVE(u, x0, x1, x2, x3)                                                       \
  {                                                                                         \
    const __m512i l01 = _mm512_unpacklo_epi8 (x0, x1), l23 = _mm512_unpacklo_epi8 (x2, x3); \
    const __m512i h01 = _mm512_unpackhi_epi8 (x0, x1), h23 = _mm512_unpackhi_epi8 (x2, x3); \
    u##0 = _mm512_unpacklo_epi16 (l01, l23);                                                \
    u##1 = _mm512_unpackhi_epi16 (l01, l23);                                                \
    u##2 = _mm512_unpacklo_epi16 (h01, h23);                                                \
    u##3 = _mm512_unpackhi_epi16 (h01, h23);                                                \
  }

/* Sums s0..s3 with u times the weights at w. */
#define MULTIPLY(u, w)                                                  \
  {                                                                     \
    s0 = _mm512_dpbusd_epi32 (s0, u##0, _mm512_load_si512 (w));         \
    s1 = _mm512_dpbusd_epi32 (s1, u##1, _mm512_load_si512 ((w) + 64));  \
    s2 = _mm512_dpbusd_epi32 (s2, u##2, _mm512_load_si512 ((w) + 128)); \
    s3 = _mm512_dpbusd_epi32 (s3, u##3, _mm512_load_si512 ((w) + 192)); \
  }

#define START(start)                     \
  s0 = _mm512_load_si512 (start);        \
  s1 = _mm512_load_si512 ((start) + 16); \
  s2 = _mm512_load_si512 ((start) + 32); \
  s3 = _mm512_load_si512 ((start) + 48);

#define STORE_BLOCK(to, mask)                                                \
  _mm512_mask_storeu_epi8 (to, mask,                                         \
                           bytes (steps (s0, scale), steps (s1, scale + 16), \
                                  steps (s2, scale + 32), steps (s3, scale + 48), &store));

Q8_TARGET static void
depthwise (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip);
  const Store store = store_of (&d->store);
  const gint8 *w = d->weights;
  const gssize extra = d->extra - (const gint8 *)d->weights;
  for (guint block = 0; block < d->blocks; block++) {
    const gsize from = (gsize)block * TFC_DW_BLOCK;
    const __mmask64 mask = block_mask (d, block);
    const gfloat *scale = d->scale + from;
    __m512i s0, s1, s2, s3, u0, u1, u2, u3;
    START (d->start + from)
    for (guint i = 0; i < d->groups; i++, w += 256) {
#define GET(t) _mm512_xor_si512 (_mm512_maskz_loadu_epi8 (mask, taps[4 * i + (t)] + from), flip)
      const __m512i x0 = GET (0), x1 = GET (1), x2 = GET (2), x3 = GET (3);
      INTERLEAVE (u, x0, x1, x2, x3)
      MULTIPLY (u, w)
      if (d->needs_extra[block * d->groups + i])
        MULTIPLY (u, w + extra)
    }
    STORE_BLOCK (y + from, mask)
  }
}

/* A column of three rows at p bytes from where the rows stand. */
#define COLUMN(u, p)                                       \
  {                                                        \
    __m512i x0 = _mm512_maskz_loadu_epi8 (mask, r0 + (p)); \
    __m512i x1 = _mm512_maskz_loadu_epi8 (mask, r1 + (p)); \
    __m512i x2 = _mm512_maskz_loadu_epi8 (mask, r2 + (p)); \
    if (flips) {                                           \
      x0 = _mm512_xor_si512 (x0, flip);                    \
      x1 = _mm512_xor_si512 (x1, flip);                    \
      x2 = _mm512_xor_si512 (x2, flip);                    \
    }                                                      \
    INTERLEAVE (u, x0, x1, x2, zero)                       \
  }

#define PIXEL(a, b, c)             \
  {                                \
    __m512i s0, s1, s2, s3;        \
    START (start)                  \
    MULTIPLY (a, w)                \
    MULTIPLY (b, w + 256)          \
    MULTIPLY (c, w + 512)          \
    if (G_UNLIKELY (extra[0]))     \
      MULTIPLY (a, w + more)       \
    if (G_UNLIKELY (extra[1]))     \
      MULTIPLY (b, w + more + 256) \
    if (G_UNLIKELY (extra[2]))     \
      MULTIPLY (c, w + more + 512) \
    STORE_BLOCK (y, mask)          \
    y += d->channels;              \
  }

/* One block of channels along a row. Where pixels are as far apart as taps, each column serves
 * three pixels. */
INLINE void
block_3x3 (const TfcDepthwise *d, guint block, const guint8 *const *rows, gsize tap, gsize step,
           guint n, guint8 *y, const gboolean flips)
{
  const gsize from = (gsize)block * TFC_DW_BLOCK;
  const guint8 *r0 = rows[0] + from, *r1 = rows[1] + from, *r2 = rows[2] + from;
  const __mmask64 mask = block_mask (d, block);
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip), zero = _mm512_setzero_si512 ();
  const Store store = store_of (&d->store);
  const gint32 *start = d->start + from;
  const gfloat *scale = d->scale + from;
  const gint8 *w = (const gint8 *)d->weights + block * 768;
  const gssize more = d->extra - (const gint8 *)d->weights;
  const guint8 *extra = d->needs_extra + block * 3;
  __m512i a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3;
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

INLINE void
multiply_each (__m512i s[4], const __m512i u[4], const gint8 *w)
{
  for (guint k = 0; k < 4; k++)
    s[k] = _mm512_dpbusd_epi32 (s[k], u[k], for_each (w + 64 * k));
}

/* Four pixels of NARROW channels at most. */
INLINE void
narrow_3x3 (const TfcDepthwise *d, const guint8 *const rows[3], gsize tap, gsize step, guint8 *y)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip), zero = _mm512_setzero_si512 ();
  const Store store = store_of (&d->store);
  __m512i s[4];
  for (guint k = 0; k < 4; k++)
    s[k] = for_each (d->start + 16 * k);
  for (guint i = 0; i < 3; i++) {
    const __m512i x0 = four_pixels (rows[0] + i * tap, step, flip);
    const __m512i x1 = four_pixels (rows[1] + i * tap, step, flip);
    const __m512i x2 = four_pixels (rows[2] + i * tap, step, flip);
    __m512i u0, u1, u2, u3;
    INTERLEAVE (u, x0, x1, x2, zero)
    const __m512i u[] = {u0, u1, u2, u3};
    multiply_each (s, u, (const gint8 *)d->weights + 256 * i);
    if (G_UNLIKELY (d->needs_extra[i]))
      multiply_each (s, u, d->extra + 256 * i);
  }
  store_four_pixels (y, d, s[0], s[1], s[2], s[3], &store);
}

Q8_TARGET static void
depthwise_3x3 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap, gsize step, guint n,
               guint8 *y)
{
  const guint8 *at[] = {rows[0], rows[1], rows[2]};
  for (; n >= 4 && d->channels <= NARROW; n -= 4, y += 4 * d->channels) {
    narrow_3x3 (d, at, tap, step, y);
    for (guint i = 0; i < 3; i++)
      at[i] += 4 * step;
  }
  for (guint block = 0; block < d->blocks; block++) {
    if (d->flip)
      block_3x3 (d, block, at, tap, step, n, y, TRUE);
    else
      block_3x3 (d, block, at, tap, step, n, y, FALSE);
  }
}

void
tfc_kernels_add_avx512vnni (TfcKernels *k)
{
  k->q8->gemm_packing = k->q8->depthwise_packing = TFC_Q8_K4;
  k->q8->sums = sums;
  k->q8->gemm = gemm;
  k->q8->depthwise = depthwise;
  k->q8->depthwise_3x3 = depthwise_3x3;
  k->q8->picture_packing = TFC_Q8_K4;
  k->q8->picture = tfc_avx512vnni_picture_q8;
}
