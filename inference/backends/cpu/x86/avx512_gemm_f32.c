/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backends/cpu/x86/vec_avx512.h"

#define WIDE 2
typedef v16 Wide;
typedef v8 Octet;
#define wide(op) v16_##op
#define octet(op) v8_##op
#define first_octet(v) _mm512_castps512_ps256 (v)

#include "inference/backends/cpu/f32/gemm.inc"

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
tfc_avx512_gemm_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pieces,
                     guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->octets - 1][rows - 1](g, c, pieces, add, y);
}
