/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/tiny.h"
#include <glib/gstdio.h>
#include "tests/gst/common/tiny-ssd.h"

gchar *tiny_model, *tiny_copy, *tiny_labels, *other_labels, *short_labels;

static gchar *
text_file (const gchar *text)
{
  gchar *path;
  gint fd = g_file_open_tmp ("tfc-labels-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

void
tiny_init (void)
{
  tiny_model = tiny_ssd_write ();
  tiny_copy = tiny_ssd_write ();
  tiny_labels = text_file ("ape\nbee\ncow\n");
  other_labels = text_file ("ant\nbat\ncod\n");
  short_labels = text_file ("elk\nfox\n");
}

void
tiny_done (void)
{
  gchar **all[] = {&tiny_model, &tiny_copy, &tiny_labels, &other_labels, &short_labels};

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_unlink (*all[i]);
    g_clear_pointer (all[i], g_free);
  }
}

GstElement *
tiny_new (const gchar *first_property, ...)
{
  GstElement *element = gst_element_factory_make ("tfcdetect", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-file", tiny_model, "label-file", tiny_labels, "threads", 1,
                "score-threshold", 0.1, NULL);
  va_start (rest, first_property);
  set_properties_valist (element, first_property, rest);
  va_end (rest);
  return element;
}

GstHarness *
tiny_play (GstElement *element, GstBus **bus)
{
  GstHarness *h = detect_play (element, bus);

  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  return h;
}

GstBuffer *
white (guint n, GstBufferFlags flags)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16 * 16 * 3, NULL);

  gst_buffer_memset (buffer, 0, 255, -1);
  GST_BUFFER_PTS (buffer) = n * (GST_SECOND / 30);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  GST_BUFFER_FLAG_SET (buffer, flags);
  return buffer;
}

Sight
sight_of (GstBuffer *out)
{
  const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  Sight s = {-1};

  if (meta) {
    s = (Sight){meta->n_detections, meta->held, meta->pts};
    s.model = g_intern_string (meta->model);
    s.track_id = meta->n_detections ? meta->detections[0].track_id : 0;
    s.label = meta->n_detections ? g_intern_string (meta->detections[0].label) : NULL;
  }
  gst_buffer_unref (out);
  return s;
}

Sight
look_at (GstHarness *h, guint n)
{
  return sight_of (through (h, white (n, 0)));
}

guint64
stat_of (GstElement *element, const gchar *name)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get_uint64 (stats, name, &value));
  return value;
}

void
send_qos (GstHarness *h, GstClockTimeDiff late, GstClockTime at)
{
  g_assert_true (gst_harness_push_upstream_event (
      h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1.5, late, at)));
}

guint
pop_messages (GstBus *bus, GstMessageType type)
{
  GstMessage *m;
  guint n = 0;

  while ((m = gst_bus_pop_filtered (bus, type))) {
    gst_message_unref (m);
    n++;
  }
  return n;
}

GstCaps *
caps_at (gint rate)
{
  GstCaps *caps = caps_of ("RGB", 16, 16);

  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, rate, 1, NULL);
  return caps;
}
