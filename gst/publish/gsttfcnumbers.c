/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcnumbers.h"

typedef struct {
  GstTfcNumber number;
  gboolean waits; /* to be sent */
} Entry;

struct GstTfcNumbers {
  Entry *entries;
  guint n, max;
  guint n_waiting;
};

GstTfcNumbers *
gst_tfc_numbers_new (guint max)
{
  GstTfcNumbers *numbers = g_new0 (GstTfcNumbers, 1);
  numbers->entries = g_new0 (Entry, max);
  numbers->max = max;
  return numbers;
}

void
gst_tfc_numbers_free (GstTfcNumbers *numbers)
{
  g_free (numbers->entries);
  g_free (numbers);
}

static Entry *
find (GstTfcNumbers *numbers, const gchar *suffix)
{
  for (guint i = 0; i < numbers->n; i++)
    if (g_str_equal (numbers->entries[i].number.suffix, suffix))
      return &numbers->entries[i];
  return NULL;
}

static void
set_waiting (GstTfcNumbers *numbers, Entry *entry, gboolean waits)
{
  numbers->n_waiting += (waits ? 1 : 0) - (entry->waits ? 1 : 0);
  entry->waits = waits;
}

gboolean
gst_tfc_numbers_set (GstTfcNumbers *numbers, const gchar *suffix, gint64 value)
{
  Entry *entry = find (numbers, suffix);

  if (entry && entry->number.value == value)
    return FALSE;
  if (!entry) {
    if (numbers->n == numbers->max)
      return FALSE;
    entry = &numbers->entries[numbers->n];
    entry->number.index = numbers->n++;
    g_strlcpy (entry->number.suffix, suffix, sizeof entry->number.suffix);
  }
  entry->number.value = value;
  set_waiting (numbers, entry, TRUE);
  return TRUE;
}

gboolean
gst_tfc_numbers_next (GstTfcNumbers *numbers, GstTfcNumber *number)
{
  for (guint i = 0; numbers->n_waiting && i < numbers->n; i++) {
    if (numbers->entries[i].waits) {
      *number = numbers->entries[i].number;
      return TRUE;
    }
  }
  return FALSE;
}

void
gst_tfc_numbers_sent (GstTfcNumbers *numbers, const GstTfcNumber *number)
{
  Entry *entry = &numbers->entries[number->index];

  if (entry->number.value == number->value)
    set_waiting (numbers, entry, FALSE);
}
