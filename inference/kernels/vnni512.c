/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels.h"

#include <immintrin.h>
#include <string.h>

#define VNNI __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512vbmi")))
#define INLINE static inline __attribute__ ((always_inline)) VNNI

typedef struct {
  __m512 lo, hi;
  __m512i zero, flip;
} Store;

INLINE Store
store_of (const TfcStore *s)
{
  return (Store){_mm512_set1_ps (s->lo), _mm512_set1_ps (s->hi),
                 _mm512_set1_epi16 ((gint16)s->zero), _mm512_set1_epi8 ((gint8)s->flip)};
}

/* Clamped first, so that the conversion cannot overflow; the ends are whole numbers. */
INLINE __m512i
steps (__m512i sum, const gfloat *scale, const Store *s)
{
  __m512 v = _mm512_mul_ps (_mm512_cvtepi32_ps (sum), _mm512_load_ps (scale));
  return _mm512_cvtps_epi32 (_mm512_min_ps (_mm512_max_ps (v, s->lo), s->hi));
}

/* Four vectors of steps to bytes: lane by lane four of each. */
INLINE __m512i
bytes (__m512i a, __m512i b, __m512i c, __m512i d, const Store *s)
{
  __m512i ab = _mm512_add_epi16 (_mm512_packs_epi32 (a, b), s->zero);
  __m512i cd = _mm512_add_epi16 (_mm512_packs_epi32 (c, d), s->zero);
  return _mm512_xor_si512 (_mm512_packus_epi16 (ab, cd), s->flip);
}

INLINE __m512i
four (const guint8 *p, __m512i flip)
{
  gint32 x;
  memcpy (&x, p, 4);
  return _mm512_xor_si512 (_mm512_set1_epi32 (x), flip);
}

#define ROWS(X) X (0) X (1) X (2) X (3) X (4) X (5) X (6) X (7)

/* One tile: eight rows, np panels (a constant where this is inlined). Sums a0.. belong to the first
 * panel, b0.. to the second, c0.. to the third. */
