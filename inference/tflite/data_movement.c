/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tflite/reader.h"

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

/* PAD with the value given. */
gboolean
tfc_tfl_pad_v2 (TfcTfl *l, TfcTflNode *n)
{
  gdouble value;
  if (!tfc_tfl_number (l, n, 2, &value))
    return tfc_tfl_unsupported (l, n, "the number that it pads with is not constant");
  n->params.pad.value = (gfloat)value;
  return tfc_tfl_pad (l, n);
}

gboolean
tfc_tfl_reduce (TfcTfl *l, TfcTflNode *n)
{
  gint rank = tfc_tfl_shape (l, n->in[0])->rank, count;
  count = tfc_tfl_ints (l, n, 1, n->params.axes.axis, TFC_MAX_AXES);
  if (count < 0)
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

static gboolean
reshape_to (TfcTfl *l, TfcTflNode *n, const TfcShape *shape)
{
  tfc_graph_v (l->graph, n->out[0])->tensor.shape = *shape;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* The axes named go, or all of one element. */
gboolean
tfc_tfl_squeeze (TfcTfl *l, TfcTflNode *n)
{
  TfcFbVector axes = tfc_fb_vector (&l->fb, n->options, 0, 4);
  const TfcShape *in = tfc_tfl_shape (l, n->in[0]);
  TfcShape to = {0};
  guint drop = 0;
  for (guint i = 0; i < axes.n && i < TFC_MAX_AXES; i++) {
    gint32 axis = tfc_fb_at_i32 (&l->fb, axes, i);
    axis += axis < 0 ? in->rank : 0;
    if (axis < 0 || axis >= in->rank || in->dim[axis] != 1)
      return tfc_tfl_corrupt (l, n, "an axis is out of range or has more than one element");
    drop |= 1u << axis;
  }
  for (gint i = 0; i < in->rank; i++) {
    if (!(axes.n ? drop >> i & 1 : in->dim[i] == 1))
      to.dim[to.rank++] = in->dim[i];
  }
  return reshape_to (l, n, &to);
}

gboolean
tfc_tfl_expand_dims (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 axis;
  if (tfc_tfl_ints (l, n, 1, &axis, 1) != 1)
    return tfc_tfl_unsupported (l, n, "its axis is not constant");
  axis += axis < 0 ? tfc_tfl_shape (l, n->in[0])->rank + 1 : 0;
  return tfc_tfl_give (&c, 0, tfc_compose_insert_axis (&c.base, n->in[0], axis));
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

/* Options: begin, end, ellipsis, new axis, shrink axis masks, ends as lengths. */
gboolean
tfc_tfl_strided_slice (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcStrided s = {0};
  gint *masks[] = {&s.begin_mask, &s.end_mask, &s.ellipsis, &s.new_axis, &s.shrink};
  gint count = tfc_tfl_ints (l, n, 1, s.begin, TFC_MAX_AXES);
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    *masks[i] = tfc_fb_i32 (&l->fb, n->options, i, 0);
  s.offset = tfc_fb_i8 (&l->fb, n->options, 5, 0) != 0;
  if (count < 1 || tfc_tfl_ints (l, n, 2, s.end, TFC_MAX_AXES) != count ||
      tfc_tfl_ints (l, n, 3, s.stride, TFC_MAX_AXES) != count)
    return tfc_tfl_unsupported (l, n,
                                "its begin, end and stride are not constant, or differ in "
                                "length");
  s.n = (guint)count;
  return tfc_tfl_give (&c, 0, tfc_compose_strided (&c.base, n->in[0], &s));
}
