/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which input rows (or columns) a window over one output row (or column) covers. */
#include <glib.h>

/* Taps first <= k < end of the kernel lie inside 0 <= origin + k * dilation < size. */
typedef struct {
  gint32 origin, first, end;
} TfcTaps;

/* Lengths as tfc_graph_check lets them through: what is padded fits an int (ops/window.c). */
static inline TfcTaps
tfc_taps (gint at, gint stride, gint pad, gint kernel, gint dilation, gint32 size)
{
  TfcTaps t = {.origin = at * stride - pad};
  const gint32 before = t.origin < 0 ? (-t.origin - 1) / dilation + 1 : 0;
  t.first = MIN (before, kernel);
  t.end = t.origin < size ? (size - 1 - t.origin) / dilation + 1 : 0;
  t.end = CLAMP (t.end, t.first, kernel);
  return t;
}
