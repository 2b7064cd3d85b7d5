/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The text pad of tfcpublish: a stream of its own, in step with the video. */
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-bench.h"
#include <string.h>

/* The video's harness, and the text's. */
static GstHarness *
text_of (GstHarness *video)
{
  g_autoptr (GstElement) element = gst_harness_find_element (video, "tfcpublish");

  return gst_harness_new_with_element (element, NULL, "text");
}

/* The next event that is not of one of the kinds that harnesses send. */
static GstEvent *
next_event (GstHarness *text, GstEventType type)
{
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (text)) && GST_EVENT_TYPE (event) != type)
    gst_event_unref (event);
  g_assert_nonnull (event);
  return event;
}

static void
assert_text (GstHarness *text, guint frame, guint seq)
{
  g_autoptr (GstBuffer) buffer = gst_harness_try_pull (text);
  GstMapInfo map;

  g_assert_nonnull (buffer);
  g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, frame * 40 * GST_MSECOND);
  g_assert_cmpuint (GST_BUFFER_DURATION (buffer), ==, 40 * GST_MSECOND);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_autofree gchar *line = g_strndup ((const gchar *)map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  g_assert_cmpuint (publish_number (line, "seq"), ==, seq);
  g_assert_true (g_str_has_prefix (line, "{\"v\":1,"));
  g_assert_true (g_str_has_suffix (line, "}\n"));
  g_assert_cmpuint (strlen (line), ==, map.size);
}

/* What begins the stream, a buffer for each line, a gap for each frame without one, and its end. */
static void
test_stream (void)
{
  GstHarness *video = gst_harness_new_parse ("tfcpublish"), *text = text_of (video);
  GstStreamFlags flags;
  const gchar *id;
  GstCaps *caps;
  guint group[2];
  GstEvent *event;

  gst_harness_set_src_caps_str (video, "video/x-raw,format=RGB,width=640,height=480");
  publish_push (video, publish_people (0, 1, 1));
  publish_push (video, publish_people (1, 1, 1)); /* nothing new */
  publish_push (video, publish_people (2, 2, 1));
  publish_end (video);

  event = next_event (text, GST_EVENT_STREAM_START);
  gst_event_parse_stream_start (event, &id);
  g_assert_true (g_str_has_suffix (id, "/text"));
  gst_event_parse_stream_flags (event, &flags);
  g_assert_true (flags & GST_STREAM_FLAG_SPARSE);
  if (gst_event_parse_group_id (event, &group[0])) {
    g_autoptr (GstEvent) start =
        gst_pad_get_sticky_event (video->sinkpad, GST_EVENT_STREAM_START, 0);
    g_assert_true (gst_event_parse_group_id (start, &group[1]));
    g_assert_cmpuint (group[0], ==, group[1]);
  }
  gst_event_unref (event);
  event = next_event (text, GST_EVENT_CAPS);
  gst_event_parse_caps (event, &caps);
  g_assert_true (gst_structure_has_name (gst_caps_get_structure (caps, 0), "text/x-raw"));
  gst_event_unref (event);
  gst_event_unref (next_event (text, GST_EVENT_SEGMENT));
  event = next_event (text, GST_EVENT_GAP);
  GstClockTime at, duration;
  gst_event_parse_gap (event, &at, &duration);
  g_assert_cmpuint (at, ==, 40 * GST_MSECOND);
  g_assert_cmpuint (duration, ==, 40 * GST_MSECOND);
  gst_event_unref (event);
  gst_event_unref (next_event (text, GST_EVENT_EOS));
  g_assert_cmpuint (gst_harness_buffers_in_queue (text), ==, 2);
  assert_text (text, 0, 1);
  assert_text (text, 2, 2);
  gst_harness_teardown (text);
  gst_harness_teardown (video);
}

/* Any caps and memory pass, as lists of buffers too; none of it is touched. */
static void
test_passes (void)
{
  static const gchar *const caps[] = {"video/x-raw(memory:DMABuf),format=NV12,width=640,height=480",
                                      "video/x-h264,stream-format=avc,width=640,height=480",
                                      "application/x-rtp,media=video"};
  GstHarness *video = gst_harness_new_parse ("tfcpublish when=all"), *text = text_of (video);

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++) {
    g_autoptr (GstCaps) set = gst_caps_from_string (caps[i]);
    GstBufferList *list = gst_buffer_list_new ();
    gst_harness_set_src_caps_str (video, caps[i]);
    publish_push (video, publish_people (3 * i, 1, 1));
    g_autoptr (GstCaps) got = gst_pad_get_current_caps (video->sinkpad);
    g_assert_true (gst_caps_is_equal (got, set));
    gst_buffer_list_add (list, publish_people (3 * i + 1, 1, 1));
    gst_buffer_list_add (list, publish_people (3 * i + 2, 1, 1));
    g_assert_cmpint (gst_pad_push_list (video->srcpad, list), ==, GST_FLOW_OK);
    for (guint k = 0; k < 2; k++)
      gst_buffer_unref (gst_harness_pull (video));
    for (guint k = 0; k < 3; k++)
      assert_text (text, 3 * i + k, 3 * i + k + 1);
  }
  gst_harness_teardown (text);
  gst_harness_teardown (video);
}

