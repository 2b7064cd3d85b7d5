/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_broadcast_shapes (TfcInfer *c, const TfcShape *a, const TfcShape *b)
{
  gint rank = MAX (a->rank, b->rank);
  c->shape[0].rank = rank;
  for (gint i = 0; i < rank; i++) {
    gint ai = i - (rank - a->rank), bi = i - (rank - b->rank);
    gint32 da = ai < 0 ? 1 : a->dim[ai], db = bi < 0 ? 1 : b->dim[bi];
    if (da != db && da != 1 && db != 1)
      return BAD (c, "dimensions %d and %d do not go together", da, db);
    c->shape[0].dim[i] = da == 1 ? db : da;
  }
  return TRUE;
}

gboolean
tfc_infer_broadcast (TfcInfer *c)
{
  return tfc_infer_broadcast_shapes (c, &c->in[0]->shape, &c->in[1]->shape);
}

/* What is left of a / b rounded down: of b's sign. */
static gfloat
float_modulo (gfloat a, gfloat b)
{
  gfloat rest = b == 0 ? 0 : fmodf (a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static gint32
int_power (gint32 a, gint32 b)
{
  guint32 power = 1, base = (guint32)a;
  if (b < 0)
    return a == 1 ? 1 : a == -1 ? (b % 2 ? -1 : 1) : 0;
  for (; b; b >>= 1, base *= base)
    power *= b & 1 ? base : 1;
  return (gint32)power;
}

static gint32
floor_quotient (gint32 a, gint32 b)
{
  gint64 q = b ? (gint64)a / b : 0;
  return (gint32)(b && (gint64)a % b && (a < 0) != (b < 0) ? q - 1 : q);
}

static gint32
int_modulo (gint32 a, gint32 b)
{
  return b == 0 ? 0 : (gint32)((gint64)a - (gint64)floor_quotient (a, b) * b);
}

static inline gfloat
float_of (TfcOp op, gfloat a, gfloat b)
{
  switch (op) {
#define OP(NAME, ...)
#define BINARY(NAME, REAL, WHOLE, ...) \
  case TFC_OP_##NAME:                  \
    return REAL;
#include "inference/ops/op_table.inc"
    default:
      return 0;
  }
}

/* Wraps around as two's complement; division truncates, by zero gives 0. */
static gint32
int_of (TfcOp op, gint32 a, gint32 b)
{
  switch (op) {
#define OP(NAME, ...)
#define BINARY(NAME, REAL, WHOLE, ...) \
  case TFC_OP_##NAME:                  \
    return WHOLE;
#include "inference/ops/op_table.inc"
    default:
      return 0;
  }
}

/* Quantised sums: both scales over the output's become integers of 21 bits at a common power of
 * two, and the sum is rounded half up. As real numbers: floor (sum + 1/2). A ratio past float32's
 * is its greatest number: one step of it is past every byte. */
typedef struct {
  gint64 a, b;
  gint shift;
} Sum;

static Sum
sum_of (gfloat a, gfloat b)
{
  gint exponent;
  a = MIN (a, G_MAXFLOAT);
  b = MIN (b, G_MAXFLOAT);
  frexpf (MAX (a, b), &exponent);
  Sum s = {.shift = 21 - exponent};
  s.a = llrintf (ldexpf (a, s.shift));
  s.b = llrintf (ldexpf (b, s.shift));
  return s;
}

static void
quant_sum (const TfcOpCall *call, TfcStridedIter *w, gsize n, TfcRefRange range, gint sign)
{
  const TfcTensor *a = call->in[0], *b = call->in[1];
  TfcTensor *y = call->out[0];
  Sum s = sum_of (a->quant.scale / y->quant.scale, b->quant.scale / y->quant.scale);
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (w)) {
    gint64 sum = s.a * (tfc_ref_get (a, w->place[0]) - a->quant.zero_point) +
                 sign * s.b * (tfc_ref_get (b, w->place[1]) - b->quant.zero_point);
    gdouble q = floor (ldexp ((gdouble)sum, -s.shift) + 0.5) + y->quant.zero_point;
    tfc_ref_set (y, i, (gint32)CLAMP (q, range.lo, range.hi));
  }
}

static void
quant_product (const TfcOpCall *call, TfcStridedIter *w, gsize n, TfcRefRange range)
{
  const TfcTensor *a = call->in[0], *b = call->in[1];
  TfcTensor *y = call->out[0];
  gfloat scale = a->quant.scale * b->quant.scale / y->quant.scale;
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (w)) {
    gint32 product = (tfc_ref_get (a, w->place[0]) - a->quant.zero_point) *
                     (tfc_ref_get (b, w->place[1]) - b->quant.zero_point);
    tfc_ref_set (y, i, tfc_ref_round ((gfloat)product * scale, y->quant.zero_point, range));
  }
}

