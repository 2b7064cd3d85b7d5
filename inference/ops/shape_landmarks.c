/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The attention mesh's three. */
#include "inference/ops/families.h"

static gboolean
need_point (const TfcInfer *c, gint32 index, gsize points)
{
  return (index >= 0 && (gsize)index < points) ||
         BAD (c, "point %d of %" G_GSIZE_FORMAT, index, points);
}

/* x[.., 3 * n] points as x, y, z -> y[1, 4, 4], the matrix */
gboolean
tfc_infer_landmarks_to_transform (TfcInfer *c)
{
  const TfcParams *p = c->params;
  gsize points = tfc_tensor_count (c->in[0]) / 3;
  if (p->landmarks.n < 1 || p->landmarks.n > (gint)G_N_ELEMENTS (p->landmarks.index))
    return BAD (c, "%d indices", p->landmarks.n);
  for (gint i = 0; i < p->landmarks.n; i++) {
    if (!need_point (c, p->landmarks.index[i], points))
      return FALSE;
  }
  if (!need_point (c, p->landmarks.left_rotation, points) ||
      !need_point (c, p->landmarks.right_rotation, points))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  c->shape[0] = tfc_shape (3, 1, 4, 4);
  return TRUE;
}

static gboolean
need_matrix (const TfcInfer *c)
{
  return tfc_tensor_count (c->in[1]) == 16 || BAD (c, "the matrix is not 4x4");
}

gboolean
tfc_infer_transform_tensor (TfcInfer *c)
{
  const TfcParams *p = c->params;
  if (!tfc_infer_need_rank (c, 0, 4) || !need_matrix (c))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  const gint32 *x = c->in[0]->shape.dim;
  c->shape[0] = tfc_shape (4, x[0], p->landmarks.height, p->landmarks.width, x[3]);
  return TRUE;
}

gboolean
tfc_infer_transform_landmarks (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape;
  c->shape[0] = *x;
  if (x->rank < 1 || x->dim[x->rank - 1] < 2)
    return BAD (c, "points without x and y");
  return need_matrix (c);
}
