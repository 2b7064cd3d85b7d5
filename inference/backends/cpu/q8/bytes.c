/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/q8/bytes.h"

#include <string.h>

gint32
tfc_q8_zero (const TfcTensor *t)
{
  return t->quant.zero_point + tfc_weights_flip (t);
}

gboolean
tfc_q8_good (const TfcTensor *t)
{
  return tfc_ref_is_quant (t) && isfinite (t->quant.scale) && tfc_q8_zero (t) >= 0 &&
         tfc_q8_zero (t) <= 255;
}

gboolean
tfc_q8_good_input (const TfcTensor *t)
{
  return tfc_q8_good (t) && !t->data;
}

TfcRequant
tfc_q8_store (const TfcTensor *y, const TfcClamp *clamp)
{
  const TfcRefRange range = tfc_ref_range (y, clamp);
  const guint8 flip = tfc_weights_flip (y);
  return (TfcRequant){.lo = (guint8)(range.lo + flip),
                      .hi = (guint8)(range.hi + flip),
                      .zero = (gint16)tfc_q8_zero (y),
                      .flip = flip};
}

gboolean
tfc_q8_is_uniform (const TfcTensor *t)
{
  const gsize n = tfc_tensor_bytes (t);
  return t->data && memcmp (t->data, (const guint8 *)t->data + 1, n - 1) == 0;
}
