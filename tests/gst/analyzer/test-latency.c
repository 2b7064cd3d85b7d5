/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Latency: what the query answers, and when a message says that it changed. */
#include "tests/gst/common/tiny.h"

static void
test_latency (void)
{
  const GstClockTime upstream = 12 * GST_MSECOND;
  GstHarness *h;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  gst_harness_set_upstream_latency (h, upstream);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, upstream + GST_SECOND / 30);
  for (guint i = 0; i < 5; i++)
    look_at (h, i);
  g_assert_cmpuint (gst_harness_query_latency (h), >, upstream);
  {
    g_autoptr (GstStructure) stats = NULL, total = NULL;
    guint64 max;
    g_object_get (h->element, "stats", &stats, NULL);
    g_assert_true (gst_structure_get (stats, "total", GST_TYPE_STRUCTURE, &total, NULL));
    g_assert_true (gst_structure_get_uint64 (total, "max", &max));
    g_assert_cmpuint (gst_harness_query_latency (h), <=, upstream + max + max / 4);
  }
  set_properties (h->element, "mode", "latest", NULL);
  g_assert_cmpuint (pop_messages (bus, GST_MESSAGE_LATENCY), >=, 1);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, upstream);
  set_properties (h->element, "mode", "sync", NULL);
  g_assert_cmpuint (pop_messages (bus, GST_MESSAGE_LATENCY), ==, 1);
  g_assert_cmpuint (gst_harness_query_latency (h), >, upstream);
  detect_done (h, bus);
}

/* An analysis that takes longer than was promised is told of; not once a frame, and not again when
 * that was asked for. */
static void
test_latency_grows (void)
{
  GstHarness *h;
  gint64 start;
  guint n;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  gst_harness_set_src_caps (h, caps_at (1000000)); /* a microsecond is soon used up */
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 50; i++)
    look_at (h, i);
  n = pop_messages (bus, GST_MESSAGE_LATENCY);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 1 + (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  detect_done (h, bus);
  h = tiny_play (tiny_new ("mode", "latest", NULL), &bus);
  gst_harness_set_src_caps (h, caps_at (1000000));
  for (guint i = 0; i < 50; i++)
    look_at (h, i);
  g_assert_cmpuint (pop_messages (bus, GST_MESSAGE_LATENCY), ==, 0);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/latency/query", test_latency},
    {"/latency/grows", test_latency_grows},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
