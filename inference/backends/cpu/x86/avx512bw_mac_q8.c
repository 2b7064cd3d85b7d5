/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* As avx2_mac_q8.c, with vectors of twice the width: for CPUs with AVX-512 but without VNNI. */
#define Q8_TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))
#include "inference/backends/cpu/x86/mac_512.inc"
#include "inference/backends/cpu/x86/mac_words.inc"

/* nr rows, np panels (constants where this is inlined). */
INLINE void
tile (const TfcGemm *g, const Chunk *k, guint n, guint panel, guint8 *y, gsize stride,
      const guint nr, const guint np)
{
  const gsize next = (gsize)g->taps * g->k4 * TFC_PANEL * 4;
  const gint16 *w = (const gint16 *)g->weights + panel * next + k->first * TFC_PANEL;
  const gfloat *scale = g->scale + panel * TFC_PANEL;
  const gint32 *from = k->begins ? g->start + panel * TFC_PANEL : k->sums;
  const gsize row = k->begins ? 0 : TFC_PANEL; /* to the next one's */
  const gsize at1 = k->begins ? TFC_PANEL : TFC_TILE_ROWS * TFC_PANEL;
#define BEGIN(i)                                                            \
  __m512i a##i = _mm512_loadu_si512 (from + (i)*row);                       \
  __m512i b##i = np > 1 ? _mm512_loadu_si512 (from + at1 + (i)*row) : a##i; \
  __m512i c##i = np > 2 ? _mm512_loadu_si512 (from + 2 * at1 + (i)*row) : a##i;
  ROWS (BEGIN)
  for (gsize at = 0; at < k->n; at += 2, w += 2 * TFC_PANEL) {
    const __m512i w0 = _mm512_load_si512 (w);
    const __m512i w1 = np > 1 ? _mm512_load_si512 (w + next) : w0;
    const __m512i w2 = np > 2 ? _mm512_load_si512 (w + 2 * next) : w0;
#define STEP(i)                                                  \
  if ((i) < nr) {                                                \
    gint32 two;                                                  \
    memcpy (&two, k->a + (i)*ROW + at, 4);                       \
    const __m512i x = _mm512_set1_epi32 (two);                   \
    a##i = _mm512_add_epi32 (a##i, _mm512_madd_epi16 (x, w0));   \
    if (np > 1)                                                  \
      b##i = _mm512_add_epi32 (b##i, _mm512_madd_epi16 (x, w1)); \
    if (np > 2)                                                  \
      c##i = _mm512_add_epi32 (c##i, _mm512_madd_epi16 (x, w2)); \
  }
    ROWS (STEP)
  }
  const Store s = store_of (&g->store);
  const guint width = MIN (np * TFC_PANEL, g->outputs - panel * TFC_PANEL);
  const __mmask64 mask = (G_GUINT64_CONSTANT (1) << width) - 1;
#define STORE(i) \
  if (i < n)     \
    store_row (y + i * stride, a##i, b##i, c##i, scale, np, mask, &s);
#define KEEP(i)                                                              \
  _mm512_storeu_si512 (k->sums + (i)*TFC_PANEL, a##i);                       \
  if (np > 1)                                                                \
    _mm512_storeu_si512 (k->sums + (TFC_TILE_ROWS + (i)) * TFC_PANEL, b##i); \
  if (np > 2)                                                                \
    _mm512_storeu_si512 (k->sums + (2 * TFC_TILE_ROWS + (i)) * TFC_PANEL, c##i);
  if (k->ends) {
    ROWS (STORE)
  } else {
    ROWS (KEEP)
  }
}

Q8_TARGET static void
run_chunk (const TfcGemm *g, const Chunk *c, guint n, guint panel, guint n_panels, guint8 *y,
           gsize stride)
{
  if (n_panels == 3 && n > 4)
    tile (g, c, n, panel, y, stride, 8, 3);
  else if (n_panels == 3 && n > 1)
    tile (g, c, n, panel, y, stride, 4, 3);
  else if (n_panels == 3)
    tile (g, c, n, panel, y, stride, 1, 3);
  else if (n_panels == 2 && n > 1)
    tile (g, c, n, panel, y, stride, 8, 2);
  else if (n_panels == 2)
    tile (g, c, n, panel, y, stride, 1, 2);
  else if (n > 1)
    tile (g, c, n, panel, y, stride, 8, 1);
  else
    tile (g, c, n, panel, y, stride, 1, 1);
}

#define GROUP (TFC_DW_BLOCK * 2)

typedef struct {
  __m512i s0, s1, s2, s3;
} Sums;

INLINE Sums
start_of (const gint32 *start)
{
  return (Sums){_mm512_load_si512 (start), _mm512_load_si512 (start + 16),
                _mm512_load_si512 (start + 32), _mm512_load_si512 (start + 48)};
}

/* Two taps of 64 channels. */
INLINE void
add_pair (Sums *s, __m512i x0, __m512i x1, const gint16 *w)
{
  const __m512i zero = _mm512_setzero_si512 ();
  const __m512i low = _mm512_unpacklo_epi8 (x0, x1), high = _mm512_unpackhi_epi8 (x0, x1);
#define ADD(s, x, w) s = _mm512_add_epi32 (s, _mm512_madd_epi16 (x, _mm512_load_si512 (w)));
  ADD (s->s0, _mm512_unpacklo_epi8 (low, zero), w)
  ADD (s->s1, _mm512_unpackhi_epi8 (low, zero), w + 32)
  ADD (s->s2, _mm512_unpacklo_epi8 (high, zero), w + 64)
  ADD (s->s3, _mm512_unpackhi_epi8 (high, zero), w + 96)
}

INLINE void
finish (guint8 *y, const Sums *s, const gfloat *scale, __mmask64 mask, const Store *store)
{
  _mm512_mask_storeu_epi8 (y, mask,
                           bytes (steps (s->s0, scale), steps (s->s1, scale + 16),
                                  steps (s->s2, scale + 32), steps (s->s3, scale + 48), store));
}

#define GET(p) _mm512_xor_si512 (_mm512_maskz_loadu_epi8 (mask, p), flip)

Q8_TARGET static void
depthwise (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip);
  const Store store = store_of (&d->store);
  const gint16 *w = d->weights;
  for (guint block = 0; block < d->blocks; block++) {
    const gsize from = (gsize)block * TFC_DW_BLOCK;
    const __mmask64 mask = block_mask (d, block);
    Sums s = start_of (d->start + from);
    for (guint i = 0; i < d->groups; i++, w += GROUP)
      add_pair (&s, GET (taps[2 * i] + from), GET (taps[2 * i + 1] + from), w);
    finish (y + from, &s, d->scale + from, mask, &store);
  }
}

/* Pixels under 3 by 3 taps, two after the other in their order. */
INLINE void
block_3x3 (const TfcDepthwise *d, guint block, const guint8 *const *rows, gsize tap, gsize step,
           guint n, guint8 *y)
{
  const gsize from = (gsize)block * TFC_DW_BLOCK;
  const guint8 *r0 = rows[0] + from, *r1 = rows[1] + from, *r2 = rows[2] + from;
  const gint16 *w = (const gint16 *)d->weights + (gsize)block * d->groups * GROUP;
  const __mmask64 mask = block_mask (d, block);
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip), zero = _mm512_setzero_si512 ();
  const Store store = store_of (&d->store);
  for (y += from; n; n--, r0 += step, r1 += step, r2 += step, y += d->channels) {
    Sums s = start_of (d->start + from);
    add_pair (&s, GET (r0), GET (r0 + tap), w);
    add_pair (&s, GET (r0 + 2 * tap), GET (r1), w + GROUP);
    add_pair (&s, GET (r1 + tap), GET (r1 + 2 * tap), w + 2 * GROUP);
    add_pair (&s, GET (r2), GET (r2 + tap), w + 3 * GROUP);
    add_pair (&s, GET (r2 + 2 * tap), zero, w + 4 * GROUP);
    finish (y, &s, d->scale + from, mask, &store);
  }
}

/* Four pixels of NARROW channels at most. */
INLINE void
narrow_3x3 (const TfcDepthwise *d, const guint8 *const rows[3], gsize tap, gsize step, guint8 *y)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip), zero = _mm512_setzero_si512 ();
  const Store store = store_of (&d->store);
  const gint16 *w = d->weights;
  __m512i x[10], s[4];
  for (guint i = 0; i < 9; i++)
    x[i] = four_pixels (rows[i / 3] + i % 3 * tap, step, flip);
  x[9] = zero;
  for (guint k = 0; k < 4; k++)
    s[k] = for_each (d->start + 16 * k);
  for (guint i = 0; i < 5; i++, w += GROUP) {
    const __m512i low = _mm512_unpacklo_epi8 (x[2 * i], x[2 * i + 1]);
    const __m512i high = _mm512_unpackhi_epi8 (x[2 * i], x[2 * i + 1]);
    const __m512i u[] = {_mm512_unpacklo_epi8 (low, zero), _mm512_unpackhi_epi8 (low, zero),
                         _mm512_unpacklo_epi8 (high, zero), _mm512_unpackhi_epi8 (high, zero)};
    for (guint k = 0; k < 4; k++)
      s[k] = _mm512_add_epi32 (s[k], _mm512_madd_epi16 (u[k], for_each (w + 32 * k)));
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
  for (guint block = 0; block < d->blocks; block++)
    block_3x3 (d, block, at, tap, step, n, y);
}

void
tfc_kernels_add_avx512bw_mac_q8 (TfcKernels *k)
{
  TfcQ8 *q = k->q8;
  q->gemm_packing = q->depthwise_packing = TFC_Q8_K2;
  q->gemm = gemm;
  q->depthwise = depthwise;
  q->depthwise_3x3 = depthwise_3x3;
  q->picture_packing = TFC_Q8_K2;
  q->picture = tfc_avx512bw_picture_q8;
}
