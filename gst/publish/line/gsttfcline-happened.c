/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"

static void
write_event (GstTfcLine *line, gconstpointer item)
{
  const GstTfcEvent *event = item;
  const gchar *direction = gst_tfc_direction_get_name (event->direction);

  gst_tfc_line_name (line, "type", gst_tfc_event_type_get_name (event->type));
  if (event->zone)
    gst_tfc_line_name (line, "zone", event->zone);
  if (event->line)
    gst_tfc_line_name (line, "line", event->line);
  if (direction)
    gst_tfc_line_name (line, "direction", direction);
  if (GST_CLOCK_TIME_IS_VALID (event->dwell))
    gst_tfc_line_number (line, "dwell", (gdouble)event->dwell / GST_SECOND, 3);
  if (event->type == GST_TFC_EVENT_COUNT)
    gst_tfc_line_count (line, "count", event->count);
  if (event->track_id)
    gst_tfc_line_count (line, "id", event->track_id);
  if (event->label)
    gst_tfc_line_name (line, "label", event->label);
}

static void
write_zone (GstTfcLine *line, gconstpointer item)
{
  const GstTfcZone *zone = item;

  gst_tfc_line_name (line, zone->is_line ? "line" : "zone", zone->name);
  if (zone->is_line) {
    gst_tfc_line_count (line, "a->b", zone->count_a_b);
    gst_tfc_line_count (line, "b->a", zone->count_b_a);
  } else {
    gst_tfc_line_count (line, "count", zone->count);
  }
}

#define GETTER(name)                                                       \
  static gconstpointer get_##name (const GstTfcResults *results, guint *n) \
  {                                                                        \
    return gst_tfc_results_get_##name (results, n);                        \
  }
GETTER (events)
GETTER (zones)

static const GstTfcLineList events = {
    "events", GST_TFC_RESULTS_KIND_EVENTS, sizeof (GstTfcEvent), get_events, write_event, TRUE};
static const GstTfcLineList zones = {
    "zones", GST_TFC_RESULTS_KIND_ZONES, sizeof (GstTfcZone), get_zones, write_zone, FALSE};

static void
write_stats (GstTfcLine *line, const GstTfcLineStats *stats, const GstTfcSeen *seen)
{
  gst_tfc_json_key (line->json, "stats");
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_count (line, "frames", stats->frames);
  gst_tfc_line_count (line, "published", stats->published);
  gst_tfc_line_count (line, "dropped", stats->dropped);
  gst_tfc_line_count (line, "queued", stats->queued);
  gst_tfc_line_list (line, seen, &zones);
  gst_tfc_json_close (line->json, '}');
}

void
gst_tfc_line_happened (GstTfcLine *line, const GstTfcLineStats *stats, const GstTfcSeen *seen)
{
  if (line->include & GST_TFC_PUBLISH_INCLUDE_EVENTS)
    gst_tfc_line_list (line, seen, &events);
  line->json->limit += 16 * 1024; /* events must not take the room of what comes behind them */
  if (line->include & GST_TFC_PUBLISH_INCLUDE_STATS)
    write_stats (line, stats, seen);
}
