/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/zones/zones-bench.h"

ZonesBench
zones_bench_new (const gchar *zones, const gchar *caps)
{
  ZonesBench b = {gst_harness_new ("tfczones"), gst_bus_new ()};

  gst_element_set_bus (b.h->element, b.bus);
  g_object_set (b.h->element, "zones", zones, NULL);
  gst_harness_set_caps_str (b.h, caps, caps);
  return b;
}

void
zones_bench_free (ZonesBench *b)
{
  gst_harness_teardown (b->h);
  gst_bus_set_flushing (b->bus, TRUE);
  gst_object_unref (b->bus);
}

GstBuffer *
person_at (guint ms, guint64 track_id, gfloat x)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  GstTfcDetection d = {.x = x - 0.05f, .y = 0.4f, .w = 0.1f, .h = 0.2f, .score = 0.9f};

  d.track_id = track_id;
  d.seen = TRUE;
  d.label = "person";
  GST_BUFFER_PTS (buffer) = ms * GST_MSECOND;
  gst_buffer_add_tfc_detection_meta (buffer, "m", GST_BUFFER_PTS (buffer), FALSE, &d, 1);
  return buffer;
}

GstBuffer *
walk (ZonesBench *b, guint first, guint last, gfloat x, gfloat to_x)
{
  GstBuffer *out = NULL;

  for (guint ms = first; ms <= last; ms += 40) {
    const gfloat t = (gfloat)(ms - first) / (gfloat)(last - first);
    gst_clear_buffer (&out);
    out = gst_harness_push_and_pull (b->h, person_at (ms, 7, x + t * (to_x - x)));
  }
  return out;
}

gchar *
take_messages (ZonesBench *b)
{
  GString *types = g_string_new (NULL);
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (b->bus, GST_MESSAGE_ELEMENT))) {
    const GstStructure *s = gst_message_get_structure (message);
    if (gst_structure_has_name (s, "tfczones"))
      g_string_append_printf (types, "%s%s", types->len ? " " : "",
                              gst_structure_get_string (s, "type"));
    gst_message_unref (message);
  }
  return g_string_free (types, FALSE);
}

GstMessage *
take_message (ZonesBench *b, GstMessageType type)
{
  return gst_bus_pop_filtered (b->bus, type);
}
