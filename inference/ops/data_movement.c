/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/ops/families.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_depth_to_space (TfcInfer *c)
{
  gint64 b = c->params->block;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim;
  if (b < 1 || b > 32767 || x[3] % (b * b) != 0 || MAX (x[1], x[2]) * b > G_MAXINT32)
    return BAD (c, "block %d of %d channels", (gint)b, x[3]);
  c->shape[0] = tfc_shape (4, x[0], (gint)(x[1] * b), (gint)(x[2] * b), (gint)(x[3] / (b * b)));
  return TRUE;
}

gboolean
tfc_infer_reshape (TfcInfer *c)
{
  gsize count = tfc_tensor_count (c->in[0]), rest = 1;
  gint open = -1;
  c->shape[0] = c->out[0]->shape;
  if (c->shape[0].rank < 0)
    return BAD (c, "to an unknown shape");
  for (gint i = 0; i < c->shape[0].rank; i++) {
    gint32 d = c->shape[0].dim[i];
    if (d < 0 && open < 0)
      open = i;
    else if (d < 1 || !g_size_checked_mul (&rest, rest, d))
      return BAD (c, "to an impossible shape");
  }
  if (open >= 0 ? count % rest != 0 || count / rest > G_MAXINT32 : count != rest)
    return BAD (c, "%" G_GSIZE_FORMAT " elements do not fill the new shape", count);
  if (open >= 0)
    c->shape[0].dim[open] = count / rest;
  return TRUE;
}

gboolean
tfc_infer_transpose (TfcInfer *c)
{
  const TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  guint seen = 0;
  c->shape[0].rank = x->rank;
  if (p->axes.n != x->rank)
    return BAD (c, "%d axes for %d dimensions", p->axes.n, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint32 a = p->axes.axis[i];
    if (a < 0 || a >= x->rank || (seen & (1u << a)))
      return BAD (c, "axis %d out of range or used twice", a);
    seen |= 1u << a;
    c->shape[0].dim[i] = x->dim[a];
  }
  return TRUE;
}

gboolean
tfc_infer_slice (TfcInfer *c)
{
  const TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  c->shape[0] = c->out[0]->shape;
  if (c->shape[0].rank != x->rank)
    return BAD (c, "%d dimensions out of %d", c->shape[0].rank, x->rank);
  for (gint i = 0; i < x->rank; i++) {
    gint64 first = p->slice.begin[i], n = c->shape[0].dim[i];
    gint64 last = first + (n - 1) * p->slice.stride[i];
    if (n < 1 || p->slice.stride[i] == 0 || MIN (first, last) < 0 || MAX (first, last) >= x->dim[i])
      return BAD (c, "%d elements from %d by %d out of %d", (gint)n, (gint)first,
                  p->slice.stride[i], x->dim[i]);
  }
  return TRUE;
}

/* Ops that move elements and look at none: any type, the same in and out. */
static gboolean
can_run (const TfcOpCall *call)
{
  return call->n_in >= 1 && call->in[0] && call->in[0]->type == call->out[0]->type;
}

static gboolean
same_rank (const TfcOpCall *call)
{
  return can_run (call) && call->in[0]->shape.rank == call->out[0]->shape.rank;
}

static gboolean
reshape_can_run (const TfcOpCall *call)
{
  return can_run (call) && tfc_tensor_count (call->in[0]) == tfc_tensor_count (call->out[0]);
}

/* The plan may have given input and output one place. */
static void
reshape_run (const TfcOpCall *call)
{
  if (call->in[0]->data != call->out[0]->data)
    memmove (call->out[0]->data, call->in[0]->data, tfc_tensor_bytes (call->out[0]));
}

/* y[i] = x[place 0 of the walk], walking over y; elements that lie beside each other in both go at
 * once. */
