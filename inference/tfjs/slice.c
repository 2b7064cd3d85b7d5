/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/array.h"

gboolean
tfjs_slice (TfjsCall *c, gint which)
{
  guint in[3];
  return tfjs_tensors (c, 0, 3, in) &&
         tfjs_give_id (c, tfc_build_slice_of (c->b, in[0], in[1], in[2]));
}

/* Out of the sizes of a picture: whatever of it is known is a constant. */
static gboolean
slice_sizes (TfjsCall *c, const TfcStrided *s)
{
  TfjsValue from = c->in[0], to = {.kind = TFJS_SIZES, .type = TFC_TYPE_I32};
  const TfcShape x = tfc_shape (1, from.shape.rank);
  TfcShape cut, result;
  TfcParams p;
  gboolean known = TRUE;
  if (!tfc_build_strided_ranges (c->b, s, &x, &p, &cut, &result))
    return FALSE;
  to.shape.rank = cut.dim[0];
  for (gint i = 0; i < cut.dim[0]; i++) {
    to.shape.dim[i] = from.shape.dim[p.slice.begin[0] + i * p.slice.stride[0]];
    known = known && to.shape.dim[i] >= 0;
  }
  return known ? tfjs_give_ints (c, &result, to.shape.dim) : tfjs_give (c, &to);
}

gboolean
tfjs_strided_slice (TfjsCall *c, gint which)
{
  TfcStrided s = {.begin_mask = tfjs_attr_int (c, "begin_mask", 0),
                  .end_mask = tfjs_attr_int (c, "end_mask", 0),
                  .ellipsis = tfjs_attr_int (c, "ellipsis_mask", 0),
                  .new_axis = tfjs_attr_int (c, "new_axis_mask", 0),
                  .shrink = tfjs_attr_int (c, "shrink_axis_mask", 0)};
  guint in[3];
  s.begin_mask &= ~s.shrink; /* an axis that goes has its begin in TensorFlow, not in TFLite */
  if (!tfjs_tensors (c, 1, 3, in) || !tfc_build_strided_lists (c->b, &s, in[0], in[1], in[2]))
    return FALSE;
  if (c->in[0].kind == TFJS_SIZES)
    return slice_sizes (c, &s);
  return tfjs_give_id (c, tfc_build_strided (c->b, tfjs_tensor (c, 0), &s));
}

gboolean
tfjs_pack (TfjsCall *c, gint which)
{
  const gint axis = tfjs_attr_int (c, "axis", 0);
  guint in[TFC_MAX_NODE_INPUTS];
  return tfjs_tensors (c, 0, c->n_in, in) &&
         tfjs_give_id (c, tfc_build_stack (c->b, in, c->n_in, axis));
}

/* Of a picture whose size is not known: one of the batch. */
static gboolean
unpack_picture (TfjsCall *c)
{
  const TfcShape *s = &c->in[0].shape;
  if (tfjs_attr_int (c, "axis", 0) != 0 || s->rank < 1 || s->dim[0] != 1)
    return tfc_builder_unsupported (c->b, "of a picture other than by batch");
  TfjsValue row;
  return tfjs_row (c, &c->in[0], 0, &row) && tfjs_give (c, &row);
}

gboolean
tfjs_unpack (TfjsCall *c, gint which)
{
  if (c->in[0].kind == TFJS_PICTURE)
    return unpack_picture (c);
  guint x = tfjs_tensor (c, 0), ids[TFC_MAX_PARTS];
  gint32 axis = tfjs_attr_int (c, "axis", 0);
  if (x == TFC_NONE || !tfc_builder_axis (c->b, &axis, tfc_builder_shape (c->b, x)->rank))
    return FALSE;
  const gint n = tfjs_attr_int (c, "num", tfc_builder_shape (c->b, x)->dim[axis]);
  if (n < 1 || n > TFC_MAX_PARTS)
    return tfc_builder_bad (c->b, "%d parts", n);
  return tfc_build_unstack (c->b, x, axis, (guint)n, ids) && tfjs_give_ids (c, ids, (guint)n);
}

/* Inputs: the axis, x. */
gboolean
tfjs_split (TfjsCall *c, gint which)
{
  const gint n = tfjs_attr_int (c, "num_split", 0);
  guint in[2], ids[TFC_MAX_PARTS];
  return tfjs_tensors (c, 0, 2, in) && tfc_build_split (c->b, in[1], in[0], (guint)n, ids) &&
         tfjs_give_ids (c, ids, (guint)n);
}

/* Inputs: x, the sizes, the axis. */
gboolean
tfjs_split_v (TfjsCall *c, gint which)
{
  guint in[3], n = 0, ids[TFC_MAX_PARTS];
  return tfjs_tensors (c, 0, 3, in) &&
         tfc_build_split_v (c->b, in[0], in[1], in[2], TFC_MAX_PARTS, &n, ids) &&
         tfjs_give_ids (c, ids, n);
}

gboolean
tfjs_tile (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) && tfjs_give_id (c, tfc_build_tile (c->b, in[0], in[1]));
}

gboolean
tfjs_broadcast (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_broadcast_to (c->b, in[0], in[1]));
}

/* GatherV2 has the axis as its third input. */
gboolean
tfjs_gather (TfjsCall *c, gint which)
{
  const gint batch_dims = tfjs_attr_int (c, "batch_dims", 0);
  gint32 axis = 0;
  guint in[2];
  if (!tfjs_tensors (c, 0, 2, in) ||
      (c->n_in > 2 && !tfc_builder_int (c->b, tfjs_tensor (c, 2), "axis", &axis)))
    return FALSE;
  return tfjs_give_id (c, tfc_build_gather (c->b, in[0], axis, in[1], batch_dims));
}

gboolean
tfjs_gather_nd (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) && tfjs_give_id (c, tfc_build_gather_nd (c->b, in[0], in[1]));
}

/* Inputs: places, what is added there, the shape. */
gboolean
tfjs_scatter_nd (TfjsCall *c, gint which)
{
  guint in[3];
  return tfjs_tensors (c, 0, 3, in) &&
         tfjs_give_id (c, tfc_build_scatter_nd (c->b, in[0], in[1], in[2]));
}

/* Inputs: places, the shape, what stands there and what elsewhere. */
gboolean
tfjs_sparse_to_dense (TfjsCall *c, gint which)
{
  guint in[4];
  return tfjs_tensors (c, 0, 4, in) &&
         tfjs_give_id (c, tfc_build_sparse_to_dense (c->b, in[0], in[1], in[2], in[3]));
}

gboolean
tfjs_reverse (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) && tfjs_give_id (c, tfc_build_reverse_by (c->b, in[0], in[1]));
}
