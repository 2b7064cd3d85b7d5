/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs_array.h"

#include <string.h>

#define MAX_PARTS 4096

static TfcParams
whole (void)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  for (gint i = 0; i < TFC_MAX_AXES; i++)
    p.slice.stride[i] = 1;
  return p;
}

gboolean
tfjs_slice_op (TfjsCall *c, gint which)
{
  TfcParams p = whole ();
  TfcShape shape = {0};
  guint n = 0, n_size = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, p.slice.begin, TFC_MAX_AXES, &n) ||
      !tfjs_ints (c, 2, shape.dim, TFC_MAX_RANK, &n_size))
    return FALSE;
  shape.rank = tfjs_desc (c, x)->shape.rank;
  if (n != (guint)shape.rank || n_size != n)
    return tfjs_bad (c, "%u begins and %u sizes for %d dimensions", n, n_size, shape.rank);
  for (gint i = 0; i < shape.rank; i++) {
    if (shape.dim[i] == -1 && p.slice.begin[i] >= 0)
      shape.dim[i] = tfjs_desc (c, x)->shape.dim[i] - p.slice.begin[i];
  }
  return tfjs_give_id (c, tfjs_slice (c, x, &p, &shape));
}

typedef struct {
  gint32 begin[TFC_MAX_AXES], end[TFC_MAX_AXES], stride[TFC_MAX_AXES];
  guint n;
  gint begin_mask, end_mask, ellipsis, new_axis, shrink;
} Spec;

static gboolean
read_spec (TfjsCall *c, Spec *s)
{
  guint n_end = 0, n_stride = 0;
  if (!tfjs_ints (c, 1, s->begin, TFC_MAX_AXES, &s->n) ||
      !tfjs_ints (c, 2, s->end, TFC_MAX_AXES, &n_end) ||
      !tfjs_ints (c, 3, s->stride, TFC_MAX_AXES, &n_stride))
    return FALSE;
  if (n_end != s->n || n_stride != s->n)
    return tfjs_bad (c, "begin, end and strides differ in length");
  s->begin_mask = tfjs_attr_int (c, "begin_mask", 0);
  s->end_mask = tfjs_attr_int (c, "end_mask", 0);
  s->ellipsis = tfjs_attr_int (c, "ellipsis_mask", 0);
  s->new_axis = tfjs_attr_int (c, "new_axis_mask", 0);
  s->shrink = tfjs_attr_int (c, "shrink_axis_mask", 0);
  if (s->ellipsis & (s->ellipsis - 1))
    return tfjs_bad (c, "more than one ellipsis");
  return !c->l->error;
}

/* Entry i of the spec on a dimension of size elements: the first, and how many. */
static gboolean
one_axis (TfjsCall *c, const Spec *s, guint i, gint64 size, gint32 *first, gint32 *n)
{
  gint64 step = s->stride[i], begin = s->begin[i], end = s->end[i];
  gint64 low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  if (step == 0)
    return tfjs_bad (c, "a stride of 0");
  begin += begin < 0 ? size : 0;
  end += end < 0 ? size : 0;
  if (s->shrink >> i & 1) {
    if (begin < 0 || begin >= size)
      return tfjs_bad (c, "element %d of %d", s->begin[i], (gint)size);
    *first = (gint32)begin;
    *n = 1;
    return TRUE;
  }
  begin = s->begin_mask >> i & 1 ? (step > 0 ? 0 : size - 1) : CLAMP (begin, low, high);
  end = s->end_mask >> i & 1 ? (step > 0 ? size : -1) : CLAMP (end, low, high);
  gint64 count = step > 0 ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
  if (count < 1)
    return tfjs_unsupported (c, "an empty result");
  *first = (gint32)begin;
  *n = (gint32)count;
  return TRUE;
}

/* cut: same rank as x; result: with new and without shrunk dimensions. */
static gboolean
resolve (TfjsCall *c, const Spec *s, const TfcShape *x, TfcParams *p, TfcShape *cut,
         TfcShape *result)
{
  gint d = 0, used = 0;
  *cut = *x;
  *result = tfc_shape (0);
  for (guint i = 0; i < s->n; i++)
    used += !((s->ellipsis | s->new_axis) >> i & 1);
  for (guint i = 0; i < s->n || d < x->rank; i++) {
    gboolean rest = i >= s->n || (s->ellipsis >> i & 1);
    gint span = i >= s->n ? x->rank - d : rest ? x->rank - used : 1;
    if (!rest && (s->new_axis >> i & 1)) {
      if (result->rank >= TFC_MAX_RANK)
        return tfjs_unsupported (c, "more than %d dimensions", TFC_MAX_RANK);
      result->dim[result->rank++] = 1;
      continue;
    }
    if (span < 0 || d + span > x->rank)
      return tfjs_bad (c, "more entries than dimensions");
    for (gint k = 0; k < span; k++, d++) {
      if (!rest && !one_axis (c, s, i, x->dim[d], &p->slice.begin[d], &cut->dim[d]))
        return FALSE;
      p->slice.stride[d] = rest || cut->dim[d] == 1 ? 1 : s->stride[i];
      if (!rest && (s->shrink >> i & 1))
        continue;
      if (result->rank >= TFC_MAX_RANK)
        return tfjs_unsupported (c, "more than %d dimensions", TFC_MAX_RANK);
      result->dim[result->rank++] = cut->dim[d];
    }
  }
  return TRUE;
}

