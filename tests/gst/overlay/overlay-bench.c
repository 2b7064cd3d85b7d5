/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/overlay/overlay-bench.h"

#include <math.h>

OverlayBench
overlay_bench_new (const gchar *settings, const gchar *format, gint w, gint h,
                   gboolean downstream_blends)
{
  g_autofree gchar *launch = g_strconcat ("tfcoverlay ", settings, NULL);
  OverlayBench b = {gst_harness_new_parse (launch)};
  if (downstream_blends)
    gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE,
                                             NULL);
  gst_video_info_set_format (&b.info, gst_video_format_from_string (format), w, h);
  gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
  return b;
}

void
overlay_bench_free (OverlayBench *b)
{
  gst_harness_teardown (b->h);
}

GstBuffer *
picture (const OverlayBench *b)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, b->info.size, NULL);
  GstMapInfo map;
  GRand *rand = g_rand_new_with_seed (5);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = 64 + (i * 7 + g_rand_int_range (rand, 0, 8)) % 128;
  gst_buffer_unmap (buffer, &map);
  g_rand_free (rand);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

GstBuffer *
grey (const OverlayBench *b)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, b->info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

void
add_box (GstBuffer *buffer)
{
  GstTfcDetection d = {0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person"};
  gst_buffer_add_tfc_detection_meta (buffer, "test", 0, FALSE, &d, 1);
}

void
add_face (GstBuffer *buffer, gfloat size)
{
  static GstTfcPoint points[478];
  GstTfcFace face = {0.5f - size, 0.5f - size, 2 * size, 2 * size, 1, 1, 1, 0, 478, points};
  for (guint i = 0; i < 478; i++)
    points[i] = (GstTfcPoint){0.5f + size * cosf (i) * (i % 9) / 9,
                              0.5f + size * sinf (i) * (i % 9) / 9, 0};
  gst_buffer_add_tfc_face_meta (buffer, "test", 0, FALSE, &face, 1);
}

gsize
differences (GstBuffer *a, GstBuffer *b)
{
  GstMapInfo x, y;
  gsize n = 0;
  gst_buffer_map (a, &x, GST_MAP_READ);
  gst_buffer_map (b, &y, GST_MAP_READ);
  fail_unless_equals_uint64 (x.size, y.size);
  for (gsize i = 0; i < x.size; i++)
    n += x.data[i] != y.data[i];
  gst_buffer_unmap (a, &x);
  gst_buffer_unmap (b, &y);
  return n;
}

gint
furthest (GstBuffer *a, GstBuffer *b)
{
  GstMapInfo x, y;
  gint most = 0;
  gst_buffer_map (a, &x, GST_MAP_READ);
  gst_buffer_map (b, &y, GST_MAP_READ);
  for (gsize i = 0; i < MIN (x.size, y.size); i++)
    most = MAX (most, ABS (x.data[i] - y.data[i]));
  gst_buffer_unmap (a, &x);
  gst_buffer_unmap (b, &y);
  return most;
}

gint
sample (const OverlayBench *b, GstBuffer *buffer, guint c, gint x, gint y)
{
  GstVideoFrame frame;
  fail_unless (gst_video_frame_map (&frame, &b->info, buffer, GST_MAP_READ));
  const GstVideoFormatInfo *f = frame.info.finfo;
  gint value = ((guint8 *)GST_VIDEO_FRAME_COMP_DATA (
      &frame, c))[(y >> f->h_sub[c]) * GST_VIDEO_FRAME_COMP_STRIDE (&frame, c) +
                  (x >> f->w_sub[c]) * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, c)];
  gst_video_frame_unmap (&frame);
  return value;
}
