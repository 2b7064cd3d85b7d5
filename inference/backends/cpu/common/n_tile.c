/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/n_tile.h"

#include <string.h>

#include "inference/backends/cpu/common/packed.h"
#include "inference/passes/weight_layout.h"

#define PACK_ROWS 16

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

/* The bias as a row of width, zeros in what is left of it. */
static void
pack_bias (const TfcWeights *l, guint first, guint n, guint width, gfloat *to)
{
  memset (to, 0, width * sizeof (gfloat));
  if (l->b)
    memcpy (to, (const gfloat *)l->b->data + first, n * sizeof (gfloat));
}

/* Weights of n output channels from first on: a row of width for each of the products from .. from
 * + rows - 1. */
static void
pack_rows (const TfcWeights *l, guint from, guint rows, guint first, guint n, guint width,
           gfloat *to)
{
  const gfloat *w = l->w->data;
  to += (gsize)from * width;
  if (!l->w->turned)
    tfc_transpose_words (w + (gsize)first * l->products + from, n, l->products, rows, to, width);
  for (guint i = 0; i < rows; i++) {
    if (l->w->turned)
      memcpy (to + (gsize)i * width, w + (gsize)(from + i) * l->outputs + first,
              n * sizeof (gfloat));
    memset (to + (gsize)i * width + n, 0, (width - n) * sizeof (gfloat));
  }
}

/* Some rows of the file at a time, so that what is read lies near. */
static void
pack_weights (const TfcNTiles *n_tile, guint n, const TfcWeights *l)
{
  for (guint from = 0; from < l->products; from += PACK_ROWS) {
    for (guint i = 0; i < n; i++) {
      const guint width = n_tile[i].n8 * TFC_OCTET, first = n_tile[i].first;
      pack_rows (l, from, MIN (PACK_ROWS, l->products - from), first,
                 MIN (width, l->outputs - first), width, (gfloat *)n_tile[i].weights + width);
    }
  }
}

gfloat *
tfc_n_tiles_pack (TfcNTiles *n_tile, guint n, const TfcWeights *l, gboolean is_packed, gfloat *to)
{
  for (guint i = 0; i < n; i++) {
    const guint width = n_tile[i].n8 * TFC_OCTET, first = n_tile[i].first;
    n_tile[i].weights = to;
    if (!is_packed)
      pack_bias (l, first, MIN (width, l->outputs - first), width, to);
    to += (gsize)width * (l->products + 1);
  }
  if (!is_packed)
    pack_weights (n_tile, n, l);
  return to;
}
