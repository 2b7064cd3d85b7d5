/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/x86/vec_avx512.h"
#include "inference/backends/cpu/x86/x86.h"

#define WIDE 2
typedef v16 Wide;
typedef v8 Octet;
#define wide(op) v16_##op
#define octet(op) v8_##op
#define first_octet(v) _mm512_castps512_ps256 (v)

#include "inference/backends/cpu/f32/gemm.inc"
#include "inference/backends/cpu/f32/dots.inc"

/* clang-format off */
#define TILES(n8)                                                                   \
  TILE (1, n8) TILE (2, n8) TILE (3, n8) TILE (4, n8) TILE (5, n8)  \
  TILE (6, n8) TILE (7, n8) TILE (8, n8)
#define ROWS(n8)                                                                    \
  {tile_1_##n8, tile_2_##n8, tile_3_##n8, tile_4_##n8,                  \
   tile_5_##n8, tile_6_##n8, tile_7_##n8, tile_8_##n8}

TILES (1) TILES (2) TILES (3) TILES (4) TILES (5) TILES (6)

static const Tile tiles[TFC_MAX_N8][TFC_TILE_ROWS] = {
    ROWS (1), ROWS (2), ROWS (3), ROWS (4), ROWS (5), ROWS (6)};

/* Sixteen sums: one vector of weights for all of them, where the addresses of rows are counted. */
TILE (16, 1) TILE (16, 2)
    /* clang-format on */

    void tfc_avx512_gemm_f32 (const TfcGemmF32 *g, const TfcNTiles *c,
                              const guint8 *const *pointers, gsize step, guint rows,
                              const gfloat *add, gfloat *y)
{
  const Tile run = rows <= TFC_TILE_ROWS ? tiles[c->n8 - 1][rows - 1]
                   : c->n8 == 1          ? tile_16_1
                                         : tile_16_2;
  run (g, c, pointers, step, add, y);
}

void
tfc_avx512_dots_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                     gsize step, guint rows, const gfloat *add, gfloat *y)
{
  dots_of[g->outputs - 1](g, c, pointers, step, rows, add, y);
}
