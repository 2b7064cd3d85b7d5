/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/coverage.h"

gfloat
tfc_mask_coverage (const guint8 *values, gsize n, TfcMaskKind kind)
{
  const guint8 least = kind == TFC_MASK_PERSON ? 128 : 1;
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += values[i] >= least;
  return n ? (gfloat)count / n : 0;
}
