/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How the output channels of a float32 matrix product are dealt out to tiles. */
#include "inference/backends/cpu/common/pack.h"

#define TFC_OCTET 8

/* Where the i-th of n shares of all begins; they are as even as can be. */
static inline guint
tfc_n_tiles_share (guint i, guint n, guint all)
{
  return (guint)((guint64)i * all / n);
}

static inline guint
tfc_n8 (guint channels)
{
  return (channels + TFC_OCTET - 1) / TFC_OCTET;
}

/* How many tfc_n_tiles_divide makes of so many channels. */
guint tfc_n_tiles_count (guint channels, const TfcTilesF32 *tiles);
/* TfcNTiles, weights not set, for channels from .. to - 1: as few as there can be, each about as
 * wide as the others. How many: tfc_n_tiles_count (to - from). */
guint tfc_n_tiles_divide (TfcNTiles *n_tile, guint from, guint to, const TfcTilesF32 *tiles);
/* Rows that tiles of the widest of them may have. */
guint tfc_n_tiles_rows (const TfcNTiles *n_tile, guint n, const TfcTilesF32 *tiles);
/* TFC_LONG_ROWS if the widest of them may have so many where they lie beside each other, else 0. */
guint tfc_n_tiles_long_rows (const TfcNTiles *n_tile, guint n, const TfcTilesF32 *tiles);
/* TfcLayer.order of weights that are packed tile by tile. */
guint64 tfc_n_tiles_order (const TfcNTiles *n_tile, guint n);
/* Points each at its weights, which lie one behind the other from memory on, and copies them there unless they are. All
 * outputs have one; channels past the last output are zeros. Returns their end. */
gfloat *tfc_n_tiles_pack (TfcNTiles *n_tile, guint n, const TfcWeights *weights, gboolean is_packed, gfloat *memory);
