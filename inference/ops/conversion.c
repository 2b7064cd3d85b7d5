/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"
#include "inference/arithmetic/half.h"
#include "inference/arithmetic/quant.h"

gboolean
tfc_infer_convert (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return c->out[0]->type != TFC_TYPE_F16 ||
         tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "computing float16");
}

/* The stored number, whatever the type. */
static gdouble
load (const TfcTensor *t, gsize i)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      return ((const gfloat *)t->data)[i];
    case TFC_TYPE_F16:
      return tfc_half_to_float (((const guint16 *)t->data)[i]);
    case TFC_TYPE_I8:
      return ((const gint8 *)t->data)[i];
    case TFC_TYPE_U16:
      return ((const guint16 *)t->data)[i];
    case TFC_TYPE_I32:
      return ((const gint32 *)t->data)[i];
    case TFC_TYPE_I64:
      return (gdouble)((const gint64 *)t->data)[i];
    default:
      return ((const guint8 *)t->data)[i];
  }
}

/* Toward zero, saturating; NaN is 0. */
static gint64
whole (gdouble v, gdouble lo, gdouble hi)
{
  if (!(v == v))
    return 0;
  return v <= lo ? (gint64)lo : v >= hi ? (hi >= 0x1p63 ? G_MAXINT64 : (gint64)hi) : (gint64)v;
}

static void
store (TfcTensor *t, gsize i, gdouble v)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      ((gfloat *)t->data)[i] = (gfloat)v;
      break;
    case TFC_TYPE_F16:
      ((guint16 *)t->data)[i] = tfc_half_from_float ((gfloat)v);
      break;
    case TFC_TYPE_U8:
      ((guint8 *)t->data)[i] = (guint8)whole (v, 0, 255);
      break;
    case TFC_TYPE_I8:
      ((gint8 *)t->data)[i] = (gint8)whole (v, -128, 127);
      break;
    case TFC_TYPE_U16:
      ((guint16 *)t->data)[i] = (guint16)whole (v, 0, 65535);
      break;
    case TFC_TYPE_I32:
      ((gint32 *)t->data)[i] = (gint32)whole (v, G_MININT32, G_MAXINT32);
      break;
    case TFC_TYPE_I64:
      ((gint64 *)t->data)[i] = whole (v, -0x1p63, 0x1p63);
      break;
    default:
      ((guint8 *)t->data)[i] = v != 0;
  }
}

static gboolean
has_scale (const TfcTensor *t)
{
  return (t->quant.scale > 0 || t->quant.n_channels > 0) && t->type != TFC_TYPE_F32 &&
         t->type != TFC_TYPE_F16;
}

static gfloat
scale_at (const TfcTensor *t, gsize i)
{
  gsize inner = 1;
  if (t->quant.n_channels == 0)
    return t->quant.scale;
  for (gint a = t->quant.axis + 1; a < t->shape.rank; a++)
    inner *= t->shape.dim[a];
  return t->quant.scales[i / inner % t->quant.n_channels];
}

/* In float32: (stored - zero) * scale. */
static gdouble
dequantise (const TfcTensor *x, gsize i)
{
  return (gfloat)(load (x, i) - x->quant.zero_point) * scale_at (x, i);
}

/* In float32: real * (1 / scale), half to even. */
static void
quantise (TfcTensor *y, gsize i, gfloat v)
{
  gfloat inverse = 1.0f / scale_at (y, i);
  v *= inverse;
  store (y, i, (v == v ? rint ((gdouble)v) : 0.0) + y->quant.zero_point);
}

static void
run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  gboolean from = has_scale (x), to = has_scale (y);
  gsize n = tfc_tensor_count (y);
  if (x->type == TFC_TYPE_F16 && y->type == TFC_TYPE_F32) {
    tfc_half_to_floats (x->data, n, y->data);
    return;
  }
  if (x->type == TFC_TYPE_I64 && y->type == TFC_TYPE_I64)
    from = to = FALSE;
  for (gsize i = 0; i < n; i++) {
    if (to && !from && x->type != TFC_TYPE_F32 && x->type != TFC_TYPE_F16)
      store (y, i, load (x, i)); /* whole numbers are stored numbers already */
    else if (to)
      quantise (y, i, (gfloat)(from ? dequantise (x, i) : load (x, i)));
    else
      store (y, i, from ? dequantise (x, i) : load (x, i));
  }
}

static gboolean
channels_fit (const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  return q->n_channels == 0 || (q->scales && q->axis >= 0 && q->axis < t->shape.rank &&
                                (gint64)q->n_channels == t->shape.dim[q->axis]);
}

static gboolean
can_run (const TfcOpCall *call)
{
  return call->n_in == 1 && call->in[0] && channels_fit (call->in[0]) &&
         channels_fit (call->out[0]) &&
         tfc_tensor_count (call->in[0]) == tfc_tensor_count (call->out[0]);
}

const TfcOpLoops tfc_loops_convert = {can_run, run};