static void
gather (const TfcOpCall *call, TfcStridedIter *w)
{
  gsize n = tfc_tensor_count (call->out[0]), size = tfc_type_size (call->out[0]->type), run = 1;
  while (w->rank > 0 && w->step[0][w->rank - 1] == (gssize)run)
    run *= (gsize)w->dim[--w->rank];
  for (gsize i = 0; i < n; i += run, tfc_strided_iter_next (w))
    memcpy ((guint8 *)call->out[0]->data + i * size,
            (const guint8 *)call->in[0]->data + w->place[0] * (gssize)size, run * size);
}

static void
transpose_run (const TfcOpCall *call)
{
  const TfcParams *p = call->params;
  gssize step[TFC_MAX_RANK];
  TfcStridedIter w = tfc_strided_iter (&call->out[0]->shape);
  tfc_strided_iter_strides (&call->in[0]->shape, step);
  for (gint i = 0; i < w.rank; i++)
    w.step[0][i] = step[p->axes.axis[i] < 0 ? p->axes.axis[i] + w.rank : p->axes.axis[i]];
  gather (call, &w);
}

static gboolean
slice_can_run (const TfcOpCall *call)
{
  const TfcParams *p = call->params;
  if (!same_rank (call))
    return FALSE;
  const TfcShape *x = &call->in[0]->shape, *y = &call->out[0]->shape;
  for (gint i = 0; i < y->rank; i++) {
    gint64 last = p->slice.begin[i] + (gint64)p->slice.stride[i] * (y->dim[i] - 1);
    if (y->dim[i] > 0 &&
        (p->slice.begin[i] < 0 || p->slice.begin[i] >= x->dim[i] || last < 0 || last >= x->dim[i]))
      return FALSE;
  }
  return TRUE;
}

static void
slice_run (const TfcOpCall *call)
{
  const TfcParams *p = call->params;
  gssize step[TFC_MAX_RANK];
  TfcStridedIter w = tfc_strided_iter (&call->out[0]->shape);
  tfc_strided_iter_strides (&call->in[0]->shape, step);
  for (gint i = 0; i < w.rank; i++) {
    w.step[0][i] = step[i] * p->slice.stride[i];
    w.place[0] += step[i] * p->slice.begin[i];
  }
  gather (call, &w);
}

/* Channel (by, bx, c) of an input pixel goes to pixel (by, bx) of its block. */
static void
depth_to_space_run (const TfcOpCall *call)
{
  const TfcShape *x = &call->in[0]->shape;
  gint32 block = call->params->block, c = call->out[0]->shape.dim[3];
  gssize step[TFC_MAX_RANK];
  TfcShape split = {6, {x->dim[0], x->dim[1], block, x->dim[2], block, c}};
  TfcStridedIter w = tfc_strided_iter (&split);
  tfc_strided_iter_strides (x, step);
  const gssize steps[] = {step[0], step[1], (gssize)block * c, step[2], c, 1};
  memcpy (w.step[0], steps, sizeof steps);
  gather (call, &w);
}

static gboolean
depth_to_space_can_run (const TfcOpCall *call)
{
  return same_rank (call) && call->in[0]->shape.rank == 4 && call->params->block > 0;
}

const TfcOpLoops tfc_loops_reshape = {reshape_can_run, reshape_run};
const TfcOpLoops tfc_loops_transpose = {same_rank, transpose_run};
const TfcOpLoops tfc_loops_slice = {slice_can_run, slice_run};
const TfcOpLoops tfc_loops_depth_to_space = {depth_to_space_can_run, depth_to_space_run};

gboolean
tfc_noop_depth_to_space (const TfcParams *p, guint n_in, gint rank)
{
  return p->block == 1;
}

gboolean
tfc_noop_transpose (const TfcParams *p, guint n_in, gint rank)
{
  for (gint i = 0; i < rank; i++) {
    if (p->axes.axis[i] != i)
      return FALSE;
  }
  return TRUE;
}

/* Of so many elements, any other step would leave the input. */
gboolean
tfc_noop_slice (const TfcParams *p, guint n_in, gint rank)
{
  for (gint i = 0; i < rank; i++) {
    if (p->slice.begin[i])
      return FALSE;
  }
  return TRUE;
}
