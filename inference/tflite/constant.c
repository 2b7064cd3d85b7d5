/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

guint
tfc_tfl_shape_op (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape x = *tfc_builder_shape (&l->b, n->in[0]), vector = tfc_shape (1, x.rank);
  return tfc_builder_constant_ints (&l->b, n->y.type, &vector, x.dim);
}

guint
tfc_tfl_rank (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape scalar = tfc_shape (0);
  const gint32 rank = tfc_builder_shape (&l->b, n->in[0])->rank;
  return tfc_builder_constant_ints (&l->b, n->y.type, &scalar, &rank);
}

/* Inputs: the shape, the value. */
guint
tfc_tfl_fill (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_fill (&l->b, n->in[0], n->in[1]);
}

guint
tfc_tfl_zeros_like (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape shape = *tfc_builder_shape (&l->b, n->in[0]);
  if (n->y.type != TFC_TYPE_F32 && n->y.type != TFC_TYPE_I32)
    return TFC_UNSUPPORTED (&l->b, "neither float32 nor int32");
  return tfc_build_filled (&l->b, n->y.type, &shape, 0);
}

/* Inputs: first, limit, step. */
guint
tfc_tfl_range (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_range (&l->b, n->in[0], n->in[1], n->in[2]);
}
