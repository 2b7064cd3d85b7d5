/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__ ((target ("avx2,fma")))
#define WIDE 1
typedef __m256 Wide;
typedef __m256 Octet; /* never a rest */

#define OPERATION static inline __attribute__ ((always_inline)) TARGET

OPERATION Wide
wide_load (const float *p)
{
  return _mm256_loadu_ps (p);
}

OPERATION void
wide_put (float *p, Wide v)
{
  _mm256_storeu_ps (p, v);
}

OPERATION Wide
wide_get_some (const float *p, unsigned n)
{
  float all[8] = {0};
  memcpy (all, p, n * sizeof (float));
  return _mm256_loadu_ps (all);
}

OPERATION void
wide_put_some (float *p, Wide v, unsigned n)
{
  float all[8];
  _mm256_storeu_ps (all, v);
  memcpy (p, all, n * sizeof (float));
}

OPERATION Wide
wide_every (float x)
{
  return _mm256_set1_ps (x);
}

OPERATION Wide
wide_fma (Wide a, Wide b, Wide c)
{
  return _mm256_fmadd_ps (a, b, c);
}

OPERATION Wide
wide_add (Wide a, Wide b)
{
  return _mm256_add_ps (a, b);
}

OPERATION Wide
wide_clamp (Wide low, Wide v, Wide high)
{
  return _mm256_min_ps (high, _mm256_max_ps (low, v));
}

OPERATION Wide
wide_slant (Wide v, Wide slope)
{
  const Wide below = _mm256_cmp_ps (v, _mm256_setzero_ps (), _CMP_LT_OQ);
  return _mm256_blendv_ps (v, _mm256_mul_ps (v, slope), below);
}

#define octet_load wide_load
#define octet_put wide_put
#define octet_get_some wide_get_some
#define octet_put_some wide_put_some
#define octet_every wide_every
#define octet_fma wide_fma
#define octet_add wide_add
#define octet_clamp wide_clamp
#define octet_slant wide_slant

#include "gemm_f32.inc"

/* Sixteen registers: twelve sums, three weights, one input. */
/* clang-format off */
TILE (1, 1) TILE (2, 1) TILE (3, 1) TILE (4, 1) TILE (5, 1) TILE (6, 1) TILE (7, 1) TILE (8, 1)
TILE (1, 2) TILE (2, 2) TILE (3, 2) TILE (4, 2) TILE (5, 2) TILE (6, 2)
TILE (1, 3) TILE (2, 3) TILE (3, 3) TILE (4, 3)
/* clang-format on */

static const Tile tiles[][TFC_TILE_ROWS] = {
    {tile_1_1, tile_2_1, tile_3_1, tile_4_1, tile_5_1, tile_6_1, tile_7_1, tile_8_1},
    {tile_1_2, tile_2_2, tile_3_2, tile_4_2, tile_5_2, tile_6_2},
    {tile_1_3, tile_2_3, tile_3_3, tile_4_3},
};

void
tfc_avx2_gemm_f32 (const TfcGemmF32 *g, const TfcColumns *c, const guint8 *const *pieces,
                   guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->octets - 1][rows - 1](g, c, pieces, add, y);
}
