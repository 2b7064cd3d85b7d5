/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* As avx512vnni_mac_q8.c, with vectors of half the width and half the registers. */
#define Q8_TARGET __attribute__ ((target ("avx2,fma,avxvnni")))
#include "inference/backends/cpu/x86/mac_256.inc"

INLINE __m256i
four (const guint8 *p, __m256i flip)
{
  gint32 x;
  memcpy (&x, p, 4);
  return _mm256_xor_si256 (_mm256_set1_epi32 (x), flip);
}

/* nr rows, 4 or 1, times nv vectors of eight channels, 2 or 3 (constants where this is inlined),
 * from the first-th of the panel on. Results go to q[nv][4], as steps. */
INLINE void
part (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint panel, guint first,
      const guint nr, const guint nv, const gboolean flips, __m256i q[3][4])
{
  const gsize next = (gsize)g->taps * g->k4 * TFC_PANEL * 4;
  const gint8 *w = (const gint8 *)g->weights + panel * next;
  const guint i0 = first, i1 = first + 1, i2 = nv > 2 ? first + 2 : first + 1;
#define AT(i) ((i) / 2 * next + (i) % 2 * 32)
  const gint8 *w0 = w + AT (i0), *w1 = w + AT (i1), *w2 = w + AT (i2);
  const gint32 *start = g->start + panel * TFC_PANEL;
  const gfloat *scale = g->scale + panel * TFC_PANEL;
  const __m256i flip = _mm256_set1_epi8 ((gint8)g->flip);
#define BEGIN(i)                                                   \
  const __m256i off##i = _mm256_set1_epi32 (sums[i]);              \
  __m256i a##i = _mm256_sub_epi32 (load (start + 8 * i0), off##i); \
  __m256i b##i = _mm256_sub_epi32 (load (start + 8 * i1), off##i); \
  __m256i c##i = _mm256_sub_epi32 (load (start + 8 * i2), off##i);
  FOUR (BEGIN)
  for (guint tap = 0; tap < g->taps; tap++, rows += TFC_TILE_ROWS) {
#define POINT(i) const guint8 *p##i = rows[i];
    FOUR (POINT)
    for (gsize k = 0; k < 4 * (gsize)g->k4; k += 4, w0 += 64, w1 += 64, w2 += 64) {
      const __m256i v0 = load (w0), v1 = load (w1), v2 = nv > 2 ? load (w2) : v1;
/* Without it compilers copy sums from register to register in each step. */
#define HOLD(i) \
  if ((i) < nr) \
    __asm__("" : "+x"(a##i), "+x"(b##i), "+x"(c##i));
#define STEP(i)                                                                \
  if ((i) < nr) {                                                              \
    const __m256i x = four (p##i + k, flips ? flip : _mm256_setzero_si256 ()); \
    a##i = _mm256_dpbusd_avx_epi32 (a##i, x, v0);                              \
    b##i = _mm256_dpbusd_avx_epi32 (b##i, x, v1);                              \
    if (nv > 2)                                                                \
      c##i = _mm256_dpbusd_avx_epi32 (c##i, x, v2);                            \
  }
      FOUR (STEP)
      FOUR (HOLD)
    }
  }
#define GIVE(i)                           \
  q[0][i] = steps (a##i, scale + 8 * i0); \
  q[1][i] = steps (b##i, scale + 8 * i1); \
  if (nv > 2)                             \
    q[2][i] = steps (c##i, scale + 8 * i2);
  FOUR (GIVE)
}

INLINE void
four_rows (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
           guint n_panels, guint8 *y, gsize stride, const guint nr, const gboolean flips)
{
  __m256i q[2 * TFC_PANELS][4];
  if (n_panels == 3) {
    part (g, rows, sums, panel, 0, nr, 3, flips, q);
    part (g, rows, sums, panel, 3, nr, 3, flips, q + 3);
  } else {
    part (g, rows, sums, panel, 0, nr, 2, flips, q);
    if (n_panels == 2)
      part (g, rows, sums, panel, 2, nr, 2, flips, q + 2);
  }
  for (guint p = 0; p < n_panels; p++)
    store_panel (g, q[2 * p], q[2 * p + 1], n, panel + p, y + p * TFC_PANEL, stride);
}

Q8_TARGET static void
gemm (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint n_panels, guint8 *y, gsize stride)
{
  for (guint i = 0; i < n; i += 4) {
    const guint rest = MIN (n - i, 4);
    guint8 *to = y + i * stride;
    if (rest == 1)
      four_rows (g, rows + i, sums + i, rest, panel, n_panels, to, stride, 1, TRUE);
    else if (g->flip)
      four_rows (g, rows + i, sums + i, rest, panel, n_panels, to, stride, 4, TRUE);
    else
      four_rows (g, rows + i, sums + i, rest, panel, n_panels, to, stride, 4, FALSE);
  }
}

/* The sum of n bytes, read sixteen by sixteen. */
INLINE gint32
sum_of (const guint8 *x, guint n, __m128i flip)
{
  static const guint8 mask[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                  255, 255, 255, 255, 255, 255, 255, 255};
  __m128i sum = _mm_setzero_si128 ();
  for (guint k = 0; k < n; k += 16) {
    const guint8 *some = mask + (n - k < 16 ? 16 - (n - k) : 0);
    const __m128i v =
        _mm_xor_si128 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)(x + k)), flip);
    const __m128i kept = _mm_and_si128 (v, _mm_loadu_si128 ((const __m128i *)(gconstpointer)some));
    sum = _mm_add_epi64 (sum, _mm_sad_epu8 (kept, _mm_setzero_si128 ()));
  }
  return _mm_cvtsi128_si32 (sum) + _mm_extract_epi32 (sum, 2);
}

Q8_TARGET static void
sums (const TfcGemm *g, const guint8 *const *rows, gint32 *to)
{
  const __m128i flip = _mm_set1_epi8 ((gint8)g->flip);
  for (guint i = 0; i < TFC_TILE_ROWS; i++) {
    gint32 sum = 0;
    for (guint tap = 0; tap < g->taps; tap++)
      sum += sum_of (rows[tap * TFC_TILE_ROWS + i], g->channels, flip);
    to[i] = (gint32)((guint32)sum * (guint32)g->zero_v);
  }
}

/* Up to 32 channels: one half of a block. */
typedef struct {
  const gint8 *weights; /* a group further: GROUP; more: to those of extra */
  gssize more;
  const guint8 *needs_extra;
  const gint32 *start;
  const gfloat *scale;
  guint n;
} Half;

#define GROUP (TFC_DW_BLOCK * 4)

INLINE Half
half_of (const TfcDepthwise *d, guint channel)
{
  const guint block = channel / TFC_DW_BLOCK, half = channel % TFC_DW_BLOCK / 32;
  return (Half){(const gint8 *)d->weights + (gsize)block * d->groups * GROUP + half * 32,
                d->extra - (const gint8 *)d->weights,
                d->needs_extra + (gsize)block * d->groups,
                d->start + block * TFC_DW_BLOCK + half * 8,
                d->scale + block * TFC_DW_BLOCK + half * 8,
                MIN (d->channels - channel, 32)};
}

/* Four taps of 32 channels, interleaved: lane by lane four channels of each. */
INLINE Four
interleave (__m256i x0, __m256i x1, __m256i x2, __m256i x3)
{
  const __m256i l01 = _mm256_unpacklo_epi8 (x0, x1), l23 = _mm256_unpacklo_epi8 (x2, x3);
  const __m256i h01 = _mm256_unpackhi_epi8 (x0, x1), h23 = _mm256_unpackhi_epi8 (x2, x3);
  return (Four){_mm256_unpacklo_epi16 (l01, l23), _mm256_unpackhi_epi16 (l01, l23),
                _mm256_unpacklo_epi16 (h01, h23), _mm256_unpackhi_epi16 (h01, h23)};
}

INLINE void
multiply (Four *s, const Four *u, const gint8 *w)
{
  s->v0 = _mm256_dpbusd_avx_epi32 (s->v0, u->v0, load (w));
  s->v1 = _mm256_dpbusd_avx_epi32 (s->v1, u->v1, load (w + 64));
  s->v2 = _mm256_dpbusd_avx_epi32 (s->v2, u->v2, load (w + 128));
  s->v3 = _mm256_dpbusd_avx_epi32 (s->v3, u->v3, load (w + 192));
}

INLINE void
multiply_group (Four *s, const Four *u, const Half *h, guint group)
{
  multiply (s, u, h->weights + group * GROUP);
  if (G_UNLIKELY (h->needs_extra[group]))
    multiply (s, u, h->weights + h->more + group * GROUP);
}

#define GET(p) _mm256_xor_si256 (load_up_to_32 (p, h.n), flip)

Q8_TARGET static void
depthwise (const TfcDepthwise *d, const guint8 *const *taps, guint8 *y)
{
  const __m256i flip = _mm256_set1_epi8 ((gint8)d->flip);
  const Store store = store_of (&d->store);
  for (guint c = 0; c < d->channels; c += 32) {
    const Half h = half_of (d, c);
    Four s = four_of (h.start);
    for (guint i = 0; i < d->groups; i++) {
      const guint8 *const *t = taps + 4 * i;
      const Four u = interleave (GET (t[0] + c), GET (t[1] + c), GET (t[2] + c), GET (t[3] + c));
      multiply_group (&s, &u, &h, i);
    }
    store_four (y + c, &s, h.scale, h.n, &store);
  }
}

/* Where pixels are as far apart as taps, each column serves three pixels. */
Q8_TARGET static void
half_3x3 (const TfcDepthwise *d, const guint8 *const *rows, guint c, gsize tap, gsize step, guint n,
          guint8 *y)
{
  const guint8 *r0 = rows[0] + c, *r1 = rows[1] + c, *r2 = rows[2] + c;
  const Half h = half_of (d, c);
  const __m256i flip = _mm256_set1_epi8 ((gint8)d->flip), zero = _mm256_setzero_si256 ();
  const Store store = store_of (&d->store);
  gsize at = 0;
  y += c;
#define COLUMN(at) interleave (GET (r0 + (at)), GET (r1 + (at)), GET (r2 + (at)), zero)
#define PIXEL(a, b, c)                        \
  {                                           \
    Four s = four_of (h.start);               \
    multiply_group (&s, &a, &h, 0);           \
    multiply_group (&s, &b, &h, 1);           \
    multiply_group (&s, &c, &h, 2);           \
    store_four (y, &s, h.scale, h.n, &store); \
    y += d->channels;                         \
  }
  if (step == tap && n >= 3) {
    Four a0 = COLUMN (0), a1 = COLUMN (tap), a2;
    for (; n >= 3; n -= 3, at += 3 * step) {
      a2 = COLUMN (at + 2 * tap);
      PIXEL (a0, a1, a2)
      a0 = COLUMN (at + 3 * tap);
      PIXEL (a1, a2, a0)
      a1 = COLUMN (at + 4 * tap);
      PIXEL (a2, a0, a1)
    }
  }
  for (; n; n--, at += step) {
    const Four a0 = COLUMN (at), a1 = COLUMN (at + tap), a2 = COLUMN (at + 2 * tap);
    PIXEL (a0, a1, a2)
  }
}

Q8_TARGET static void
depthwise_3x3 (const TfcDepthwise *d, const guint8 *const *rows, gsize tap, gsize step, guint n,
               guint8 *y)
{
  for (guint c = 0; c < d->channels; c += 32)
    half_3x3 (d, rows, c, tap, step, n, y);
}

void
tfc_kernels_add_avxvnni (TfcKernels *k)
{
  TfcQ8 *q = k->q8;
  q->gemm_packing = q->depthwise_packing = TFC_Q8_K4;
  q->sums = sums;
  q->gemm = gemm;
  q->depthwise = depthwise;
  q->depthwise_3x3 = depthwise_3x3;
  q->picture_packing = TFC_Q8_K4;
  q->picture = tfc_avxvnni_picture_q8;
}
