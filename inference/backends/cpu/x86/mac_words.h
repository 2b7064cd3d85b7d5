/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Matrix products of bytes by words (TFC_Q8_K2), for who includes mac_256.h or mac_512.h:
 * activations are widened to words once for all panels of a tile. */

#define CHUNK 1024       /* products of a row that are widened at once */
#define ROW (CHUNK + 32) /* so that rows do not meet in the same place of the first cache */

/* Products first .. first + n - 1 of a tile: a[TFC_TILE_ROWS][ROW]. */
typedef struct {
  const gint16 *a;
  gint32 *sums; /* [TFC_PANELS][TFC_TILE_ROWS][TFC_PANEL] between chunks */
  gsize first, n;
  gboolean begins, ends;
} Chunk;

/* A chunk's part in n rows times n_panels panels; includers have it. Rows past n hold anything. */
Q8_TARGET static void run_chunk (const TfcGemm *g, const Chunk *c, guint n, guint panel,
                                 guint n_panels, guint8 *y, gsize stride);

/* n products, a multiple of 4, of one row. */
INLINE void
widen (gint16 *to, const guint8 *x, gsize n, __m128i flip)
{
  for (gsize k = 0; k < n; k += 16) {
    const __m128i v =
        _mm_xor_si128 (_mm_loadu_si128 ((const __m128i *)(gconstpointer)(x + k)), flip);
    _mm256_storeu_si256 ((__m256i *)(gpointer)(to + k), _mm256_cvtepu8_epi16 (v));
  }
}

Q8_TARGET static void
gemm (const TfcGemm *g, const guint8 *const *rows, const gint32 *sums, guint n, guint panel,
      guint n_panels, guint8 *y, gsize stride)
{
  gint16 a[TFC_TILE_ROWS * ROW];
  gint32 kept[TFC_TILE_ROWS * TFC_PANELS * TFC_PANEL];
  const gsize piece = 4 * (gsize)g->k4, all = piece * g->taps;
  const __m128i flip = _mm_set1_epi8 ((gint8)g->flip);
  Chunk c = {.a = a, .sums = kept, .begins = TRUE};
  for (gsize tap = 0, k = 0; c.first < all; c.first += c.n, c.begins = FALSE) {
    for (c.n = 0; c.n < CHUNK && tap < g->taps;) {
      const gsize more = MIN (piece - k, CHUNK - c.n);
      for (guint i = 0; i < n; i++)
        widen (a + i * ROW + c.n, rows[tap * TFC_TILE_ROWS + i] + k, more, flip);
      c.n += more;
      k += more;
      if (k == piece) {
        k = 0;
        tap++;
      }
    }
    c.ends = c.first + c.n == all;
    run_chunk (g, &c, n, panel, n_panels, y, stride);
  }
}
