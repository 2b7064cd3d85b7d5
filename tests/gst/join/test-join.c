/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which results tfcjoin puts on a buffer, and what it does with those that lie there. */
#include <gst/video/video.h>
#include "tests/gst/join/join-bench.h"

/* Without results the very same buffer passes. */
static void
test_untouched (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *in = big (0), *out;

  gst_buffer_ref (in); /* as a tee does */
  out = gst_harness_push_and_pull (b.h, in);
  g_assert_true (out == in);
  gst_buffer_unref (in);
  gst_buffer_unref (out);
  join_bench_free (&b);
}

/* With some, a buffer that others hold too stays as it is; its memory goes on. */
static void
test_shared (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *in = gst_buffer_ref (big (0)), *out;

  bring (&b, 0, 3);
  out = gst_harness_push_and_pull (b.h, in);
  g_assert_true (out != in);
  g_assert_true (gst_buffer_peek_memory (out, 0) == gst_buffer_peek_memory (in, 0));
  g_assert_null (gst_buffer_get_tfc_detection_meta (in));
  g_assert_nonnull (gst_buffer_get_tfc_detection_meta (out));
  gst_buffer_unref (in);
  gst_buffer_unref (out);
  join_bench_free (&b);
}

/* Small frames at 0, 100, 200 ms; buffers between. */
static void
test_nearest (void)
{
  static const struct {
    guint at;
    gint expected;
    gboolean held;
  } cases[] = {{99, -1},        {100, 1},       {150, 1, TRUE}, {199, 1, TRUE}, {200, 2},
               {201, 2, TRUE},  {350, 3, TRUE}, {210, 2, TRUE}, /* as pictures of a compressed
                                                                   stream: back again */
               {2300, 3, TRUE}, {2301, -1}};
  JoinBench b = join_bench_new ("");

  for (gint i = 1; i <= 3; i++)
    bring (&b, MS (100 * i), i);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean held = FALSE;
    GstClockTime at = 0;
    g_test_message ("%u", cases[i].at);
    g_assert_cmpint (pass_and_look (&b, MS (cases[i].at), &held, &at), ==, cases[i].expected);
    g_assert_cmpint (held, ==, cases[i].held);
    if (cases[i].expected > 0)
      g_assert_cmpuint (at, ==, MS (100 * cases[i].expected));
  }
  g_object_set (b.join, "max-age", 0, NULL);
  g_assert_cmpint (pass_and_look (&b, MS (201), NULL, NULL), ==, -1);
  g_assert_cmpint (pass_and_look (&b, MS (200), NULL, NULL), ==, 2);
  join_bench_free (&b);
}

/* What the small branch holds is held here too; of equal times the last one counts; small frames
 * without results leave the ones before. */
static void
test_held (void)
{
  const GstTfcDetection d = {.w = 0.5f, .h = 0.5f, .class_id = 9};
  JoinBench b = join_bench_new ("");
  GstBuffer *small = gst_buffer_new ();
  gboolean held = FALSE;
  GstClockTime at = 0;

  GST_BUFFER_PTS (small) = MS (40);
  gst_buffer_add_tfc_detection_meta (small, "m", MS (20), TRUE, &d, 1);
  bring (&b, MS (40), 1);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  small = gst_buffer_new ();
  GST_BUFFER_PTS (small) = MS (50);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  g_assert_cmpint (pass_and_look (&b, MS (40), &held, &at), ==, 9);
  g_assert_true (held);
  g_assert_cmpuint (at, ==, MS (20));
  g_assert_cmpint (pass_and_look (&b, MS (50), &held, &at), ==, 9);
  join_bench_free (&b);
}

/* Times are compared as running times; the results' own are then of the passing stream. */
static void
test_segments (void)
{
  JoinBench b = join_bench_new ("");
  GstClockTime at = 0;
  gboolean held = TRUE;

  segment (b.small, MS (5000), 0);
  segment (b.h, MS (100), MS (1000)); /* 100 ms are one second of running time */
  bring (&b, MS (6040), 4);           /* 1.04 s */
  g_assert_cmpint (pass_and_look (&b, MS (139), NULL, NULL), ==, -1);
  g_assert_cmpint (pass_and_look (&b, MS (140), &held, &at), ==, 4);
  g_assert_false (held);
  g_assert_cmpuint (at, ==, MS (140));
  g_assert_cmpint (pass_and_look (&b, MS (50), NULL, NULL), ==, -1); /* before the segment */
  g_assert_cmpint (pass_and_look (&b, GST_CLOCK_TIME_NONE, NULL, NULL), ==, -1);
  bring (&b, GST_CLOCK_TIME_NONE, 5);
  g_assert_cmpint (pass_and_look (&b, MS (150), NULL, NULL), ==, 4);
  join_bench_free (&b);
}

