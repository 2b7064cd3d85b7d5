/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Every pixel format through tfcoverlay: drawn on, mirrored, hidden. */
#include <math.h>
#include "gst/util/gsttfcframe.h"
#include "tests/gst/common/element-bench.h"

#define WIDTH 96
#define HEIGHT 64

static const guint8 grey[3] = {128, 128, 128}, dark[3] = {64, 128, 128};

/* Samples of one value in the left and of another in the right half, packed by GStreamer. */
static GstBuffer *
picture (const GstVideoInfo *info, const guint8 left[3], const guint8 right[3])
{
  const GstVideoFormatInfo *f = info->finfo;
  const gboolean wide = gst_video_format_get_info (f->unpack_format)->depth[0] == 16;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  guint8 line[WIDTH * 4];
  guint16 deep[WIDTH * 4];
  GstVideoFrame frame;

  for (guint i = 0; i < WIDTH * 4; i++) {
    line[i] = i % 4 ? (i < WIDTH * 2 ? left : right)[i % 4 - 1] : 255;
    deep[i] = (guint16)(line[i] << 8);
  }
  gst_buffer_memset (buffer, 0, 0, -1);
  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (guint y = 0; y < HEIGHT; y++)
    f->pack_func (f, GST_VIDEO_PACK_FLAG_NONE, wide ? (gpointer)deep : line, 0, frame.data,
                  frame.info.stride, GST_VIDEO_CHROMA_SITE_NONE, (gint)y, WIDTH);
  gst_video_frame_unmap (&frame);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

/* Red, green and blue, 0..255, of every pixel. */
static gfloat *
read_picture (const GstVideoInfo *info, GstBuffer *buffer)
{
  const TfcTarget target = {WIDTH, HEIGHT, TFC_SAMPLE_F32, 1.f, 0.f, TFC_BORDER_CLAMP, TRUE};
  const TfcMap map = {.xx = 1., .yy = 1.};
  TfcSampler *sampler = tfc_sampler_new (&target);
  gfloat *rgb = g_new (gfloat, WIDTH * HEIGHT * 3);
  GstVideoFrame frame;
  TfcFrame view;

  g_assert_true (gst_tfc_frame_setup (&view, info, NULL));
  g_assert_true (gst_tfc_frame_map (&frame, info, buffer, GST_MAP_READ, NULL));
  gst_tfc_frame_show (&view, &frame);
  tfc_sampler_run (sampler, &view, &map, rgb);
  gst_video_frame_unmap (&frame);
  tfc_sampler_free (sampler);
  return rgb;
}

static GstVideoInfo
info_of (const TfcFormat *format)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, gst_video_format_from_string (format->name), WIDTH, HEIGHT);
  return info;
}

static gboolean
near (const gfloat *a, const gfloat *b, gfloat slack)
{
  return fabsf (a[0] - b[0]) <= slack && fabsf (a[1] - b[1]) <= slack &&
         fabsf (a[2] - b[2]) <= slack;
}

/* A red box, drawn on the planes or blended by GStreamer: red where it is, nothing elsewhere. */
static void
test_drawing (void)
{
  const GstTfcDetection box = {0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person"};
  const gfloat red[3] = {255, 0, 0};
  ElementBench b = element_bench_new ("tfcoverlay", "draw-labels", "false");
  const TfcFormat *format;

  gst_util_set_object_arg (G_OBJECT (b.h->element), "box-width", "8");
  gst_util_set_object_arg (G_OBJECT (b.h->element), "box-color", "0xffff0000");
  g_object_set (b.h->element, "scale", FALSE, NULL);
  for (guint f = 0; (format = tfc_format_nth (f)); f++) {
    const GstVideoInfo info = info_of (format);
    GstBuffer *in = picture (&info, grey, grey);
    g_autofree gfloat *before = read_picture (&info, in);
    gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, &box, 1);
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&info));
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    g_autofree gfloat *after = read_picture (&info, out);
    const gfloat *on = after + 3 * (HEIGHT / 4 * WIDTH + WIDTH / 2);
    g_test_message ("%s%s: %g %g %g", format->name, is_direct (format) ? "" : ", blended", on[0],
                    on[1], on[2]);
    if (format->kind == TFC_PIXELS_GRAY)
      g_assert_true (on[0] > 50 && on[0] < 90); /* red's luma */
    else
      g_assert_true (near (on, red, is_direct (format) ? 2 : 40));
    for (guint y = 0; y < HEIGHT; y++)
      for (guint x = 0; x < WIDTH; x++) {
        const guint at = 3 * (y * WIDTH + x), dx = MIN (ABS ((gint)x - 24), ABS ((gint)x - 72)),
                    dy = MIN (ABS ((gint)y - 16), ABS ((gint)y - 48));
        if (dx > 12 && dy > 12)
          g_assert_true (near (after + at, before + at, 1));
      }
    gst_buffer_unref (out);
  }
  element_bench_free (&b);
}

static void
test_mirror (void)
{
  static const guint8 colour[3] = {180, 60, 200};
  ElementBench b = element_bench_new ("tfcoverlay", "mirror", "true");
  const TfcFormat *format;

  for (guint f = 0; (format = tfc_format_nth (f)); f++) {
    const GstVideoInfo info = info_of (format);
    GstBuffer *in = picture (&info, colour, dark), *wanted = picture (&info, dark, colour);
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&info));
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    g_autofree gfloat *is = read_picture (&info, out), *want = read_picture (&info, wanted);
    g_test_message ("%s", format->name);
    for (guint i = 0; i < WIDTH * HEIGHT; i++)
      g_assert_true (near (is + 3 * i, want + 3 * i, 0.01f));
    gst_buffer_unref (wanted);
    gst_buffer_unref (out);
  }
  element_bench_free (&b);
}

/* What is hidden is black in every format that is taken, and only that. */
static void
test_privacy (void)
{
  const GstTfcDetection box = {0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person"};
  const gfloat black[3] = {0, 0, 0};
  ElementBench b = element_bench_new ("tfcoverlay", "privacy", "fill");
  const TfcFormat *format;

  g_object_set (b.h->element, "draw-boxes", FALSE, "draw-labels", FALSE, NULL);
  for (guint f = 0; (format = tfc_format_nth (f)); f++) {
    const GstVideoInfo info = info_of (format);
    g_autoptr (GstCaps) caps = gst_video_info_to_caps ((GstVideoInfo *)&info);
    const gboolean taken = gst_pad_query_accept_caps (b.h->element->sinkpads->data, caps);
    g_test_message ("%s%s", format->name, taken ? "" : " is not taken");
    g_assert_true (taken || !is_direct (format));
    if (!taken)
      continue;
    GstBuffer *in = picture (&info, grey, grey);
    g_autofree gfloat *before = read_picture (&info, in);
    gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, &box, 1);
    gst_harness_set_src_caps (b.h, gst_caps_ref (caps));
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    g_autofree gfloat *after = read_picture (&info, out);
    for (guint y = 0; y < HEIGHT; y++)
      for (guint x = 0; x < WIDTH; x++) {
        const guint at = 3 * (y * WIDTH + x);
        if (x > 28 && x < 68 && y > 20 && y < 44)
          g_assert_true (near (after + at, black, 1.5f));
        if (x < 8 || x >= 88 || y < 4 || y >= 60)
          g_assert_true (near (after + at, before + at, 0.5f));
      }
    gst_buffer_unref (out);
  }
  element_bench_free (&b);
}

static const TestCase cases[] = {
    {"/formats/drawing", test_drawing},
    {"/formats/mirror", test_mirror},
    {"/formats/privacy", test_privacy},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
