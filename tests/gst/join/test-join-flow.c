/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcjoin in the stream: events, queries, states. */
#include <gst/video/video.h>
#include "tests/gst/join/join-bench.h"

/* ---- events ---- */

/* The end is sink's alone; afterwards the small branch may end too. */
static void
test_end (void)
{
  JoinBench b = join_bench_new ("");
  GstEvent *event;

  g_assert_true (gst_harness_push_event (b.small, gst_event_new_eos ()));
  gst_buffer_unref (pass (&b, 0));
  while ((event = gst_harness_try_pull_event (b.h))) {
    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_EOS);
    gst_event_unref (event);
  }
  g_assert_true (gst_harness_push_event (b.h, gst_event_new_eos ()));
  event = gst_harness_pull_event (b.h);
  g_assert_cmpint (GST_EVENT_TYPE (event), ==, GST_EVENT_EOS);
  gst_event_unref (event);
  g_assert_true (gst_harness_push_event (b.small, gst_event_new_stream_start ("again")));
  segment (b.small, 0, 0);
  g_assert_cmpint (gst_harness_push (b.small, found (0, 1)), ==, GST_FLOW_EOS);
  join_bench_free (&b);
}

/* What downstream gets: sink's events in their order, and none of the small branch's. */
static void
test_events (void)
{
  static const GstEventType expected[] = {GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT,
                                          GST_EVENT_TAG,          GST_EVENT_CAPS, GST_EVENT_SEGMENT,
                                          GST_EVENT_GAP};
  JoinBench b = join_bench_new ("");

  gst_harness_push_event (b.small, gst_event_new_tag (gst_tag_list_new_empty ()));
  gst_harness_push_event (b.h, gst_event_new_tag (gst_tag_list_new_empty ()));
  gst_harness_set_src_caps_str (b.small, "video/x-raw,width=16,height=16");
  gst_harness_set_src_caps_str (b.h, "video/x-h264");
  gst_harness_push_event (b.small, gst_event_new_gap (0, 1));
  gst_harness_push_event (b.h, gst_event_new_gap (0, 1));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    GstEvent *event = gst_harness_pull_event (b.h);
    g_assert_cmpstr (GST_EVENT_TYPE_NAME (event), ==, gst_event_type_get_name (expected[i]));
    gst_event_unref (event);
  }
  g_assert_null (gst_harness_try_pull_event (b.h));
  join_bench_free (&b);
}

/* How many events of a type came out of a harness's input. */
static guint
came_up (GstHarness *h, GstEventType type)
{
  GstEvent *event;
  guint n = 0;

  while ((event = gst_harness_try_pull_upstream_event (h))) {
    n += GST_EVENT_TYPE (event) == type;
    gst_event_unref (event);
  }
  return n;
}

static GstEvent *
seek_to (GstSeekFlags flags)
{
  return gst_event_new_seek (1, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE,
                             0);
}

/* Stands for a source that both have: seeks flush the small branch too. */
static GstPadProbeReturn
flush_both (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *seek = GST_PAD_PROBE_INFO_EVENT (info), *event;
  JoinBench *b = data;

  if (GST_EVENT_TYPE (seek) != GST_EVENT_SEEK)
    return GST_PAD_PROBE_OK;
  event = gst_event_new_flush_start ();
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_harness_push_event (b->small, event);
  event = gst_event_new_flush_stop (TRUE);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_harness_push_event (b->small, event);
  return GST_PAD_PROBE_OK;
}

static void
test_upstream (void)
{
  JoinBench b = join_bench_new ("");

  g_assert_true (
      gst_harness_push_upstream_event (b.h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1, 100, 0)));
  g_assert_cmpuint (came_up (b.h, GST_EVENT_QOS), ==, 1);
  g_assert_cmpuint (came_up (b.small, GST_EVENT_QOS), ==, 0);
  g_assert_true (gst_harness_push_upstream_event (b.h, gst_event_new_latency (MS (1))));
  g_assert_cmpuint (came_up (b.h, GST_EVENT_LATENCY), ==, 1);
  g_assert_cmpuint (came_up (b.small, GST_EVENT_LATENCY), ==, 1);
  g_assert_true (gst_harness_push_upstream_event (b.h, seek_to (GST_SEEK_FLAG_FLUSH)));
  g_assert_cmpuint (came_up (b.h, GST_EVENT_SEEK), ==, 1);
  g_assert_cmpuint (came_up (b.small, GST_EVENT_SEEK), ==, 1);
  gst_pad_add_probe (b.h->srcpad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, flush_both, &b, NULL);
  g_assert_true (gst_harness_push_upstream_event (b.h, seek_to (GST_SEEK_FLAG_FLUSH)));
  g_assert_cmpuint (came_up (b.h, GST_EVENT_SEEK), ==, 1);
  g_assert_cmpuint (came_up (b.small, GST_EVENT_SEEK), ==, 0);
  join_bench_free (&b);
}

