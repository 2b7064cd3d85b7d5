/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/facemesh.h"

gboolean
have_models (void)
{
  return have_shared ("models/face/face_landmark.tflite");
}

GstElement *
mesh_new (const gchar *first_property, ...)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element = gst_element_factory_make ("tfcfacemesh", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-path", models, "threads", 1, NULL);
  va_start (rest, first_property);
  set_properties_valist (element, first_property, rest);
  va_end (rest);
  return element;
}

GstSample *
sample_of (const gchar *name, const gchar *format, const gchar *more)
{
  g_autofree gchar *file = g_strdup_printf ("media/%s", name), *path = shared_path (file);
  g_autofree gchar *line =
      g_strdup_printf ("filesrc location=%s ! pngdec ! %s videoconvert ! video/x-raw,format=%s ! "
                       "fakesink name=out sync=false",
                       path, more, format);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  GstSample *sample;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  g_object_get (out, "last-sample", &sample, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return sample;
}

GstSample *
blank (const gchar *format, guint width, guint height)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, format, "width", G_TYPE_INT, width, "height",
      G_TYPE_INT, height, "framerate", GST_TYPE_FRACTION, 30, 1, NULL);
  GstBuffer *buffer;
  GstSample *sample;
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  sample = gst_sample_new (buffer, caps, NULL, NULL);
  gst_buffer_unref (buffer);
  return sample;
}

GstBuffer *
show (GstHarness *h, GstSample *sample, guint frame)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));

  if (frame == 0)
    gst_harness_set_src_caps (h, gst_caps_ref (gst_sample_get_caps (sample)));
  GST_BUFFER_PTS (buffer) = frame * FRAME;
  GST_BUFFER_DURATION (buffer) = FRAME;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
  return gst_harness_pull (h);
}

Seen
look (GstHarness *h, GstSample *sample, guint frame)
{
  GstBuffer *out = show (h, sample, frame);
  GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  Seen seen = {-1};

  if (meta) {
    seen = (Seen){meta->n_faces, meta->held, meta->n_faces ? meta->faces[0].n_points : 0};
    for (guint i = 0; i < meta->n_faces; i++)
      seen.id[i] = meta->faces[i].track_id;
  }
  gst_buffer_unref (out);
  return seen;
}

guint64
stage_count (GstElement *element, const gchar *stage)
{
  g_autoptr (GstStructure) stats = NULL;
  g_autoptr (GstStructure) one = NULL;
  guint64 count;

  g_object_get (element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, stage, GST_TYPE_STRUCTURE, &one, NULL));
  g_assert_true (gst_structure_get (one, "count", G_TYPE_UINT64, &count, NULL));
  return count;
}

void
forget_by_segment (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = 3 * GST_SECOND;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
}
