/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcjoin in the stream: whatever the small branch does, buffers pass; events, queries, waiting,
 * states. */
#include <gst/video/video.h>
#include "tests/gst/join/join-bench.h"

#define EVER "max-wait=60000"

/* ---- a small branch that does not do its part ---- */

static void
end_small (JoinBench *b)
{
  bring (b, 0, 1);
  g_assert_true (gst_harness_push_event (b->small, gst_event_new_eos ()));
}

static void
flush_small (JoinBench *b)
{
  g_assert_true (gst_harness_push_event (b->small, gst_event_new_flush_start ()));
}

static void
unlink_small (JoinBench *b)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (b->join, "meta");

  g_assert_true (gst_pad_unlink (b->small->srcpad, pad));
}

/* A gap says that nothing comes up to its end. */
static void
leave_gap (JoinBench *b)
{
  g_assert_true (gst_harness_push_event (b->small, gst_event_new_gap (0, MS (100))));
}

/* So does a small frame of a later time, with results or none. */
static void
go_ahead (JoinBench *b)
{
  GstBuffer *small = gst_buffer_new ();

  GST_BUFFER_PTS (small) = MS (100);
  g_assert_cmpint (gst_harness_push (b->small, small), ==, GST_FLOW_OK);
}

/* The thread that is to bring results cannot be waited for by itself: a tee without queues. */
static void
be_the_same_thread (JoinBench *b)
{
  bring (b, 0, 1);
}

static void (*const faults[]) (JoinBench *b) = {
    end_small, flush_small, unlink_small, leave_gap, go_ahead, be_the_same_thread,
};

/* Nobody waits for what cannot come: a minute would be too long for the test. */
static void
test_fault (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  JoinBench b = join_bench_new (EVER);

  faults[i](&b);
  for (guint n = 1; n <= 3; n++)
    gst_buffer_unref (pass (&b, MS (10 * n)));
  join_bench_free (&b);
}

/* Not even caps or a segment. */
static void
test_never_begins (void)
{
  JoinBench b = {.join = gst_object_ref_sink (gst_element_factory_make ("tfcjoin", NULL))};

  b.h = gst_harness_new_with_element (b.join, "sink", "src");
  b.small = gst_harness_new_with_element (b.join, "meta", NULL);
  gst_harness_set_src_caps_str (b.h, "video/x-h264");
  for (guint n = 0; n < 3; n++)
    gst_buffer_unref (pass (&b, MS (n)));
  g_assert_true (gst_harness_push_event (b.h, gst_event_new_eos ()));
  join_bench_free (&b);
}

/* One wait in vain, then none until something comes. */
static void
test_waits_once (void)
{
  JoinBench b = join_bench_new ("max-wait=200");
  const gint64 begun = g_get_monotonic_time ();
  gint64 once;

  gst_buffer_unref (pass (&b, 0));
  once = g_get_monotonic_time ();
  g_assert_cmpint (once - begun, >=, 200 * G_TIME_SPAN_MILLISECOND);
  g_object_set (b.join, "max-wait", 60000, NULL);
  for (guint n = 1; n < 100; n++)
    gst_buffer_unref (pass (&b, MS (n)));
  join_bench_free (&b);
}

/* ---- waiting ---- */

typedef struct {
  JoinBench *b;
  gint class_id;
  gint begun; /* atomic */
} Passing;

static gpointer
pass_one (gpointer data)
{
  Passing *p = data;

  g_atomic_int_set (&p->begun, TRUE);
  p->class_id = pass_and_look (p->b, MS (40), NULL, NULL);
  return NULL;
}

static GThread *
begin_to_pass (Passing *p)
{
  GThread *thread = g_thread_new ("pass", pass_one, p);

  while (!g_atomic_int_get (&p->begun))
    g_usleep (100);
  g_usleep (20000); /* most likely it waits by now; if not, it need not */
  return thread;
}

/* The result of its time comes while a buffer waits; an earlier one does not end that. */
static void
test_waits (void)
{
  JoinBench b = join_bench_new (EVER);
  Passing p = {&b, -2};
  GThread *thread = begin_to_pass (&p);

  bring (&b, MS (20), 1);
  g_usleep (20000);
  g_assert_cmpuint (gst_harness_buffers_in_queue (b.h), ==, 0);
  bring (&b, MS (40), 2);
  g_thread_join (thread);
  g_assert_cmpint (p.class_id, ==, 2);
  join_bench_free (&b);
}

static gpointer
push_one (gpointer data)
{
  Passing *p = data;

  g_atomic_int_set (&p->begun, TRUE);
  p->class_id = gst_harness_push (p->b->h, big (0));
  return NULL;
}

/* A flush and a change of state end waiting. */
static void
test_waiting_ends (void)
{
  for (guint i = 0; i < 2; i++) {
    JoinBench b = join_bench_new (EVER);
    Passing p = {&b, 0};
    GThread *thread = g_thread_new ("push", push_one, &p);

    while (!g_atomic_int_get (&p.begun))
      g_usleep (100);
    g_usleep (20000);
    if (i)
      g_assert_true (gst_harness_push_event (b.h, gst_event_new_flush_start ()));
    else
      gst_element_set_state (b.join, GST_STATE_READY);
    g_thread_join (thread);
    join_bench_free (&b);
  }
}

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
                                          GST_EVENT_TAG, GST_EVENT_CAPS, GST_EVENT_GAP};
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

  g_assert_true (gst_harness_push_upstream_event (
      b.h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1, 100, 0)));
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
  JoinBench b = join_bench_new (EVER);

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
    {"/join-flow/ended", .run_with = test_fault, .data = GUINT_TO_POINTER (0)},
    {"/join-flow/flushing", .run_with = test_fault, .data = GUINT_TO_POINTER (1)},
    {"/join-flow/unlinked", .run_with = test_fault, .data = GUINT_TO_POINTER (2)},
    {"/join-flow/gap", .run_with = test_fault, .data = GUINT_TO_POINTER (3)},
    {"/join-flow/ahead", .run_with = test_fault, .data = GUINT_TO_POINTER (4)},
    {"/join-flow/same-thread", .run_with = test_fault, .data = GUINT_TO_POINTER (5)},
    {"/join-flow/never-begins", test_never_begins},
    {"/join-flow/waits-once", test_waits_once},
    {"/join-flow/waits", test_waits},
    {"/join-flow/waiting-ends", test_waiting_ends},
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
