/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfccounts.h"
#include <string.h>

/* One number. Names are interned: the same name is the same pointer. */
typedef struct {
  const gchar *zone;  /* NULL: the whole frame */
  const gchar *label; /* NULL: all of the zone */
  gint64 value;
  gchar suffix[GST_TFC_MAX_SUFFIX + 1];
} Count;

struct GstTfcCounts {
  guint n;
  Count counts[GST_TFC_MAX_NUMBERS];
};

GstTfcCounts *
gst_tfc_counts_new (void)
{
  return g_new0 (GstTfcCounts, 1);
}

void
gst_tfc_counts_free (GstTfcCounts *counts)
{
  g_free (counts);
}

/* Appends a name as one level of a topic; each byte of what is not UTF-8 becomes '_'. */
static void
append_level (gchar *suffix, const gchar *name)
{
  gsize n = strlen (suffix);

  /* Half of the room for each of two names. */
  for (gsize end = MIN (n + 96, GST_TFC_MAX_SUFFIX); *name;) {
    const gunichar c = g_utf8_get_char_validated (name, -1);
    const gboolean valid = c < (gunichar)-2;
    const gsize bytes = valid ? (gsize)(g_utf8_next_char (name) - name) : 1;
    if (n + bytes > end)
      break;
    if (!valid || g_unichar_iscntrl (c) || strchr ("/+#", (gint)MIN (c, 0x7f)))
      suffix[n++] = '_';
    else
      for (gsize i = 0; i < bytes; i++)
        suffix[n++] = name[i];
    name += bytes;
  }
  suffix[n] = 0;
}

/* NULL: there are too many. */
static Count *
find (GstTfcCounts *counts, const gchar *zone, const gchar *label)
{
  Count *count = counts->counts, *end = count + counts->n;

  while (count < end && !(count->zone == zone && count->label == label))
    count++;
  if (count < end)
    return count;
  if (counts->n == G_N_ELEMENTS (counts->counts))
    return NULL;
  counts->n++;
  count->zone = zone;
  count->label = label;
  g_strlcpy (count->suffix, zone ? "zone/" : "count/", sizeof count->suffix);
  append_level (count->suffix, zone ? zone : label);
  if (zone && label) {
    g_strlcat (count->suffix, "/", sizeof count->suffix);
    append_level (count->suffix, label);
  }
  return count;
}

static void
count_objects (GstTfcCounts *counts, const GstTfcSeen *seen)
{
  for (guint i = 0; i < counts->n; i++)
    if (!counts->counts[i].zone)
      counts->counts[i].value = 0;
  for (guint i = 0; i < seen->collection.n; i++) {
    const gchar *label = seen->collection.objects[i].label;
    Count *count = label && *label ? find (counts, NULL, label) : NULL;
    if (count)
      count->value++;
  }
}

static void
count_zones (GstTfcCounts *counts, const GstTfcSeen *seen)
{
  const GstTfcResults *results;
  guint at = 0, n = 0;

  while ((results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_ZONES, &at))) {
    const GstTfcZone *zones = gst_tfc_results_get_zones (results, &n);
    for (guint i = 0; i < n; i++) {
      Count *count = zones[i].is_line || !zones[i].name ? NULL : find (counts, zones[i].name, NULL);
      if (count)
        count->value = zones[i].count;
    }
  }
}

/* Who of a zone is of which class only its events tell. */
static void
count_events (GstTfcCounts *counts, const GstTfcSeen *seen)
{
  const GstTfcResults *results;
  guint at = 0, n = 0;

  while ((results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_EVENTS, &at))) {
    const GstTfcEvent *events = gst_tfc_results_get_events (results, &n);
    for (guint i = 0; i < n; i++) {
      const GstTfcEventType type = events[i].type;
      if (!events[i].zone || !events[i].label ||
          (type != GST_TFC_EVENT_ENTER && type != GST_TFC_EVENT_LEAVE))
        continue;
      Count *count = find (counts, events[i].zone, events[i].label);
      if (count)
        count->value = MAX (count->value + (type == GST_TFC_EVENT_ENTER ? 1 : -1), 0);
    }
  }
}

void
gst_tfc_counts_update (GstTfcCounts *counts, const GstTfcSeen *seen, GstTfcPublisher *publisher)
{
  if (seen->collection.known)
    count_objects (counts, seen);
  count_zones (counts, seen);
  count_events (counts, seen);
  for (guint i = 0; i < counts->n; i++)
    gst_tfc_publisher_number (publisher, counts->counts[i].suffix, counts->counts[i].value);
}
