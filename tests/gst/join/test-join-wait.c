/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcjoin waits as long as max-wait says, and never for what cannot come. */
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

static void
flush_large (JoinBench *b)
{
  g_assert_true (gst_harness_push_event (b->h, gst_event_new_flush_start ()));
}

static void
stop (JoinBench *b)
{
  gst_element_set_state (b->join, GST_STATE_READY);
}

static void
wait_no_longer (JoinBench *b)
{
  g_object_set (b->join, "max-wait", 0, NULL);
}

static void (*const interruptions[]) (JoinBench *b) = {
    stop, flush_large, flush_small, unlink_small, leave_gap, wait_no_longer,
};

/* While a buffer waits. */
static void
test_waiting_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++) {
    JoinBench b = join_bench_new (EVER);
    Passing p = {&b, 0};
    GThread *thread = g_thread_new ("push", push_one, &p);

    while (!g_atomic_int_get (&p.begun))
      g_usleep (100);
    g_usleep (20000);
    interruptions[i](&b);
    g_thread_join (thread);
    join_bench_free (&b);
  }
}

static const TestCase cases[] = {
    {"/join-wait/ended", .run_with = test_fault, .data = GUINT_TO_POINTER (0)},
    {"/join-wait/flushing", .run_with = test_fault, .data = GUINT_TO_POINTER (1)},
    {"/join-wait/unlinked", .run_with = test_fault, .data = GUINT_TO_POINTER (2)},
    {"/join-wait/gap", .run_with = test_fault, .data = GUINT_TO_POINTER (3)},
    {"/join-wait/ahead", .run_with = test_fault, .data = GUINT_TO_POINTER (4)},
    {"/join-wait/same-thread", .run_with = test_fault, .data = GUINT_TO_POINTER (5)},
    {"/join-wait/never-begins", test_never_begins},
    {"/join-wait/waits-once", test_waits_once},
    {"/join-wait/waits", test_waits},
    {"/join-wait/waiting-ends", test_waiting_ends},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
