/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfczones: what it puts on buffers, posts and counts; buffers of any kind pass as they are. */
#include <gst/video/video.h>
#include "tests/gst/common/runner.h"
#include "tests/gst/zones/zones-bench.h"

#define RAW "video/x-raw,format=GRAY8,width=4,height=4,framerate=25/1"

#define ASSERT_MESSAGES(bench, expected)             \
  G_STMT_START                                       \
  {                                                  \
    g_autofree gchar *types = take_messages (bench); \
    g_assert_cmpstr (types, ==, expected);           \
  }                                                  \
  G_STMT_END

/* The same buffer, its memory untouched, whatever it is. */
static void
test_any_caps (void)
{
  static const gchar *const all[] = {RAW,
                                     "video/x-raw(memory:Strange),format=NV12,width=8,height=8",
                                     "video/x-h264,width=8,height=8", "application/x-tfc-test"};

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    ZonesBench b = zones_bench_new (PORCH, all[i]);
    GstBuffer *in = person_at (0, 7, 0.5f), *out;
    GstMemory *memory = gst_buffer_peek_memory (in, 0);
    out = gst_harness_push_and_pull (b.h, in);
    g_assert_true (out == in && gst_buffer_peek_memory (out, 0) == memory);
    g_assert_nonnull (gst_buffer_get_tfc_zone_meta (out));
    gst_buffer_unref (out);
    zones_bench_free (&b);
  }
}

/* A stream that says nothing of itself. */
static void
test_no_caps (void)
{
  GstElement *pipeline =
      gst_parse_launch ("fakesrc num-buffers=2 ! tfczones zones=\"" PORCH "\" ! fakesink", NULL);
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
}

/* As after a tee: what others hold stays as it is, the memory is shared. */
static void
test_shared (void)
{
  ZonesBench b = zones_bench_new (PORCH, RAW);
  GstBuffer *in = gst_buffer_ref (person_at (0, 7, 0.5f)), *out;

  out = gst_harness_push_and_pull (b.h, in);
  g_assert_true (out != in);
  g_assert_true (gst_buffer_peek_memory (out, 0) == gst_buffer_peek_memory (in, 0));
  g_assert_null (gst_buffer_get_tfc_zone_meta (in));
  g_assert_nonnull (gst_buffer_get_tfc_zone_meta (out));
  gst_buffer_unref (in);
  gst_buffer_unref (out);
  zones_bench_free (&b);
}

/* Nothing is set: nothing happens. */
static void
test_no_zones (void)
{
  ZonesBench b = zones_bench_new (NULL, RAW);
  GstBuffer *out = walk (&b, 0, 400, 0.5f, 0.5f);

  g_assert_null (gst_buffer_get_tfc_zone_meta (out));
  gst_buffer_unref (out);
  ASSERT_MESSAGES (&b, "");
  zones_bench_free (&b);
}

static void
test_metas (void)
{
  ZonesBench b = zones_bench_new (PORCH GATE, RAW);
  GstBuffer *out = walk (&b, 0, 200, 0.45f, 0.45f);
  const GstTfcEventMeta *events = gst_buffer_get_tfc_event_meta (out);
  const GstTfcZoneMeta *zones = gst_buffer_get_tfc_zone_meta (out);

  g_assert_cmpuint (events->n_events, ==, 2);
  g_assert_cmpint (events->events[0].type, ==, GST_TFC_EVENT_ENTER);
  g_assert_cmpstr (events->events[0].zone, ==, "porch");
  g_assert_cmpstr (events->events[0].label, ==, "person");
  g_assert_cmpuint (events->events[0].track_id, ==, 7);
  g_assert_cmpuint (events->events[0].dwell, ==, GST_CLOCK_TIME_NONE);
  g_assert_cmpint (events->events[1].type, ==, GST_TFC_EVENT_COUNT);
  g_assert_true (events->pts == 200 * GST_MSECOND && !events->held);
  g_assert_cmpuint (zones->n_zones, ==, 2);
  g_assert_cmpuint (zones->zones[0].count, ==, 1);
  g_assert_cmpuint (zones->zones[0].n_points, ==, 4);
  g_assert_true (zones->zones[1].is_line && zones->zones[1].n_points == 2);
  gst_buffer_unref (out);
  out = walk (&b, 240, 440, 0.55f, 0.55f);
  events = gst_buffer_get_tfc_event_meta (out);
  g_assert_cmpint (events->events[0].type, ==, GST_TFC_EVENT_CROSS);
  g_assert_cmpint (events->events[0].direction, ==, GST_TFC_DIRECTION_A_TO_B);
  g_assert_cmpstr (events->events[0].line, ==, "gate");
  g_assert_cmpuint (gst_buffer_get_tfc_zone_meta (out)->zones[1].count_a_b, ==, 1);
  gst_buffer_unref (out);
  out = walk (&b, 480, 520, 0.55f, 0.55f);
  g_assert_null (gst_buffer_get_tfc_event_meta (out));
  gst_buffer_unref (out);
  zones_bench_free (&b);
}