static void
quant_other (const TfcOpCall *call, TfcStridedIter *w, gsize n, TfcRefRange range)
{
  TfcTensor *y = call->out[0];
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (w)) {
    gfloat a = tfc_ref_real (call->in[0], w->place[0]), b = tfc_ref_real (call->in[1], w->place[1]);
    tfc_ref_put_real (y, i, float_of (call->op, a, b), range);
  }
}

static void
run_quant (const TfcOpCall *call, TfcStridedIter *w, gsize n)
{
  TfcOp op = call->op;
  TfcRefRange range = tfc_ref_range (call->out[0], &call->params->clamp);
  if (op == TFC_OP_ADD || op == TFC_OP_SUB)
    quant_sum (call, w, n, range, op == TFC_OP_ADD ? 1 : -1);
  else if (op == TFC_OP_MUL)
    quant_product (call, w, n, range);
  else
    quant_other (call, w, n, range);
}

static inline void
float_loop (TfcOp op, const TfcOpCall *call, TfcStridedIter *w, gsize n)
{
  const gfloat *a = call->in[0]->data, *b = call->in[1]->data;
  gfloat *y = call->out[0]->data;
  const TfcClamp clamp = call->params->clamp;
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (w)) {
    gfloat v = float_of (op, a[w->place[0]], b[w->place[1]]);
    y[i] = tfc_ref_limit (v, &clamp);
  }
}

/* A loop an op: none looks which it is element by element. */
static void
run_float (const TfcOpCall *call, TfcStridedIter *w, gsize n)
{
  switch (call->op) {
#define OP(NAME, ...)
#define BINARY(NAME, REAL, WHOLE, ...)      \
  case TFC_OP_##NAME:                       \
    float_loop (TFC_OP_##NAME, call, w, n); \
    break;
#include "inference/ops/op_table.inc"
    default:
      break;
  }
}

static gint32
saturated (gfloat v)
{
  return (gint32)CLAMP ((gdouble)v, G_MININT32, G_MAXINT32);
}

static void
run_int (const TfcOpCall *call, TfcStridedIter *w, gsize n)
{
  const gint32 *a = call->in[0]->data, *b = call->in[1]->data;
  gint32 *y = call->out[0]->data;
  const TfcClamp *clamp = &call->params->clamp;
  const gint32 lo = saturated (clamp->min), hi = saturated (clamp->max);
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (w)) {
    gint32 v = int_of (call->op, a[w->place[0]], b[w->place[1]]);
    y[i] = CLAMP (v, lo, hi);
  }
}

static gboolean
can_run (const TfcOpCall *call)
{
  const TfcTensor *a, *b, *y = call->out[0];
  if (call->n_in != 2 || !(a = call->in[0]) || !(b = call->in[1]))
    return FALSE;
  if (y->type == TFC_TYPE_I32)
    return a->type == TFC_TYPE_I32 && b->type == TFC_TYPE_I32;
  return tfc_loops_alike (call);
}

static void
run (const TfcOpCall *call)
{
  TfcTensor *y = call->out[0];
  gsize n = tfc_tensor_count (y);
  TfcStridedIter w = tfc_strided_iter (&y->shape);
  tfc_strided_iter_broadcast (&w, 0, &call->in[0]->shape);
  tfc_strided_iter_broadcast (&w, 1, &call->in[1]->shape);
  if (y->type == TFC_TYPE_F32)
    run_float (call, &w, n);
  else if (y->type == TFC_TYPE_I32)
    run_int (call, &w, n);
  else
    run_quant (call, &w, n);
}

const TfcOpLoops tfc_loops_binary = {can_run, run};