/* The segment is the video's, also after a flush and another one. */
static void
test_segment (void)
{
  GstHarness *video = gst_harness_new_parse ("tfcpublish when=all"), *text = text_of (video);
  GstSegment segment;
  const GstSegment *got;
  GstEvent *event;

  gst_harness_set_src_caps_str (video, "video/x-raw,format=RGB,width=640,height=480");
  publish_push (video, publish_people (0, 1, 1));
  gst_event_unref (next_event (text, GST_EVENT_SEGMENT));
  gst_harness_push_event (video, gst_event_new_flush_start ());
  gst_harness_push_event (video, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = segment.position = 10 * GST_SECOND;
  segment.rate = 2;
  gst_harness_push_event (video, gst_event_new_segment (&segment));
  publish_push (video, publish_people (251, 1, 1));
  gst_event_unref (next_event (text, GST_EVENT_FLUSH_START));
  gst_event_unref (next_event (text, GST_EVENT_FLUSH_STOP));
  event = next_event (text, GST_EVENT_SEGMENT);
  gst_event_parse_segment (event, &got);
  g_assert_cmpuint (got->start, ==, 10 * GST_SECOND);
  g_assert_cmpfloat (got->rate, ==, 2);
  gst_event_unref (event);
  gst_harness_teardown (text);
  gst_harness_teardown (video);
}

/* What a pad of the test's own was given: "stream-start caps segment buffer " */
static GString *given;

static gboolean
note_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  g_string_append_printf (given, "%s ", GST_EVENT_TYPE_NAME (event));
  gst_event_unref (event);
  return TRUE;
}

static GstFlowReturn
note_buffer (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  g_string_append (given, "buffer ");
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

/* A pad that is asked for while frames flow begins with the next one; one that is given back, ends.
 */
static void
test_later (void)
{
  GstHarness *video = gst_harness_new_parse ("tfcpublish when=all");
  g_autoptr (GstElement) element = gst_harness_find_element (video, "tfcpublish");

  gst_harness_set_src_caps_str (video, "video/x-raw,format=RGB,width=640,height=480");
  for (guint round = 0; round < 3; round++) {
    publish_push (video, publish_people (2 * round, 1, 1));
    GstPad *text = gst_element_request_pad_simple (element, "text");
    GstPad *sink = gst_pad_new ("sink", GST_PAD_SINK);
    gst_pad_set_event_function (sink, note_event);
    gst_pad_set_chain_function (sink, note_buffer);
    gst_pad_set_active (sink, TRUE);
    g_assert_cmpint (gst_pad_link (text, sink), ==, GST_PAD_LINK_OK);
    g_assert_null (gst_element_request_pad (element, gst_element_get_pad_template (element, "text"),
                                            NULL, NULL)); /* one is all */
    given = g_string_new (NULL);
    publish_push (video, publish_people (2 * round + 1, 1, 1));
    g_assert_cmpstr (given->str, ==, "stream-start caps segment buffer ");
    gst_element_release_request_pad (element, text);
    gst_object_unref (text);
    gst_object_unref (sink);
    g_string_free (given, TRUE);
  }
  gst_harness_teardown (video);
}

static GstFlowReturn answer;

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return answer;
}

/* The video ends with an error behind the text, and with nothing else there. */
static void
test_flow (void)
{
  static const GstFlowReturn cases[][2] = {{GST_FLOW_OK, GST_FLOW_OK},
                                           {GST_FLOW_NOT_LINKED, GST_FLOW_OK},
                                           {GST_FLOW_FLUSHING, GST_FLOW_OK},
                                           {GST_FLOW_EOS, GST_FLOW_OK},
                                           {GST_FLOW_NOT_NEGOTIATED, GST_FLOW_NOT_NEGOTIATED},
                                           {GST_FLOW_ERROR, GST_FLOW_ERROR}};
  GstHarness *video = gst_harness_new_parse ("tfcpublish when=all"), *text = text_of (video);

  gst_harness_set_src_caps_str (video, "video/x-raw,format=RGB,width=640,height=480");
  gst_pad_set_chain_function (text->sinkpad, chain);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    answer = cases[i][0];
    g_assert_cmpint (gst_harness_push (video, publish_people (i, 1, 1)), ==, cases[i][1]);
  }
  gst_harness_teardown (text);
  gst_harness_teardown (video);
}

/* The video's latency is the text's; text that is late does not slow the video down. */
static void
test_queries (void)
{
  GstHarness *video = gst_harness_new_parse ("tfcpublish when=all"), *text = text_of (video);

  gst_harness_set_src_caps_str (video, "video/x-raw,format=RGB,width=640,height=480");
  gst_harness_set_upstream_latency (video, 80 * GST_MSECOND);
  publish_push (video, publish_people (0, 1, 1));
  g_assert_cmpuint (gst_harness_query_latency (text), ==, 80 * GST_MSECOND);
  while (gst_harness_upstream_events_in_queue (video))
    gst_event_unref (gst_harness_pull_upstream_event (video));
  gst_harness_push_upstream_event (
      text, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 0.5, GST_SECOND, GST_SECOND));
  g_assert_cmpuint (gst_harness_upstream_events_in_queue (video), ==, 0);
  gst_harness_push_upstream_event (
      video, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 0.5, GST_SECOND, GST_SECOND));
  g_assert_cmpuint (gst_harness_upstream_events_in_queue (video), ==, 1);
  gst_harness_teardown (text);
  gst_harness_teardown (video);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/text/passes", test_passes},
                                   {"/text/stream", test_stream},
                                   {"/text/segment", test_segment},
                                   {"/text/later", test_later},
                                   {"/text/flow", test_flow},
                                   {"/text/queries", test_queries},
                                   {NULL}};
  return run_cases (argc, argv, cases, NULL, NULL);
}
