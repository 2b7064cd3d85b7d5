/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/arithmetic/quant.h"

static gint32
limit_in_steps (const TfcTensor *t, gfloat end, TfcRefRange type)
{
  gdouble q = t->quant.zero_point + (gdouble)roundf (end / t->quant.scale);
  return (gint32)CLAMP (q, type.lo, type.hi);
}

TfcRefRange
tfc_ref_range (const TfcTensor *t, const TfcClamp *clamp)
{
  TfcRefRange type = t->type == TFC_TYPE_I8 ? (TfcRefRange){-128, 127} : (TfcRefRange){0, 255};
  if (t->quant.scale <= 0 || !clamp)
    return type;
  return (TfcRefRange){limit_in_steps (t, clamp->min, type), limit_in_steps (t, clamp->max, type)};
}

gboolean
tfc_ref_is_quant (const TfcTensor *t)
{
  return t && (t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8) && t->quant.scale > 0 &&
         t->quant.n_channels == 0;
}

gboolean
tfc_ref_is_float (const TfcTensor *t)
{
  return t && t->type == TFC_TYPE_F32;
}
