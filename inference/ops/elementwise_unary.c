/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_prelu (TfcInfer *c)
{
  if (!tfc_infer_broadcast (c))
    return FALSE;
  return tfc_shape_equal (&c->shape[0], &c->in[0]->shape) ||
         BAD (c, "the slope is larger than the input");
}

static gdouble
gelu (gdouble x, gdouble alpha)
{
  if (alpha == 0)
    return 0.5 * x * erfc (-x * G_SQRT2 / 2);
  return 0.5 * x * (1 + tanh (sqrt (2 / G_PI) * (x + 0.044715 * x * x * x)));
}

/* One function an op, so that a loop over elements calls what it needs and looks nothing up. */
#define OP(NAME, ...)
#define UNARY(NAME, REAL, ...)                          \
  static gdouble real_##NAME (gdouble x, gdouble alpha) \
  {                                                     \
    return REAL;                                        \
  }
#include "inference/ops/op_table.inc"

#define OP(NAME, ...)
#define UNARY_INT(NAME, REAL, WHOLE, ...) \
  static guint32 whole_##NAME (guint32 x) \
  {                                       \
    return WHOLE;                         \
  }
#include "inference/ops/op_table.inc"

typedef gdouble Real (gdouble x, gdouble alpha);
typedef guint32 Whole (guint32 x);

static Real *const reals[TFC_N_OPS] = {
#define OP(NAME, ...)
#define UNARY(NAME, REAL, ...) [TFC_OP_##NAME] = real_##NAME,
#include "inference/ops/op_table.inc"
};

static Whole *const wholes[TFC_N_OPS] = {
#define OP(NAME, ...)
#define UNARY_INT(NAME, REAL, WHOLE, ...) [TFC_OP_##NAME] = whole_##NAME,
#include "inference/ops/op_table.inc"
};

/* Shape arithmetic negates and squares whole numbers, or drops their sign. */
static gboolean
is_int (const TfcOpCall *call)
{
  return call->in[0]->type == TFC_TYPE_I32 && wholes[call->op];
}

static gboolean
unary_can_run (const TfcOpCall *call)
{
  if (call->n_in != 1 || !call->in[0])
    return FALSE;
  return tfc_loops_alike (call) || (is_int (call) && call->out[0]->type == TFC_TYPE_I32);
}

static void
unary_int (const TfcOpCall *call, gsize n)
{
  const guint32 *x = call->in[0]->data;
  guint32 *y = call->out[0]->data;
  Whole *const whole = wholes[call->op];
  for (gsize i = 0; i < n; i++)
    y[i] = whole (x[i]);
}

static void
unary_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  Real *const real = reals[call->op];
  const gdouble alpha = call->params->alpha;
  gsize n = tfc_tensor_count (y);
  if (is_int (call)) {
    unary_int (call, n);
    return;
  }
  TfcRefRange range = tfc_ref_range (y, NULL);
  for (gsize i = 0; i < n; i++) {
    gdouble v = real (tfc_ref_real (x, i), alpha);
    tfc_ref_put_real (y, i, v, range);
  }
}

static gboolean
clamp_can_run (const TfcOpCall *call)
{
  return call->n_in == 1 && tfc_loops_alike (call);
}

/* Quantised: the clamp in the output's steps, after moving to its scale if that differs. */
static void
clamp_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  const TfcClamp *clamp = &call->params->clamp;
  gsize n = tfc_tensor_count (y);
  TfcRefRange range = tfc_ref_range (y, clamp);
  for (gsize i = 0; i < n; i++) {
    gfloat v = tfc_ref_real (x, i);
    tfc_ref_put_real (y, i, y->type == TFC_TYPE_F32 ? tfc_ref_limit (v, clamp) : v, range);
  }
}

static gboolean
prelu_can_run (const TfcOpCall *call)
{
  return call->n_in == 2 && tfc_loops_alike (call);
}

static void
prelu_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *slope = call->in[1];
  TfcTensor *y = call->out[0];
  TfcRefRange range = tfc_ref_range (y, NULL);
  gsize n = tfc_tensor_count (y);
  TfcStridedIter w = tfc_strided_iter (&y->shape);
  tfc_strided_iter_broadcast (&w, 0, &x->shape);
  tfc_strided_iter_broadcast (&w, 1, &slope->shape);
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w)) {
    gdouble v = tfc_ref_real (x, w.place[0]);
    tfc_ref_put_real (y, i, v < 0 ? v * tfc_ref_real (slope, w.place[1]) : v, range);
  }
}

const TfcOpLoops tfc_loops_unary = {unary_can_run, unary_run};
const TfcOpLoops tfc_loops_clamp = {clamp_can_run, clamp_run};
const TfcOpLoops tfc_loops_prelu = {prelu_can_run, prelu_run};

gboolean
tfc_noop_clamp (const TfcParams *p, guint n_in, gint rank)
{
  return tfc_clamp_is_none (&p->clamp);
}
