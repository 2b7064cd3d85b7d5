/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include "models/frame/sample_shuffle.h"
#include "models/frame/sample_vbmi.h"

/* One row's bytes of a block, then its words. */
INLINE void
gather (const TfcShuffleBlock *block, const guint8 *row, guint n_pairs, guint words,
        __m512i word[2])
{
  __m512i low, high;

  for (guint p = 0; p < n_pairs; p++) {
    const guint8 *at = row + block->first + 128 * p;
    if (block->whole) {
      low = _mm512_loadu_si512 (at);
      high = _mm512_loadu_si512 (at + 64);
    } else {
      low = _mm512_maskz_loadu_epi8 (block->load_mask[p][0], at);
      high = _mm512_maskz_loadu_epi8 (block->load_mask[p][1], at + 64);
    }
    for (guint w = 0; w < words; w++) {
      const __m512i found =
          _mm512_permutex2var_epi8 (low, _mm512_load_si512 (block->byte_index[w]), high);
      word[w] = p == 0 ? found : _mm512_mask_mov_epi8 (word[w], block->select_mask[w][p], found);
    }
  }
}

/* The first lines of both rows, by which the CPU learns where their pages are. */
INLINE void
prefetch_first (const guint8 *row, gssize stride)
{
  TFC_PREFETCH_L1 (row);
  TFC_PREFETCH_L1 (row + stride);
}

/* A block's lines in both rows. */
INLINE void
prefetch (const guint8 *row, gssize stride, guint lines)
{
  for (guint i = 0; i < lines; i++) {
    TFC_PREFETCH_L2 (row + TFC_CACHE_LINE * i);
    TFC_PREFETCH_L2 (row + TFC_CACHE_LINE * i + stride);
  }
}

INLINE void
shuffle_row (const TfcShuffle *shuffle, const guint8 *row, gssize stride, gssize ahead,
             const gfloat *part_x, gfloat part_y, guint n, gfloat *const value[3], guint n_pairs,
             guint components, gboolean wide)
{
  const __m512 down = _mm512_set1_ps (part_y);
  const guint words = components == 3 || (wide && components == 2) ? 2 : 1;
  const guint lines = ahead ? shuffle->lines : 0;
  const __m128i shift = _mm_cvtsi32_si128 (shuffle->shift);
  const __m512i mask = _mm512_set1_epi32 ((gint32)shuffle->mask);
  const TfcShuffleBlock *block = shuffle->block;

  if (ahead)
    prefetch_first (row + ahead + block->first, stride);
  for (guint i = 0; i < n; i += TFC_SHUFFLE_PIXELS, block++) {
    const __m512 part = _mm512_load_ps (part_x + i);
    __m512i above[2], below[2];
    prefetch (row + ahead + block->first, stride, lines);
    gather (block, row, n_pairs, words, above);
    gather (block, row + stride, n_pairs, words, below);
    for (guint c = 0; c < components; c++) {
      const __m512 upper = wide ? blend_across_wide (above, c, components, part, shift, mask)
                                : blend_across (above, c, components, part);
      const __m512 lower = wide ? blend_across_wide (below, c, components, part, shift, mask)
                                : blend_across (below, c, components, part);
      _mm512_store_ps (value[c] + i, blend_down (upper, lower, down));
    }
  }
}

#define ROW(PARTS, COMPONENTS, WIDE)                                                              \
  TARGET static void row_##PARTS##_##COMPONENTS##_##WIDE (                                        \
      const TfcShuffle *shuffle, const guint8 *row, gssize stride, gssize ahead,                  \
      const gfloat *part_x, gfloat part_y, guint n, gfloat *const value[3])                       \
  {                                                                                               \
    shuffle_row (shuffle, row, stride, ahead, part_x, part_y, n, value, PARTS, COMPONENTS, WIDE); \
  }
#define ROWS(PARTS) \
  ROW (PARTS, 1, 0) ROW (PARTS, 2, 0) ROW (PARTS, 3, 0) ROW (PARTS, 1, 1) ROW (PARTS, 2, 1)
ROWS (1)
ROWS (2)
ROWS (3)
ROWS (4)

void
tfc_sample_shuffle_vbmi (const TfcShuffle *shuffle, const guint8 *row, gssize stride, gssize ahead,
                         const gfloat *part_x, gfloat part_y, guint n, gfloat *const value[3])
{
#define NAMES(PARTS)                                                                              \
  {                                                                                               \
    row_##PARTS##_1_0, row_##PARTS##_2_0, row_##PARTS##_3_0, row_##PARTS##_1_1, row_##PARTS##_2_1 \
  }
  static const TfcShuffleFunc rows[TFC_SHUFFLE_PAIRS][5] = {NAMES (1), NAMES (2), NAMES (3),
                                                            NAMES (4)};

  const guint wide = shuffle->n_bytes > shuffle->n_components ? 3 : 0;
  rows[shuffle->n_pairs - 1][wide + shuffle->n_components - 1](shuffle, row, stride, ahead, part_x,
                                                               part_y, n, value);
}

gboolean
tfc_sample_vbmi_runs (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") &&
         __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512dq") &&
         __builtin_cpu_supports ("avx512vbmi");
}
#endif
