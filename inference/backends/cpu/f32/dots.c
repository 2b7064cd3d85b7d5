/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/dots.h"

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/common/n_tile.h"
#include "inference/backends/cpu/common/packed.h"

#define ADD_UP 3 /* adding up the lanes of a sum takes as long as so many products */
#define PAIRED 4 /* of so many outputs, two pixels and more are computed at a time */

/* Vectors of weights that an output has. */
static guint
vectors_of (const TfcGemmF32 *g)
{
  const guint lanes = tfc_kernels ()->f32->dot_lanes;
  return g->taps * ((g->channels + lanes - 1) / lanes);
}

gboolean
tfc_dots_f32_pays (const TfcGemmF32 *g)
{
  const guint each = g->outputs <= PAIRED ? 1 : 2; /* products that a vector takes as long as */
  return tfc_kernels ()->f32->dots && g->outputs <= TFC_MAX_DOTS &&
         (guint64)g->outputs * each * (vectors_of (g) + ADD_UP) < (guint64)g->taps * g->channels;
}

guint64
tfc_dots_f32_order (const TfcGemmF32 *g)
{
  const guint32 numbers[] = {g->taps, g->channels, g->outputs, tfc_kernels ()->f32->dot_lanes};
  return tfc_packed_order (numbers, G_N_ELEMENTS (numbers));
}

gsize
tfc_dots_f32_weights (const TfcGemmF32 *g)
{
  return TFC_OCTET + (gsize)g->outputs * vectors_of (g) * tfc_kernels ()->f32->dot_lanes;
}

void
tfc_dots_f32_repeat (gfloat *to, const gfloat *values, guint n)
{
  for (guint i = 0; i < TFC_OCTET; i++)
    to[i] = values[i % n];
}

void
tfc_dots_f32_pack (const TfcGemmF32 *g, const TfcWeights *l, gfloat *to)
{
  const guint lanes = tfc_kernels ()->f32->dot_lanes;
  const gsize step = (g->channels + lanes - 1) / lanes * lanes;
  const gfloat *w = l->w->data;
  if (l->b)
    tfc_dots_f32_repeat (to, l->b->data, g->outputs);
  to += TFC_OCTET;
  for (guint o = 0; o < g->outputs; o++) {
    for (guint t = 0; t < g->taps; t++, to += step) {
      for (guint k = 0; k < g->channels; k++) {
        const gsize product = (gsize)t * g->channels + k;
        to[k] = l->w->turned ? w[product * l->outputs + o] : w[(gsize)o * l->products + product];
      }
    }
  }
}
