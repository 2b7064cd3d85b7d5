/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A stream that begins anew: flush, other caps, a segment in bytes, a restart. */
#include "tests/gst/common/tiny.h"

static void
test_stream_changes (void)
{
  GstHarness *h;
  GstBuffer *out;
  GstCaps *caps;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("interval", 100, NULL), NULL);
  out = detect_in (h, "NV12", 640, 480);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  out = through (h, cat ("NV12", 640, 480, &caps));
  gst_caps_unref (caps);
  g_assert_true (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  out = detect_in (h, "RGB", 320, 240); /* other caps: old results are no longer held */
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  }
  out = through (h, cat ("RGB", 320, 240, &caps));
  gst_caps_unref (caps);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  detect_done (h, NULL);
}

static void
test_cycles (void)
{
  GstElement *element;

  if (!have_model ())
    return;
  element = gst_object_ref_sink (detect_new ("qos", FALSE, NULL));
  for (guint i = 0; i < 100; i++) {
    guint used;
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PLAYING), !=,
                     GST_STATE_CHANGE_FAILURE);
    g_object_get (element, "threads-used", &used, NULL);
    g_assert_cmpuint (used, ==, 1);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_NULL), ==, GST_STATE_CHANGE_SUCCESS);
    g_object_get (element, "threads-used", &used, NULL);
    g_assert_cmpuint (used, ==, 0);
  }
  gst_object_unref (element);
}

/* A segment in bytes, as appsrc's is unless it is told otherwise: results and messages without
 * times, and not one critical warning (they end the test). */
static void
test_bytes (gconstpointer mode)
{
  GstHarness *h;
  GstSegment segment;
  GstStructure *message;
  guint64 pts, running, stream;
  GstBus *bus;

  h = tiny_play (tiny_new ("post-messages", "all", "qos", TRUE, NULL), &bus);
  set_properties (h->element, "mode", mode, NULL);
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 0; i < 3; i++) {
    GstBuffer *buffer = white (i, i == 1 ? GST_BUFFER_FLAG_DISCONT : 0);
    if (i == 2)
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (sight_of (through (h, buffer)).n, >=, g_str_equal (mode, "latest") ? -1 : 1);
  }
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  message = wait_message (bus, "tfcdetect");
  g_assert_nonnull (message);
  g_assert_true (gst_structure_get (message, "timestamp", G_TYPE_UINT64, &pts, "running-time",
                                    G_TYPE_UINT64, &running, "stream-time", G_TYPE_UINT64, &stream,
                                    NULL));
  g_assert_cmpuint (running, ==, GST_CLOCK_TIME_NONE);
  g_assert_cmpuint (stream, ==, GST_CLOCK_TIME_NONE);
  g_assert_true (g_str_has_suffix (tiny_model, gst_structure_get_string (message, "model")));
  gst_structure_free (message);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/flush/stream-changes", test_stream_changes},
    {"/flush/cycles", test_cycles},
    {"/flush/bytes/sync", NULL, test_bytes, "sync"},
    {"/flush/bytes/latest", NULL, test_bytes, "latest"},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
