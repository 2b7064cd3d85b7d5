/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/n_tile.h"

#include "inference/backends/cpu/common/packed.h"

guint
tfc_n_tiles_count (guint channels, const TfcTilesF32 *tiles)
{
  guint most = TFC_MAX_N8;
  while (!tiles->rows[most - 1])
    most--;
  return (tfc_n8 (channels) + most - 1) / most;
}

guint
tfc_n_tiles_divide (TfcNTiles *n_tile, guint from, guint to, const TfcTilesF32 *tiles)
{
  const guint n8 = tfc_n8 (to - from), steps = (n8 + tiles->step - 1) / tiles->step;
  const guint n = tfc_n_tiles_count (to - from, tiles);
  for (guint i = 0; i < n; i++) {
    const guint first = tfc_n_tiles_share (i, n, steps) * tiles->step;
    const guint end = MIN (tfc_n_tiles_share (i + 1, n, steps) * tiles->step, n8);
    n_tile[i] = (TfcNTiles){.first = from + first * TFC_OCTET, .n8 = end - first};
  }
  return n;
}

static guint
widest_of (const TfcNTiles *n_tile, guint n)
{
  guint widest = 0;
  for (guint i = 0; i < n; i++)
    widest = MAX (widest, n_tile[i].n8);
  return widest;
}

guint
tfc_n_tiles_rows (const TfcNTiles *n_tile, guint n, const TfcTilesF32 *tiles)
{
  return tiles->rows[widest_of (n_tile, n) - 1];
}

guint
tfc_n_tiles_long_rows (const TfcNTiles *n_tile, guint n, const TfcTilesF32 *tiles)
{
  return widest_of (n_tile, n) <= tiles->narrow ? TFC_LONG_ROWS : 0;
}

guint64
tfc_n_tiles_order (const TfcNTiles *n_tile, guint n)
{
  guint64 order = n;
  for (guint i = 0; i < n; i++) {
    const guint32 tile[] = {n_tile[i].first, n_tile[i].n8};
    order = tfc_packed_digest (order, tile, sizeof tile);
  }
  return order;
}