/* Streams without times pass. */
static void
test_untimed (void)
{
  GstSegment bytes;

  gst_segment_init (&bytes, GST_FORMAT_BYTES);
  for (guint i = 0; i < 2; i++) {
    JoinBench b = join_bench_new ("max-wait=60000");
    g_assert_true (gst_harness_push_event (i ? b.small : b.h, gst_event_new_segment (&bytes)));
    bring (&b, MS (1), 1);
    g_object_set (b.join, "max-wait", 0, NULL);
    g_assert_cmpint (pass_and_look (&b, MS (1), NULL, NULL), ==, -1);
    join_bench_free (&b);
  }
}

/* ---- what lies there already ---- */

static void
add_detection (GstBuffer *buffer, const gchar *model, gint class_id)
{
  const GstTfcDetection d = {.w = 0.5f, .h = 0.5f, .class_id = class_id};

  gst_buffer_add_tfc_detection_meta (buffer, model, 0, FALSE, &d, 1);
}

/* Class ids of a buffer's metas, in order. */
static gchar *
classes (GstBuffer *buffer)
{
  GString *text = g_string_new (NULL);
  gpointer state = NULL;
  GstMeta *meta;

  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    guint n;
    GstTfcResults *results = gst_tfc_meta_get_results (meta, NULL);
    const GstTfcDetection *d = results ? gst_tfc_results_get_detections (results, &n) : NULL;
    if (d)
      g_string_append_printf (text, "%d ", d->class_id);
  }
  return g_string_free (text, FALSE);
}

static void
test_replaced (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *in = big (MS (10)), *small = found (MS (10), 3);
  g_autofree gchar *seen = NULL;

  add_detection (small, "m", 4); /* two elements with one model */
  add_detection (small, "other", 5);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  add_detection (in, "m", 1); /* from before the tee: of the same model */
  add_detection (in, "mine", 2);
  gst_buffer_add_video_meta (in, 0, GST_VIDEO_FORMAT_NV12, 1280, 720);
  in = gst_harness_push_and_pull (b.h, in);
  seen = classes (in);
  g_assert_cmpstr (seen, ==, "2 3 4 5 ");
  g_assert_nonnull (gst_buffer_get_video_meta (in));
  gst_buffer_unref (in);
  join_bench_free (&b);
}

/* Regions in pixels of the small frame become pixels of the large one, whatever their shapes. */
static void
test_regions (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *small = gst_buffer_new (), *out, *in;
  GstVideoRegionOfInterestMeta *roi =
      gst_buffer_add_video_region_of_interest_meta (small, "cat", 80, 45, 160, 90);
  GstStructure *param;

  roi->id = 7;
  gst_video_region_of_interest_meta_add_param (
      roi, gst_structure_new ("detection", "score", G_TYPE_DOUBLE, 0.5, NULL));
  GST_BUFFER_PTS (small) = 0;
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  gst_harness_set_src_caps_str (b.h, "video/x-raw(memory:Card),format=NV12,width=640,height=720");
  in = big (0);
  gst_buffer_add_video_region_of_interest_meta (in, "cat", 1, 2, 3, 4); /* from before the tee */
  out = gst_harness_push_and_pull (b.h, in);
  g_assert_cmpuint (gst_buffer_get_n_meta (out, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE), ==, 1);
  roi = (GstVideoRegionOfInterestMeta *)gst_buffer_get_meta (
      out, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_cmpint (roi->id, ==, 7);
  g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, "cat");
  g_assert_cmpuint (roi->x, ==, 160);
  g_assert_cmpuint (roi->y, ==, 180);
  g_assert_cmpuint (roi->w, ==, 320);
  g_assert_cmpuint (roi->h, ==, 360);
  param = gst_video_region_of_interest_meta_get_param (roi, "detection");
  g_assert_nonnull (param);
  gst_buffer_unref (out);
  /* Nobody knows how large the picture of these is. */
  gst_harness_set_src_caps_str (b.h, "application/x-rtp");
  in = big (0);
  gst_buffer_add_video_region_of_interest_meta (in, "dog", 1, 2, 3, 4);
  out = gst_harness_push_and_pull (b.h, in);
  roi = (GstVideoRegionOfInterestMeta *)gst_buffer_get_meta (
      out, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, "dog");
  gst_buffer_unref (out);
  join_bench_free (&b);
}

