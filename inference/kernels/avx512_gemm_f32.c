/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <immintrin.h>

#define TARGET __attribute__ ((target ("avx512f,avx512vl,fma")))
#define WIDE 2
typedef __m512 Wide;
typedef __m256 Octet;

#define OPERATION static inline __attribute__ ((always_inline)) TARGET
#define VECTOR(Vector, name, op, Mask)                                                        \
  OPERATION Vector name##_load (const float *p)                                               \
  {                                                                                           \
    return op##loadu_ps (p);                                                                  \
  }                                                                                           \
  OPERATION void name##_put (float *p, Vector v)                                              \
  {                                                                                           \
    op##storeu_ps (p, v);                                                                     \
  }                                                                                           \
  OPERATION Vector name##_get_some (const float *p, unsigned n)                               \
  {                                                                                           \
    return op##maskz_loadu_ps ((Mask)((1u << n) - 1), p);                                     \
  }                                                                                           \
  OPERATION void name##_put_some (float *p, Vector v, unsigned n)                             \
  {                                                                                           \
    op##mask_storeu_ps (p, (Mask)((1u << n) - 1), v);                                         \
  }                                                                                           \
  OPERATION Vector name##_every (float x)                                                     \
  {                                                                                           \
    return op##set1_ps (x);                                                                   \
  }                                                                                           \
  OPERATION Vector name##_fma (Vector a, Vector b, Vector c)                                  \
  {                                                                                           \
    return op##fmadd_ps (a, b, c);                                                            \
  }                                                                                           \
  OPERATION Vector name##_add (Vector a, Vector b)                                            \
  {                                                                                           \
    return op##add_ps (a, b);                                                                 \
  }                                                                                           \
  OPERATION Vector name##_clamp (Vector low, Vector v, Vector high)                           \
  {                                                                                           \
    return op##min_ps (high, op##max_ps (low, v));                                            \
  }                                                                                           \
  OPERATION Vector name##_slant (Vector v, Vector slope)                                      \
  {                                                                                           \
    return op##mask_mul_ps (v, op##cmp_ps_mask (v, op##setzero_ps (), _CMP_LT_OQ), v, slope); \
  }

VECTOR (Wide, wide, _mm512_, __mmask16)
VECTOR (Octet, octet, _mm256_, __mmask8)

#include "gemm_f32.inc"

/* clang-format off */
#define TILES(octets)                                                                   \
  TILE (1, octets) TILE (2, octets) TILE (3, octets) TILE (4, octets) TILE (5, octets)  \
  TILE (6, octets) TILE (7, octets) TILE (8, octets)
#define ROWS(octets)                                                                    \
  {tile_1_##octets, tile_2_##octets, tile_3_##octets, tile_4_##octets,                  \
   tile_5_##octets, tile_6_##octets, tile_7_##octets, tile_8_##octets}

TILES (1) TILES (2) TILES (3) TILES (4) TILES (5) TILES (6)

static const Tile tiles[TFC_MAX_OCTETS][TFC_TILE_ROWS] = {
    ROWS (1), ROWS (2), ROWS (3), ROWS (4), ROWS (5), ROWS (6)};
/* clang-format on */

void
tfc_avx512_gemm_f32 (const TfcGemmF32 *g, const TfcColumns *c, const guint8 *const *pieces,
                     guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->octets - 1][rows - 1](g, c, pieces, add, y);
}
