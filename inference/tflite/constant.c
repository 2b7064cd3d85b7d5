/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operators that are known before the network runs: they make constants, and no node. */
#include "inference/tflite/reader.h"

#include <math.h>

/* Whole numbers, n of them, as the output's type. */
static gboolean
give_ints (TfcTfl *l, TfcTflNode *n, const TfcShape *shape, const gint32 *values)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcType type = tfc_graph_v (l->graph, n->out[0])->tensor.type;
  guint id;
  gsize count;
  if (type != TFC_TYPE_I32 && type != TFC_TYPE_I64)
    return tfc_tfl_unsupported (l, n, "its output is not of whole numbers");
  void *to = tfc_tfl_constant (l, n, type, shape, &id);
  if (!to || !tfc_shape_count (shape, &count))
    return FALSE;
  for (gsize i = 0; i < count; i++) {
    if (type == TFC_TYPE_I32)
      ((gint32 *)to)[i] = values[i];
    else
      ((gint64 *)to)[i] = values[i];
  }
  return tfc_tfl_give (&c, 0, id);
}

gboolean
tfc_tfl_shape_op (TfcTfl *l, TfcTflNode *n)
{
  TfcShape x = *tfc_tfl_shape (l, n->in[0]), vector = tfc_shape (1, x.rank);
  if (x.rank < 1)
    return tfc_tfl_unsupported (l, n, "of a scalar");
  return give_ints (l, n, &vector, x.dim);
}

gboolean
tfc_tfl_rank (TfcTfl *l, TfcTflNode *n)
{
  TfcShape scalar = tfc_shape (0);
  gint32 rank = tfc_tfl_shape (l, n->in[0])->rank;
  return give_ints (l, n, &scalar, &rank);
}

/* Inputs: the shape, the value. */
gboolean
tfc_tfl_fill (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcShape to = {0};
  to.rank = tfc_tfl_ints (l, n, 0, to.dim, TFC_MAX_RANK);
  if (to.rank < 0 || tfc_tensor_count (&tfc_graph_v (l->graph, n->in[0])->tensor) > TFC_MAX_RANK)
    return tfc_tfl_unsupported (l, n, "its shape is not constant");
  for (gint i = 0; i < to.rank; i++) {
    if (to.dim[i] < 1)
      return tfc_tfl_unsupported (l, n, "nothing comes out");
  }
  return tfc_tfl_give (&c, 0, tfc_compose_broadcast (&c.base, n->in[1], &to));
}

gboolean
tfc_tfl_zeros_like (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcShape scalar = tfc_shape (0), to = *tfc_tfl_shape (l, n->in[0]);
  TfcType type = tfc_graph_v (l->graph, n->out[0])->tensor.type;
  guint id;
  if (type != TFC_TYPE_F32 && type != TFC_TYPE_I32)
    return tfc_tfl_unsupported (l, n, "neither float32 nor int32");
  return tfc_tfl_constant (l, n, type, &scalar, &id) &&
         tfc_tfl_give (&c, 0, tfc_compose_broadcast (&c.base, id, &to));
}

/* Inputs: first, limit, step. */
gboolean
tfc_tfl_range (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcType type = tfc_graph_v (l->graph, n->in[0])->tensor.type;
  gdouble v[3], count;
  guint id;
  for (guint i = 0; i < 3; i++) {
    if (!tfc_tfl_number (l, n, i, &v[i]) ||
        tfc_graph_v (l->graph, n->in[i])->tensor.type != type)
      return tfc_tfl_unsupported (l, n, "its limits are not constant numbers");
  }
  count = ceil ((v[1] - v[0]) / v[2]);
  if (!(count >= 1 && count <= 1 << 24) || (type != TFC_TYPE_F32 && type != TFC_TYPE_I32))
    return tfc_tfl_unsupported (l, n, "it is empty, too long, or neither float32 nor int32");
  TfcShape shape = tfc_shape (1, (gint)count);
  void *to = tfc_tfl_constant (l, n, type, &shape, &id);
  for (gsize i = 0; to && i < (gsize)count; i++) {
    if (type == TFC_TYPE_F32)
      ((gfloat *)to)[i] = (gfloat)(v[0] + (gdouble)i * v[2]);
    else
      ((gint32 *)to)[i] = (gint32)(v[0] + (gdouble)i * v[2]);
  }
  return to && tfc_tfl_give (&c, 0, id);
}
