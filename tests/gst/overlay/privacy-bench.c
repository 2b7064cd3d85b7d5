/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/overlay/privacy-bench.h"

PrivacyBench
privacy_bench_new_interlaced (const gchar *settings, const gchar *format, gint w, gint h,
                              GstVideoInterlaceMode mode)
{
  g_autofree gchar *launch = g_strconcat ("tfcoverlay" PLAIN, settings, NULL);
  PrivacyBench b = {gst_harness_new_parse (launch)};
  gst_video_info_set_interlaced_format (&b.info, gst_video_format_from_string (format), mode, w, h);
  b.info.fps_n = 25;
  b.info.fps_d = 1;
  gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
  return b;
}

PrivacyBench
privacy_bench_new (const gchar *settings, const gchar *format, gint w, gint h)
{
  return privacy_bench_new_interlaced (settings, format, w, h,
                                       GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);
}

void
privacy_bench_free (PrivacyBench *b)
{
  gst_harness_teardown (b->h);
}

GstBuffer *
picture (PrivacyBench *b)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, b->info.size, NULL);
  GstMapInfo map;
  GstVideoFrame frame;
  const GstVideoFormatInfo *f = b->info.finfo;
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = 64 + (i * 7 + i / 97 * 13) % 128;
  gst_buffer_unmap (buffer, &map);
  if (f->unpack_func && !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE)) {
    g_autofree guint8 *line = g_malloc0 (8 * (GST_VIDEO_INFO_WIDTH (&b->info) + 64));
    fail_unless (gst_video_frame_map (&frame, &b->info, buffer, GST_MAP_READWRITE));
    for (gint y = 0; y < b->info.height; y++) {
      f->unpack_func (f, 0, line, frame.data, frame.info.stride, 0, y, b->info.width);
      f->pack_func (f, 0, line, 0, frame.data, frame.info.stride, 0, y, b->info.width);
    }
    gst_video_frame_unmap (&frame);
  }
  GST_BUFFER_PTS (buffer) = b->next;
  GST_BUFFER_DURATION (buffer) = FRAME;
  b->next += FRAME;
  return buffer;
}

GstBuffer *
with_faces (GstBuffer *buffer, guint n, gfloat x, gboolean held, GstClockTime pts)
{
  GstTfcFace faces[64] = {0};
  for (guint i = 0; i < n; i++)
    faces[i] = (GstTfcFace){x, 0.4f, 0.2f, 0.2f, 1, 1, i + 1, 0, 0, NULL};
  gst_buffer_add_tfc_face_meta (buffer, "test", pts, held, faces, n);
  return buffer;
}

GstBuffer *
with_face (GstBuffer *buffer, gfloat x)
{
  return with_faces (buffer, 1, x, FALSE, GST_BUFFER_PTS (buffer));
}

GstBuffer *
with_nobody (GstBuffer *buffer)
{
  return with_faces (buffer, 0, 0, FALSE, GST_BUFFER_PTS (buffer));
}

GstBuffer *
with_box (GstBuffer *buffer, guint n)
{
  GstTfcDetection d = {0.4f, 0.4f, 0.2f, 0.2f, 0.9f, 1, 0, "person"};
  gst_buffer_add_tfc_detection_meta (buffer, "test", 0, FALSE, &d, n);
  return buffer;
}

void
read_row (GstVideoFrame *frame, gint y, guint16 *out)
{
  const GstVideoFormatInfo *f = frame->info.finfo;
  gint w = GST_VIDEO_FRAME_WIDTH (frame);
  gboolean wide = gst_video_format_get_info (f->unpack_format)->depth[0] == 16;
  guint8 *line = (guint8 *)out;
  f->unpack_func (f, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE, out, frame->data, frame->info.stride, 0, y,
                  w);
  for (gint i = 4 * w; !wide && i--;)
    out[i] = line[i] << 8;
}

gdouble
black (const PrivacyBench *b, GstBuffer *buffer, gdouble x0, gdouble y0, gdouble x1, gdouble y1)
{
  GstVideoFrame frame;
  guint n = 0, is = 0;
  gboolean rgb = GST_VIDEO_INFO_IS_RGB (&b->info);
  guint floor = rgb || b->info.colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255 ? 0 : 16 << 8;
  fail_unless (gst_video_frame_map (&frame, &b->info, buffer, GST_MAP_READ));
  gint w = GST_VIDEO_FRAME_WIDTH (&frame), h = GST_VIDEO_FRAME_HEIGHT (&frame);
  g_autofree guint16 *row = g_new (guint16, 4 * (w + 64));
  for (gint y = (gint)(y0 * h); y < (gint)(y1 * h); y++) {
    read_row (&frame, y, row);
    for (gint x = (gint)(x0 * w); x < (gint)(x1 * w); x++) {
      const guint16 *p = row + 4 * x;
      gboolean gray = rgb ? p[2] == 0 && p[3] == 0 : p[2] == 128 << 8 && p[3] == 128 << 8;
      is += p[1] == floor && gray;
      n++;
    }
  }
  gst_video_frame_unmap (&frame);
  return (gdouble)is / n;
}

gboolean
is_hidden_whole (const PrivacyBench *b, GstBuffer *buffer)
{
  return black (b, buffer, 0, 0, 1, 1) == 1;
}

gboolean
is_face_hidden (const PrivacyBench *b, GstBuffer *buffer, gdouble x)
{
  return black (b, buffer, x + 0.01, 0.41, x + 0.19, 0.59) == 1;
}

void
check_frame (PrivacyBench *b, GstBuffer *in, gdouble x)
{
  GstBuffer *out = gst_harness_push_and_pull (b->h, in);
  fail_unless (x < 0 || is_face_hidden (b, out, x), "%" GST_TIME_FORMAT " shows the face",
               GST_TIME_ARGS (GST_BUFFER_PTS (out)));
  fail_unless_equals_float (black (b, out, 0, 0, 0.1, 0.1), 0);
  fail_unless (x >= 0 || black (b, out, 0, 0, 1, 1) < 0.01, "%" GST_TIME_FORMAT " hides something",
               GST_TIME_ARGS (GST_BUFFER_PTS (out)));
  gst_buffer_unref (out);
}

gboolean
can_be_hidden (const GstVideoFormatInfo *f)
{
  return !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE) && !g_str_has_prefix (f->name, "MT2110");
}
