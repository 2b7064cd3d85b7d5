/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_reduce (TfcInfer *c)
{
  TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  gboolean reduced[TFC_MAX_RANK] = {FALSE};
  if (p->axes.n < 0 || p->axes.n > TFC_MAX_AXES)
    return BAD (c, "%d axes", p->axes.n);
  for (gint i = 0; i < p->axes.n; i++) {
    if (!tfc_infer_fix_axis (c, &p->axes.axis[i], x->rank))
      return FALSE;
    reduced[p->axes.axis[i]] = TRUE;
  }
  for (gint i = 0; i < x->rank; i++) {
    if (!reduced[i] || p->axes.keep_dims)
      c->shape[0].dim[c->shape[0].rank++] = reduced[i] ? 1 : x->dim[i];
  }
  return TRUE;
}

gboolean
tfc_infer_softmax (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return c->shape[0].rank > 0 || BAD (c, "a scalar has no last axis");
}

static guint
reduced_axes (const TfcOpCall *call)
{
  const TfcParams *p = call->params;
  gint rank = call->in[0]->shape.rank;
  guint mask = 0;
  for (gint i = 0; i < p->axes.n; i++)
    mask |= 1u << (p->axes.axis[i] < 0 ? p->axes.axis[i] + rank : p->axes.axis[i]);
  return mask;
}

/* A walk over x's axes in mask; place 0 is the element. */
static TfcStridedIter
walk_axes (const TfcShape *x, guint mask)
{
  gssize step[TFC_MAX_RANK];
  TfcStridedIter w = {.rank = 0};
  tfc_strided_iter_strides (x, step);
  for (gint i = 0; i < x->rank; i++) {
    if (mask >> i & 1) {
      w.dim[w.rank] = x->dim[i];
      w.step[0][w.rank++] = step[i];
    }
  }
  return w;
}

static gsize
walk_count (const TfcStridedIter *w)
{
  gsize n = 1;
  for (gint i = 0; i < w->rank; i++)
    n *= w->dim[i];
  return n;
}

/* An element as a float, or in steps from the zero point. */
static inline gdouble
number (const TfcTensor *x, gsize i)
{
  return x->type == TFC_TYPE_F32 ? ((const gfloat *)x->data)[i]
                                 : tfc_ref_get (x, i) - x->quant.zero_point;
}

static gdouble
begin_with (TfcOp op)
{
  switch (op) {
    case TFC_OP_PROD:
      return 1;
    case TFC_OP_REDUCE_MAX:
      return -INFINITY;
    case TFC_OP_REDUCE_MIN:
      return INFINITY;
    default:
      return 0;
  }
}

static inline gdouble
together (TfcOp op, gdouble a, gdouble b)
{
  switch (op) {
    case TFC_OP_PROD:
      return a * b;
    case TFC_OP_REDUCE_MAX:
      return MAX (a, b);
    case TFC_OP_REDUCE_MIN:
      return MIN (a, b);
    default:
      return a + b;
  }
}

/* n elements of x from start on, as the walk has them. */
static gdouble
reduce_from (TfcOp op, const TfcTensor *x, TfcStridedIter w, gssize start, gsize n)
{
  gdouble sum = begin_with (op);
  w.place[0] = start;
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w))
    sum = together (op, sum, number (x, w.place[0]));
  return sum;
}

/* Whole numbers wrap around; their mean is cut off toward zero. */
static gint32
reduce_ints (TfcOp op, const TfcTensor *x, TfcStridedIter w, gssize start, gsize n)
{
  const gint32 *v = x->data;
  guint32 product = 1;
  gint64 sum = 0;
  gint32 least = G_MAXINT32, most = G_MININT32;
  w.place[0] = start;
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w)) {
    sum += v[w.place[0]];
    product *= (guint32)v[w.place[0]];
    least = MIN (least, v[w.place[0]]);
    most = MAX (most, v[w.place[0]]);
  }
  switch (op) {
    case TFC_OP_MEAN:
      return (gint32)(sum / (gint64)n);
    case TFC_OP_PROD:
      return (gint32)product;
    case TFC_OP_REDUCE_MAX:
      return most;
    case TFC_OP_REDUCE_MIN:
      return least;
    default:
      return (gint32)(guint32)sum;
  }
}

/* What a step of the sum is in steps of the output. */
static gfloat
steps_of (TfcOp op, const TfcTensor *x, const TfcTensor *y, gsize n)
{
  if (y->type == TFC_TYPE_F32 || op == TFC_OP_REDUCE_MAX || op == TFC_OP_REDUCE_MIN)
    return 1;
  return op == TFC_OP_SUM ? x->quant.scale / y->quant.scale
                          : x->quant.scale / (y->quant.scale * (gfloat)n);
}

/* Whether one is set (of REDUCE_MAX) or all are. */
static guint8
reduce_bools (TfcOp op, const TfcTensor *x, TfcStridedIter w, gssize start, gsize n)
{
  const guint8 *v = x->data;
  gsize set = 0;
  w.place[0] = start;
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w))
    set += v[w.place[0]] != 0;
  return op == TFC_OP_REDUCE_MAX ? set > 0 : set == n;
}

