/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How long something takes, measured again and again: count, mean and maximum of all times, percentiles
 * of the last ones. Plain memory of fixed size, zeroed at first; nothing is allocated, also by sorting.
 * Times are nanoseconds, 0 or more. */
#include <glib.h>

#define TFC_DURATIONS_KEPT 256

typedef struct {
  guint64 count;
  gint64 sum, max;
  gint64 kept[TFC_DURATIONS_KEPT]; /* a ring: the count-th lies at (count - 1) % TFC_DURATIONS_KEPT */
} TfcDurations;

typedef struct {
  guint64 count;
  gint64 mean, p50, p95, max; /* percentiles of the kept times; all 0 where nothing was measured */
} TfcDurationSummary;

void tfc_durations_add (TfcDurations *durations, gint64 ns);
TfcDurationSummary tfc_durations_summary (const TfcDurations *durations);
/* What it takes at most, save for one time in twenty of the last 64; the very first time, which also does
 * what is done once for good, counts only while it is the only one. 0: it was never measured. */
gint64 tfc_durations_bound (const TfcDurations *durations);
