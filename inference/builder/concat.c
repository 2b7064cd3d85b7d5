/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

/* Inputs of one node at most; more in turns. */
guint
tfc_build_concat (TfcBuilder *b, const guint *in, guint n, gint axis, const TfcTensor *y)
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
    x = k == 1 && !y ? some[0] : tfc_build (b, TFC_OP_CONCAT, &p, some, k, y);
    if (x == TFC_NONE)
      break;
  }
  return x;
}

guint
tfc_build_stack (TfcBuilder *b, const guint *in, guint n, gint axis)
{
  guint with[TFC_MAX_NODE_INPUTS];
  if (n < 1 || n > TFC_MAX_NODE_INPUTS)
    return TFC_UNSUPPORTED (b, "%u values to stack, of at most %d", n, TFC_MAX_NODE_INPUTS);
  if (!tfc_builder_ok (b) || !tfc_builder_axis (b, &axis, tfc_builder_shape (b, in[0])->rank + 1))
    return TFC_NONE;
  for (guint k = 0; k < n; k++)
    with[k] = tfc_build_insert_axis (b, in[k], axis);
  return tfc_build_concat (b, with, n, axis, NULL);
}

gboolean
tfc_build_unstack (TfcBuilder *b, guint x, gint axis, guint n, guint *out)
{
  if (!tfc_builder_ok (b) || !tfc_builder_axis (b, &axis, tfc_builder_shape (b, x)->rank))
    return FALSE;
  const gint32 size = tfc_builder_shape (b, x)->dim[axis];
  if ((gint64)n != size)
    return tfc_builder_bad (b, "%u parts of %d elements", n, size);
  for (guint i = 0; i < n; i++)
    out[i] = tfc_build_drop_axis (b, tfc_build_part (b, x, axis, (gint32)i, 1, 1), axis);
  return tfc_builder_ok (b);
}

/* Parts of these sizes, which are the whole. */
static gboolean
cut (TfcBuilder *b, guint x, gint axis, const gint32 *sizes, guint n, guint *out)
{
  gint32 first = 0;
  for (guint i = 0; i < n; first += sizes[i], i++) {
    out[i] = tfc_build_part (b, x, axis, first, sizes[i], 1);
    if (out[i] == TFC_NONE)
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_build_split (TfcBuilder *b, guint x, guint axis, guint n, guint *out)
{
  gint32 at, sizes[TFC_MAX_PARTS];
  if (!tfc_builder_int (b, axis, "axis", &at) ||
      !tfc_builder_axis (b, &at, tfc_builder_shape (b, x)->rank))
    return FALSE;
  const gint32 size = tfc_builder_shape (b, x)->dim[at];
  if (n < 1 || n > TFC_MAX_PARTS || size % (gint32)n)
    return tfc_builder_bad (b, "%d elements do not make %d equal parts", size, (gint)n);
  for (guint i = 0; i < n; i++)
    sizes[i] = size / (gint32)n;
  return cut (b, x, at, sizes, n, out);
}

/* One size of -1 is the rest. */
static gboolean
fix_sizes (TfcBuilder *b, gint32 *sizes, guint n, gint64 whole)
{
  gint64 sum = 0;
  gint open = -1;
  for (guint i = 0; i < n; i++) {
    if (sizes[i] == -1 && open < 0)
      open = (gint)i;
    else if (sizes[i] < 1)
      return tfc_builder_bad (b, "a part of %d", sizes[i]);
    else
      sum += sizes[i];
  }
  if (!n || (open >= 0 ? sum >= whole : sum != whole))
    return tfc_builder_bad (b, "the parts are not the whole");
  if (open >= 0)
    sizes[open] = (gint32)(whole - sum);
  return TRUE;
}

gboolean
tfc_build_split_v (TfcBuilder *b, guint x, guint sizes, guint axis, guint max, guint *n, guint *out)
{
  gint32 at, list[TFC_MAX_PARTS];
  return tfc_builder_ints (b, sizes, "list of sizes", list, MIN (max, TFC_MAX_PARTS), n) &&
         tfc_builder_int (b, axis, "axis", &at) &&
         tfc_builder_axis (b, &at, tfc_builder_shape (b, x)->rank) &&
         fix_sizes (b, list, *n, tfc_builder_shape (b, x)->dim[at]) &&
         cut (b, x, at, list, *n, out);
}

/* Many copies of x along the axis, in few nodes: by doubling. */
static guint
repeat (TfcBuilder *b, guint x, gint axis, gint32 times)
{
  guint all = TFC_NONE;
  if (times < 1)
    return TFC_BAD (b, "%d times", times);
  for (; x != TFC_NONE; x = tfc_build_concat (b, (guint[]){x, x}, 2, axis, NULL)) {
    if (times & 1)
      all = all == TFC_NONE ? x : tfc_build_concat (b, (guint[]){all, x}, 2, axis, NULL);
    times >>= 1;
    if (!times)
      return all;
  }
  return TFC_NONE;
}

static guint
tile (TfcBuilder *b, guint x, const gint32 *times, guint n)
{
  for (guint i = 0; i < n && x != TFC_NONE; i++)
    x = repeat (b, x, (gint)i, times[i]);
  return x;
}

guint
tfc_build_tile (TfcBuilder *b, guint x, guint times)
{
  gint32 list[TFC_MAX_RANK];
  guint n = 0;
  if (!tfc_builder_ints (b, times, "list of multiples", list, TFC_MAX_RANK, &n))
    return TFC_NONE;
  if (n != (guint)tfc_builder_shape (b, x)->rank)
    return TFC_BAD (b, "%u multiples for %d dimensions", n, tfc_builder_shape (b, x)->rank);
  return tile (b, x, list, n);
}

guint
tfc_build_broadcast (TfcBuilder *b, guint x, const TfcShape *shape)
{
  gint32 times[TFC_MAX_RANK] = {0};
  TfcShape wide = {.rank = shape->rank};
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape from = *tfc_builder_shape (b, x);
  if (from.rank > shape->rank)
    return TFC_BAD (b, "to fewer dimensions");
  for (gint i = 0; i < wide.rank; i++) {
    gint own = i - (wide.rank - from.rank);
    gint32 to = shape->dim[i];
    wide.dim[i] = own < 0 ? 1 : from.dim[own];
    if (to != -1 && to != wide.dim[i] && wide.dim[i] != 1)
      return TFC_BAD (b, "dimensions %d and %d do not go together", wide.dim[i], to);
    times[i] = to == -1 || wide.dim[i] == to ? 1 : to;
  }
  return tile (b, tfc_build_reshape (b, x, &wide), times, (guint)wide.rank);
}

guint
tfc_build_broadcast_to (TfcBuilder *b, guint x, guint shape)
{
  TfcShape to;
  return tfc_builder_known_shape (b, shape, &to) ? tfc_build_broadcast (b, x, &to) : TFC_NONE;
}
