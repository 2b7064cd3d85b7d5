/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backends/cpu/common/n_tile.h"

guint
tfc_columns_count (guint channels, const TfcTilesF32 *tiles)
{
  guint most = TFC_MAX_OCTETS;
  while (!tiles->rows[most - 1])
    most--;
  return (tfc_octets (channels) + most - 1) / most;
}

guint
tfc_columns_divide (TfcColumns *columns, guint from, guint to, const TfcTilesF32 *tiles)
{
  const guint octets = tfc_octets (to - from), steps = (octets + tiles->step - 1) / tiles->step;
  const guint n = tfc_columns_count (to - from, tiles);
  for (guint i = 0; i < n; i++) {
    const guint first = tfc_columns_share (i, n, steps) * tiles->step;
    const guint end = MIN (tfc_columns_share (i + 1, n, steps) * tiles->step, octets);
    columns[i] = (TfcColumns){.first = from + first * TFC_OCTET, .octets = end - first};
  }
  return n;
}

guint
tfc_columns_rows (const TfcColumns *columns, guint n, const TfcTilesF32 *tiles)
{
  guint widest = 0;
  for (guint i = 0; i < n; i++)
    widest = MAX (widest, columns[i].octets);
  return tiles->rows[widest - 1];
}
