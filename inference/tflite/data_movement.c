/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

guint
tfc_tfl_concatenation (TfcTfl *l, TfcTflNode *n)
{
  const gint axis = tfc_fb_i32 (&l->fb, n->options, 0, 0);
  return tfc_tfl_no_activation (l, n, 1) ? tfc_build_concat (&l->b, n->in, n->n_in, axis, &n->y)
                                         : TFC_NONE;
}

guint
tfc_tfl_depth_to_space (TfcTfl *l, TfcTflNode *n)
{
  const gint32 block = tfc_fb_i32 (&l->fb, n->options, 0, 0);
  return tfc_build_depth_to_space (&l->b, n->in[0], block, &n->y);
}

guint
tfc_tfl_space_to_depth (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_space_to_depth (&l->b, n->in[0], tfc_fb_i32 (&l->fb, n->options, 0, 0));
}

guint
tfc_tfl_space_to_batch (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_space_to_batch (&l->b, n->in[0], n->in[1], n->in[2]);
}

guint
tfc_tfl_batch_to_space (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_batch_to_space (&l->b, n->in[0], n->in[1], n->in[2]);
}

/* Options from field on: corners aligned, half pixels. */
static guint
resize (TfcTfl *l, TfcTflNode *n, guint field)
{
  return tfc_build_resize_params (&l->b, n->op, n->in[1], tfc_tfl_flag (l, n, field),
                                  tfc_tfl_flag (l, n, field + 1), &n->params)
             ? tfc_build (&l->b, n->op, &n->params, n->in, 1, &n->y)
             : TFC_NONE;
}

guint
tfc_tfl_resize_bilinear (TfcTfl *l, TfcTflNode *n)
{
  return resize (l, n, 2);
}

guint
tfc_tfl_resize_nearest (TfcTfl *l, TfcTflNode *n)
{
  return resize (l, n, 0);
}

/* PADV2 has the value as its third input. */
guint
tfc_tfl_pad (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_pad (&l->b, n->in[0], n->in[1], tfc_tfl_input (n, 2), &n->y);
}

guint
tfc_tfl_mirror_pad (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_mirror_pad (&l->b, n->in[0], n->in[1], tfc_tfl_flag (l, n, 0));
}

guint
tfc_tfl_transpose (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_transpose_by (&l->b, n->in[0], n->in[1]);
}

/* The shape is an input or, in old files, an option; in the oldest nothing says it but the output.
 * One dimension of -1 is what is left. */
guint
tfc_tfl_reshape (TfcTfl *l, TfcTflNode *n)
{
  TfcFbVector option = tfc_fb_vector (&l->fb, n->options, 0, 4);
  TfcShape to = {0};
  if (tfc_tfl_input (n, 1) != TFC_NONE && tfc_builder_tensor (&l->b, n->in[1])->data)
    return tfc_build_reshape_to (&l->b, n->in[0], n->in[1]);
  if (!option.n || option.n > TFC_MAX_RANK)
    return tfc_build_reshape (&l->b, n->in[0], &l->tensors[n->out[0]].shape);
  for (guint i = 0; i < option.n; i++)
    to.dim[to.rank++] = tfc_fb_at_i32 (&l->fb, option, i);
  return tfc_build_reshape (&l->b, n->in[0], &to);
}

guint
tfc_tfl_squeeze (TfcTfl *l, TfcTflNode *n)
{
  TfcFbVector option = tfc_fb_vector (&l->fb, n->options, 0, 4);
  gint32 axes[TFC_MAX_AXES];
  const guint count = MIN (option.n, TFC_MAX_AXES);
  for (guint i = 0; i < count; i++)
    axes[i] = tfc_fb_at_i32 (&l->fb, option, i);
  return tfc_build_squeeze (&l->b, n->in[0], axes, count);
}

guint
tfc_tfl_expand_dims (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_expand_dims (&l->b, n->in[0], n->in[1]);
}

guint
tfc_tfl_slice (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_slice_of (&l->b, n->in[0], n->in[1], n->in[2]);
}

