/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/weight_layout.h"

#define TILE 16 /* words: a cache line */

void
tfc_transpose_words (const gfloat *from, gsize rows, gsize from_step, gsize columns, gfloat *to,
                gsize to_step)
{
  for (gsize r = 0; r < rows; r += TILE) {
    const gsize nr = MIN (TILE, rows - r);
    for (gsize c = 0; c < columns; c += TILE) {
      const gsize nc = MIN (TILE, columns - c);
      for (gsize j = 0; j < nc; j++) {
        for (gsize i = 0; i < nr; i++)
          to[(c + j) * to_step + r + i] = from[(r + i) * from_step + c + j];
      }
    }
  }
}

void
tfc_weight_layout_copy (const TfcTensor *turned, void *to)
{
  const gsize columns = turned->shape.dim[0], count = tfc_tensor_count (turned);
  const gsize rows = count ? count / columns : 0;
  tfc_transpose_words (turned->data, rows, columns, columns, to, rows);
}

gboolean
tfc_weight_layout_restore (TfcGraph *graph, guint value)
{
  TfcTensor *t = &tfc_graph_v (graph, value)->tensor;
  void *to;
  if (!t->data || !t->turned)
    return TRUE;
  to = tfc_graph_alloc (graph, tfc_tensor_bytes (t));
  if (!to)
    return FALSE;
  tfc_weight_layout_copy (t, to);
  t->data = to;
  t->turned = FALSE;
  return TRUE;
}

gboolean
tfc_weight_layout_restore_all (TfcGraph *graph)
{
  for (guint v = 0; v < graph->values->len; v++) {
    if (!tfc_weight_layout_restore (graph, v))
      return FALSE;
  }
  return TRUE;
}