/* How many events a buffer at pts tells of; of each the track id is one more than the last. */
static guint
events_at (JoinBench *b, GstClockTime pts, guint64 *last)
{
  GstBuffer *out = pass (b, pts);
  const GstTfcEventMeta *meta = gst_buffer_get_tfc_event_meta (out);
  const guint n = meta ? meta->n_events : 0;

  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (meta->events[i].track_id, ==, ++*last);
  g_assert_false (meta && meta->held);
  gst_buffer_unref (out);
  return n;
}

/* What happened is told once, in order, however old it is. */
static void
test_events (void)
{
  JoinBench b = join_bench_new ("max-age=0");
  guint64 last = 0;

  for (guint i = 0; i < 4; i++) {
    const GstTfcEvent events[2] = {
        {.type = GST_TFC_EVENT_ENTER, .zone = "z", .track_id = 2 * i + 1},
        {.type = GST_TFC_EVENT_COUNT, .zone = "z", .track_id = 2 * i + 2}};
    GstBuffer *small = found (MS (10 * i), (gint)i);
    gst_buffer_add_tfc_event_meta (small, "zones", MS (10 * i), FALSE, events, 2);
    g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  }
  g_assert_cmpuint (events_at (&b, MS (0), &last), ==, 2);
  g_assert_cmpuint (events_at (&b, MS (5), &last), ==, 0);
  g_assert_cmpuint (events_at (&b, MS (25), &last), ==, 4);
  g_assert_cmpuint (events_at (&b, MS (29), &last), ==, 0);
  g_assert_cmpuint (events_at (&b, MS (9000), &last), ==, 2);
  join_bench_free (&b);
}

/* Those of the passing stream stay beside them. */
static void
test_other_events (void)
{
  const GstTfcEvent event = {.type = GST_TFC_EVENT_ENTER, .zone = "z", .track_id = 1};
  JoinBench b = join_bench_new ("");
  GstBuffer *small = found (0, 0);

  gst_buffer_add_tfc_event_meta (small, "zones", 0, FALSE, &event, 1);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  for (guint i = 0; i < 2; i++) {
    GstBuffer *in = big (MS (i)), *out;
    gst_buffer_add_tfc_event_meta (in, "zones", MS (i), FALSE, &event, 1);
    out = gst_harness_push_and_pull (b.h, in);
    g_assert_cmpuint (gst_buffer_get_n_meta (out, GST_TFC_EVENT_META_API_TYPE), ==, i ? 1 : 2);
    gst_buffer_unref (out);
  }
  join_bench_free (&b);
}

/* ---- what is remembered ---- */

static void
gone (gpointer n, GstMiniObject *object)
{
  ++*(guint *)n;
}

/* The small frames themselves are let go of at once, with their memory. */
static void
test_released (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *small = found (0, 1);
  guint n = 0;

  gst_mini_object_weak_ref (GST_MINI_OBJECT (small), gone, &n);
  gst_mini_object_weak_ref (GST_MINI_OBJECT (gst_buffer_peek_memory (small, 0)), gone, &n);
  g_assert_cmpint (gst_harness_push (b.small, small), ==, GST_FLOW_OK);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (pass_and_look (&b, 0, NULL, NULL), ==, 1);
  join_bench_free (&b);
}

/* 256 results, then the oldest ones are forgotten. */
static void
test_bounded (void)
{
  JoinBench b = join_bench_new ("");

  for (gint i = 0; i < 1000; i++)
    bring (&b, MS (i), i);
  g_assert_cmpint (pass_and_look (&b, MS (743), NULL, NULL), ==, -1);
  for (gint i = 744; i < 1000; i++)
    g_assert_cmpint (pass_and_look (&b, MS (i), NULL, NULL), ==, i);
  join_bench_free (&b);
}

static const TestCase cases[] = {
    {"/join/untouched", test_untouched},
    {"/join/shared", test_shared},
    {"/join/nearest", test_nearest},
    {"/join/held", test_held},
    {"/join/segments", test_segments},
    {"/join/untimed", test_untimed},
    {"/join/replaced", test_replaced},
    {"/join/regions", test_regions},
    {"/join/events", test_events},
    {"/join/other-events", test_other_events},
    {"/join/released", test_released},
    {"/join/bounded", test_bounded},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
