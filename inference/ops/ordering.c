/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/arithmetic/quant.h"
#include "inference/ops/families.h"

/* The axis goes; what comes out are places along it. */
gboolean
tfc_infer_arg (TfcInfer *c)
{
  TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  if (!tfc_infer_fix_axis (c, &p->axis, x->rank))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    if (i != p->axis)
      c->shape[0].dim[c->shape[0].rank++] = x->dim[i];
  }
  return TRUE;
}

/* By which elements of one tensor are ordered. */
static gdouble
number (const TfcTensor *x, gsize i)
{
  if (x->type == TFC_TYPE_I32)
    return ((const gint32 *)x->data)[i];
  return x->type == TFC_TYPE_F32 ? ((const gfloat *)x->data)[i] : tfc_ref_get (x, i);
}

/* The first of the greatest (or least) along the axis. */
static void
arg_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  gint axis = call->params->axis;
  gsize inner = 1, n = x->shape.dim[axis], count = tfc_tensor_count (call->out[0]);
  gdouble sign = call->op == TFC_OP_ARG_MAX ? 1 : -1;
  for (gint i = axis + 1; i < x->shape.rank; i++)
    inner *= x->shape.dim[i];
  for (gsize i = 0; i < count; i++) {
    gsize at = i / inner * n * inner + i % inner;
    gint32 best = 0;
    for (gsize k = 1; k < n; k++) {
      gsize here = at + k * inner, there = at + (gsize)best * inner;
      gdouble a = number (x, here), b = number (x, there);
      best = sign * a > sign * b ? (gint32)k : best;
    }
    ((gint32 *)call->out[0]->data)[i] = best;
  }
}

static gboolean
has_order (const TfcTensor *x)
{
  return x->type == TFC_TYPE_F32 || x->type == TFC_TYPE_I32 || x->type == TFC_TYPE_U8 ||
         x->type == TFC_TYPE_I8;
}

static gboolean
arg_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  return call->n_in == 1 && x && call->out[0]->type == TFC_TYPE_I32 && has_order (x) &&
         call->params->axis >= 0 && call->params->axis < x->shape.rank;
}

gboolean
tfc_infer_top_k (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape;
  const gint32 k = c->params->k;
  if (x->rank < 1 || k < 1 || k > x->dim[x->rank - 1])
    return BAD (c, "%d of %d elements", k, x->rank < 1 ? 0 : x->dim[x->rank - 1]);
  c->shape[0] = *x;
  c->shape[0].dim[x->rank - 1] = k;
  c->shape[1] = c->shape[0];
  return TRUE;
}

/* Whether element a of the row comes before element b. */
static gboolean
precedes (const TfcTensor *x, gsize row, gint32 a, gint32 b)
{
  gdouble va = number (x, row + (gsize)a), vb = number (x, row + (gsize)b);
  return va > vb || (!(vb > va) && a < b);
}

/* A heap of n places in a row, the last one in order on top: what is at comes where it belongs. */
static void
sift_down (const TfcTensor *x, gsize row, gint32 *heap, gsize n, gsize at)
{
  for (gsize child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && precedes (x, row, heap[child], heap[child + 1]))
      child++;
    if (precedes (x, row, heap[child], heap[at]))
      return;
    gint32 swap = heap[at];
    heap[at] = heap[child];
    heap[child] = swap;
  }
}

/* The first k of n elements in order, in order. */
static void
order_row (const TfcTensor *x, gsize row, gint32 n, gint32 *place, gsize k)
{
  for (gsize i = 0; i < k; i++)
    place[i] = (gint32)i;
  for (gsize i = k; i-- > 0;)
    sift_down (x, row, place, k, i);
  for (gint32 i = (gint32)k; i < n; i++) {
    if (precedes (x, row, i, place[0])) {
      place[0] = i;
      sift_down (x, row, place, k, 0);
    }
  }
  for (gsize end = k; end-- > 1;) {
    gint32 last = place[0];
    place[0] = place[end];
    place[end] = last;
    sift_down (x, row, place, end, 0);
  }
}

static void
top_k_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  const gint32 n = x->shape.dim[x->shape.rank - 1];
  const gsize k = (gsize)call->params->k, size = tfc_type_size (x->type),
              count = tfc_tensor_count (call->out[1]);
  gint32 *place = call->out[1]->data;
  guint8 *y = call->out[0]->data;
  for (gsize at = 0, row = 0; at < count; at += k, row += (gsize)n) {
    order_row (x, row, n, place + at, k);
    for (gsize i = 0; i < k; i++)
      memcpy (y + (at + i) * size, (const guint8 *)x->data + (row + (gsize)place[at + i]) * size,
              size);
  }
}

static gboolean
top_k_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  return call->n_in == 1 && x && has_order (x) && x->type == call->out[0]->type &&
         call->out[1]->type == TFC_TYPE_I32 && x->shape.rank > 0;
}

const TfcOpLoops tfc_loops_arg = {arg_can_run, arg_run};
const TfcOpLoops tfc_loops_top_k = {top_k_can_run, top_k_run};