/* Its age and speed say that it has passed the line before it was told of. */
static void
test_first_seen_before (void)
{
  ZonesBench b = zones_bench_new (GATE, RAW);

  for (guint ms = 1000; ms <= 1400; ms += 40) {
    GstBuffer *buffer = person_at (ms, 7, 0.6f);
    GstTfcDetection d = gst_buffer_get_tfc_detection_meta (buffer)->detections[0];
    d.age = 120 * GST_MSECOND;
    d.speed_x = 2;
    gst_buffer_remove_meta (buffer, (GstMeta *)gst_buffer_get_tfc_detection_meta (buffer));
    gst_buffer_add_tfc_detection_meta (buffer, "m", GST_BUFFER_PTS (buffer), FALSE, &d, 1);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, buffer));
  }
  ASSERT_MESSAGES (&b, "cross");
  zones_bench_free (&b);
}

static void
test_messages (void)
{
  ZonesBench b = zones_bench_new (PORCH GATE, RAW);
  GstMessage *message;
  const GstStructure *s;
  guint64 id, pts, running;
  gdouble dwell;
  guint count;

  gst_buffer_unref (walk (&b, 0, 1400, 0.45f, 0.55f));
  ASSERT_MESSAGES (&b, "enter count cross loiter");
  gst_buffer_unref (walk (&b, 1440, 1640, 0.7f, 0.7f));
  message = take_message (&b, GST_MESSAGE_ELEMENT);
  s = gst_message_get_structure (message);
  g_assert_cmpstr (gst_structure_get_string (s, "type"), ==, "leave");
  g_assert_cmpstr (gst_structure_get_string (s, "zone"), ==, "porch");
  g_assert_false (gst_structure_has_field (s, "line") || gst_structure_has_field (s, "direction"));
  g_assert_true (gst_structure_get_uint64 (s, "id", &id) && id == 7);
  g_assert_true (gst_structure_get_double (s, "dwell", &dwell));
  g_assert_cmpfloat_with_epsilon (dwell, 1.44, 1e-6);
  g_assert_true (gst_structure_get_uint (s, "count", &count) && count == 0);
  g_assert_true (gst_structure_get_uint64 (s, "timestamp", &pts) && pts == 1640 * GST_MSECOND);
  g_assert_true (gst_structure_get_uint64 (s, "running-time", &running) && running == pts);
  gst_message_unref (message);
  ASSERT_MESSAGES (&b, "count");
  gst_util_set_object_arg (G_OBJECT (b.h->element), "post-messages", "none");
  gst_buffer_unref (walk (&b, 1680, 2000, 0.45f, 0.45f));
  g_assert_null (take_message (&b, GST_MESSAGE_ELEMENT));
  gst_util_set_object_arg (G_OBJECT (b.h->element), "post-messages", "all");
  gst_buffer_unref (walk (&b, 2040, 2080, 0.45f, 0.45f));
  message = take_message (&b, GST_MESSAGE_ELEMENT);
  g_assert_true (gst_structure_has_name (gst_message_get_structure (message), "tfczones-counts"));
  gst_message_unref (message);
  zones_bench_free (&b);
}

static guint64
number (const GstStructure *s, const gchar *field)
{
  guint64 value = G_MAXUINT64;
  guint small;

  if (!gst_structure_get_uint64 (s, field, &value) && gst_structure_get_uint (s, field, &small))
    return small;
  return value;
}

static const GstStructure *
first_of (const GstStructure *s, const gchar *array)
{
  return gst_value_get_structure (
      gst_value_array_get_value (gst_structure_get_value (s, array), 0));
}

