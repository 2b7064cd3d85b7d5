/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/array.h"

#include <string.h>

#define MAX_PARTS 4096

gboolean
tfjs_slice_op (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
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

static gboolean
read_spec (TfjsCall *c, TfcStrided *s)
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
  return !c->l->error;
}

/* Out of the sizes of a picture: whatever of it is known is a constant. */
static gboolean
slice_sizes (TfjsCall *c, const TfcStrided *s)
{
  TfjsValue from = c->in[0], to = {.kind = TFJS_SIZES, .type = TFC_TYPE_I32};
  TfcShape x = tfc_shape (1, from.shape.rank), cut, result;
  TfjsCompose compose = tfjs_compose (c);
  TfcParams p;
  gboolean known = TRUE;
  if (!tfc_compose_strided_ranges (&compose.base, s, &x, &p, &cut, &result))
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
  TfjsCompose p = tfjs_compose (c);
  TfcStrided s = {.n = 0};
  if (!read_spec (c, &s))
    return FALSE;
  if (c->in[0].kind == TFJS_SIZES)
    return slice_sizes (c, &s);
  return tfjs_give_id (c, tfc_compose_strided (&p.base, tfjs_tensor (c, 0), &s));
}

gboolean
tfjs_pack (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  guint in[TFC_MAX_NODE_INPUTS];
  for (guint k = 0; k < c->n_in; k++) {
    in[k] = tfjs_tensor (c, k);
    if (in[k] == TFC_NONE)
      return FALSE;
  }
  return tfjs_give_id (c, tfc_compose_stack (&p.base, in, c->n_in, tfjs_attr_int (c, "axis", 0)));
}

static gboolean
give_all (TfjsCall *c, const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (!tfjs_give_id (c, ids[i]))
      return FALSE;
  }
  return TRUE;
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
  guint x = tfjs_tensor (c, 0), ids[MAX_PARTS];
  gint32 axis = tfjs_attr_int (c, "axis", 0), at = axis;
  TfjsCompose p = tfjs_compose (c);
  if (x == TFC_NONE || !tfjs_axis (c, &at, tfjs_desc (c, x)->shape.rank))
    return FALSE;
  gint n = tfjs_attr_int (c, "num", tfjs_desc (c, x)->shape.dim[at]);
  if (n < 1 || n > MAX_PARTS)
    return tfjs_bad (c, "%d parts", n);
  return tfc_compose_unstack (&p.base, x, axis, (guint)n, ids) && give_all (c, ids, (guint)n);
}

gboolean
tfjs_split (TfjsCall *c, gint by_sizes)
{
  TfjsCompose p = tfjs_compose (c);
  guint n = 0, x = tfjs_tensor (c, by_sizes ? 0 : 1), ids[MAX_PARTS];
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
  return tfc_compose_split (&p.base, x, axis, sizes, n, ids) && give_all (c, ids, n);
}

gboolean
tfjs_tile (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  gint32 times[TFC_MAX_RANK];
  guint n = 0, x = tfjs_tensor (c, 0);
  return x != TFC_NONE && tfjs_ints (c, 1, times, TFC_MAX_RANK, &n) &&
         tfjs_give_id (c, tfc_compose_tile (&p.base, x, times, n));
}

gboolean
tfjs_broadcast (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  TfcShape to = {0};
  guint n = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, to.dim, TFC_MAX_RANK, &n))
    return FALSE;
  to.rank = (gint)n;
  return tfjs_give_id (c, tfc_compose_broadcast (&p.base, x, &to));
}

gboolean
tfjs_gather (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  gint32 index[MAX_PARTS], axis = 0;
  guint n = 0, x = tfjs_tensor (c, 0), i_id = tfjs_tensor (c, 1);
  if (x == TFC_NONE || i_id == TFC_NONE || !tfjs_ints (c, 1, index, MAX_PARTS, &n) ||
      (c->n_in > 2 && !tfjs_int (c, 2, &axis)))
    return FALSE;
  if (tfjs_attr_int (c, "batch_dims", 0))
    return tfjs_unsupported (c, "in batches");
  TfcShape shape = tfjs_desc (c, i_id)->shape;
  return tfjs_give_id (c, tfc_compose_gather (&p.base, x, axis, index, &shape));
}

gboolean
tfjs_reverse (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  gint32 axes[TFC_MAX_AXES];
  guint n = 0, x = tfjs_tensor (c, 0);
  return x != TFC_NONE && tfjs_ints (c, 1, axes, TFC_MAX_AXES, &n) &&
         tfjs_give_id (c, tfc_compose_reverse (&p.base, x, axes, n));
}

gboolean
tfjs_mirror_pad (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  gint32 v[2 * TFC_MAX_AXES], before[TFC_MAX_AXES], after[TFC_MAX_AXES];
  guint n = 0, x = tfjs_tensor (c, 0);
  g_autofree gchar *mode = tfjs_attr_string (c, "mode");
  if (x == TFC_NONE || !tfjs_ints (c, 1, v, 2 * TFC_MAX_AXES, &n))
    return FALSE;
  if (n != 2 * (guint)tfjs_desc (c, x)->shape.rank)
    return tfjs_bad (c, "%u paddings for %d dimensions", n, tfjs_desc (c, x)->shape.rank);
  for (guint i = 0; i < n / 2; i++) {
    before[i] = v[2 * i];
    after[i] = v[2 * i + 1];
  }
  return tfjs_give_id (
      c, tfc_compose_mirror_pad (&p.base, x, before, after, g_strcmp0 (mode, "SYMMETRIC") == 0));
}

gboolean
tfjs_space_to_depth (TfjsCall *c, gint which)
{
  TfjsCompose p = tfjs_compose (c);
  g_autofree gchar *format = tfjs_attr_string (c, "data_format");
  if (format && strcmp (format, "NHWC"))
    return tfjs_unsupported (c, "another data format than NHWC");
  return tfjs_give_id (c, tfc_compose_space_to_depth (&p.base, tfjs_tensor (c, 0),
                                                      tfjs_attr_int (c, "block_size", 0)));
}

gboolean
tfjs_blocks (TfjsCall *c, gint way)
{
  TfjsCompose p = tfjs_compose (c);
  gint32 block[TFC_MAX_AXES], pads[2 * TFC_MAX_AXES];
  guint n = 0, n_pads = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, block, TFC_MAX_AXES, &n) ||
      !tfjs_ints (c, 2, pads, 2 * TFC_MAX_AXES, &n_pads))
    return FALSE;
  if (n < 1 || n_pads != 2 * n)
    return tfjs_bad (c, "%u blocks and %u paddings", n, n_pads);
  return tfjs_give_id (c, way == TFJS_TO_BATCH
                              ? tfc_compose_space_to_batch (&p.base, x, block, pads, n)
                              : tfc_compose_batch_to_space (&p.base, x, block, pads, n));
}
