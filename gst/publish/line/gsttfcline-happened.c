/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"

static const gchar *const types[] = {
    [GST_TFC_EVENT_ENTER] = "enter", [GST_TFC_EVENT_LEAVE] = "leave",
    [GST_TFC_EVENT_CROSS] = "cross", [GST_TFC_EVENT_LOITER] = "loiter",
    [GST_TFC_EVENT_COUNT] = "count",
};
static const gchar *const directions[] = {
    [GST_TFC_DIRECTION_NONE] = NULL,
    [GST_TFC_DIRECTION_A_TO_B] = "a->b",
    [GST_TFC_DIRECTION_B_TO_A] = "b->a",
};

static void
write_event (GstTfcLine *line, const GstTfcEvent *event)
{
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_name (line, "type", types[MIN (event->type, G_N_ELEMENTS (types) - 1)]);
  if (event->zone)
    gst_tfc_line_name (line, "zone", event->zone);
  if (event->line)
    gst_tfc_line_name (line, "line", event->line);
  if (event->direction && event->direction < G_N_ELEMENTS (directions))
    gst_tfc_line_name (line, "direction", directions[event->direction]);
  if (GST_CLOCK_TIME_IS_VALID (event->dwell))
    gst_tfc_line_number (line, "dwell", (gdouble)event->dwell / GST_SECOND, 3);
  if (event->type == GST_TFC_EVENT_COUNT)
    gst_tfc_line_count (line, "count", event->count);
  if (event->track_id)
    gst_tfc_line_count (line, "id", event->track_id);
  if (event->label)
    gst_tfc_line_name (line, "label", event->label);
  gst_tfc_json_close (line->json, '}');
}

static void
write_events (GstTfcLine *line, const GstTfcSeen *seen)
{
  const GstTfcResults *results;
  gboolean fits = TRUE;
  guint at = 0;

  gst_tfc_line_begin_list (line, "events");
  while (fits && (results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_EVENTS, &at))) {
    guint n = 0;
    const GstTfcEvent *events = gst_tfc_results_get_events (results, &n);
    for (guint i = 0; fits && i < n; i++) {
      const gsize before = line->json->length;
      write_event (line, &events[i]);
      fits = gst_tfc_line_keep (line, before);
    }
  }
  gst_tfc_line_end_list (line);
}

static void
write_zone (GstTfcLine *line, const GstTfcZone *zone)
{
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_name (line, zone->is_line ? "line" : "zone", zone->name);
  if (zone->is_line) {
    gst_tfc_line_count (line, "a->b", zone->count_a_b);
    gst_tfc_line_count (line, "b->a", zone->count_b_a);
  } else {
    gst_tfc_line_count (line, "count", zone->count);
  }
  gst_tfc_json_close (line->json, '}');
}

static void
write_zones (GstTfcLine *line, const GstTfcSeen *seen)
{
  const GstTfcResults *results;
  gboolean fits = TRUE, begun = FALSE;
  guint at = 0;

  while (fits && (results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_ZONES, &at))) {
    guint n = 0;
    const GstTfcZone *zones = gst_tfc_results_get_zones (results, &n);
    if (!begun)
      gst_tfc_line_begin_list (line, "zones");
    begun = TRUE;
    for (guint i = 0; fits && i < n; i++) {
      const gsize before = line->json->length;
      write_zone (line, &zones[i]);
      fits = gst_tfc_line_keep (line, before);
    }
  }
  if (begun)
    gst_tfc_line_end_list (line);
}

static void
write_stats (GstTfcLine *line, const GstTfcLineStats *stats, const GstTfcSeen *seen)
{
  gst_tfc_json_key (line->json, "stats");
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_count (line, "frames", stats->frames);
  gst_tfc_line_count (line, "published", stats->published);
  gst_tfc_line_count (line, "dropped", stats->dropped);
  gst_tfc_line_count (line, "queued", stats->queued);
  write_zones (line, seen);
  gst_tfc_json_close (line->json, '}');
}

void
gst_tfc_line_happened (GstTfcLine *line, const GstTfcLineStats *stats, const GstTfcSeen *seen)
{
  if (line->include & GST_TFC_PUBLISH_INCLUDE_EVENTS)
    write_events (line, seen);
  line->json->limit += 16 * 1024; /* events must not take the room of what comes behind them */
  if (line->include & GST_TFC_PUBLISH_INCLUDE_STATS)
    write_stats (line, stats, seen);
}
