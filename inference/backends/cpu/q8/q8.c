/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/q8/q8.h"

static const TfcQ8 *chosen;

#if defined(__x86_64__)
static gboolean
has_avx512 (void)
{
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") &&
         __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512dq");
}
#endif

const TfcQ8 *
tfc_q8_nth (guint n)
{
#if defined(__x86_64__)
  __builtin_cpu_init ();
  if (has_avx512 () && n-- == 0)
    return &tfc_q8_avx512;
  if (__builtin_cpu_supports ("avx2") && n-- == 0)
    return &tfc_q8_avx2;
  if (n-- == 0)
    return &tfc_q8_sse2;
#endif
  return n == 0 ? &tfc_q8_plain : NULL;
}

const TfcQ8 *
tfc_q8 (void)
{
  return chosen ? chosen : tfc_q8_nth (0);
}

void
tfc_q8_choose (const TfcQ8 *q8)
{
  chosen = q8;
}

TfcLookUp *
tfc_q8_best_look_up (void)
{
  const TfcIsa *isa = chosen ? NULL : tfc_isa ();
  return isa && isa->look_up ? isa->look_up : tfc_q8 ()->look_up;
}

guint8
tfc_q8_flip (const TfcTensor *t)
{
  return t->type == TFC_TYPE_I8 ? 0x80 : 0;
}

gint32
tfc_q8_zero (const TfcTensor *t)
{
  return t->quant.zero_point + tfc_q8_flip (t);
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
  const guint8 flip = tfc_q8_flip (y);
  return (TfcRequant){.lo = (guint8)(range.lo + flip),
                      .hi = (guint8)(range.hi + flip),
                      .zero = (gint16)tfc_q8_zero (y),
                      .flip = flip};
}