/* After a flush of either, what was found before it is forgotten. */
static void
test_flush (void)
{
  for (guint i = 0; i < 2; i++) {
    JoinBench b = join_bench_new ("");
    GstHarness *h = i ? b.small : b.h;
    bring (&b, MS (10), 1);
    g_assert_cmpint (pass_and_look (&b, MS (10), NULL, NULL), ==, 1);
    gst_harness_push_event (h, gst_event_new_flush_start ());
    gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
    segment (h, 0, 0);
    g_assert_cmpint (pass_and_look (&b, MS (10), NULL, NULL), ==, -1);
    bring (&b, MS (10), 2);
    g_assert_cmpint (pass_and_look (&b, MS (10), NULL, NULL), ==, 2);
    join_bench_free (&b);
  }
}

/* ---- queries ---- */

static void
test_latency (void)
{
  JoinBench b = join_bench_new ("");

  gst_harness_set_upstream_latency (b.small, MS (700)); /* is nobody's concern */
  gst_harness_set_upstream_latency (b.h, MS (20));
  g_assert_cmpuint (gst_harness_query_latency (b.h), ==, MS (20));
  g_object_set (b.join, "max-wait", 30, NULL);
  g_assert_cmpuint (gst_harness_query_latency (b.h), ==, MS (50));
  join_bench_free (&b);
}

static void
test_allocation (void)
{
  JoinBench b = join_bench_new ("");
  GstCaps *caps = gst_caps_from_string ("video/x-raw,format=NV12,width=1280,height=720");
  GstQuery *query = gst_query_new_allocation (caps, TRUE);

  gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_CROP_META_API_TYPE, NULL);
  g_assert_true (gst_pad_peer_query (b.h->srcpad, query)); /* downstream's answer */
  g_assert_true (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_query_unref (query);
  query = gst_query_new_allocation (caps, TRUE);
  g_assert_true (gst_pad_peer_query (b.small->srcpad, query));
  g_assert_true (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL));
  g_assert_false (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_caps_unref (caps);
  join_bench_free (&b);
}

/* Caps of sink are downstream's; the small branch's are anything. */
static void
test_caps (void)
{
  JoinBench b = join_bench_new ("");
  GstCaps *only = gst_caps_from_string ("video/x-raw(memory:Card)"), *asked;

  gst_harness_set_sink_caps (b.h, gst_caps_ref (only));
  asked = gst_pad_peer_query_caps (b.h->srcpad, NULL);
  g_assert_true (gst_caps_is_equal (asked, only));
  gst_caps_unref (asked);
  asked = gst_pad_peer_query_caps (b.small->srcpad, NULL);
  g_assert_true (gst_caps_is_any (asked));
  gst_caps_unref (asked);
  gst_caps_unref (only);
  join_bench_free (&b);
}

/* ---- states ---- */

static void
test_states (void)
{
  JoinBench b = join_bench_new ("max-wait=60000");

  for (guint i = 0; i < 3; i++) {
    bring (&b, MS (10), 1);
    g_assert_cmpint (pass_and_look (&b, MS (10), NULL, NULL), ==, 1);
    g_assert_cmpint (gst_element_set_state (b.join, GST_STATE_READY), ==, GST_STATE_CHANGE_SUCCESS);
    g_assert_cmpint (gst_harness_push (b.h, big (0)), ==, GST_FLOW_FLUSHING);
    g_assert_cmpint (gst_harness_push (b.small, found (0, 1)), ==, GST_FLOW_FLUSHING);
    g_assert_cmpint (gst_element_set_state (b.join, GST_STATE_PLAYING), ==,
                     GST_STATE_CHANGE_SUCCESS);
    for (guint k = 0; k < 2; k++) {
      GstHarness *h = k ? b.small : b.h;
      gst_harness_push_event (h, gst_event_new_stream_start ("again"));
      gst_harness_set_src_caps_str (h, "video/x-raw,width=1,height=1");
      segment (h, 0, 0);
    }
    g_object_set (b.join, "max-wait", 0, NULL);
    g_assert_cmpint (pass_and_look (&b, MS (10), NULL, NULL), ==, -1);
    g_object_set (b.join, "max-wait", 60000, NULL);
  }
  join_bench_free (&b);
}

static const TestCase cases[] = {
    {"/join-flow/end", test_end},
    {"/join-flow/events", test_events},
    {"/join-flow/upstream", test_upstream},
    {"/join-flow/flush", test_flush},
    {"/join-flow/latency", test_latency},
    {"/join-flow/allocation", test_allocation},
    {"/join-flow/caps", test_caps},
    {"/join-flow/states", test_states},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
