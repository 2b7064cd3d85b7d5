/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Which input rows (or columns) a window over one output row (or column) covers. */
#include "op.h"

/* Taps first <= k < end of the kernel lie inside 0 <= origin + k * dilation < size. */
typedef struct {
  gint32 origin, first, end;
} TfcTaps;

static inline TfcTaps
tfc_taps (gint32 at, gint stride, gint pad, gint kernel, gint dilation, gint32 size)
{
  TfcTaps t = {.origin = at * stride - pad, .end = kernel};
  while (t.first < t.end && t.origin + t.first * dilation < 0)
    t.first++;
  while (t.end > t.first && t.origin + (t.end - 1) * dilation >= size)
    t.end--;
  return t;
}
