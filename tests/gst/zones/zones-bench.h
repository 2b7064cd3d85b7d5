/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A tfczones in a harness, fed with buffers that carry one person. */
#include <gst/check/gstharness.h>
#include "gst/lib/tfc.h"

#define PORCH "[zone porch]|polygon=0.4,0.4;0.6,0.4;0.6,0.8;0.4,0.8|loiter=1000|"
#define GATE "[line gate]|from=0.5,0.9|to=0.5,0.3|labels=person|"

typedef struct {
  GstHarness *h;
  GstBus *bus;
} ZonesBench;

/* With caps; zones NULL: none. */
ZonesBench zones_bench_new (const gchar *zones, const gchar *caps);
void zones_bench_free (ZonesBench *bench);

/* A buffer at ms with a person of track_id whose feet are at x, 0.6. */
GstBuffer *person_at (guint ms, guint64 track_id, gfloat x);
/* Pushes buffers every 40 ms from first to last with person 7 on its way from x to to_x; they come
 * out, the last one is returned. */
GstBuffer *walk (ZonesBench *bench, guint first, guint last, gfloat x, gfloat to_x);
/* The types of the event messages on the bus since the last time, in order: "enter count". */
gchar *take_messages (ZonesBench *bench);
/* The next message of that kind, or NULL. */
GstMessage *take_message (ZonesBench *bench, GstMessageType type);
