/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

static gdouble
leaky_relu (gdouble x, gdouble alpha)
{
  return x < 0 ? x * alpha : x;
}

static gdouble
hard_swish (gdouble x, gdouble alpha)
{
  return x * CLAMP (x + 3, 0, 6) / 6;
}

static gdouble
sigmoid (gdouble x, gdouble alpha)
{
  return 1 / (1 + exp (-x));
}

static gdouble
hyperbolic_tangent (gdouble x, gdouble alpha)
{
  return tanh (x);
}

static gdouble
exponential (gdouble x, gdouble alpha)
{
  return exp (x);
}

static gdouble
square_root (gdouble x, gdouble alpha)
{
  return sqrt (x);
}

static gdouble
reciprocal_square_root (gdouble x, gdouble alpha)
{
  return 1 / sqrt (x);
}

static gdouble
negative (gdouble x, gdouble alpha)
{
  return -x;
}

static gdouble
square (gdouble x, gdouble alpha)
{
  return x * x;
}

static gdouble
absolute (gdouble x, gdouble alpha)
{
  return fabs (x);
}

static gdouble
sign (gdouble x, gdouble alpha)
{
  return x > 0 ? 1 : x < 0 ? -1 : x;
}

static gdouble
round_down (gdouble x, gdouble alpha)
{
  return floor (x);
}

static gdouble
round_up (gdouble x, gdouble alpha)
{
  return ceil (x);
}

static gdouble
round_even (gdouble x, gdouble alpha)
{
  return rint (x);
}

static gdouble
natural_log (gdouble x, gdouble alpha)
{
  return log (x);
}

static gdouble
sine (gdouble x, gdouble alpha)
{
  return sin (x);
}

static gdouble
cosine (gdouble x, gdouble alpha)
{
  return cos (x);
}

static gdouble
elu (gdouble x, gdouble alpha)
{
  return x < 0 ? expm1 (x) : x;
}

static gdouble
gelu (gdouble x, gdouble alpha)
{
  if (alpha == 0)
    return 0.5 * x * erfc (-x * G_SQRT2 / 2);
  return 0.5 * x * (1 + tanh (sqrt (2 / G_PI) * (x + 0.044715 * x * x * x)));
}

static gdouble (*const functions[TFC_N_OPS]) (gdouble x, gdouble alpha) = {
    [TFC_OP_LEAKY_RELU] = leaky_relu,
    [TFC_OP_HARD_SWISH] = hard_swish,
    [TFC_OP_SIGMOID] = sigmoid,
    [TFC_OP_TANH] = hyperbolic_tangent,
    [TFC_OP_EXP] = exponential,
    [TFC_OP_SQRT] = square_root,
    [TFC_OP_RSQRT] = reciprocal_square_root,
    [TFC_OP_NEG] = negative,
    [TFC_OP_ABS] = absolute,
    [TFC_OP_SIGN] = sign,
    [TFC_OP_FLOOR] = round_down,
    [TFC_OP_CEIL] = round_up,
    [TFC_OP_ROUND] = round_even,
    [TFC_OP_LOG] = natural_log,
    [TFC_OP_SIN] = sine,
    [TFC_OP_COS] = cosine,
    [TFC_OP_ELU] = elu,
    [TFC_OP_GELU] = gelu,
    [TFC_OP_SQUARE] = square,
};

/* Shape arithmetic negates and squares whole numbers, or drops their sign. */
static gboolean
is_int (const TfcOpCall *call)
{
  return call->in[0]->type == TFC_TYPE_I32 &&
         (call->op == TFC_OP_NEG || call->op == TFC_OP_ABS ||
          call->op == TFC_OP_SIGN || call->op == TFC_OP_SQUARE);
}

static gboolean
unary_can_run (const TfcOpCall *call)
{
  if (call->n_in != 1 || !call->in[0])
    return FALSE;
  return tfc_ref_alike (call) || (is_int (call) && call->out[0]->type == TFC_TYPE_I32);
}

static void
unary_int (const TfcOpCall *call, gsize n)
{
  const guint32 *x = call->in[0]->data;
  guint32 *y = call->out[0]->data;
  for (gsize i = 0; i < n; i++) {
    gboolean below = (gint32)x[i] < 0;
    switch (call->op) {
      case TFC_OP_SQUARE:
        y[i] = x[i] * x[i];
        break;
      case TFC_OP_SIGN:
        y[i] = below ? (guint32)-1 : x[i] > 0;
        break;
      default:
        y[i] = call->op == TFC_OP_NEG || below ? -x[i] : x[i];
    }
  }
}

static void
unary_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  gsize n = tfc_tensor_count (y);
  if (is_int (call)) {
    unary_int (call, n);
    return;
  }
  TfcRefRange range = tfc_ref_range (y, NULL);
  for (gsize i = 0; i < n; i++) {
    gdouble v = functions[call->op](tfc_ref_real (x, i), call->params->alpha);
    tfc_ref_put_real (y, i, v, range);
  }
}

static gboolean
clamp_can_run (const TfcOpCall *call)
{
  return call->n_in == 1 && tfc_ref_alike (call);
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
  return call->n_in == 2 && tfc_ref_alike (call);
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

const TfcRefOp tfc_ref_unary = {unary_can_run, unary_run};
const TfcRefOp tfc_ref_clamp = {clamp_can_run, clamp_run};
const TfcRefOp tfc_ref_prelu = {prelu_can_run, prelu_run};
