/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_counts.h"

guint
tfc_zone_counts_find (TfcZoneCounts *counts, const gchar *label)
{
  const gchar *name = label && *label ? label : "unknown";
  guint i = 0;

  while (i < counts->n_tallies && g_strcmp0 (counts->tallies[i].label, name))
    i++;
  if (i < counts->n_tallies)
    return i;
  if (i == TFC_MAX_ZONE_TALLIES)
    return i - 1;
  counts->n_tallies++;
  counts->tallies[i] = (TfcZoneTally){.label = i == TFC_MAX_ZONE_TALLIES - 1 ? "others" : name};
  return i;
}

void
tfc_zone_counts_add (TfcZoneCounts *counts, guint tally, guint which, gint step)
{
  TfcZoneTally *t = &counts->tallies[tally];

  counts->total[which]++;
  t->total[which]++;
  counts->count = (guint)((gint)counts->count + step);
  t->count = (guint)((gint)t->count + step);
}

void
tfc_zone_counts_inherit (TfcZoneCounts *counts, const TfcZoneCounts *other, gboolean is_line)
{
  *counts = *other;
  counts->count = 0;
  if (is_line)
    return;
  counts->total[1] = counts->total[0];
  for (guint i = 0; i < counts->n_tallies; i++) {
    counts->tallies[i].count = 0;
    counts->tallies[i].total[1] = counts->tallies[i].total[0];
  }
}
