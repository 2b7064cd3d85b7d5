/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include "models/frame/sample_vbmi.h"

/* A matrix of tfc_sample_colour, each number in all lanes. */
typedef struct {
  __m512 luma, v_red, u_green, v_green, u_blue, bias[3];
} Matrix;

INLINE Matrix
matrix_of (const TfcSampleColour *colour)
{
  Matrix m = {.luma = _mm512_set1_ps (colour->matrix[0][0]),
              .v_red = _mm512_set1_ps (colour->matrix[0][2]),
              .u_green = _mm512_set1_ps (colour->matrix[1][1]),
              .v_green = _mm512_set1_ps (colour->matrix[1][2]),
              .u_blue = _mm512_set1_ps (colour->matrix[2][1])};

  for (guint c = 0; c < 3; c++)
    m.bias[c] = _mm512_set1_ps (colour->bias[c]);
  return m;
}

/* Red, green and blue of sixteen pixels, not clamped. */
INLINE void
colour_sixteen (const Matrix *m, gfloat *const in[3], gsize i, __m512 rgb[3])
{
  const __m512 y = _mm512_mul_ps (m->luma, _mm512_load_ps (in[0] + i));
  const __m512 u = _mm512_load_ps (in[1] + i), v = _mm512_load_ps (in[2] + i);

  rgb[0] = _mm512_add_ps (y, _mm512_mul_ps (m->v_red, v));
  rgb[1] = _mm512_add_ps (_mm512_add_ps (y, _mm512_mul_ps (m->u_green, u)),
                          _mm512_mul_ps (m->v_green, v));
  rgb[2] = _mm512_add_ps (y, _mm512_mul_ps (m->u_blue, u));
  for (guint c = 0; c < 3; c++)
    rgb[c] = _mm512_add_ps (rgb[c], m->bias[c]);
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
  const Matrix m = matrix_of (colour);
  __m512 rgb[3];

  for (guint i = 0; i < n; i += 16, pixels += 48) {
    colour_sixteen (&m, in, i, rgb);
    const __m512i bytes = pack (round_up (rgb[0]), round_up (rgb[1]), round_up (rgb[2]));
    if (n - i < 16) {
      _mm512_mask_storeu_epi8 (pixels, ((__mmask64)1 << 3 * (n - i)) - 1, bytes);
      break;
    }
    _mm256_storeu_si256 ((__m256i *)pixels, _mm512_castsi512_si256 (bytes));
    _mm_storeu_si128 ((__m128i *)(pixels + 32), _mm512_extracti32x4_epi32 (bytes, 2));
  }
}

/* Of the third of sixteen pixels' 48 numbers that begins with number first: lane k is of pixel
 * (first + k) / 3; red, green, blue in turn. */
INLINE __m512
third (const __m512 rgb[3], guint first)
{
  const __mmask16 every_third = 0x9249;
  const __mmask16 green = every_third << (4 - first % 3) % 3,
                  blue = every_third << (5 - first % 3) % 3;
  const __m512i lane = _mm512_set_epi32 (15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  const __m512i number = _mm512_add_epi32 (lane, _mm512_set1_epi32 ((gint32)first));
  /* n / 3 as n * 43 / 128: exact below 128 */
  const __m512i pixel = _mm512_srli_epi32 (_mm512_mullo_epi32 (number, _mm512_set1_epi32 (43)), 7);
  const __m512i of_two = _mm512_mask_add_epi32 (pixel, green, pixel, _mm512_set1_epi32 (16));
  return _mm512_mask_permutexvar_ps (_mm512_permutex2var_ps (rgb[0], of_two, rgb[1]), blue, pixel,
                                     rgb[2]);
}

TARGET void
tfc_sample_colour_f32_vbmi (const TfcSampleColour *colour, gfloat *const in[3], guint n,
                            gfloat scale, gfloat offset, gfloat *pixels)
{
  const __m512 low = _mm512_setzero_ps (), high = _mm512_set1_ps (255.f);
  const __m512 factor = _mm512_set1_ps (scale), add = _mm512_set1_ps (offset);
  const Matrix m = matrix_of (colour);
  __m512 rgb[3];

  for (guint i = 0; i < n; i += 16, pixels += 48) {
    const guint64 store_mask = n - i < 16 ? ((guint64)1 << 3 * (n - i)) - 1 : G_MAXUINT64;
    colour_sixteen (&m, in, i, rgb);
    for (guint c = 0; c < 3; c++) {
      const __m512 value = _mm512_min_ps (_mm512_max_ps (rgb[c], low), high);
      rgb[c] = _mm512_add_ps (_mm512_mul_ps (value, factor), add);
    }
    for (guint k = 0; k < 48; k += 16)
      _mm512_mask_storeu_ps (pixels + k, (__mmask16)(store_mask >> k), third (rgb, k));
  }
}
#endif
