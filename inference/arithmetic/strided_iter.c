/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/arithmetic/strided_iter.h"

#include <string.h>

TfcStridedIter
tfc_strided_iter (const TfcShape *shape)
{
  TfcStridedIter w = {.rank = shape->rank};
  memcpy (w.dim, shape->dim, sizeof w.dim);
  return w;
}

void
tfc_strided_iter_strides (const TfcShape *shape, gssize step[TFC_MAX_RANK])
{
  gssize n = 1;
  for (gint i = shape->rank - 1; i >= 0; i--) {
    step[i] = n;
    n *= shape->dim[i];
  }
}

void
tfc_strided_iter_broadcast (TfcStridedIter *w, guint k, const TfcShape *shape)
{
  gssize step[TFC_MAX_RANK];
  gint lead = w->rank - shape->rank;
  tfc_strided_iter_strides (shape, step);
  for (gint i = 0; i < w->rank; i++)
    w->step[k][i] = i < lead || shape->dim[i - lead] == 1 ? 0 : step[i - lead];
}
