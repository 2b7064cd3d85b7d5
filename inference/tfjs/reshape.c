/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <string.h>

gboolean
tfjs_reshape (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) && tfjs_give_id (c, tfc_build_reshape_to (c->b, in[0], in[1]));
}

/* Input 0, which may be a picture, in another shape. */
static gboolean
give_shaped (TfjsCall *c, const TfcShape *shape)
{
  TfjsValue v = c->in[0];
  if (v.kind != TFJS_PICTURE)
    return tfjs_give_id (c, tfc_build_reshape (c->b, tfjs_tensor (c, 0), shape));
  v.shape = *shape;
  return tfjs_give (c, &v);
}

gboolean
tfjs_squeeze (TfjsCall *c, gint which)
{
  TfcShape from, to;
  gint32 axes[TFC_MAX_RANK];
  gint n = tfjs_attr_ints (c, "squeeze_dims", axes, TFC_MAX_RANK);
  if (n < 0)
    n = tfjs_attr_ints (c, "axis", axes, TFC_MAX_RANK);
  return tfc_builder_ok (c->b) && tfjs_shape (c, &from) &&
         tfc_build_squeezed (c->b, &from, axes, (guint)MAX (n, 0), &to) && give_shaped (c, &to);
}

gboolean
tfjs_expand_dims (TfjsCall *c, gint which)
{
  TfcShape from, to;
  gint32 axis;
  return tfjs_shape (c, &from) && tfc_builder_int (c->b, tfjs_tensor (c, 1), "axis", &axis) &&
         tfc_build_expanded (c->b, &from, axis, &to) && give_shaped (c, &to);
}

gboolean
tfjs_concat (TfjsCall *c, gint axis_first)
{
  guint n = c->n_in - 1, in[TFC_MAX_NODE_INPUTS];
  gint32 axis;
  return tfc_builder_int (c->b, tfjs_tensor (c, axis_first ? 0 : n), "axis", &axis) &&
         tfjs_tensors (c, axis_first ? 1 : 0, n, in) &&
         tfjs_give_id (c, tfc_build_concat (c->b, in, n, axis, NULL));
}

gboolean
tfjs_transpose (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_transpose_by (c->b, in[0], in[1]));
}

/* PadV2 has the value as its third input. */
gboolean
tfjs_pad (TfjsCall *c, gint which)
{
  guint in[3] = {TFC_NONE, TFC_NONE, TFC_NONE};
  return tfjs_tensors (c, 0, c->n_in, in) &&
         tfjs_give_id (c, tfc_build_pad (c->b, in[0], in[1], in[2], NULL));
}

gboolean
tfjs_mirror_pad (TfjsCall *c, gint which)
{
  g_autofree gchar *mode = tfjs_attr_string (c, "mode");
  const gboolean edge = g_strcmp0 (mode, "SYMMETRIC") == 0;
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_mirror_pad (c->b, in[0], in[1], edge));
}

gboolean
tfjs_space_depth (TfjsCall *c, gint way)
{
  g_autofree gchar *format = tfjs_attr_string (c, "data_format");
  const gint block = tfjs_attr_int (c, "block_size", 0);
  const guint x = tfjs_tensor (c, 0);
  if (format && strcmp (format, "NHWC"))
    return tfc_builder_unsupported (c->b, "another data format than NHWC");
  return tfjs_give_id (c, way == TFJS_TO_SPACE ? tfc_build_depth_to_space (c->b, x, block, NULL)
                                               : tfc_build_space_to_depth (c->b, x, block));
}

gboolean
tfjs_space_batch (TfjsCall *c, gint way)
{
  guint in[3];
  if (!tfjs_tensors (c, 0, 3, in))
    return FALSE;
  return tfjs_give_id (c, way == TFJS_TO_SPACE
                              ? tfc_build_batch_to_space (c->b, in[0], in[1], in[2])
                              : tfc_build_space_to_batch (c->b, in[0], in[1], in[2]));
}