static void
test_counts (void)
{
  ZonesBench b = zones_bench_new (PORCH GATE, RAW);
  GstStructure *counts;
  const GstStructure *zone, *line;

  gst_buffer_unref (walk (&b, 0, 1400, 0.3f, 0.7f));
  gst_buffer_unref (walk (&b, 1440, 2000, 0.55f, 0.55f));
  g_object_get (b.h->element, "counts", &counts, NULL);
  zone = first_of (counts, "zones");
  g_assert_cmpstr (gst_structure_get_string (zone, "name"), ==, "porch");
  g_assert_cmpuint (number (zone, "count"), ==, 1);
  g_assert_cmpuint (number (zone, "entered"), ==, 2);
  g_assert_cmpuint (number (zone, "left"), ==, 1);
  g_assert_cmpstr (gst_structure_get_string (first_of (zone, "labels"), "label"), ==, "person");
  g_assert_cmpuint (number (first_of (zone, "labels"), "entered"), ==, 2);
  line = first_of (counts, "lines");
  g_assert_cmpuint (number (line, "a-to-b"), ==, 1);
  g_assert_cmpuint (number (line, "b-to-a"), ==, 0);
  g_assert_cmpuint (number (first_of (line, "labels"), "a-to-b"), ==, 1);
  gst_structure_free (counts);
  zones_bench_free (&b);
}

/* Objects of others: pixels of the caps; without ids one warning, and the number in a zone. */
static void
test_untracked (void)
{
  ZonesBench b = zones_bench_new (PORCH, "video/x-h264,width=100,height=100");
  GstMessage *warning;

  for (guint i = 0; i < 10; i++) {
    GstBuffer *buffer = gst_buffer_new (), *out;
    GST_BUFFER_PTS (buffer) = i * 40 * GST_MSECOND;
    gst_buffer_add_video_region_of_interest_meta (buffer, "cat", 45, 40, 10, 20);
    out = gst_harness_push_and_pull (b.h, buffer);
    g_assert_cmpuint (gst_buffer_get_tfc_zone_meta (out)->zones[0].count, ==, i < 5 ? 0 : 1);
    gst_buffer_unref (out);
  }
  warning = take_message (&b, GST_MESSAGE_WARNING);
  g_assert_nonnull (warning);
  gst_message_unref (warning);
  g_assert_null (take_message (&b, GST_MESSAGE_WARNING));
  zones_bench_free (&b);
}

/* Buffers without time stamps follow each other by their durations. */
static void
test_no_times (void)
{
  ZonesBench b = zones_bench_new (PORCH, RAW);

  for (guint i = 0; i < 8; i++) {
    GstBuffer *buffer = person_at (0, 7, 0.5f);
    GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    gst_buffer_unref (gst_harness_push_and_pull (b.h, buffer));
  }
  ASSERT_MESSAGES (&b, "enter count");
  zones_bench_free (&b);
}

/* Other caps, a flush and time that goes back: whoever was in a zone has left it, counters go on.
 */
static void
test_begins_anew (void)
{
  ZonesBench b = zones_bench_new (PORCH, RAW);
  GstBuffer *out;

  gst_buffer_unref (walk (&b, 60000, 60400, 0.5f, 0.5f));
  gst_harness_set_caps_str (b.h, "video/x-raw,format=I420,width=64,height=64,framerate=5/1",
                            "video/x-raw,format=I420,width=64,height=64,framerate=5/1");
  gst_buffer_unref (walk (&b, 60440, 60800, 0.5f, 0.5f));
  ASSERT_MESSAGES (&b, "enter count");
  g_assert_true (gst_harness_push_event (b.h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (b.h, gst_event_new_flush_stop (TRUE)));
  gst_harness_set_caps_str (b.h, RAW, RAW);
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    g_assert_true (gst_harness_push_event (b.h, gst_event_new_segment (&segment)));
  }
  out = walk (&b, 1000, 1400, 0.5f, 0.5f);
  ASSERT_MESSAGES (&b, "leave count enter count");
  g_assert_cmpuint (gst_buffer_get_tfc_zone_meta (out)->zones[0].count, ==, 1);
  gst_buffer_unref (out);
  zones_bench_free (&b);
}

static const TestCase cases[] = {
    {"/zones/any-caps", test_any_caps},
    {"/zones/no-caps", test_no_caps},
    {"/zones/shared", test_shared},
    {"/zones/no-zones", test_no_zones},
    {"/zones/metas", test_metas},
    {"/zones/messages", test_messages},
    {"/zones/counts", test_counts},
    {"/zones/untracked", test_untracked},
    {"/zones/no-times", test_no_times},
    {"/zones/begins-anew", test_begins_anew},
    {"/zones/first-seen-before", test_first_seen_before},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
