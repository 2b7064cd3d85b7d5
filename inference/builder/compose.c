/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/compose.h"

#include <stdarg.h>
#include <string.h>

guint
tfc_compose_refuse (TfcCompose *c, gboolean unsupported, const gchar *format, ...)
{
  gchar why[160];
  va_list args;
  va_start (args, format);
  g_vsnprintf (why, sizeof why, format, args);
  va_end (args);
  c->refuse (c, unsupported, why);
  return TFC_NONE;
}

guint
tfc_compose_emit (TfcCompose *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  TfcParams plain = tfc_params (op);
  TfcTensor desc = {.shape = {.rank = -1}};
  for (guint i = 0; i < n_in; i++) {
    if (in[i] == TFC_NONE)
      return TFC_NONE;
  }
  return c->emit (c, op, params ? params : &plain, in, n_in, &desc);
}

guint
tfc_compose_unary (TfcCompose *c, TfcOp op, guint x)
{
  return tfc_compose_emit (c, op, NULL, &x, 1);
}

guint
tfc_compose_binary (TfcCompose *c, TfcOp op, guint a, guint b)
{
  return tfc_compose_emit (c, op, NULL, (guint[]){a, b}, 2);
}

/* A node that is told its output's shape. */
static guint
shaped (TfcCompose *c, TfcOp op, const TfcParams *params, guint x, const TfcShape *shape)
{
  TfcTensor desc = tfc_graph_v (c->graph, x)->tensor;
  desc.shape = *shape;
  desc.data = NULL;
  desc.turned = FALSE;
  return c->emit (c, op, params, &x, 1, &desc);
}

guint
tfc_compose_reshape (TfcCompose *c, guint x, const TfcShape *shape)
{
  TfcParams plain = tfc_params (TFC_OP_RESHAPE);
  if (x == TFC_NONE || tfc_shape_equal (tfc_compose_shape (c, x), shape))
    return x;
  return shaped (c, TFC_OP_RESHAPE, &plain, x, shape);
}

guint
tfc_compose_slice (TfcCompose *c, guint x, const TfcParams *p, const TfcShape *shape)
{
  gboolean all = TRUE;
  if (x == TFC_NONE)
    return x;
  for (gint i = 0; i < shape->rank; i++)
    all = all && p->slice.begin[i] == 0 && (p->slice.stride[i] == 1 || shape->dim[i] == 1);
  if (all && tfc_shape_equal (tfc_compose_shape (c, x), shape))
    return x;
  return shaped (c, TFC_OP_SLICE, p, x, shape);
}

guint
tfc_compose_part (TfcCompose *c, guint x, gint axis, gint32 first, gint32 n, gint32 step)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape shape;
  if (x == TFC_NONE)
    return x;
  shape = *tfc_compose_shape (c, x);
  p.slice.begin[axis] = first;
  p.slice.stride[axis] = n == 1 ? 1 : step;
  shape.dim[axis] = n;
  return tfc_compose_slice (c, x, &p, &shape);
}

/* Inputs of one node at most; more in turns. */
guint
tfc_compose_concat (TfcCompose *c, const guint *in, guint n, gint axis)
{
  TfcParams p = tfc_params (TFC_OP_CONCAT);
  guint some[TFC_MAX_NODE_INPUTS], x = TFC_NONE;
  p.axis = axis;
  for (guint at = 0; at < n;) {
    guint k = 0;
    if (at)
      some[k++] = x;
    for (; k < TFC_MAX_NODE_INPUTS && at < n; k++)
      some[k] = in[at++];
    x = k == 1 ? some[0] : tfc_compose_emit (c, TFC_OP_CONCAT, &p, some, k);
    if (x == TFC_NONE)
      break;
  }
  return x;
}

guint
tfc_compose_transpose (TfcCompose *c, guint x, const gint32 *axes)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  if (x == TFC_NONE)
    return x;
  p.axes.n = tfc_compose_shape (c, x)->rank;
  memcpy (p.axes.axis, axes, (gsize)p.axes.n * sizeof *axes);
  return tfc_compose_emit (c, TFC_OP_TRANSPOSE, &p, &x, 1);
}

