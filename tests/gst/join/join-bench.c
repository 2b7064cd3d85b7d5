/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/join/join-bench.h"

/* ---- memory that cannot be mapped, as on a graphics card ---- */

typedef struct {
  GstAllocator parent;
} CardAllocator;
typedef GstAllocatorClass CardAllocatorClass;
static GType card_allocator_get_type (void);
G_DEFINE_TYPE (CardAllocator, card_allocator, GST_TYPE_ALLOCATOR)

static GstMemory *
card_alloc (GstAllocator *allocator, gsize size, GstAllocationParams *params)
{
  GstMemory *memory = g_new0 (GstMemory, 1);

  gst_memory_init (memory, 0, allocator, NULL, size, 0, 0, size);
  return memory;
}

static void
card_free (GstAllocator *allocator, GstMemory *memory)
{
  g_free (memory);
}

static gpointer
card_map (GstMemory *memory, gsize size, GstMapFlags flags)
{
  g_critical ("mapped");
  return NULL;
}

static void
card_unmap (GstMemory *memory)
{
}

static void
card_allocator_class_init (CardAllocatorClass *klass)
{
  klass->alloc = card_alloc;
  klass->free = card_free;
}

static void
card_allocator_init (CardAllocator *self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);

  allocator->mem_type = "Card";
  allocator->mem_map = card_map;
  allocator->mem_unmap = card_unmap;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

GstBuffer *
big (GstClockTime pts)
{
  GstBuffer *buffer = gst_buffer_new ();
  g_autoptr (GstAllocator) allocator =
      gst_object_ref_sink (g_object_new (card_allocator_get_type (), NULL));

  gst_buffer_append_memory (buffer, gst_allocator_alloc (allocator, 1280 * 720, NULL));
  GST_BUFFER_PTS (buffer) = pts;
  return buffer;
}

/* ---- the bench ---- */

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
