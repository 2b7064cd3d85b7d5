/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* AVX2 multiplies bytes in pairs, but keeps no more than 16 bits of their sum. So words are
 * multiplied here, activations widened and weights packed as words less their zero point
 * (TFC_Q8_K2). */
#define Q8_TARGET __attribute__ ((target ("avx2,fma")))
#include "inference/backends/cpu/x86/mac_256.inc"
#include "inference/backends/cpu/x86/mac_words.inc"

/* Two words of a row for each channel. */
INLINE __m256i
two (const gint16 *p)
{
  gint32 both;
  memcpy (&both, p, sizeof both);
  return _mm256_set1_epi32 (both);
}

/* Four rows, or one (nr, a constant where this is inlined), times a panel; of a panel of eight
 * channels at most (narrow, a constant too) eight rows. Sums a0.. are of a row's first eight
 * channels, b0.. of its second eight, or of the row four further. Where they are not at their end
 * they go back to where they were. */
INLINE void
part (const TfcGemm *g, const Chunk *c, const gint16 *a, gint32 *sums, guint n, guint panel,
      guint8 *y, gsize stride, const guint nr, const gboolean narrow)
{
  const gsize at = (gsize)panel * g->taps * g->k4 * 4 + c->first;
  const gint16 *w = (const gint16 *)g->weights + at * TFC_PANEL;
  const gfloat *scale = g->scale + panel * TFC_PANEL, *second = narrow ? scale : scale + 8;
  const gint32 *start = g->start + panel * TFC_PANEL;
  const gsize further = narrow ? 4 * TFC_PANEL : 8;
#define BEGIN(i)                                                  \
  __m256i a##i = load (c->begins ? start : sums + (i)*TFC_PANEL); \
  __m256i b##i = load (!c->begins ? sums + (i)*TFC_PANEL + further : narrow ? start : start + 8);
  FOUR (BEGIN)
  for (gsize k = 0; k < c->n; k += 2, w += 2 * TFC_PANEL) {
    const __m256i w0 = load (w), w1 = narrow ? w0 : load (w + TFC_PANEL);
/* Without it compilers copy sums from register to register in each step. */
#define HOLD(i) \
  if ((i) < nr) \
    __asm__("" : "+x"(a##i), "+x"(b##i));
#define STEP(i)                                                   \
  if ((i) < nr) {                                                 \
    const __m256i x = two (a + (i)*ROW + k);                      \
    a##i = _mm256_add_epi32 (a##i, _mm256_madd_epi16 (x, w0));    \
    const __m256i z = narrow ? two (a + ((i) + 4) * ROW + k) : x; \
    b##i = _mm256_add_epi32 (b##i, _mm256_madd_epi16 (z, w1));    \
  }
    FOUR (STEP)
    FOUR (HOLD)
  }
  if (c->ends) {
    const __m256i first[4] = {STEPS (a, scale)}, rest[4] = {STEPS (b, second)};
    store_panel (g, first, narrow ? first : rest, MIN (n, 4), panel, y, stride);
    if (narrow && n > 4)
      store_panel (g, rest, rest, n - 4, panel, y + 4 * stride, stride);
    return;
  }
#define KEEP(i)                                                            \
  _mm256_storeu_si256 ((__m256i *)(gpointer)(sums + (i)*TFC_PANEL), a##i); \
  _mm256_storeu_si256 ((__m256i *)(gpointer)(sums + (i)*TFC_PANEL + further), b##i);
  FOUR (KEEP)
}

Q8_TARGET static void
run_chunk (const TfcGemm *g, const Chunk *c, guint n, guint panel, guint n_panels, guint8 *y,
           gsize stride)
{
  for (guint p = 0; p < n_panels; p++, y += TFC_PANEL) {
    gint32 *sums = c->sums + p * TFC_TILE_ROWS * TFC_PANEL;
    const gboolean narrow = g->outputs - (panel + p) * TFC_PANEL <= TFC_PANEL / 2;
    if (n == 1)
      part (g, c, c->a, sums, 1, panel + p, y, stride, 1, FALSE);
    else if (narrow)
      part (g, c, c->a, sums, n, panel + p, y, stride, 4, TRUE);
    else
      part (g, c, c->a, sums, MIN (n, 4), panel + p, y, stride, 4, FALSE);
    if (n > 4 && !narrow)
      part (g, c, c->a + 4 * ROW, sums + 4 * TFC_PANEL, n - 4, panel + p, y + 4 * stride, stride, 4,
            FALSE);
  }
}

/* Up to 32 channels, of whose block half says which half they are. */
typedef struct {
  const gint16 *weights; /* a group further: GROUP */
  const gint32 *start;
  const gfloat *scale;
  guint n;
} Half;

#define GROUP (TFC_DW_BLOCK * 2)

INLINE Half
half_of (const TfcDepthwise *d, guint channel)
{
  const guint block = channel / TFC_DW_BLOCK, half = channel % TFC_DW_BLOCK / 32;
  return (Half){(const gint16 *)d->weights + (gsize)block * d->groups * GROUP + half * 16,
                d->start + block * TFC_DW_BLOCK + half * 8,
                d->scale + block * TFC_DW_BLOCK + half * 8, MIN (d->channels - channel, 32)};
}

#define ADD(s, x, w) s = _mm256_add_epi32 (s, _mm256_madd_epi16 (x, load (w)));

/* The sums under a pair of taps. */
INLINE void
add_pair (Four *s, __m256i x0, __m256i x1, const gint16 *w)
{
  const __m256i zero = _mm256_setzero_si256 ();
  const __m256i low = _mm256_unpacklo_epi8 (x0, x1), high = _mm256_unpackhi_epi8 (x0, x1);
  ADD (s->v0, _mm256_unpacklo_epi8 (low, zero), w)
  ADD (s->v1, _mm256_unpackhi_epi8 (low, zero), w + 32)
  ADD (s->v2, _mm256_unpacklo_epi8 (high, zero), w + 64)
  ADD (s->v3, _mm256_unpackhi_epi8 (high, zero), w + 96)
}

Q8_TARGET static void
depthwise (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  const __m256i flip = _mm256_set1_epi8 ((gint8)d->flip);
  const Store store = store_of (&d->store);
  for (guint c = 0; c < d->channels; c += 32) {
    const Half h = half_of (d, c);
    Four s = four_of (h.start);
    for (guint i = 0; i < d->groups; i++) {
      const __m256i x0 = load_up_to_32 (taps[2 * i] + c, h.n);
      const __m256i x1 = load_up_to_32 (taps[2 * i + 1] + c, h.n);
      add_pair (&s, _mm256_xor_si256 (x0, flip), _mm256_xor_si256 (x1, flip),
                h.weights + i * GROUP);
    }
    store_four (y + c, &s, h.scale, h.n, &store);
  }
}

/* Pixels under 3 by 3 taps, two after the other in their order. */
INLINE void
half_3x3 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap, gsize step, guint n,
          guint8 *y, const Half *h, const gboolean flips)
{
  const __m256i flip = _mm256_set1_epi8 ((gint8)d->flip), zero = _mm256_setzero_si256 ();
  const Store store = store_of (&d->store);
  const guint8 *r0 = rows[0], *r1 = rows[1], *r2 = rows[2];
  for (; n; n--, r0 += step, r1 += step, r2 += step, y += d->channels) {
    Four s = four_of (h->start);
#define GET(p) (flips ? _mm256_xor_si256 (load_up_to_32 (p, h->n), flip) : load_up_to_32 (p, h->n))
    add_pair (&s, GET (r0), GET (r0 + tap), h->weights);
    add_pair (&s, GET (r0 + 2 * tap), GET (r1), h->weights + GROUP);
    add_pair (&s, GET (r1 + tap), GET (r1 + 2 * tap), h->weights + 2 * GROUP);
    add_pair (&s, GET (r2), GET (r2 + tap), h->weights + 3 * GROUP);
    add_pair (&s, GET (r2 + 2 * tap), zero, h->weights + 4 * GROUP);
    store_four (y, &s, h->scale, h->n, &store);
  }
}

Q8_TARGET static void
depthwise_3x3 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap, gsize step, guint n,
               guint8 *y)
{
  for (guint c = 0; c < d->channels; c += 32) {
    const guint8 *const at[3] = {rows[0] + c, rows[1] + c, rows[2] + c};
    Half h = half_of (d, c);
    if (d->flip) {
      half_3x3 (d, at, tap, step, n, y + c, &h, TRUE);
    } else if (h.n < 32) {
      half_3x3 (d, at, tap, step, n, y + c, &h, FALSE);
    } else {
      h.n = 32; /* a constant in there */
      half_3x3 (d, at, tap, step, n, y + c, &h, FALSE);
    }
  }
}

void
tfc_kernels_add_avx2_mac_q8 (TfcKernels *k)
{
  TfcQ8 *q = k->q8;
  q->gemm_packing = q->depthwise_packing = TFC_Q8_K2;
  q->gemm = gemm;
  q->depthwise = depthwise;
  q->depthwise_3x3 = depthwise_3x3;
  q->picture_packing = TFC_Q8_K2;
  q->picture = tfc_avx2_picture_q8;
}
