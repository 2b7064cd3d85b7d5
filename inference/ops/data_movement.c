/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "inference/ops/families.h"
#include "inference/arithmetic/strided_iter.h"

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

const TfcRefOp tfc_ref_reshape = {reshape_can_run, reshape_run};
const TfcRefOp tfc_ref_transpose = {same_rank, transpose_run};
const TfcRefOp tfc_ref_slice = {slice_can_run, slice_run};
const TfcRefOp tfc_ref_depth_to_space = {depth_to_space_can_run, depth_to_space_run};
