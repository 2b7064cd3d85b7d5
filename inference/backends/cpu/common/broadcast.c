/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/broadcast.h"

gsize
tfc_broadcast_period (const TfcTensor *z, const TfcTensor *y)
{
  const gsize n = tfc_tensor_count (z);
  gsize same = 1;
  for (gint i = 1; i <= z->shape.rank && same < n; i++) {
    if (i > y->shape.rank || z->shape.dim[z->shape.rank - i] != y->shape.dim[y->shape.rank - i])
      return 0;
    same *= z->shape.dim[z->shape.rank - i];
  }
  return n;
}

guint
tfc_broadcast_large (const TfcGraph *graph, const TfcNode *node, gboolean either)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  for (guint k = 0; k < (either ? 2 : 1); k++) {
    const TfcTensor *x = tfc_layer_in (graph, node, k), *z = tfc_layer_in (graph, node, !k);
    if (x && z && !x->data && tfc_shape_equal (&x->shape, &y->shape) && tfc_broadcast_period (z, y))
      return k;
  }
  return 2;
}
