/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/packed.h"

#include "inference/runtime/large_alloc.h"

#define LARGE_WEIGHTS (64 << 10)
#define LINE ((gsize)64)

static gsize
room_for (gsize bytes)
{
  return (bytes + LINE - 1) / LINE * LINE;
}

/* Large weights were read for the last time, nearly always. */
static void
put_weights_away (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *w = tfc_layer_in (graph, node, 1);
  if (w && w->data && tfc_tensor_bytes (w) >= LARGE_WEIGHTS)
    tfc_graph_advise_dontneed (graph, w);
}

static void
pack_all (TfcLayer *const *layers, const TfcSegment *segment, guint8 *to)
{
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    if (!layers[i]->pack)
      continue;
    layers[i]->pack (layers[i], segment->graph, node, to);
    to += room_for (layers[i]->packed_bytes);
    put_weights_away (segment->graph, node);
  }
}

gboolean
tfc_packed_init (TfcPacked *p, TfcLayer *const *layers, const TfcSegment *segment,
                 gsize scratch_bytes, GError **error)
{
  gsize weights = 0;
  for (guint i = 0; i < segment->n; i++)
    weights += room_for (layers[i]->packed_bytes);
  *p = (TfcPacked){.bytes = weights + scratch_bytes};
  p->memory = tfc_large_alloc (p->bytes);
  if (!p->memory) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
                 "no memory for %" G_GSIZE_FORMAT " bytes of packed weights", p->bytes);
    return FALSE;
  }
  p->scratch = (guint8 *)p->memory + weights;
  pack_all (layers, segment, p->memory);
  return TRUE;
}

void
tfc_packed_finish (TfcPacked *p)
{
  tfc_large_free (p->memory, p->bytes);
}
