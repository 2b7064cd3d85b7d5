/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/passes/weight_layout.h"
#include "inference/backends/cpu/f32/winograd.h"

#define STRIP 16 /* input channels at once, so that what is read lies near */
#define WIDTH (TFC_OCTET * TFC_MAX_N8)
#define BIAS 5

typedef gdouble Row[WIDTH];

/* Four rows from three, one for each line of G. */
static void
widen (const gdouble *a, const gdouble *b, const gdouble *c, guint n, Row *to, guint step)
{
  for (guint o = 0; o < n; o++) {
    const gdouble ends = a[o] + c[o];
    to[0][o] = a[o];
    to[step][o] = (ends + b[o]) / 2;
    to[2 * step][o] = (ends - b[o]) / 2;
    to[3 * step][o] = c[o];
  }
}

static void
store (gfloat *to, const gdouble *u, guint n, guint width)
{
  for (guint o = 0; o < n; o++)
    to[o] = (gfloat)u[o];
  memset (to + n, 0, (width - n) * sizeof (gfloat));
}

/* n output channels of one input channel: the taps lie tap elements apart; u: rows of width. */
static void
transform (const gfloat *g, gsize tap, guint n, gfloat *const u[TFC_WINOGRAD], guint width)
{
  Row taps[9], half[4 * 3], all[4];
  for (guint t = 0; t < 9; t++) {
    for (guint o = 0; o < n; o++)
      taps[t][o] = g[t * tap + o];
  }
  for (guint j = 0; j < 3; j++)
    widen (taps[j], taps[3 + j], taps[6 + j], n, half + j, 3);
  for (guint i = 0; i < 4; i++) {
    widen (half[3 * i], half[3 * i + 1], half[3 * i + 2], n, all, 1);
    for (guint j = 0; j < 4; j++)
      store (u[4 * i + j], all[j], n, width);
  }
}

/* Input channels first .. first + n - 1 of n_tile[k * n_tiles], for all k. */
static void
pack_strip (const TfcWeights *l, const TfcNTiles *n_tile, guint n_tiles, guint first, guint n)
{
  const gsize channels = l->products / 9, width = n_tile->n8 * TFC_OCTET;
  const guint outputs = MIN (width, l->outputs - n_tile->first);
  const gfloat *w = l->w->data;
  gfloat turned[9][STRIP][WIDTH], *u[TFC_WINOGRAD];
  for (guint t = 0; t < 9 && !l->w->turned; t++)
    tfc_transpose_words (w + n_tile->first * (gsize)l->products + t * channels + first, outputs,
                         l->products, n, turned[t][0], WIDTH);
  for (guint c = 0; c < n; c++) {
    for (guint k = 0; k < TFC_WINOGRAD; k++)
      u[k] = (gfloat *)n_tile[k * n_tiles].weights + (1 + first + c) * width;
    if (l->w->turned)
      transform (w + (first + c) * (gsize)l->outputs + n_tile->first, channels * l->outputs,
                 outputs, u, width);
    else
      transform (turned[0][c], STRIP * WIDTH, outputs, u, width);
  }
}

gsize
tfc_winograd_f32_packed (const TfcWeights *l)
{
  return TFC_WINOGRAD * (l->products / 9 + 1) * (gsize)tfc_n8 (l->outputs) * TFC_OCTET;
}

/* Each component's tiles are the first one's again, with memory of their own. */
void
tfc_winograd_f32_point (const TfcWeights *l, TfcNTiles *n_tile, guint n, const gfloat *packed)
{
  for (guint k = 0; k < TFC_WINOGRAD; k++) {
    for (guint i = 0; i < n; i++) {
      n_tile[k * n + i] = n_tile[i];
      n_tile[k * n + i].weights = packed;
      packed += (gsize)n_tile[i].n8 * TFC_OCTET * (l->products / 9 + 1);
    }
  }
}

/* What begins each component's tile: the bias or zeros, which are there. */
static void
pack_bias (const TfcWeights *l, const TfcNTiles *n_tile, guint n)
{
  for (guint i = 0; i < n && l->b; i++) {
    const guint outputs = MIN (n_tile[i].n8 * TFC_OCTET, l->outputs - n_tile[i].first);
    memcpy ((gfloat *)n_tile[BIAS * n + i].weights, (const gfloat *)l->b->data + n_tile[i].first,
            outputs * sizeof (gfloat));
  }
}

void
tfc_winograd_f32_pack (const TfcWeights *l, const TfcNTiles *n_tile, guint n)
{
  const guint channels = l->products / 9;
  pack_bias (l, n_tile, n);
  for (guint c = 0; c < channels; c += STRIP) {
    for (guint i = 0; i < n; i++)
      pack_strip (l, &n_tile[i], n, c, MIN (STRIP, channels - c));
  }
}
