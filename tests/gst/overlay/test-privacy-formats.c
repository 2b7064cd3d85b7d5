/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Privacy in every format: hidden, or not taken. */
#include <string.h>
#include "tests/gst/overlay/privacy-bench.h"

/* How many of the samples of pixels outside of the face's box by some pixels differ. */
static guint
changed_outside (const PrivacyBench *b, GstBuffer *a, GstBuffer *c)
{
  GstVideoFrame x, y;
  guint n = 0;
  fail_unless (gst_video_frame_map (&x, &b->info, a, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&y, &b->info, c, GST_MAP_READ));
  gint w = GST_VIDEO_FRAME_WIDTH (&x), h = GST_VIDEO_FRAME_HEIGHT (&x);
  g_autofree guint16 *r = g_new (guint16, 4 * (w + 64)), *s = g_new (guint16, 4 * (w + 64));
  for (gint i = 0; i < h; i++) {
    read_row (&x, i, r);
    read_row (&y, i, s);
    for (gint k = 0; k < w; k++)
      if (i < 0.4 * h - 4 || i > 0.6 * h + 4 || k < 0.4 * w - 4 || k > 0.6 * w + 4)
        n += memcmp (r + 4 * k, s + 4 * k, 8) != 0;
  }
  gst_video_frame_unmap (&x);
  gst_video_frame_unmap (&y);
  return n;
}

/* Every format there is, progressive and interlaced, even and odd: the face is hidden, the rest is
 * as it was; and all of it where nothing is known. */
GST_START_TEST (test_formats)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  const gint sizes[][2] = {{160, 128}, {97, 81}};
  for (guint k = 0; k < 4 * n; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k / 4]);
    const gint *size = sizes[k % 2];
    if (!can_be_hidden (f))
      continue;
    PrivacyBench b = privacy_bench_new_interlaced (
        "privacy=fill", f->name, size[0], size[1],
        k % 4 > 1 ? GST_VIDEO_INTERLACE_MODE_INTERLEAVED : GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);
    GstBuffer *in = with_face (picture (&b), 0.4f), *before = gst_buffer_copy_deep (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (is_face_hidden (&b, out, 0.4), "%s: %f", f->name,
                 black (&b, out, 0.41, 0.41, 0.59, 0.59));
    guint others = changed_outside (&b, before, out);
    fail_unless (others <= (guint)(k % 2 ? size[1] : 0), "%s: %u others", f->name, others);
    gst_buffer_unref (out);
    out = gst_harness_push_and_pull (b.h, picture (&b));
    fail_unless (is_hidden_whole (&b, out), "%s: %f", f->name, black (&b, out, 0, 0, 1, 1));
    gst_buffer_unref (out);
    gst_buffer_unref (before);
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* How strong the strongest detail is that is left of a picture of stripes: 0 to 1. */
static gdouble
detail (const PrivacyBench *b, GstBuffer *buffer)
{
  GstVideoFrame frame;
  gint most = 0;
  fail_unless (gst_video_frame_map (&frame, &b->info, buffer, GST_MAP_READ));
  gint w = GST_VIDEO_FRAME_WIDTH (&frame);
  g_autofree guint16 *row = g_new (guint16, 4 * (w + 64));
  for (gint y = 54; y < 74; y++) {
    read_row (&frame, y, row);
    for (gint x = 66; x + 4 < 94; x++)
      most = MAX (most, abs (row[4 * x + 1] - row[4 * x + 17]));
  }
  gst_video_frame_unmap (&frame);
  return most / 65535.0;
}

/* Blur is blur in every format too, down to the last bit. */
GST_START_TEST (test_blur_formats)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  for (guint k = 0; k < n; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    if (!can_be_hidden (f))
      continue;
    PrivacyBench b = privacy_bench_new ("privacy=blur", f->name, 160, 128);
    GstBuffer *in = picture (&b);
    GstVideoFrame frame;
    const GstVideoFormatInfo *u = gst_video_format_get_info (f->unpack_format);
    const gint size = u->pixel_stride[0];
    g_autofree guint8 *line = g_malloc0 (8 * (160 + 64));
    for (gint x = 0; x < 160; x++)
      for (gint i = 0; i < size; i++)
        line[x * size + i] = x / 4 % 2 ? 220 : 40;
    fail_unless (gst_video_frame_map (&frame, &b.info, in, GST_MAP_READWRITE));
    for (gint y = 0; y < 128; y++)
      f->pack_func (f, 0, line, 160 * size, frame.data, frame.info.stride, 0, y, 160);
    gst_video_frame_unmap (&frame);
    gdouble was = detail (&b, in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, with_face (in, 0.4f));
    gdouble is = detail (&b, out);
    fail_unless (was > 0.6 && is < 0.1, "%s: %f, was %f", f->name, is, was);
    gst_buffer_unref (out);
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* Set while frames of another format are on their way: hidden or dropped, no error, not shown; and
 * formats that cannot be hidden are not taken from then on. */
GST_START_TEST (test_set_while_playing)
{
  guint n, dropped = 0, refused = 0;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  for (guint k = 0; k < n; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    PrivacyBench b = privacy_bench_new ("", f->name, 64, 48);
    refused += !can_be_hidden (f);
    GstBus *bus = gst_bus_new ();
    GstElement *overlay = gst_harness_find_element (b.h, "tfcoverlay");
    gst_element_set_bus (overlay, bus);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, picture (&b)));
    gst_util_set_object_arg (G_OBJECT (overlay), "privacy", "fill");
    for (guint i = 0; i < 3; i++) {
      GstBuffer *in = i == 1 ? picture (&b) : with_face (picture (&b), 0.4f);
      fail_unless_equals_int (gst_harness_push (b.h, in), GST_FLOW_OK);
      GstBuffer *out = gst_harness_try_pull (b.h);
      fail_unless ((out != NULL) == can_be_hidden (f), "%s", f->name);
      fail_unless (!out || is_face_hidden (&b, out, 0.4), "%s", f->name);
      dropped += !out;
      gst_clear_buffer (&out);
    }
    const GstMessageType told = GST_MESSAGE_ERROR | GST_MESSAGE_WARNING;
    GstMessage *message = gst_bus_pop_filtered (bus, told);
    fail_unless ((message == NULL) == can_be_hidden (f));
    fail_unless (!message || GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING);
    fail_unless (gst_bus_pop_filtered (bus, told) == NULL); /* one is enough */
    gst_clear_message (&message);
    GstCaps *caps = gst_video_info_to_caps (&b.info);
    GstPad *sink = gst_element_get_static_pad (overlay, "sink");
    fail_unless (gst_pad_query_accept_caps (sink, caps) == can_be_hidden (f));
    gst_caps_unref (caps);
    gst_object_unref (sink);
    gst_element_set_bus (overlay, NULL);
    gst_object_unref (overlay);
    gst_object_unref (bus);
    privacy_bench_free (&b);
  }
  fail_unless (refused > 0);
  fail_unless_equals_int (dropped, 3 * refused);
}
GST_END_TEST;

static Suite *
privacy_formats_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-privacy-formats");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_formats);
  tcase_add_test (tc, test_blur_formats);
  tcase_add_test (tc, test_set_while_playing);
  return s;
}

GST_CHECK_MAIN (privacy_formats);
