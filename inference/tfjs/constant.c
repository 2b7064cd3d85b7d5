/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

gboolean
tfjs_range (TfjsCall *c, gint which)
{
  guint in[3];
  return tfjs_tensors (c, 0, 3, in) &&
         tfjs_give_id (c, tfc_build_range (c->b, in[0], in[1], in[2]));
}

gboolean
tfjs_fill (TfjsCall *c, gint which)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) && tfjs_give_id (c, tfc_build_fill (c->b, in[0], in[1]));
}

/* Zeros or ones of the input's shape. */
gboolean
tfjs_like (TfjsCall *c, gint number)
{
  const guint x = tfjs_tensor (c, 0);
  if (x == TFC_NONE)
    return FALSE;
  const TfcTensor t = *tfc_builder_tensor (c->b, x);
  return tfjs_give_id (c, tfc_build_filled (c->b, t.type, &t.shape, number));
}

gboolean
tfjs_shape_op (TfjsCall *c, gint which)
{
  const TfcShape scalar = tfc_shape (0);
  TfcShape shape;
  gsize count;
  if (!tfjs_shape (c, &shape))
    return FALSE;
  if (which == TFJS_RANK)
    return tfjs_give_ints (c, &scalar, &shape.rank);
  if (!tfc_shape_count (&shape, &count)) {
    TfjsValue sizes = {.kind = TFJS_SIZES, .type = TFC_TYPE_I32, .shape = shape};
    return which == TFJS_SHAPE
               ? tfjs_give (c, &sizes)
               : tfc_builder_unsupported (c->b, "depends on the size of the picture");
  }
  if (which == TFJS_SIZE)
    return tfjs_give_ints (c, &scalar, &(gint32){(gint32)count});
  const TfcShape vector = tfc_shape (1, shape.rank);
  return tfjs_give_ints (c, &vector, shape.dim);
}