/* Out of the sizes of a picture: whatever of it is known is a constant. */
static gboolean
slice_sizes (TfjsCall *c, const Spec *s)
{
  TfjsValue from = c->in[0], to = {.kind = TFJS_SIZES, .type = TFC_TYPE_I32};
  TfcShape x = tfc_shape (1, from.shape.rank), cut, result;
  TfcParams p = whole ();
  gboolean known = TRUE;
  if (!resolve (c, s, &x, &p, &cut, &result))
    return FALSE;
  to.shape.rank = cut.dim[0];
  for (gint i = 0; i < cut.dim[0]; i++) {
    to.shape.dim[i] = from.shape.dim[p.slice.begin[0] + i * p.slice.stride[0]];
    known = known && to.shape.dim[i] >= 0;
  }
  if (!known)
    return tfjs_give (c, &to);
  return tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &result, to.shape.dim));
}

gboolean
tfjs_strided_slice (TfjsCall *c, gint which)
{
  Spec s = {.n = 0};
  TfcParams p = whole ();
  TfcShape cut, result;
  if (!read_spec (c, &s))
    return FALSE;
  if (c->in[0].kind == TFJS_SIZES)
    return slice_sizes (c, &s);
  guint x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !resolve (c, &s, &tfjs_desc (c, x)->shape, &p, &cut, &result))
    return FALSE;
  return tfjs_give_id (c, tfjs_reshape (c, tfjs_slice (c, x, &p, &cut), &result));
}

/* n elements from first on along the axis. */
static guint
part (TfjsCall *c, guint x, gint axis, gint first, gint n)
{
  TfcParams p = whole ();
  TfcShape shape = tfjs_desc (c, x)->shape;
  p.slice.begin[axis] = first;
  shape.dim[axis] = n;
  return tfjs_slice (c, x, &p, &shape);
}

static guint
insert_axis (TfjsCall *c, guint x, gint axis)
{
  TfcShape shape = tfjs_desc (c, x)->shape;
  memmove (&shape.dim[axis + 1], &shape.dim[axis], (gsize)(shape.rank - axis) * sizeof (gint32));
  shape.dim[axis] = 1;
  shape.rank++;
  return tfjs_reshape (c, x, &shape);
}

gboolean
tfjs_pack (TfjsCall *c, gint which)
{
  guint in[TFC_MAX_NODE_INPUTS];
  gint32 axis = tfjs_attr_int (c, "axis", 0);
  for (guint k = 0; k < c->n_in; k++) {
    guint x = tfjs_tensor (c, k);
    gint rank = x == TFC_NONE ? 0 : tfjs_desc (c, x)->shape.rank;
    if (x == TFC_NONE || rank >= TFC_MAX_RANK || (k == 0 && !tfjs_axis (c, &axis, rank + 1)) ||
        axis > rank)
      return tfjs_bad (c, "tensors that cannot be stacked");
    in[k] = insert_axis (c, x, axis);
  }
  return tfjs_give_id (c, tfjs_concat (c, in, c->n_in, axis));
}

/* Of a picture whose size is not known: one of the batch. */
static gboolean
unpack_picture (TfjsCall *c)
{
  const TfcShape *s = &c->in[0].shape;
  if (tfjs_attr_int (c, "axis", 0) != 0 || s->rank < 1 || s->dim[0] != 1)
    return tfjs_unsupported (c, "of a picture other than by batch");
  TfjsValue row;
  return tfjs_row (c, &c->in[0], 0, &row) && tfjs_give (c, &row);
}

