/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tflite.h"

enum { ACT_NONE, ACT_RELU, ACT_RELU_N1_TO_1, ACT_RELU6 };

const TfcShape *
tfc_tfl_shape (const TfcTfl *l, guint id)
{
  return &l->tensors[id].shape;
}

gint
tfc_tfl_ints (TfcTfl *l, const TfcTflNode *node, guint i, gint32 *values, gint max)
{
  const TfcTensor *desc;
  gint n;
  if (i >= node->n_in || node->in[i] == TFC_NONE)
    return -1;
  desc = &tfc_graph_v (l->graph, node->in[i])->tensor;
  if (!desc->data || (desc->type != TFC_TYPE_I32 && desc->type != TFC_TYPE_I64))
    return -1;
  n = (gint)MIN (tfc_tensor_count (desc), (gsize)max);
  for (gint k = 0; k < n; k++)
    values[k] = desc->type == TFC_TYPE_I32
                    ? ((const gint32 *)desc->data)[k]
                    : (gint32)CLAMP (((const gint64 *)desc->data)[k], G_MININT32, G_MAXINT32);
  return n;
}

/* Adds a node; its outputs' shapes are inferred, save where the op needs to be told. */
gboolean
tfc_tfl_add (TfcTfl *l, TfcTflNode *n)
{
  for (guint i = 0; i < n->n_out; i++) {
    TfcTensor *out = &tfc_graph_v (l->graph, n->out[i])->tensor;
    if (out->data)
      return tfc_tfl_corrupt (l, n, "its output is a constant");
    if (n->op != TFC_OP_RESHAPE && n->op != TFC_OP_SLICE)
      out->shape.rank = -1;
  }
  tfc_graph_node (l->graph, n->op, &n->params, n->in, n->n_in, n->out, n->n_out);
  return TRUE;
}

/* A value between two nodes that stand for one operator: like value id, with another shape. */
guint
tfc_tfl_between (TfcTfl *l, guint id, const TfcShape *shape)
{
  TfcTensor desc = tfc_graph_v (l->graph, id)->tensor;
  desc.data = NULL;
  desc.shape = *shape;
  return tfc_graph_value (l->graph, tfc_graph_v (l->graph, id)->name, &desc);
}

gboolean
tfc_tfl_activation (TfcTfl *l, TfcTflNode *n, guint field)
{
  static const TfcClamp clamps[] = {
      [ACT_RELU] = {0, G_MAXFLOAT}, [ACT_RELU_N1_TO_1] = {-1, 1}, [ACT_RELU6] = {0, 6}};
  gint kind = tfc_fb_i8 (&l->fb, n->options, field, ACT_NONE);
  if (kind < 0 || kind >= (gint)G_N_ELEMENTS (clamps))
    return tfc_tfl_unsupported (l, n, "its fused activation is not supported");
  if (kind != ACT_NONE)
    n->params.clamp = clamps[kind];
  return TRUE;
}
