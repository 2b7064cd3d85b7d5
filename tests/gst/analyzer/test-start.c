/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Buffers that come while the element is being started: it was linked into a pipeline that plays.
 */
#include "tests/gst/common/tiny.h"

typedef struct {
  GstPad *src; /* linked to the element */
  GstFlowReturn flow;
  guint pushed;
} Upstream;

static gpointer
push_one (gpointer data)
{
  Upstream *upstream = data;
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (upstream->src, gst_event_new_stream_start ("test"));
  gst_pad_push_event (upstream->src, gst_event_new_caps (caps_at (30)));
  gst_pad_push_event (upstream->src, gst_event_new_segment (&segment));
  upstream->flow = gst_pad_push (upstream->src, white (upstream->pushed++, 0));
  return NULL;
}

/* The thread that starts the element waits in here, without a model. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  Upstream *upstream = data;

  if (gst_message_has_name (message, "tfc-model-loading") && !upstream->pushed)
    g_thread_join (g_thread_new ("upstream", push_one, upstream));
  return GST_BUS_PASS;
}

static void
test_buffer_before_model (gconstpointer mode)
{
  GstElement *element = tiny_new ("mode", mode, NULL);
  Upstream upstream = {gst_pad_new ("src", GST_PAD_SRC), GST_FLOW_OK, 0};
  GstPad *sink = gst_element_get_static_pad (element, "sink");
  GstBus *bus = gst_bus_new ();

  gst_bus_set_sync_handler (bus, on_message, &upstream, NULL);
  gst_element_set_bus (element, bus);
  gst_pad_set_active (upstream.src, TRUE);
  g_assert_cmpint (gst_pad_link (upstream.src, sink), ==, GST_PAD_LINK_OK);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PLAYING), ==,
                   GST_STATE_CHANGE_SUCCESS);
  g_assert_cmpuint (upstream.pushed, ==, 1);
  g_assert_cmpint (upstream.flow, ==, GST_FLOW_FLUSHING);
  g_assert_cmpuint (stat_of (element, "frames"), ==, 0);
  push_one (&upstream);
  g_assert_cmpint (upstream.flow, ==, GST_FLOW_NOT_LINKED); /* behind the element */
  g_assert_cmpuint (stat_of (element, "frames"), ==, 1);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_pad_set_active (upstream.src, FALSE);
  gst_pad_unlink (upstream.src, sink);
  gst_element_set_bus (element, NULL);
  gst_object_unref (sink);
  gst_object_unref (upstream.src);
  gst_object_unref (element);
  gst_object_unref (bus);
}

static const TestCase cases[] = {
    {"/start/buffer-before-model/sync", NULL, test_buffer_before_model, "sync"},
    {"/start/buffer-before-model/latest", NULL, test_buffer_before_model, "latest"},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
