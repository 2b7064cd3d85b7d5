/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* mode=latest: buffers pass at once, the newest picture is analysed when the model is free. */
#include "tests/gst/common/gate.h"

static void
test_newest (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  fill (h, 9);
  g_assert_cmpuint (gate_count (h, "dropped"), ==, 8);
  g_assert_cmpuint (gate_count (h, "analysed"), ==, 0);
  assert_result (pass (h, 10), -1);
  gate_open (1);
  assert_analysed (bus, 0);
  gate_wait (); /* picture 10 is being looked at */
  assert_result (pass (h, 11), 0);
  assert_result (pass (h, 12), 0);
  gate_open (1);
  assert_analysed (bus, 10);
  gate_wait ();
  assert_result (pass (h, 13), 10);
  gate_open (2);
  assert_analysed (bus, 12);
  assert_analysed (bus, 13);
  g_assert_cmpuint (gate_count (h, "dropped"), ==, 10);
  g_assert_cmpuint (gate_count (h, "analysed"), ==, 4);
  g_assert_cmpuint (gate_count (h, "frames"), ==, 14);
  {
    g_autoptr (GstStructure) stats = NULL, lag = NULL;
    guint64 max, n;
    g_object_get (h->element, "stats", &stats, NULL);
    g_assert_true (gst_structure_get (stats, "lag", GST_TYPE_STRUCTURE, &lag, NULL));
    g_assert_true (gst_structure_get_uint64 (lag, "max", &max));
    g_assert_true (gst_structure_get_uint64 (lag, "count", &n));
    g_assert_cmpuint (max, ==, PTS (12));
    g_assert_cmpuint (n, ==, 3);
  }
  detect_done (h, bus);
}

static gpointer
push_eos (gpointer h)
{
  gst_harness_push_event (h, gst_event_new_eos ());
  return NULL;
}

static gboolean
came_out (GstHarness *h, GstEventType type)
{
  gboolean found = FALSE;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    found |= GST_EVENT_TYPE (event) == type;
    gst_event_unref (event);
  }
  return found;
}

/* What was taken in is told before the end. */
static void
test_eos (void)
{
  GstHarness *h;
  GThread *pusher;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  fill (h, 3);
  pusher = g_thread_new ("eos", push_eos, h);
  gate_wait ();
  g_assert_false (came_out (h, GST_EVENT_EOS));
  gate_open (2);
  g_thread_join (pusher);
  g_assert_true (came_out (h, GST_EVENT_EOS));
  g_assert_cmpuint (gate_count (h, "analysed"), ==, 2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  detect_done (h, bus);
}

static void
restart_segment (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

/* Flush-start returns at once and ends an EOS that waits; what waited is dropped, what was seen is
 * forgotten. */
static void
test_flush (void)
{
  GstHarness *h;
  GThread *pusher;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  fill (h, 3);
  pusher = g_thread_new ("eos", push_eos, h);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_thread_join (pusher);
  gate_open (1);
  restart_segment (h);
  gate_close ();
  g_assert_cmpuint (gate_count (h, "analysed"), ==, 1);
  assert_analysed (bus, 0);
  assert_nothing_analysed (bus);
  assert_result (pass (h, 20), -1); /* that was the time before */
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 20);
  assert_result (pass (h, 21), 20);
  gate_open (1);
  assert_analysed (bus, 21);
  detect_done (h, bus);
}

/* The change of state waits for the picture in hand and not for the next. */
static void
test_stop (void)
{
  GstSegment segment;
  GstHarness *h;
  GThread *opener;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  for (guint i = 0; i < 2; i++) {
    fill (h, 3);
    opener = g_thread_new ("open", gate_open_later, NULL);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_READY), ==,
                     GST_STATE_CHANGE_SUCCESS);
    g_thread_join (opener);
    assert_analysed (bus, 0);
    assert_nothing_analysed (bus);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PLAYING), ==,
                     GST_STATE_CHANGE_SUCCESS);
    gate_close ();
    gst_harness_push_event (h, gst_event_new_stream_start ("again"));
    gst_harness_push_event (h, gst_event_new_caps (caps_of ("GRAY8", WIDTH, HEIGHT)));
    gst_segment_init (&segment, GST_FORMAT_TIME);
    gst_harness_push_event (h, gst_event_new_segment (&segment));
  }
  pass_on (h, 0);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 0);
  detect_done (h, bus);
}

