/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "columns.h"

void
tfc_columns_divide (GArray *columns, guint from, guint to, const TfcTilesF32 *tiles)
{
  const guint octets = tfc_octets (to - from), steps = (octets + tiles->step - 1) / tiles->step;
  guint most = TFC_MAX_OCTETS;
  while (!tiles->rows[most - 1])
    most--;
  const guint n = (octets + most - 1) / most;
  for (guint i = 0; i < n; i++) {
    const guint first = tfc_columns_share (i, n, steps) * tiles->step;
    const guint end = MIN (tfc_columns_share (i + 1, n, steps) * tiles->step, octets);
    TfcColumns one = {.first = from + first * TFC_OCTET, .octets = end - first};
    g_array_append_val (columns, one);
  }
}

guint
tfc_columns_rows (const TfcColumns *columns, guint n, const TfcTilesF32 *tiles)
{
  guint widest = 0;
  for (guint i = 0; i < n; i++)
    widest = MAX (widest, columns[i].octets);
  return tiles->rows[widest - 1];
}
