/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "quant.h"
#include "walk.h"

static guint
reduced_axes (const TfcRefCall *call)
{
  const TfcParams *p = &call->node->params;
  gint rank = call->in[0]->shape.rank;
  guint mask = 0;
  for (gint i = 0; i < p->axes.n; i++)
    mask |= 1u << (p->axes.axis[i] < 0 ? p->axes.axis[i] + rank : p->axes.axis[i]);
  return mask;
}

/* A walk over x's axes in mask; place 0 is the element. */
static TfcWalk
walk_axes (const TfcShape *x, guint mask)
{
  gssize step[TFC_MAX_RANK];
  TfcWalk w = {.rank = 0};
  tfc_walk_strides (x, step);
  for (gint i = 0; i < x->rank; i++) {
    if (mask >> i & 1) {
      w.dim[w.rank] = x->dim[i];
      w.step[0][w.rank++] = step[i];
    }
  }
  return w;
}

static gsize
walk_count (const TfcWalk *w)
{
  gsize n = 1;
  for (gint i = 0; i < w->rank; i++)
    n *= w->dim[i];
  return n;
}

static gdouble
sum_from (const TfcTensor *x, TfcWalk w, gssize start, gsize n)
{
  gdouble sum = 0;
  w.place[0] = start;
  for (gsize i = 0; i < n; i++, tfc_walk_next (&w)) {
    if (x->type == TFC_TYPE_F32)
      sum += ((const gfloat *)x->data)[w.place[0]];
    else
      sum += tfc_ref_get (x, w.place[0]) - x->quant.zero_point;
  }
  return sum;
}

static void
mean_run (const TfcRefCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  guint mask = reduced_axes (call);
  TfcWalk outer = walk_axes (&x->shape, ~mask), inner = walk_axes (&x->shape, mask);
  gsize n_out = tfc_tensor_count (y), n = walk_count (&inner);
  TfcRefRange range = tfc_ref_range (y, NULL);
  gfloat scale = y->type == TFC_TYPE_F32 ? 0 : x->quant.scale / (y->quant.scale * (gfloat)n);
  for (gsize i = 0; i < n_out; i++, tfc_walk_next (&outer)) {
    gdouble sum = sum_from (x, inner, outer.place[0], n);
    if (y->type == TFC_TYPE_F32)
      ((gfloat *)y->data)[i] = (gfloat)(sum / (gdouble)n);
    else
      tfc_ref_set (y, i, tfc_ref_round ((gfloat)sum * scale, y->quant.zero_point, range));
  }
}

static gboolean
mean_can_run (const TfcRefCall *call)
{
  return call->node->n_in == 1 && tfc_ref_alike (call);
}

static void
softmax_row (const TfcRefCall *call, gsize start, gsize n, TfcRefRange range)
{
  const TfcTensor *x = call->in[0];
  gdouble beta = call->node->params.alpha, top = -G_MAXDOUBLE, sum = 0;
  for (gsize i = 0; i < n; i++)
    top = MAX (top, beta * tfc_ref_real (x, start + i));
  for (gsize i = 0; i < n; i++)
    sum += exp (beta * tfc_ref_real (x, start + i) - top);
  for (gsize i = 0; i < n; i++) {
    gdouble e = exp (beta * tfc_ref_real (x, start + i) - top);
    tfc_ref_put_real (call->out[0], start + i, e / sum, range);
  }
}

static void
softmax_run (const TfcRefCall *call)
{
  const TfcShape *shape = &call->in[0]->shape;
  gsize n = tfc_tensor_count (call->out[0]), row = shape->rank ? shape->dim[shape->rank - 1] : 1;
  TfcRefRange range = tfc_ref_range (call->out[0], NULL);
  for (gsize at = 0; at < n; at += row)
    softmax_row (call, at, row, range);
}

const TfcRefOp tfc_ref_mean = {mean_can_run, mean_run};
const TfcRefOp tfc_ref_softmax = {mean_can_run, softmax_run};
