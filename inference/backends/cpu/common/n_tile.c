/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backends/cpu/common/n_tile.h"

guint
tfc_n_tiles_count (guint channels, const TfcTilesF32 *tiles)
{
  guint most = TFC_MAX_OCTETS;
  while (!tiles->rows[most - 1])
    most--;
  return (tfc_n8 (channels) + most - 1) / most;
}

guint
tfc_n_tiles_divide (TfcNTiles *columns, guint from, guint to, const TfcTilesF32 *tiles)
{
  const guint octets = tfc_n8 (to - from), steps = (octets + tiles->step - 1) / tiles->step;
  const guint n = tfc_n_tiles_count (to - from, tiles);
  for (guint i = 0; i < n; i++) {
    const guint first = tfc_n_tiles_share (i, n, steps) * tiles->step;
    const guint end = MIN (tfc_n_tiles_share (i + 1, n, steps) * tiles->step, octets);
    columns[i] = (TfcNTiles){.first = from + first * TFC_OCTET, .octets = end - first};
  }
  return n;
}

guint
tfc_n_tiles_rows (const TfcNTiles *columns, guint n, const TfcTilesF32 *tiles)
{
  guint widest = 0;
  for (guint i = 0; i < n; i++)
    widest = MAX (widest, columns[i].octets);
  return tiles->rows[widest - 1];
}
