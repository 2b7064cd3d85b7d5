/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Counters of one zone or line. */
#include "models/zones/zone_watch.h"

/* The index of label's tally, which is added if there is none. */
guint tfc_zone_counts_find (TfcZoneCounts *counts, const gchar *label);
/* One more in total[which] of all and of the tally; step (-1, 0, 1) is added to what is in the
 * zone. */
void tfc_zone_counts_add (TfcZoneCounts *counts, guint tally, guint which, gint step);
/* Totals become other's, where all that are inside have left. */
void tfc_zone_counts_inherit (TfcZoneCounts *counts, const TfcZoneCounts *other, gboolean is_line);