INLINE void
tile (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint8 *y, gsize stride, const guint np, const gboolean flips)
{
  const gsize next = (gsize)g->taps * g->quads * TFC_PANEL * 4;
  const gint8 *w = g->weights + panel * next;
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
    for (gsize k = 0; k < 4 * (gsize)g->quads; k += 4, w += TFC_PANEL * 4) {
      const __m512i w0 = _mm512_load_si512 (w);
      const __m512i w1 = np > 1 ? _mm512_load_si512 (w + next) : w0;
      const __m512i w2 = np > 2 ? _mm512_load_si512 (w + 2 * next) : w0;
#define STEP(i)                                                                    \
  {                                                                                \
    const __m512i x = four (p##i + k, flips ? flip : _mm512_setzero_si512 ());     \
    a##i = _mm512_dpbusd_epi32 (a##i, x, w0);                                      \
    if (np > 1)                                                                    \
      b##i = _mm512_dpbusd_epi32 (b##i, x, w1);                                    \
    if (np > 2)                                                                    \
      c##i = _mm512_dpbusd_epi32 (c##i, x, w2);                                    \
  }
      ROWS (STEP)
    }
  }
  const Store s = store_of (&g->store);
  const gfloat *scale = g->scale + panel * TFC_PANEL;
  const guint width = MIN (np * TFC_PANEL, g->outputs - panel * TFC_PANEL);
  const __mmask64 mask = (G_GUINT64_CONSTANT (1) << width) - 1;
  const __m512i order =
      _mm512_set_epi32 (15, 11, 7, 3, 14, 10, 6, 2, 13, 9, 5, 1, 12, 8, 4, 0);
#define STORE(i)                                                                       \
  if (i < n) {                                                                         \
    __m512i q0 = steps (a##i, scale, &s);                                              \
    __m512i q1 = np > 1 ? steps (b##i, scale + 16, &s) : q0;                           \
    __m512i q2 = np > 2 ? steps (c##i, scale + 32, &s) : q0;                           \
    __m512i q = _mm512_permutexvar_epi32 (order, bytes (q0, q1, q2, q2, &s));          \
    _mm512_mask_storeu_epi8 (y + i * stride, mask, q);                                 \
  }
  ROWS (STORE)
}

VNNI static void
gemm (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint n_panels, guint8 *y, gsize stride)
{
  if (n_panels == 3 && g->flip)
    tile (g, rows, sums, n, panel, y, stride, 3, TRUE);
  else if (n_panels == 3)
    tile (g, rows, sums, n, panel, y, stride, 3, FALSE);
  else if (n_panels == 2)
    tile (g, rows, sums, n, panel, y, stride, 2, TRUE);
  else
    tile (g, rows, sums, n, panel, y, stride, 1, TRUE);
}

VNNI static gint32
sum (const guint8 *x, guint n, guint8 flip)
{
  const __m512i flips = _mm512_set1_epi8 ((gint8)flip), zero = _mm512_setzero_si512 ();
  __m512i total = zero;
  for (; n >= 64; n -= 64, x += 64)
    total = _mm512_add_epi64 (
        total, _mm512_sad_epu8 (_mm512_xor_si512 (_mm512_loadu_si512 (x), flips), zero));
  if (n) {
    const __mmask64 mask = (G_GUINT64_CONSTANT (1) << n) - 1;
    __m512i last = _mm512_xor_si512 (_mm512_maskz_loadu_epi8 (mask, x), flips);
    last = _mm512_maskz_mov_epi8 (mask, last);
    total = _mm512_add_epi64 (total, _mm512_sad_epu8 (last, zero));
  }
  return (gint32)_mm512_reduce_add_epi64 (total);
}

/* Adds four taps of 64 channels to sums 0..3. */
#define TAPS(get)                                                                     \
  {                                                                                   \
    const __m512i x0 = get (0), x1 = get (1), x2 = get (2), x3 = get (3);             \
    const __m512i l01 = _mm512_unpacklo_epi8 (x0, x1), h01 = _mm512_unpackhi_epi8 (x0, x1); \
    const __m512i l23 = _mm512_unpacklo_epi8 (x2, x3), h23 = _mm512_unpackhi_epi8 (x2, x3); \
    const __m512i u0 = _mm512_unpacklo_epi16 (l01, l23);                              \
    const __m512i u1 = _mm512_unpackhi_epi16 (l01, l23);                              \
    const __m512i u2 = _mm512_unpacklo_epi16 (h01, h23);                              \
    const __m512i u3 = _mm512_unpackhi_epi16 (h01, h23);                              \
    s0 = _mm512_dpbusd_epi32 (s0, u0, _mm512_load_si512 (w));                         \
    s1 = _mm512_dpbusd_epi32 (s1, u1, _mm512_load_si512 (w + 64));                    \
    s2 = _mm512_dpbusd_epi32 (s2, u2, _mm512_load_si512 (w + 128));                   \
    s3 = _mm512_dpbusd_epi32 (s3, u3, _mm512_load_si512 (w + 192));                   \
    if (extra) {                                                                      \
      s0 = _mm512_dpbusd_epi32 (s0, u0, _mm512_load_si512 (w + more));                \
      s1 = _mm512_dpbusd_epi32 (s1, u1, _mm512_load_si512 (w + more + 64));           \
      s2 = _mm512_dpbusd_epi32 (s2, u2, _mm512_load_si512 (w + more + 128));          \
      s3 = _mm512_dpbusd_epi32 (s3, u3, _mm512_load_si512 (w + more + 192));          \
    }                                                                                 \
  }

INLINE void
pixel (const TfcDepthwise *d, const guint8 *const *taps, gsize at, guint8 *y, const gboolean extra)
{
  const __m512i flip = _mm512_set1_epi8 ((gint8)d->flip);
  const Store store = store_of (&d->store);
  const gint8 *w = d->weights;
  const gssize more = extra ? d->extra - d->weights : 0;
  for (guint block = 0; block < d->blocks; block++) {
    const guint from = block * TFC_DW_BLOCK, width = MIN (d->channels - from, TFC_DW_BLOCK);
    const __mmask64 mask = ~G_GUINT64_CONSTANT (0) >> (TFC_DW_BLOCK - width);
    const gint32 *start = d->start + from;
    const gfloat *scale = d->scale + from;
    __m512i s0 = _mm512_load_si512 (start), s1 = _mm512_load_si512 (start + 16);
    __m512i s2 = _mm512_load_si512 (start + 32), s3 = _mm512_load_si512 (start + 48);
#define GET(i) _mm512_xor_si512 (_mm512_maskz_loadu_epi8 (mask, t[i] + at + from), flip)
    const guint8 *const *t = taps;
    for (guint group = 0; group < d->groups; group++, t += 4, w += 256)
      TAPS (GET)
    _mm512_mask_storeu_epi8 (y + from, mask,
                             bytes (steps (s0, scale, &store), steps (s1, scale + 16, &store),
                                    steps (s2, scale + 32, &store), steps (s3, scale + 48, &store),
                                    &store));
  }
}

VNNI static void
depthwise (const TfcDepthwise *d, const guint8 *const *taps, gsize step, guint n, guint8 *y)
{
  for (guint i = 0; i < n; i++, y += d->channels) {
    if (d->extra)
      pixel (d, taps, i * step, y, TRUE);
    else
      pixel (d, taps, i * step, y, FALSE);
  }
}

VNNI static void
look_up (guint8 *y, const guint8 *x, gsize n, const guint8 table[256])
{
  const __m512i t0 = _mm512_loadu_si512 (table), t1 = _mm512_loadu_si512 (table + 64);
  const __m512i t2 = _mm512_loadu_si512 (table + 128), t3 = _mm512_loadu_si512 (table + 192);
  for (gsize i = 0; i < n; i += 64) {
    const __mmask64 mask = ~G_GUINT64_CONSTANT (0) >> (64 - MIN (n - i, 64));
    const __m512i at = _mm512_maskz_loadu_epi8 (mask, x + i);
    const __m512i low = _mm512_permutex2var_epi8 (t0, at, t1);
    const __m512i high = _mm512_permutex2var_epi8 (t2, at, t3);
    _mm512_mask_storeu_epi8 (y + i, mask,
                             _mm512_mask_blend_epi8 (_mm512_movepi8_mask (at), low, high));
  }
}

const TfcIsa tfc_isa_vnni512 = {"AVX-512 VNNI", sum, gemm, depthwise, look_up};
