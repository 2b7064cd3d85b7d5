/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Visits the elements of a shape in row-major order and keeps, beside it, the places of the
 * matching elements in up to two other tensors, each moving by its own step along each axis. */
#include "inference/tensor.h"

typedef struct {
  gint rank;
  gint32 dim[TFC_MAX_RANK], at[TFC_MAX_RANK];
  gssize step[2][TFC_MAX_RANK]; /* elements per step along an axis; negative is fine */
  gssize place[2];              /* elements from the start; set it to begin elsewhere */
} TfcStridedIter;

/* A walk over shape whose two places stand still until steps are set. */
TfcStridedIter tfc_strided_iter (const TfcShape *shape);
/* Row-major element steps of shape. */
void tfc_strided_iter_strides (const TfcShape *shape, gssize step[TFC_MAX_RANK]);
/* Place k follows a tensor of shape, broadcast to the walk's shape as numpy does. */
void tfc_strided_iter_broadcast (TfcStridedIter *walk, guint k, const TfcShape *shape);

static inline void
tfc_strided_iter_next (TfcStridedIter *w)
{
  for (gint i = w->rank - 1; i >= 0; i--) {
    w->place[0] += w->step[0][i];
    w->place[1] += w->step[1][i];
    if (++w->at[i] < w->dim[i])
      return;
    w->place[0] -= w->step[0][i] * w->dim[i];
    w->place[1] -= w->step[1][i] * w->dim[i];
    w->at[i] = 0;
  }
}