/* Options: begin, end, ellipsis, new axis, shrink axis masks, ends as lengths. */
guint
tfc_tfl_strided_slice (TfcTfl *l, TfcTflNode *n)
{
  TfcStrided s = {0};
  gint *masks[] = {&s.begin_mask, &s.end_mask, &s.ellipsis, &s.new_axis, &s.shrink};
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    *masks[i] = tfc_fb_i32 (&l->fb, n->options, i, 0);
  s.offset = tfc_tfl_flag (l, n, 5);
  return tfc_build_strided_lists (&l->b, &s, n->in[1], n->in[2], n->in[3])
             ? tfc_build_strided (&l->b, n->in[0], &s)
             : TFC_NONE;
}

guint
tfc_tfl_pack (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_stack (&l->b, n->in, n->n_in, tfc_fb_i32 (&l->fb, n->options, 1, 0));
}

static gboolean
give_all (TfcTfl *l, TfcTflNode *n, const guint *ids)
{
  for (guint k = 0; k < n->n_out; k++) {
    if (!tfc_tfl_give (l, n, k, ids[k]))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_tfl_unpack (TfcTfl *l, TfcTflNode *n)
{
  const gint axis = tfc_fb_i32 (&l->fb, n->options, 1, 0);
  guint ids[TFC_MAX_NODE_INPUTS];
  return tfc_build_unstack (&l->b, n->in[0], axis, n->n_out, ids) && give_all (l, n, ids);
}

/* Inputs: the axis, x. */
gboolean
tfc_tfl_split (TfcTfl *l, TfcTflNode *n)
{
  guint ids[TFC_MAX_NODE_INPUTS];
  return tfc_build_split (&l->b, n->in[1], n->in[0], n->n_out, ids) && give_all (l, n, ids);
}

/* Inputs: x, the sizes, the axis. */
gboolean
tfc_tfl_split_v (TfcTfl *l, TfcTflNode *n)
{
  guint ids[TFC_MAX_NODE_INPUTS], count = 0;
  return tfc_build_split_v (&l->b, n->in[0], n->in[1], n->in[2], TFC_MAX_NODE_INPUTS, &count,
                            ids) &&
         (count == n->n_out ||
          tfc_builder_bad (&l->b, "%u sizes for %u outputs", count, n->n_out)) &&
         give_all (l, n, ids);
}

guint
tfc_tfl_tile (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_tile (&l->b, n->in[0], n->in[1]);
}

guint
tfc_tfl_broadcast_to (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_broadcast_to (&l->b, n->in[0], n->in[1]);
}

/* Options: axis, how many leading axes both have. */
guint
tfc_tfl_gather (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_gather (&l->b, n->in[0], tfc_fb_i32 (&l->fb, n->options, 0, 0), n->in[1],
                           tfc_fb_i32 (&l->fb, n->options, 1, 0));
}

guint
tfc_tfl_gather_nd (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_gather_nd (&l->b, n->in[0], n->in[1]);
}

/* Inputs: rows, the table, whose numbers may be stored in 8 bits where what comes out is not. */
guint
tfc_tfl_embedding_lookup (TfcTfl *l, TfcTflNode *n)
{
  const guint table =
      n->y.type == TFC_TYPE_F32 ? tfc_build_cast (&l->b, n->in[1], TFC_TYPE_F32) : n->in[1];
  return tfc_build_gather (&l->b, table, 0, n->in[0], 0);
}

/* Inputs: places, what is added there, the shape. */
guint
tfc_tfl_scatter_nd (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_scatter_nd (&l->b, n->in[0], n->in[1], n->in[2]);
}

/* Inputs: places, the shape, what stands there and what elsewhere. */
guint
tfc_tfl_sparse_to_dense (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_sparse_to_dense (&l->b, n->in[0], n->in[1], n->in[2], n->in[3]);
}

guint
tfc_tfl_reverse (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_reverse_by (&l->b, n->in[0], n->in[1]);
}
