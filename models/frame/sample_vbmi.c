/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include "sample_pick.h"

#define TARGET __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi")))
#define INLINE TARGET static inline __attribute__ ((always_inline))

/* One row's bytes of a block, then its words. */
INLINE void
gather (const TfcPickBlock *block, const guint8 *row, guint parts, guint words, __m512i word[2])
{
  __m512i low, high;

  for (guint p = 0; p < parts; p++) {
    const guint8 *at = row + block->first + 128 * p;
    if (block->whole) {
      low = _mm512_loadu_si512 (at);
      high = _mm512_loadu_si512 (at + 64);
    } else {
      low = _mm512_maskz_loadu_epi8 (block->there[p][0], at);
      high = _mm512_maskz_loadu_epi8 (block->there[p][1], at + 64);
    }
    for (guint w = 0; w < words; w++) {
      const __m512i found =
          _mm512_permutex2var_epi8 (low, _mm512_load_si512 (block->place[w]), high);
      word[w] = p == 0 ? found : _mm512_mask_mov_epi8 (word[w], block->mine[w][p], found);
    }
  }
}

INLINE __m512i
byte_of (__m512i word, guint at)
{
  const __m512i shifted = at ? _mm512_srli_epi32 (word, 8 * at) : word;
  return at == 3 ? shifted : _mm512_and_si512 (shifted, _mm512_set1_epi32 (255));
}

INLINE __m512
blend_across (const __m512i word[2], guint c, guint components, __m512 part)
{
  const __m512i left = byte_of (word[0], c);
  const __m512i right = components == 3 ? byte_of (word[1], c) : byte_of (word[0], components + c);
  const __m512 difference = _mm512_cvtepi32_ps (_mm512_sub_epi32 (right, left));
  return _mm512_add_ps (_mm512_cvtepi32_ps (left), _mm512_mul_ps (difference, part));
}

INLINE void
pick_row (const TfcPick *pick, const guint8 *row, gssize stride, const gfloat *part_x,
          gfloat part_y, guint n, gfloat *const value[3], guint parts, guint components)
{
  const __m512 down = _mm512_set1_ps (part_y);
  const guint words = components == 3 ? 2 : 1;
  const TfcPickBlock *block = pick->block;

  for (guint i = 0; i < n; i += TFC_PICK_PIXELS, block++) {
    const __m512 part = _mm512_load_ps (part_x + i);
    __m512i above[2], below[2];
    gather (block, row, parts, words, above);
    gather (block, row + stride, parts, words, below);
    for (guint c = 0; c < components; c++) {
      const __m512 upper = blend_across (above, c, components, part);
      const __m512 lower = blend_across (below, c, components, part);
      _mm512_store_ps (value[c] + i,
                       _mm512_add_ps (upper, _mm512_mul_ps (_mm512_sub_ps (lower, upper), down)));
    }
  }
}

#define ROW(PARTS, COMPONENTS)                                                                   \
  TARGET static void row_##PARTS##_##COMPONENTS (const TfcPick *pick, const guint8 *row,         \
                                                 gssize stride, const gfloat *part_x,            \
                                                 gfloat part_y, guint n, gfloat *const value[3]) \
  {                                                                                              \
    pick_row (pick, row, stride, part_x, part_y, n, value, PARTS, COMPONENTS);                   \
  }
#define ROWS(PARTS) ROW (PARTS, 1) ROW (PARTS, 2) ROW (PARTS, 3)
ROWS (1)
ROWS (2)
ROWS (3)
ROWS (4)

void
tfc_sample_pick_vbmi (const TfcPick *pick, const guint8 *row, gssize stride, const gfloat *part_x,
                      gfloat part_y, guint n, gfloat *const value[3])
{
#define NAMES(PARTS)                                  \
  {                                                   \
    row_##PARTS##_1, row_##PARTS##_2, row_##PARTS##_3 \
  }
  static const TfcPickFunc rows[TFC_PICK_PARTS][3] = {NAMES (1), NAMES (2), NAMES (3), NAMES (4)};

  rows[pick->parts - 1][pick->n_components - 1](pick, row, stride, part_x, part_y, n, value);
}

/* Rounded to nearest; below 0 it comes out as 0 or less, and the packing clamps. */
INLINE __m512i
round_up (__m512 value)
{
  return _mm512_cvttps_epi32 (_mm512_add_ps (value, _mm512_set1_ps (0.5f)));
}

/* Sixteen pixels, 48 bytes and 16 of no meaning. */
INLINE __m512i
pack (__m512i red, __m512i green, __m512i blue)
{
  /* in each quarter: four of red, four of green, four of blue twice */
  const __m512i quarters =
      _mm512_packus_epi16 (_mm512_packs_epi32 (red, green), _mm512_packs_epi32 (blue, blue));
  const __m512i quarter = _mm512_set_epi32 (
      0, 0, 0, 0, 0x3b37333a, 0x36323935, 0x31383430, 0x2b27232a, 0x26222925, 0x21282420,
      0x1b17131a, 0x16121915, 0x11181410, 0x0b07030a, 0x06020905, 0x01080400);
  return _mm512_permutexvar_epi8 (quarter, quarters);
}

TARGET void
tfc_sample_colour_u8_vbmi (const TfcSampleColour *colour, gfloat *const in[3], guint n,
                           guint8 *pixels)
{
#define ALL(number) const __m512 number = _mm512_set1_ps
  ALL (luma) (colour->matrix[0][0]);
  ALL (v_red) (colour->matrix[0][2]);
  ALL (u_green) (colour->matrix[1][1]);
  ALL (v_green) (colour->matrix[1][2]);
  ALL (u_blue) (colour->matrix[2][1]);
  ALL (bias_red) (colour->bias[0]);
  ALL (bias_green) (colour->bias[1]);
  ALL (bias_blue) (colour->bias[2]);
#undef ALL

  for (guint i = 0; i < n; i += 16, pixels += 48) {
    const __m512 y = _mm512_mul_ps (luma, _mm512_load_ps (in[0] + i));
    const __m512 u = _mm512_load_ps (in[1] + i), v = _mm512_load_ps (in[2] + i);
    const __m512 red = _mm512_add_ps (y, _mm512_mul_ps (v_red, v));
    const __m512 green =
        _mm512_add_ps (_mm512_add_ps (y, _mm512_mul_ps (u_green, u)), _mm512_mul_ps (v_green, v));
    const __m512 blue = _mm512_add_ps (y, _mm512_mul_ps (u_blue, u));
    const __m512i bytes = pack (round_up (_mm512_add_ps (red, bias_red)),
                                round_up (_mm512_add_ps (green, bias_green)),
                                round_up (_mm512_add_ps (blue, bias_blue)));
    if (n - i < 16) {
      _mm512_mask_storeu_epi8 (pixels, ((__mmask64)1 << 3 * (n - i)) - 1, bytes);
      break;
    }
    _mm256_storeu_si256 ((__m256i *)pixels, _mm512_castsi512_si256 (bytes));
    _mm_storeu_si128 ((__m128i *)(pixels + 32), _mm512_extracti32x4_epi32 (bytes, 2));
  }
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
