/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a watch says, as metadata, messages and a structure. */
#include "gst/lib/tfc.h"
#include "models/zones/zone_watch.h"

/* When a buffer is shown, in ns; GST_CLOCK_TIME_NONE: unknown. */
typedef struct {
  GstClockTime pts, running, stream;
} GstTfcZonesTimes;

/* Kept from frame to frame, so that one allocates nothing. */
typedef struct {
  guint n_zones, n_events;
  GstTfcZone zones[TFC_MAX_ZONES];
  GstTfcEvent events[TFC_MAX_ZONE_EVENTS];
} GstTfcZonesReport;

/* Names and points of watch's map, which must outlive the report's use. */
void gst_tfc_zones_report_begin (GstTfcZonesReport *report, const TfcZoneWatch *watch);
/* After an update: its events, and the counters. */
void gst_tfc_zones_report_fill (GstTfcZonesReport *report, const TfcZoneWatch *watch,
                                const TfcZoneEvent *events, guint n);
/* On a writable buffer: the zones, and the events where there are some. */
void gst_tfc_zones_report_attach (const GstTfcZonesReport *report, GstBuffer *buffer);

/* (transfer full): "tfczones" with the fields of an event, as docs/guide/messages.md says. */
GstStructure *gst_tfc_zones_event_structure (const GstTfcEvent *event,
                                             const GstTfcZonesTimes *times);
/* (transfer full): `name` with all counters; without zones (NULL) its arrays are empty. */
GstStructure *gst_tfc_zones_counts_structure (const gchar *name, const TfcZoneWatch *watch);