guint
tfc_compose_insert_axis (TfcCompose *c, guint x, gint axis)
{
  TfcShape s;
  if (x == TFC_NONE)
    return x;
  s = *tfc_compose_shape (c, x);
  if (axis < 0 || axis > s.rank || s.rank >= TFC_MAX_RANK)
    return tfc_compose_refuse (c, s.rank >= TFC_MAX_RANK, "axis %d of %d dimensions", axis,
                               s.rank + 1);
  memmove (&s.dim[axis + 1], &s.dim[axis], (gsize)(s.rank - axis) * sizeof (gint32));
  s.dim[axis] = 1;
  s.rank++;
  return tfc_compose_reshape (c, x, &s);
}

guint
tfc_compose_drop_axis (TfcCompose *c, guint x, gint axis)
{
  TfcShape s;
  if (x == TFC_NONE)
    return x;
  s = *tfc_compose_shape (c, x);
  s.rank--;
  memmove (&s.dim[axis], &s.dim[axis + 1], (gsize)(s.rank - axis) * sizeof (gint32));
  return tfc_compose_reshape (c, x, &s);
}

static gboolean
fix_axis (TfcCompose *c, gint *axis, gint rank)
{
  if (*axis >= -rank && *axis < rank) {
    *axis += *axis < 0 ? rank : 0;
    return TRUE;
  }
  tfc_compose_refuse (c, FALSE, "axis %d of %d dimensions", *axis, rank);
  return FALSE;
}

guint
tfc_compose_stack (TfcCompose *c, const guint *in, guint n, gint axis)
{
  guint with[TFC_MAX_NODE_INPUTS];
  if (n < 1 || n > TFC_MAX_NODE_INPUTS)
    return tfc_compose_refuse (c, TRUE, "too many inputs");
  for (guint k = 0; k < n; k++) {
    if (in[k] == TFC_NONE ||
        (k == 0 && !fix_axis (c, &axis, tfc_compose_shape (c, in[0])->rank + 1)))
      return TFC_NONE;
    with[k] = tfc_compose_insert_axis (c, in[k], axis);
  }
  return tfc_compose_concat (c, with, n, axis);
}