/* Each buffer waits again, and its result is its own; the one that waited is dropped. */
static void
test_switch (void)
{
  GstHarness *h;
  GstBuffer *out;
  GThread *opener;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  fill (h, 3);
  set_properties (h->element, "mode", "sync", NULL);
  opener =
      g_thread_new ("open", gate_open_later, NULL); /* for the one in hand; this thread passes */
  out = pass (h, 4);
  g_thread_join (opener);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  g_assert_cmpuint (gst_buffer_get_tfc_detection_meta (out)->pts, ==, PTS (4));
  gst_buffer_unref (out);
  assert_analysed (bus, 0);
  assert_analysed (bus, 4);
  set_properties (h->element, "mode", "latest", NULL);
  assert_result (pass (h, 5), 4);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 5);
  detect_done (h, bus);
}

/* Another model while pictures are being looked at. */
static void
test_swap (void)
{
  GstStructure *loaded;
  GstHarness *h;
  GstBus *bus;
  guint used;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  fill (h, 3);
  loaded = wait_message (bus, "tfc-model-loaded");
  gst_structure_free (loaded);
  g_object_set (h->element, "threads", 2, NULL);
  loaded = wait_message (bus, "tfc-model-loaded");
  g_assert_nonnull (loaded);
  gst_structure_free (loaded);
  g_object_get (h->element, "threads-used", &used, NULL);
  g_assert_cmpuint (used, ==, 1); /* still at work */
  gate_open (2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  gate_open (G_MAXUINT);
  do { /* the message comes a moment before the network waits to be taken */
    pass_on (h, 4);
    g_object_get (h->element, "threads-used", &used, NULL);
  } while (used != threads_of (2));
  detect_done (h, bus);
}

/* The picture is not copied, unless somebody downstream writes on it while it is being looked at.
 */
static void
test_pixels (void)
{
  GstBuffer *in, *out, *other;
  GstMemory *memory;
  GstMapInfo map;
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  in = gate_picture (0, WIDTH * HEIGHT);
  memory = gst_buffer_peek_memory (in, 0);
  out = through (h, in);
  gate_wait ();
  g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
  other = gst_buffer_make_writable (out);
  g_assert_true (gst_buffer_peek_memory (other, 0) == memory);
  g_assert_true (gst_buffer_map (other, &map, GST_MAP_WRITE));
  g_assert_true (map.data != gate_data (memory));
  gst_buffer_unmap (other, &map);
  gst_buffer_unref (other);
  gate_open (1);
  assert_analysed (bus, 0);
  detect_done (h, bus);
}

/* No delay is added. */
static void
test_latency (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  gst_harness_set_upstream_latency (h, 12 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 12 * GST_MSECOND);
  detect_done (h, bus);
}

/* An error of the thread is an error of the stream, from the first picture's push on, which may see
 * it already. */
static void
test_error (void)
{
  GstFlowReturn flow;
  GstHarness *h;
  guint n = 0;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  gate_open (G_MAXUINT);
  while ((flow = gst_harness_push (h, gate_picture (n++, 100))) == GST_FLOW_OK)
    g_thread_yield ();
  assert_message (bus, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "caps");
  g_assert_cmpint (flow, ==, GST_FLOW_ERROR);
  detect_done (h, bus);
}

/* Only every n-th picture is offered. */
static void
test_interval (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = gate_play (&bus);
  g_object_set (h->element, "interval", 3, NULL);
  fill (h, 5);
  gate_open (2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  pass_on (h, 6);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 6);
  g_assert_cmpuint (gate_count (h, "dropped"), ==, 0);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/latest/newest", test_newest},
    {"/latest/eos", test_eos},
    {"/latest/flush", test_flush},
    {"/latest/stop", test_stop},
    {"/latest/switch", test_switch},
    {"/latest/swap", test_swap},
    {"/latest/pixels", test_pixels},
    {"/latest/latency", test_latency},
    {"/latest/error", test_error},
    {"/latest/interval", test_interval},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, gate_init, gate_done);
}
