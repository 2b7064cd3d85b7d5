/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/ops/families.h"

/* Leading axes that both have, counted from the end of the indices where below 0. */
static gboolean
check_batch (const TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *index = &c->in[1]->shape;
  gint32 *batch = &c->params->gather.batch;
  if (*batch < 0)
    *batch += index->rank;
  if (*batch < 0 || *batch > MIN (index->rank, c->params->gather.axis))
    return BAD (c, "%d batch dimensions", *batch);
  for (gint i = 0; i < *batch; i++) {
    if (x->dim[i] != index->dim[i])
      return BAD (c, "%d batches of elements, %d of indices", x->dim[i], index->dim[i]);
  }
  return TRUE;
}

gboolean
tfc_infer_gather (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *index = &c->in[1]->shape;
  TfcShape *y = &c->shape[0];
  if (!tfc_infer_fix_axis (c, &c->params->gather.axis, x->rank) || !check_batch (c))
    return FALSE;
  const gint axis = c->params->gather.axis, batch = c->params->gather.batch;
  if (x->rank - 1 + index->rank - batch > TFC_MAX_RANK)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "too many dimensions");
  for (gint i = 0; i < axis; i++)
    y->dim[y->rank++] = x->dim[i];
  for (gint i = batch; i < index->rank; i++)
    y->dim[y->rank++] = index->dim[i];
  for (gint i = axis + 1; i < x->rank; i++)
    y->dim[y->rank++] = x->dim[i];
  return TRUE;
}

/* The last axis of the indices: a place along each of x's first axes. */
gboolean
tfc_infer_gather_nd (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *index = &c->in[1]->shape;
  TfcShape *y = &c->shape[0];
  const gint n = index->rank ? index->dim[index->rank - 1] : 0;
  if (n < 1 || n > x->rank)
    return BAD (c, "indices of %d numbers for %d dimensions", n, x->rank);
  if (index->rank - 1 + x->rank - n > TFC_MAX_RANK)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "too many dimensions");
  for (gint i = 0; i < index->rank - 1; i++)
    y->dim[y->rank++] = index->dim[i];
  for (gint i = n; i < x->rank; i++)
    y->dim[y->rank++] = x->dim[i];
  return TRUE;
}

static gboolean
can_run (const TfcOpCall *call)
{
  return call->n_in == 2 && call->in[0] && call->in[1] && call->in[0]->type == call->out[0]->type &&
         call->in[1]->type == TFC_TYPE_I32;
}

static gsize
product (const gint32 *dim, gint n)
{
  gsize all = 1;
  for (gint i = 0; i < n; i++)
    all *= (gsize)dim[i];
  return all;
}

/* An index beside the axis is the nearest one on it. */
static gsize
place (gint32 index, gint32 size)
{
  return (gsize)CLAMP (index, 0, size - 1);
}

static void
gather_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  const gint32 *index = call->in[1]->data, *dim = x->shape.dim;
  const gint axis = call->params->gather.axis, batch = call->params->gather.batch;
  const gsize rows = product (dim, batch), between = product (dim + batch, axis - batch),
              n = tfc_tensor_count (call->in[1]) / rows,
              run = product (dim + axis + 1, x->shape.rank - axis - 1) * tfc_type_size (x->type);
  const guint8 *from = x->data;
  guint8 *to = call->out[0]->data;
  for (gsize b = 0; b < rows; b++, index += n) {
    for (gsize m = 0; m < between; m++, from += (gsize)dim[axis] * run) {
      for (gsize k = 0; k < n; k++, to += run)
        memcpy (to, from + place (index[k], dim[axis]) * run, run);
    }
  }
}

static gboolean
gather_nd_can_run (const TfcOpCall *call)
{
  if (!can_run (call))
    return FALSE;
  const TfcShape *index = &call->in[1]->shape;
  return index->rank > 0 && index->dim[index->rank - 1] <= call->in[0]->shape.rank;
}

static void
gather_nd_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  const TfcShape *s = &call->in[1]->shape;
  const gint32 *index = call->in[1]->data, *dim = x->shape.dim, n = s->dim[s->rank - 1];
  const gsize count = tfc_tensor_count (call->in[1]) / (gsize)n,
              run = product (dim + n, x->shape.rank - n) * tfc_type_size (x->type);
  guint8 *to = call->out[0]->data;
  for (gsize i = 0; i < count; i++, index += n, to += run) {
    gsize at = 0;
    for (gint k = 0; k < n; k++)
      at = at * (gsize)dim[k] + place (index[k], dim[k]);
    memcpy (to, (const guint8 *)x->data + at * run, run);
  }
}

/* x[.., rest], indices[.., n]: n and rest are the axes of what comes out. */
gboolean
tfc_infer_scatter_nd (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *index = &c->in[1]->shape, *y = &c->params->scattered;
  const gint n = index->rank ? index->dim[index->rank - 1] : 0, rows = index->rank - 1;
  gboolean fits =
      n >= 1 && y->rank <= TFC_MAX_RANK && n <= y->rank && x->rank == rows + y->rank - n;
  for (gint i = 0; fits && i < x->rank; i++)
    fits = x->dim[i] == (i < rows ? index->dim[i] : y->dim[i - rows + n]);
  for (gint i = 0; fits && i < y->rank; i++)
    fits = y->dim[i] > 0;
  c->shape[0] = *y;
  return fits || BAD (c, "places of %d numbers and what stands there do not fit the result", n);
}

static gboolean
scatter_nd_can_run (const TfcOpCall *call)
{
  return can_run (call) &&
         (call->in[0]->type == TFC_TYPE_F32 || call->in[0]->type == TFC_TYPE_I32) &&
         call->in[1]->shape.rank > 0 &&
         call->in[1]->shape.dim[call->in[1]->shape.rank - 1] <= call->out[0]->shape.rank;
}

static void
add_elements (const TfcTensor *y, gsize to, const TfcTensor *x, gsize from, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (x->type == TFC_TYPE_F32)
      ((gfloat *)y->data)[to + i] += ((const gfloat *)x->data)[from + i];
    else
      ((guint32 *)y->data)[to + i] += ((const guint32 *)x->data)[from + i];
  }
}

/* What has a place beside the result is left out. */
static void
scatter_nd_run (const TfcOpCall *call)
{
  const TfcShape *s = &call->in[1]->shape;
  const TfcTensor *y = call->out[0];
  const gint32 *index = call->in[1]->data, *dim = y->shape.dim, n = s->dim[s->rank - 1];
  const gsize count = tfc_tensor_count (call->in[1]) / (gsize)n,
              run = product (dim + n, y->shape.rank - n);
  memset (y->data, 0, tfc_tensor_bytes (y));
  for (gsize i = 0; i < count; i++, index += n) {
    gsize at = 0;
    gboolean in = TRUE;
    for (gint k = 0; k < n; k++) {
      in = in && index[k] >= 0 && index[k] < dim[k];
      at = at * (gsize)dim[k] + (in ? (gsize)index[k] : 0);
    }
    if (in)
      add_elements (y, at * run, call->in[0], i * run, run);
  }
}

const TfcOpLoops tfc_loops_scatter_nd = {scatter_nd_can_run, scatter_nd_run};
const TfcOpLoops tfc_loops_gather = {can_run, gather_run};
const TfcOpLoops tfc_loops_gather_nd = {gather_nd_can_run, gather_nd_run};