gboolean
tfc_compose_split (TfcCompose *c, guint x, gint axis, gint32 *sizes, guint n, guint *out)
{
  gint open = -1;
  gint64 size, sum = 0, first = 0;
  if (x == TFC_NONE || !fix_axis (c, &axis, tfc_compose_shape (c, x)->rank))
    return FALSE;
  size = tfc_compose_shape (c, x)->dim[axis];
  for (guint i = 0; i < n; i++) {
    if (sizes[i] == -1 && open < 0)
      open = (gint)i;
    else if (sizes[i] < 1)
      return tfc_compose_refuse (c, FALSE, "a part of %d", sizes[i]) != TFC_NONE;
    else
      sum += sizes[i];
  }
  if (open >= 0)
    sizes[open] = (gint32)MAX (size - sum, 0);
  if (!n || (open >= 0 ? sum >= size : sum != size))
    return tfc_compose_refuse (c, FALSE, "the parts are not the whole") != TFC_NONE;
  for (guint i = 0; i < n; first += sizes[i], i++) {
    out[i] = tfc_compose_part (c, x, axis, (gint32)first, sizes[i], 1);
    if (out[i] == TFC_NONE)
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_compose_unstack (TfcCompose *c, guint x, gint axis, guint wanted, guint *out)
{
  if (x == TFC_NONE || !fix_axis (c, &axis, tfc_compose_shape (c, x)->rank))
    return FALSE;
  if ((gint64)wanted != tfc_compose_shape (c, x)->dim[axis])
    return tfc_compose_refuse (c, FALSE, "%u parts of %d elements", wanted,
                               tfc_compose_shape (c, x)->dim[axis]) != TFC_NONE;
  for (guint i = 0; i < wanted; i++) {
    out[i] = tfc_compose_drop_axis (c, tfc_compose_part (c, x, axis, (gint32)i, 1, 1), axis);
    if (out[i] == TFC_NONE)
      return FALSE;
  }
  return TRUE;
}

/* Many copies of x along the axis, in few nodes: by doubling. */
static guint
repeat (TfcCompose *c, guint x, gint axis, gint32 times)
{
  guint all = TFC_NONE;
  if (times < 1)
    return tfc_compose_refuse (c, FALSE, "%d times", times);
  for (; x != TFC_NONE; x = tfc_compose_concat (c, (guint[]){x, x}, 2, axis)) {
    if (times & 1)
      all = all == TFC_NONE ? x : tfc_compose_concat (c, (guint[]){all, x}, 2, axis);
    times >>= 1;
    if (!times)
      return all;
  }
  return TFC_NONE;
}

guint
tfc_compose_tile (TfcCompose *c, guint x, const gint32 *times, guint n)
{
  if (x == TFC_NONE)
    return x;
  if (n != (guint)tfc_compose_shape (c, x)->rank)
    return tfc_compose_refuse (c, FALSE, "%u multiples for %d dimensions", n,
                               tfc_compose_shape (c, x)->rank);
  for (guint i = 0; i < n && x != TFC_NONE; i++)
    x = repeat (c, x, (gint)i, times[i]);
  return x;
}

guint
tfc_compose_broadcast (TfcCompose *c, guint x, const TfcShape *shape)
{
  gint32 times[TFC_MAX_RANK] = {0};
  TfcShape from, wide = {.rank = shape->rank};
  if (x == TFC_NONE)
    return x;
  from = *tfc_compose_shape (c, x);
  if (from.rank > shape->rank)
    return tfc_compose_refuse (c, FALSE, "to fewer dimensions");
  for (gint i = 0; i < wide.rank; i++) {
    gint own = i - (wide.rank - from.rank);
    gint32 to = shape->dim[i];
    wide.dim[i] = own < 0 ? 1 : from.dim[own];
    if (to != -1 && to != wide.dim[i] && wide.dim[i] != 1)
      return tfc_compose_refuse (c, FALSE, "dimensions %d and %d do not go together", wide.dim[i],
                                 to);
    times[i] = to == -1 || wide.dim[i] == to ? 1 : to;
  }
  return tfc_compose_tile (c, tfc_compose_reshape (c, x, &wide), times, wide.rank);
}

/* Indices that follow each other by one step are one part. */
static guint
gather_parts (TfcCompose *c, guint x, gint axis, const gint32 *index, gsize n)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0, end; i < n; i = end) {
    gint64 step = i + 1 < n ? (gint64)index[i + 1] - index[i] : 1;
    for (end = i + 1; step && end < n && index[end] - (gint64)index[end - 1] == step;)
      end++;
    guint part = tfc_compose_part (c, x, axis, index[i], (gint32)(end - i), (gint32)step);
    if (part == TFC_NONE)
      return TFC_NONE;
    g_array_append_val (parts, part);
  }
  return tfc_compose_concat (c, (const guint *)(gpointer)parts->data, parts->len, axis);
}

guint
tfc_compose_gather (TfcCompose *c, guint x, gint axis, const gint32 *index, const TfcShape *shape)
{
  TfcShape s, to;
  gsize n;
  if (x == TFC_NONE || !fix_axis (c, &axis, tfc_compose_shape (c, x)->rank))
    return TFC_NONE;
  s = *tfc_compose_shape (c, x);
  if (!tfc_shape_count (shape, &n) || n < 1 || s.rank - 1 + shape->rank > TFC_MAX_RANK)
    return tfc_compose_refuse (c, TRUE, "no indices, or indices of too many dimensions");
  for (gsize k = 0; k < n; k++) {
    if (index[k] < 0 || index[k] >= s.dim[axis])
      return tfc_compose_refuse (c, FALSE, "element %d of %d", index[k], s.dim[axis]);
  }
  to = s;
  to.rank = s.rank - 1 + shape->rank;
  memcpy (&to.dim[axis], shape->dim, (gsize)shape->rank * sizeof (gint32));
  memcpy (&to.dim[axis + shape->rank], &s.dim[axis + 1],
          (gsize)(s.rank - axis - 1) * sizeof (gint32));
  return tfc_compose_reshape (c, gather_parts (c, x, axis, index, n), &to);
}

guint
tfc_compose_reverse (TfcCompose *c, guint x, const gint32 *axes, guint n)
{
  for (guint i = 0; i < n && x != TFC_NONE; i++) {
    gint axis = axes[i];
    if (!fix_axis (c, &axis, tfc_compose_shape (c, x)->rank))
      return TFC_NONE;
    gint32 size = tfc_compose_shape (c, x)->dim[axis];
    x = tfc_compose_part (c, x, axis, size - 1, size, -1);
  }
  return x;
}