static void
reduce_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  TfcOp op = call->op;
  guint mask = reduced_axes (call);
  TfcStridedIter outer = walk_axes (&x->shape, ~mask), inner = walk_axes (&x->shape, mask);
  gsize n_out = tfc_tensor_count (y), n = walk_count (&inner);
  TfcRefRange range = tfc_ref_range (y, NULL);
  gfloat scale = steps_of (op, x, y, n);
  for (gsize i = 0; i < n_out; i++, tfc_strided_iter_next (&outer)) {
    if (y->type == TFC_TYPE_I32) {
      ((gint32 *)y->data)[i] = reduce_ints (op, x, inner, outer.place[0], n);
      continue;
    }
    if (y->type == TFC_TYPE_BOOL) {
      ((guint8 *)y->data)[i] = reduce_bools (op, x, inner, outer.place[0], n);
      continue;
    }
    gdouble sum = reduce_from (op, x, inner, outer.place[0], n);
    if (y->type == TFC_TYPE_F32)
      ((gfloat *)y->data)[i] = (gfloat)(op == TFC_OP_MEAN ? sum / (gdouble)n : sum);
    else
      tfc_ref_set (y, i, tfc_ref_round ((gfloat)sum * scale, y->quant.zero_point, range));
  }
}

static gboolean
row_can_run (const TfcOpCall *call)
{
  return call->n_in == 1 && tfc_loops_alike (call);
}

static gboolean
reduce_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *y = call->out[0];
  if (x && y->type == TFC_TYPE_BOOL)
    return call->n_in == 1 && x->type == TFC_TYPE_BOOL &&
           (call->op == TFC_OP_REDUCE_MAX || call->op == TFC_OP_REDUCE_MIN);
  if (x && y->type == TFC_TYPE_I32)
    return call->n_in == 1 && x->type == TFC_TYPE_I32;
  return row_can_run (call) && (y->type == TFC_TYPE_F32 || call->op != TFC_OP_PROD);
}

static void
softmax_row (const TfcOpCall *call, gsize start, gsize n, TfcRefRange range)
{
  const TfcTensor *x = call->in[0];
  gdouble beta = call->params->alpha, top = -G_MAXDOUBLE, sum = 0;
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
softmax_run (const TfcOpCall *call)
{
  const TfcShape *shape = &call->in[0]->shape;
  gsize n = tfc_tensor_count (call->out[0]), row = shape->rank ? shape->dim[shape->rank - 1] : 1;
  TfcRefRange range = tfc_ref_range (call->out[0], NULL);
  for (gsize at = 0; at < n; at += row)
    softmax_row (call, at, row, range);
}

gboolean
tfc_infer_cumsum (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return tfc_infer_fix_axis (c, &c->params->scan.axis, c->in[0]->shape.rank);
}

static gboolean
cumsum_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  return call->n_in == 1 && x && x->type == call->out[0]->type && call->params->scan.axis >= 0 &&
         call->params->scan.axis < x->shape.rank &&
         (x->type == TFC_TYPE_F32 || x->type == TFC_TYPE_I32);
}

/* n elements from at on, so far apart; in order, or against it. Whole numbers wrap around. */
static void
cumsum_line (const TfcOpCall *call, gsize at, gsize step, gsize n)
{
  const TfcParams *p = call->params;
  const TfcTensor *x = call->in[0];
  gdouble sum = 0;
  guint32 whole = 0;
  for (gsize k = 0; k < n; k++) {
    const gsize i = at + (p->scan.reverse ? n - 1 - k : k) * step;
    const gdouble before = sum;
    const guint32 whole_before = whole;
    if (x->type == TFC_TYPE_I32) {
      whole += (guint32)((const gint32 *)x->data)[i];
      ((gint32 *)call->out[0]->data)[i] = (gint32)(p->scan.exclusive ? whole_before : whole);
    } else {
      sum += ((const gfloat *)x->data)[i];
      ((gfloat *)call->out[0]->data)[i] = (gfloat)(p->scan.exclusive ? before : sum);
    }
  }
}

static void
cumsum_run (const TfcOpCall *call)
{
  const TfcShape *s = &call->in[0]->shape;
  const gsize count = tfc_tensor_count (call->in[0]), n = (gsize)s->dim[call->params->scan.axis];
  gsize inner = 1;
  for (gint i = call->params->scan.axis + 1; i < s->rank; i++)
    inner *= (gsize)s->dim[i];
  for (gsize i = 0; i < count / n; i++)
    cumsum_line (call, i / inner * n * inner + i % inner, inner, n);
}

const TfcOpLoops tfc_loops_cumsum = {cumsum_can_run, cumsum_run};
const TfcOpLoops tfc_loops_reduce = {reduce_can_run, reduce_run};
const TfcOpLoops tfc_loops_softmax = {row_can_run, softmax_run};
