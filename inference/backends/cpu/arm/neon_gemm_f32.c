/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/arm/arm.h"
#include "inference/backends/cpu/arm/vec_neon.h"

#define WIDE 1
typedef v8 Wide;
typedef v8 Octet;
#define wide(op) v8_##op
#define octet(op) v8_##op
#define first_octet(v) (v)
#define ADD(a, b) v8_add (a, b)
#define MULTIPLY(a, b) v8_multiply (a, b)

#include "inference/backends/cpu/f32/gemm.inc"

/* Thirty-two registers of half an octet: twenty-four sums, six weights, one input. */
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
tfc_neon_gemm_f32 (const TfcGemmF32 *g, const TfcNTiles *c, const guint8 *const *pointers,
                   guint rows, const gfloat *add, gfloat *y)
{
  tiles[c->n8 - 1][rows - 1](g, c, pointers, add, y);
}
