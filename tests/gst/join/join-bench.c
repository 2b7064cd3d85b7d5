/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/join/join-bench.h"
#include "tests/gst/common/card.h"

GstBuffer *
big (GstClockTime pts)
{
  return card_buffer (1280 * 720, pts);
}

JoinBench
join_bench_new (const gchar *properties)
{
  g_autofree gchar *line = g_strdup_printf ("tfcjoin %s", properties);
  JoinBench b = {.join = gst_parse_launch (line, NULL)};

  gst_object_ref_sink (b.join);
  b.h = gst_harness_new_with_element (b.join, "sink", "src");
  b.small = gst_harness_new_with_element (b.join, "meta", NULL);
  gst_harness_set_src_caps_str (b.h, "video/x-raw(memory:Card),format=NV12,width=1280,height=720");
  gst_harness_set_src_caps_str (b.small, "video/x-raw,format=NV12,width=320,height=180");
  return b;
}

void
join_bench_free (JoinBench *b)
{
  gst_harness_teardown (b->small);
  gst_harness_teardown (b->h);
  gst_object_unref (b->join);
}

GstBuffer *
found (GstClockTime pts, gint class_id)
{
  const GstTfcDetection d = {
      .x = 0.25f, .y = 0.5f, .w = 0.25f, .h = 0.125f, .score = 0.75f, .class_id = class_id};
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);

  GST_BUFFER_PTS (buffer) = pts;
  gst_buffer_add_tfc_detection_meta (buffer, "m", pts, FALSE, &d, 1);
  return buffer;
}

void
bring (JoinBench *b, GstClockTime pts, gint class_id)
{
  g_assert_cmpint (gst_harness_push (b->small, found (pts, class_id)), ==, GST_FLOW_OK);
}

GstBuffer *
pass (JoinBench *b, GstClockTime pts)
{
  GstBuffer *in = big (pts), *out;
  GstMemory *memory = gst_buffer_peek_memory (in, 0);

  out = gst_harness_push_and_pull (b->h, in);
  g_assert_nonnull (out);
  g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
  g_assert_cmpuint (GST_BUFFER_PTS (out), ==, pts);
  return out;
}

gint
pass_and_look (JoinBench *b, GstClockTime pts, gboolean *held, GstClockTime *at)
{
  GstBuffer *out = pass (b, pts);
  const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  const gint class_id = meta ? meta->detections[0].class_id : -1;

  g_assert_cmpuint (gst_buffer_get_n_meta (out, GST_TFC_DETECTION_META_API_TYPE), ==, meta ? 1 : 0);
  if (meta && held)
    *held = meta->held;
  if (meta && at)
    *at = meta->pts;
  gst_buffer_unref (out);
  return class_id;
}

void
segment (GstHarness *h, GstClockTime start, GstClockTime base)
{
  GstSegment s;

  gst_segment_init (&s, GST_FORMAT_TIME);
  s.start = s.position = s.time = start;
  s.base = base;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&s)));
}
