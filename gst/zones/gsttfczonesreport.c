/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/zones/gsttfczonesreport.h"

G_STATIC_ASSERT (sizeof (GstTfcPoint) == sizeof (TfcPoint));
G_STATIC_ASSERT ((gint)TFC_ZONE_COUNT == GST_TFC_EVENT_COUNT &&
                 (gint)TFC_ZONE_CROSS == GST_TFC_EVENT_CROSS &&
                 (gint)TFC_CROSSED_B_TO_A == GST_TFC_DIRECTION_B_TO_A);
G_STATIC_ASSERT (TFC_NO_DWELL == GST_CLOCK_TIME_NONE);

void
gst_tfc_zones_report_begin (GstTfcZonesReport *report, const TfcZoneWatch *watch)
{
  const TfcZoneMap *map = tfc_zone_watch_map (watch);

  report->n_events = 0;
  report->n_zones = map->n;
  for (guint i = 0; i < map->n; i++) {
    const TfcZone *zone = &map->zones[i];
    report->zones[i] = (GstTfcZone){.name = g_intern_string (zone->name),
                                    .is_line = zone->is_line,
                                    .n_points = zone->n_points,
                                    .points = (const GstTfcPoint *)zone->points};
  }
}

static GstTfcEvent
event_of (const GstTfcZonesReport *report, const TfcZoneEvent *e)
{
  const GstTfcZone *zone = &report->zones[e->zone];

  return (GstTfcEvent){.type = (GstTfcEventType)e->type,
                       .direction = (GstTfcDirection)e->crossed,
                       .zone = zone->is_line ? NULL : zone->name,
                       .line = zone->is_line ? zone->name : NULL,
                       .track_id = e->track_id,
                       .label = e->label,
                       .dwell = e->dwell,
                       .count = e->count};
}

void
gst_tfc_zones_report_fill (GstTfcZonesReport *report, const TfcZoneWatch *watch,
                           const TfcZoneEvent *events, guint n)
{
  for (guint i = 0; i < report->n_zones; i++) {
    const TfcZoneCounts *counts = tfc_zone_watch_counts (watch, i);
    GstTfcZone *zone = &report->zones[i];
    zone->count = counts->count;
    zone->count_a_b = zone->is_line ? counts->total[0] : 0;
    zone->count_b_a = zone->is_line ? counts->total[1] : 0;
  }
  report->n_events = n;
  for (guint i = 0; i < n; i++)
    report->events[i] = event_of (report, &events[i]);
}

static void
attach (GstBuffer *buffer, GstTfcResults *results)
{
  if (results)
    gst_buffer_add_tfc_results (buffer, results, FALSE);
  gst_tfc_results_unref (results);
}

void
gst_tfc_zones_report_attach (const GstTfcZonesReport *report, GstBuffer *buffer)
{
  const GstClockTime pts = GST_BUFFER_PTS (buffer);

  attach (buffer, gst_tfc_results_new_zones ("tfczones", pts, report->zones, report->n_zones));
  if (report->n_events)
    attach (buffer, gst_tfc_results_new_events ("tfczones", pts, report->events, report->n_events));
}

/* ---- structures ---- */

static void
set_text (GstStructure *s, const gchar *field, const gchar *text)
{
  if (text)
    gst_structure_set (s, field, G_TYPE_STRING, text, NULL);
}

// clang-format off
GstStructure *
gst_tfc_zones_event_structure (const GstTfcEvent *e, const GstTfcZonesTimes *times)
{
  GstStructure *s = gst_structure_new ("tfczones",
      "timestamp", G_TYPE_UINT64, times->pts,
      "stream-time", G_TYPE_UINT64, times->stream,
      "running-time", G_TYPE_UINT64, times->running,
      "type", G_TYPE_STRING, gst_tfc_event_type_get_name (e->type),
      "count", G_TYPE_UINT, e->count, NULL);

  set_text (s, "zone", e->zone);
  set_text (s, "line", e->line);
  set_text (s, "direction", gst_tfc_direction_get_name (e->direction));
  set_text (s, "label", e->label);
  if (e->track_id)
    gst_structure_set (s, "id", G_TYPE_UINT64, e->track_id, NULL);
  if (GST_CLOCK_TIME_IS_VALID (e->dwell))
    gst_structure_set (s, "dwell", G_TYPE_DOUBLE, (gdouble) e->dwell / GST_SECOND, NULL);
  return s;
}
// clang-format on

static void
append (GValue *array, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_array_append_and_take_value (array, &value);
}

/* Zones: count, entered, left; lines: a-to-b, b-to-a. */
static void
set_numbers (GstStructure *s, gboolean is_line, guint count, const guint64 total[2])
{
  if (!is_line)
    gst_structure_set (s, "count", G_TYPE_UINT, count, NULL);
  gst_structure_set (s, is_line ? "a-to-b" : "entered", G_TYPE_UINT64, total[0],
                     is_line ? "b-to-a" : "left", G_TYPE_UINT64, total[1], NULL);
}

static GstStructure *
counts_of (const TfcZone *zone, const TfcZoneCounts *counts)
{
  GstStructure *s =
      gst_structure_new (zone->is_line ? "line" : "zone", "name", G_TYPE_STRING, zone->name, NULL);
  GValue labels = G_VALUE_INIT;

  set_numbers (s, zone->is_line, counts->count, counts->total);
  g_value_init (&labels, GST_TYPE_ARRAY);
  for (guint i = 0; i < counts->n_tallies; i++) {
    const TfcZoneTally *t = &counts->tallies[i];
    GstStructure *one = gst_structure_new ("label", "label", G_TYPE_STRING, t->label, NULL);
    set_numbers (one, zone->is_line, t->count, t->total);
    append (&labels, one);
  }
  gst_structure_take_value (s, "labels", &labels);
  return s;
}

GstStructure *
gst_tfc_zones_counts_structure (const gchar *name, const TfcZoneWatch *watch)
{
  const TfcZoneMap *map = watch ? tfc_zone_watch_map (watch) : NULL;
  GstStructure *s = gst_structure_new_empty (name);
  GValue arrays[2] = {G_VALUE_INIT, G_VALUE_INIT};

  g_value_init (&arrays[0], GST_TYPE_ARRAY);
  g_value_init (&arrays[1], GST_TYPE_ARRAY);
  for (guint i = 0; map && i < map->n; i++)
    append (&arrays[i >= map->n_zones],
            counts_of (&map->zones[i], tfc_zone_watch_counts (watch, i)));
  gst_structure_take_value (s, "zones", &arrays[0]);
  gst_structure_take_value (s, "lines", &arrays[1]);
  return s;
}
