/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/packed_size.h"

#define TIMES 32
#define BYTES ((gsize)64 << 20)
#define CHANNELS 16 /* output channels that a copy is filled up to, and bytes of one's inputs */

static gsize
fill_up (gsize n)
{
  return (n + CHANNELS - 1) / CHANNELS * CHANNELS;
}

/* Of channels, in each of which outputs are filled up. */
static gsize
groups_of (const TfcGraph *graph, const TfcNode *node, const TfcTensor *w)
{
  const TfcShape *x = &tfc_graph_v (graph, node->in[0])->tensor.shape;
  if (node->op != TFC_OP_CONV_2D || x->rank != 4 || w->shape.rank != 4 || w->shape.dim[3] < 1)
    return 1;
  return (gsize)MAX (x->dim[3] / w->shape.dim[3], 1);
}

/* Bytes of a copy, about: a row of weights, a bias and a scale for each output channel. */
static gsize
copy_bytes (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *w = &tfc_graph_v (graph, node->in[1])->tensor;
  const gint32 *dim = w->shape.dim;
  if (!w->data || w->shape.rank < 1)
    return 0;
  const gint32 outputs = dim[tfc_op_table[node->op].channel_axis];
  const gsize row = outputs > 0 ? tfc_tensor_bytes (w) / (gsize)outputs : 0;
  const gsize groups = groups_of (graph, node, w);
  return groups * fill_up ((gsize)outputs / groups) * (fill_up (row) + 2 * sizeof (gfloat));
}

gsize
tfc_packing_limit (const TfcGraph *graph)
{
  const gsize constants = tfc_graph_constant_bytes (graph);
  return constants < (G_MAXSSIZE - BYTES) / TIMES ? TIMES * constants + BYTES : G_MAXSSIZE;
}

gboolean
tfc_packing_fits (const TfcGraph *graph, const TfcBackend *const *who, GError **error)
{
  const gsize constants = tfc_graph_constant_bytes (graph);
  const gsize most = tfc_packing_limit (graph);
  gsize sum = 0;
  for (guint i = 0; i < graph->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (graph, i);
    if (who[i]->packs_weights && !who[i]->shares_packed &&
        tfc_op_is (node->op, TFC_OP_FLAG_WEIGHTS))
      sum += copy_bytes (graph, node);
  }
  if (sum > most)
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "the same weights are used over and over: packed for each node they take some "
                 "%" G_GSIZE_FORMAT " MiB, and %" G_GSIZE_FORMAT
                 " MiB of constants may take %" G_GSIZE_FORMAT,
                 sum >> 20, constants >> 20, most >> 20);
  return sum <= most;
}
