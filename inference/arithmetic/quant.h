/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Quantised numbers as the XNNPACK delegate of TFLite computes them: float32 scales, round half to
 * even, saturate. */
#include <math.h>

#include "inference/arithmetic/clamp.h"
#include "inference/tensor.h"

/* Stored limits of a tensor with a fused activation: the clamp's ends in steps (zero + round (end /
 * scale)) inside what the type holds. */
typedef struct {
  gint32 lo, hi;
} TfcRefRange;

TfcRefRange tfc_ref_range (const TfcTensor *tensor, const TfcClamp *clamp);

/* uint8 or int8 with one scale. */
gboolean tfc_ref_is_quant (const TfcTensor *tensor);
/* float32 and not quantised. */
gboolean tfc_ref_is_float (const TfcTensor *tensor);

/* The stored integer of a uint8 or int8 tensor, and back: v must be in range. */
static inline gint32
tfc_ref_get (const TfcTensor *t, gsize i)
{
  return t->type == TFC_TYPE_U8 ? ((const guint8 *) t->data)[i] : ((const gint8 *) t->data)[i];
}

static inline void
tfc_ref_set (TfcTensor *t, gsize i, gint32 v)
{
  if (t->type == TFC_TYPE_U8)
    ((guint8 *) t->data)[i] = (guint8) v;
  else
    ((gint8 *) t->data)[i] = (gint8) v;
}

/* v (in steps from the zero point) rounded half to even, moved to the zero point, saturated. NaN
 * becomes the zero point. */
static inline gint32
tfc_ref_round (gfloat v, gint32 zero_point, TfcRefRange range)
{
  gdouble q = (v == v ? rint ((gdouble) v) : 0.0) + zero_point;
  return (gint32) CLAMP (q, range.lo, range.hi);
}

static inline gfloat
tfc_ref_limit (gfloat v, const TfcClamp *clamp)
{
  return v < clamp->min ? clamp->min : v > clamp->max ? clamp->max : v;
}

/* The number that a float32, uint8 or int8 tensor's element stands for, and back. */
static inline gfloat
tfc_ref_real (const TfcTensor *t, gsize i)
{
  if (t->type == TFC_TYPE_F32)
    return ((const gfloat *) t->data)[i];
  return t->quant.scale * (gfloat) (tfc_ref_get (t, i) - t->quant.zero_point);
}

static inline void
tfc_ref_put_real (TfcTensor *t, gsize i, gdouble v, TfcRefRange range)
{
  if (t->type == TFC_TYPE_F32)
    ((gfloat *) t->data)[i] = (gfloat) v;
  else
    tfc_ref_set (t, i,
                 tfc_ref_round ((gfloat) (v / (gdouble) t->quant.scale), t->quant.zero_point,
                                range));
}
