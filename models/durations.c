/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <stdlib.h>
#include <string.h>
#include "models/durations.h"

#define BOUND_OF 64 /* few enough for qsort to allocate nothing, as are the kept ones */

void
tfc_durations_add (TfcDurations *d, gint64 ns)
{
  d->kept[d->count++ % TFC_DURATIONS_KEPT] = ns;
  d->sum += ns;
  d->max = MAX (d->max, ns);
}

static int
by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Of n sorted times; n > 0. */
static gint64
percentile (const gint64 *sorted, guint n, guint percent)
{
  return sorted[(n - 1) * percent / 100];
}

TfcDurationSummary
tfc_durations_summary (const TfcDurations *d)
{
  gint64 sorted[TFC_DURATIONS_KEPT];
  guint n = (guint)MIN (d->count, TFC_DURATIONS_KEPT);

  if (n == 0)
    return (TfcDurationSummary){0};
  memcpy (sorted, d->kept, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, by_value);
  return (TfcDurationSummary){d->count, d->sum / (gint64)d->count, percentile (sorted, n, 50),
                              percentile (sorted, n, 95), d->max};
}

gint64
tfc_durations_bound (const TfcDurations *d)
{
  gint64 sorted[BOUND_OF];
  guint n = (guint)MIN (d->count, BOUND_OF);

  if (n == 0)
    return 0;
  if (n > 1 && n == d->count)
    n--; /* not the first */
  for (guint i = 0; i < n; i++)
    sorted[i] = d->kept[(d->count - 1 - i) % TFC_DURATIONS_KEPT];
  qsort (sorted, n, sizeof *sorted, by_value);
  return percentile (sorted, n, 95);
}
