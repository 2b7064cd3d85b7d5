/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tflite.h"

gboolean
tfc_tfl_pad (TfcTfl *l, TfcTflNode *n)
{
  gint32 v[2 * TFC_MAX_AXES];
  gint rank = tfc_tfl_shape (l, n->in[0])->rank;
  if (tfc_tfl_ints (l, n, 1, v, G_N_ELEMENTS (v)) != 2 * rank || rank < 1)
    return tfc_tfl_unsupported (l, n,
                                "its paddings are not constant or not two for each dimension");
  for (gint i = 0; i < rank; i++) {
    n->params.pad.before[i] = v[2 * i];
    n->params.pad.after[i] = v[2 * i + 1];
    if (v[2 * i] < 0 || v[2 * i + 1] < 0)
      return tfc_tfl_corrupt (l, n, "negative padding");
  }
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* PAD with the value given: only the one that PAD has too. */
gboolean
tfc_tfl_pad_v2 (TfcTfl *l, TfcTflNode *n)
{
  const TfcTensor *x = &tfc_graph_v (l->graph, n->in[0])->tensor;
  const TfcTensor *value = &tfc_graph_v (l->graph, n->in[2])->tensor;
  gboolean zero = value->data && value->type == x->type && tfc_tensor_count (value) == 1;
  if (zero && x->type == TFC_TYPE_F32)
    zero = *(const gfloat *)value->data == 0;
  else if (zero && x->type == TFC_TYPE_U8)
    zero = *(const guint8 *)value->data == x->quant.zero_point;
  else if (zero)
    zero = x->type == TFC_TYPE_I8 && *(const gint8 *)value->data == x->quant.zero_point;
  if (!zero)
    return tfc_tfl_unsupported (l, n, "it pads with something else than zero");
  return tfc_tfl_pad (l, n);
}

gboolean
tfc_tfl_mean (TfcTfl *l, TfcTflNode *n)
{
  gint rank = tfc_tfl_shape (l, n->in[0])->rank, count;
  count = tfc_tfl_ints (l, n, 1, n->params.axes.axis, TFC_MAX_AXES);
  if (count < 1)
    return tfc_tfl_unsupported (l, n, "its axes are not constant");
  for (gint i = 0; i < count; i++) {
    n->params.axes.axis[i] += n->params.axes.axis[i] < 0 ? rank : 0;
    if (n->params.axes.axis[i] < 0 || n->params.axes.axis[i] >= rank)
      return tfc_tfl_corrupt (l, n, "axis out of range");
  }
  n->params.axes.n = count;
  n->params.axes.keep_dims = tfc_fb_i8 (&l->fb, n->options, 0, 0) != 0;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_transpose (TfcTfl *l, TfcTflNode *n)
{
  gint rank = tfc_tfl_shape (l, n->in[0])->rank, seen = 0;
  gint32 *axis = n->params.axes.axis;
  if (tfc_tfl_ints (l, n, 1, axis, TFC_MAX_AXES) != rank)
    return tfc_tfl_unsupported (l, n, "its permutation is not constant or of another rank");
  for (gint i = 0; i < rank; i++) {
    if (axis[i] < 0 || axis[i] >= rank || seen & 1 << axis[i])
      return tfc_tfl_corrupt (l, n, "no permutation");
    seen |= 1 << axis[i];
  }
  n->params.axes.n = rank;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* The shape asked for by constants (one -1 is what is left), else that of the output in the file.
 */
gboolean
tfc_tfl_reshape (TfcTfl *l, TfcTflNode *n)
{
  TfcShape asked = {0};
  TfcFbVector option = tfc_fb_vector (&l->fb, n->options, 0, 4);
  asked.rank = tfc_tfl_ints (l, n, 1, asked.dim, TFC_MAX_RANK);
  if (asked.rank < 0 && option.n <= TFC_MAX_RANK) {
    asked.rank = option.n;
    for (gint i = 0; i < asked.rank; i++)
      asked.dim[i] = tfc_fb_at_i32 (&l->fb, option, i);
  }
  if (asked.rank > 0)
    tfc_graph_v (l->graph, n->out[0])->tensor.shape = asked;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* SQUEEZE and EXPAND_DIMS: the file has the shape that comes out. */
gboolean
tfc_tfl_reshape_as_told (TfcTfl *l, TfcTflNode *n)
{
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_slice (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *in = tfc_tfl_shape (l, n->in[0]);
  TfcShape to = {.rank = in->rank};
  gint32 *begin = n->params.slice.begin;
  if (in->rank < 1 || tfc_tfl_ints (l, n, 1, begin, TFC_MAX_AXES) != in->rank ||
      tfc_tfl_ints (l, n, 2, to.dim, TFC_MAX_AXES) != in->rank)
    return tfc_tfl_unsupported (l, n, "its begin and size are not constant");
  for (gint i = 0; i < in->rank; i++) {
    if (begin[i] < 0 || begin[i] > in->dim[i] || to.dim[i] < -1 ||
        to.dim[i] > in->dim[i] - begin[i])
      return tfc_tfl_corrupt (l, n, "begin or size out of range");
    if (to.dim[i] < 0)
      to.dim[i] = in->dim[i] - begin[i];
    n->params.slice.stride[i] = 1;
  }
  tfc_graph_v (l->graph, n->out[0])->tensor.shape = to;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* begin, end, stride of one axis -> begin and how many. FALSE if they cannot be. */
static gboolean
strided_axis (gint32 size, gint32 *begin, gint32 end, gint32 stride, gboolean from_start,
              gboolean to_end, gboolean shrink, gint32 *count)
{
  gint64 b = from_start ? 0 : *begin, e = end;
  if (stride < 1 || size < 1)
    return FALSE;
  b += b < 0 ? size : 0;
  if (shrink && (b < 0 || b >= size))
    return FALSE;
  b = CLAMP (b, 0, size);
  e = to_end ? size : e < 0 ? e + size : e;
  e = shrink ? b + 1 : CLAMP (e, b, size);
  *begin = (gint32)b;
  *count = (gint32)((e - b + stride - 1) / stride);
  return TRUE;
}

/* Options: begin, end, ellipsis, new axis, shrink axis masks. */
gboolean
tfc_tfl_strided_slice (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *in = tfc_tfl_shape (l, n->in[0]);
  TfcShape sliced = {.rank = in->rank}, shrunk = {0};
  gint32 end[TFC_MAX_AXES], *begin = n->params.slice.begin, *stride = n->params.slice.stride,
                            mask[5];
  guint id;
  for (guint i = 0; i < 5; i++)
    mask[i] = tfc_fb_i32 (&l->fb, n->options, i, 0);
  if (mask[2] || mask[3])
    return tfc_tfl_unsupported (l, n, "ellipsis and new axes are not supported");
  if (in->rank < 1 || tfc_tfl_ints (l, n, 1, begin, TFC_MAX_AXES) != in->rank ||
      tfc_tfl_ints (l, n, 2, end, TFC_MAX_AXES) != in->rank ||
      tfc_tfl_ints (l, n, 3, stride, TFC_MAX_AXES) != in->rank)
    return tfc_tfl_unsupported (l, n, "its begin, end and stride are not constant, one an axis");
  for (gint i = 0; i < in->rank; i++) {
    gboolean shrink = mask[4] >> i & 1;
    if (!strided_axis (in->dim[i], &begin[i], end[i], stride[i], mask[0] >> i & 1, mask[1] >> i & 1,
                       shrink, &sliced.dim[i]))
      return tfc_tfl_unsupported (l, n, "its range or stride is out of range");
    if (!shrink)
      shrunk.dim[shrunk.rank++] = sliced.dim[i];
  }
  n->n_in = 1;
  id = n->out[0];
  tfc_graph_v (l->graph, id)->tensor.shape = shrunk;
  if (shrunk.rank == sliced.rank)
    return tfc_tfl_add (l, n);
  n->out[0] = tfc_tfl_between (l, id, &sliced);
  if (!tfc_tfl_add (l, n))
    return FALSE;
  n->op = TFC_OP_RESHAPE;
  n->params = tfc_params (TFC_OP_RESHAPE);
  n->in[0] = n->out[0];
  n->out[0] = id;
  return tfc_tfl_add (l, n);
}