gboolean
tfjs_unpack (TfjsCall *c, gint which)
{
  if (c->in[0].kind == TFJS_PICTURE)
    return unpack_picture (c);
  guint x = tfjs_tensor (c, 0);
  gint32 axis = tfjs_attr_int (c, "axis", 0);
  if (x == TFC_NONE || !tfjs_axis (c, &axis, tfjs_desc (c, x)->shape.rank))
    return FALSE;
  TfcShape shape = tfjs_desc (c, x)->shape;
  gint n = shape.dim[axis];
  if (n > MAX_PARTS || n != tfjs_attr_int (c, "num", n))
    return tfjs_bad (c, "%d parts", n);
  memmove (&shape.dim[axis], &shape.dim[axis + 1],
           (gsize)(shape.rank - axis - 1) * sizeof (gint32));
  shape.rank--;
  for (gint i = 0; i < n; i++) {
    if (!tfjs_give_id (c, tfjs_reshape (c, part (c, x, axis, i, 1), &shape)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
give_parts (TfjsCall *c, guint x, gint32 axis, gint32 *sizes, guint n)
{
  gint open = -1;
  gint64 size, sum = 0, first = 0;
  if (!tfjs_axis (c, &axis, tfjs_desc (c, x)->shape.rank))
    return FALSE;
  size = tfjs_desc (c, x)->shape.dim[axis];
  for (guint i = 0; i < n; i++) {
    if (sizes[i] == -1 && open < 0)
      open = (gint)i;
    else if (sizes[i] < 1)
      return tfjs_bad (c, "a part of %d", sizes[i]);
    else
      sum += sizes[i];
  }
  if (open >= 0)
    sizes[open] = (gint32)MAX (size - sum, 0);
  if (open >= 0 ? sum >= size : sum != size)
    return tfjs_bad (c, "the parts are not the whole");
  for (guint i = 0; i < n; first += sizes[i], i++) {
    if (!tfjs_give_id (c, part (c, x, axis, (gint)first, sizes[i])))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfjs_split (TfjsCall *c, gint by_sizes)
{
  guint n = 0, x = tfjs_tensor (c, by_sizes ? 0 : 1);
  gint32 axis, sizes[MAX_PARTS];
  if (x == TFC_NONE || !tfjs_int (c, by_sizes ? 2 : 0, &axis) ||
      (by_sizes && !tfjs_ints (c, 1, sizes, MAX_PARTS, &n)))
    return FALSE;
  if (!by_sizes) {
    gint parts = tfjs_attr_int (c, "num_split", 0), at = axis;
    if (parts < 1 || parts > MAX_PARTS || !tfjs_axis (c, &at, tfjs_desc (c, x)->shape.rank) ||
        tfjs_desc (c, x)->shape.dim[at] % parts)
      return tfjs_bad (c, "into %d parts", parts);
    for (n = 0; n < (guint)parts; n++)
      sizes[n] = tfjs_desc (c, x)->shape.dim[at] / parts;
  }
  return give_parts (c, x, axis, sizes, n);
}

/* Many copies of x along the axis, in few nodes: by doubling. */
static guint
repeat (TfjsCall *c, guint x, gint axis, gint times)
{
  guint all = TFC_NONE;
  for (; x != TFC_NONE; x = tfjs_concat (c, (guint[]){x, x}, 2, axis)) {
    if (times & 1)
      all = all == TFC_NONE ? x : tfjs_concat (c, (guint[]){all, x}, 2, axis);
    times >>= 1;
    if (!times)
      break;
  }
  return all;
}

gboolean
tfjs_tile (TfjsCall *c, gint which)
{
  gint32 times[TFC_MAX_RANK];
  guint n = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, times, TFC_MAX_RANK, &n))
    return FALSE;
  if (n != (guint)tfjs_desc (c, x)->shape.rank)
    return tfjs_bad (c, "%u multiples for %d dimensions", n, tfjs_desc (c, x)->shape.rank);
  for (guint i = 0; i < n && x != TFC_NONE; i++) {
    if (times[i] < 1)
      return tfjs_bad (c, "%d times", times[i]);
    x = repeat (c, x, (gint)i, times[i]);
  }
  return tfjs_give_id (c, x);
}

gboolean
tfjs_gather (TfjsCall *c, gint which)
{
  gint32 index[TFC_MAX_NODE_INPUTS], axis = 0;
  guint n = 0, parts[TFC_MAX_NODE_INPUTS], x = tfjs_tensor (c, 0), i_id = tfjs_tensor (c, 1);
  if (x == TFC_NONE || i_id == TFC_NONE || !tfjs_ints (c, 1, index, TFC_MAX_NODE_INPUTS, &n) ||
      (c->n_in > 2 && !tfjs_int (c, 2, &axis)) ||
      !tfjs_axis (c, &axis, tfjs_desc (c, x)->shape.rank))
    return FALSE;
  TfcShape s = tfjs_desc (c, x)->shape, is = tfjs_desc (c, i_id)->shape;
  if (n < 1 || is.rank > 1)
    return tfjs_unsupported (c, "with indices of %d dimensions", is.rank);
  for (guint k = 0; k < n; k++) {
    if (index[k] < 0 || index[k] >= s.dim[axis])
      return tfjs_bad (c, "element %d of %d", index[k], s.dim[axis]);
    parts[k] = part (c, x, axis, index[k], 1);
  }
  x = tfjs_concat (c, parts, n, axis);
  if (is.rank == 0) {
    memmove (&s.dim[axis], &s.dim[axis + 1], (gsize)(s.rank - axis - 1) * sizeof (gint32));
    s.rank--;
    x = tfjs_reshape (c, x, &s);
  }
  return tfjs_give_id (c, x);
}
