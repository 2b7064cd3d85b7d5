/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Ops that move elements. */
#include "tests/inference/ops/op-naive-private.h"
#include <math.h>

gdouble
naive_pad (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *s = &c->in[0].shape;
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < s->rank; a++) {
    own[a] = at[a] - c->params.pad.before[a];
    if (own[a] < 0 || own[a] >= s->dim[a])
      return c->params.pad.value;
  }
  return op_real (&c->in[0], index_of (s, own));
}

/* Where output row or column at looks, in input rows or columns. */
static gdouble
source (const OpCase *c, gint32 at, gint32 in, gint32 out)
{
  if (c->params.resize.align_corners)
    return out == 1 ? 0 : at * (in - 1.0) / (out - 1.0);
  if (c->params.resize.half_pixel)
    return CLAMP ((at + 0.5) * in / out - 0.5, 0, in - 1);
  return MIN (at * (gdouble)in / out, in - 1);
}

/* Every input pixel counts by how near it is. */
gdouble
naive_resize (const OpCase *c, const gint32 *at, gsize i)
{
  const gint32 *d = c->in[0].shape.dim;
  gdouble y = source (c, at[1], d[1], c->out.shape.dim[1]), sum = 0;
  gdouble x = source (c, at[2], d[2], c->out.shape.dim[2]);
  for (gint32 r = 0; r < d[1]; r++)
    for (gint32 k = 0; k < d[2]; k++)
      sum += fmax (0, 1 - fabs (y - r)) * fmax (0, 1 - fabs (x - k)) *
             pixel (&c->in[0], at[0], r, k, at[3]);
  return sum;
}

/* The input pixel whose middle, corner or place in a row of corners is the nearest. */
gdouble
naive_resize_nearest (const OpCase *c, const gint32 *at, gsize i)
{
  const gint32 *d = c->in[0].shape.dim;
  gint32 own[2];
  for (guint k = 0; k < 2; k++) {
    gint32 in = d[k + 1], out = c->out.shape.dim[k + 1];
    gint64 v = (gint64)at[k + 1] * in / out;
    if (c->params.resize.half_pixel)
      v = (2 * (gint64)at[k + 1] + 1) * in / (2 * (gint64)out);
    if (c->params.resize.align_corners && out > 1)
      v = (2 * (gint64)at[k + 1] * (in - 1) + out - 1) / (2 * (out - 1));
    own[k] = (gint32)MIN (v, in - 1);
  }
  return pixel (&c->in[0], at[0], own[0], own[1], at[3]);
}

/* The place along the axis; ties go to the first. */
gdouble
naive_arg (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *s = &c->in[0].shape;
  gint32 own[TFC_MAX_RANK], best = s->dim[c->params.axis] - 1;
  gdouble top = -INFINITY;
  for (gint a = 0; a < s->rank; a++)
    own[a] = a == c->params.axis ? 0 : at[a - (a > c->params.axis)];
  for (gint32 k = best; k >= 0; k--) {
    own[c->params.axis] = k;
    gdouble v = op_real (&c->in[0], index_of (s, own)) * (c->op == TFC_OP_ARG_MAX ? 1 : -1);
    if (v >= top)
      top = v, best = k;
  }
  return best;
}

gdouble
op_naive_place (const OpCase *c, gsize i)
{
  const gint32 n = c->in[0].shape.dim[c->in[0].shape.rank - 1], k = c->params.k;
  const gsize row = i / k * n;
  for (gint32 a = 0; a < n; a++) {
    gsize before = 0;
    for (gint32 b = 0; b < n; b++) {
      const gdouble more = op_real (&c->in[0], row + b) - op_real (&c->in[0], row + a);
      before += more > 0 || (more == 0 && b < a);
    }
    if (before == i % k)
      return a;
  }
  return -1;
}

gdouble
naive_top_k (const OpCase *c, const gint32 *at, gsize i)
{
  return op_real (&c->in[0], i / c->params.k * c->in[0].shape.dim[c->in[0].shape.rank - 1] +
                                 op_naive_place (c, i));
}

/* Index number i, or the nearest on an axis so long. */
static gint32
index_on (const OpCase *c, gsize i, gint32 size)
{
  const gdouble index = op_stored (&c->in[1], i);
  return (gint32)fmax (0, fmin (index, size - 1));
}

gdouble
naive_gather (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *x = &c->in[0].shape, *s = &c->in[1].shape;
  const gint axis = c->params.gather.axis, batch = c->params.gather.batch;
  gint32 own[TFC_MAX_RANK], which[TFC_MAX_RANK];
  for (gint a = 0; a < s->rank; a++)
    which[a] = a < batch ? at[a] : at[axis + a - batch];
  for (gint a = 0; a < x->rank; a++)
    own[a] = a < axis    ? at[a]
             : a == axis ? index_on (c, index_of (s, which), x->dim[a])
                         : at[a - 1 + s->rank - batch];
  return op_real (&c->in[0], index_of (x, own));
}

gdouble
naive_gather_nd (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *x = &c->in[0].shape, *s = &c->in[1].shape;
  gint32 own[TFC_MAX_RANK], which[TFC_MAX_RANK], n = s->dim[s->rank - 1];
  for (gint a = 0; a < s->rank - 1; a++)
    which[a] = at[a];
  for (gint a = 0; a < x->rank; a++) {
    which[s->rank - 1] = a;
    own[a] = a < n ? index_on (c, index_of (s, which), x->dim[a]) : at[a - n + s->rank - 1];
  }
  return op_real (&c->in[0], index_of (x, own));
}

/* The sum of what is meant for this place. */
gdouble
naive_scatter_nd (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcShape *y = &c->out.shape, *s = &c->in[1].shape;
  const gint32 n = s->dim[s->rank - 1];
  gsize rest = 1;
  gdouble sum = 0;
  for (gint a = n; a < y->rank; a++)
    rest *= y->dim[a];
  for (gsize k = 0; k < tfc_tensor_count (&c->in[1]) / n; k++) {
    gboolean here = TRUE;
    for (gint32 a = 0; a < n; a++)
      here = here && op_stored (&c->in[1], k * n + a) == at[a];
    sum += here ? op_real (&c->in[0], k * rest + i % rest) : 0;
  }
  return sum;
}

gdouble
naive_depth_to_space (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 b = c->params.block, n = c->out.shape.dim[3];
  return pixel (&c->in[0], at[0], at[1] / b, at[2] / b, (at[1] % b * b + at[2] % b) * n + at[3]);
}

gdouble
naive_concat (const OpCase *c, const gint32 *at, gsize i)
{
  gint axis = c->params.axis;
  gint32 own[TFC_MAX_RANK];
  guint k = 0;
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[a] = at[a];
  while (own[axis] >= c->in[k].shape.dim[axis])
    own[axis] -= c->in[k++].shape.dim[axis];
  return op_real (&c->in[k], index_of (&c->in[k].shape, own));
}

gdouble
naive_transpose (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[c->params.axes.axis[a]] = at[a];
  return op_real (&c->in[0], index_of (&c->in[0].shape, own));
}

gdouble
naive_slice (const OpCase *c, const gint32 *at, gsize i)
{
  gint32 own[TFC_MAX_RANK];
  for (gint a = 0; a < c->out.shape.rank; a++)
    own[a] = c->params.slice.begin[a] + at[a] * c->params.slice.stride[a];
  return op_real (&c->in[0], index_of (&c->in[0].shape, own));
}
