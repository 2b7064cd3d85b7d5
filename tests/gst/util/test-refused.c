/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Frames that no element can work on: an error that says what is wrong, and no read out of bounds.
 */
#include <gst/video/video.h>

#include "tests/gst/common/element-bench.h"

static void
test_too_big (gconstpointer element)
{
  static const struct {
    const gchar *caps, *words[4];
  } rows[] = {
      {"format=RGBx,width=32768,height=16500", {"32768 x 16500", "2162688000", "2147483647"}},
      {"format=GRAY8,width=46344,height=46344", {"GRAY8", "2147766336", "2147483647"}},
      {"format=GRAY8,width=5000000,height=2", {"5000000 x 2", "4194303"}},
      {"format=NV12,width=65536,height=32767", {"NV12", "65536", "too big"}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ElementBench b = element_bench_new (element, NULL, NULL);
    g_autofree gchar *text = g_strconcat ("video/x-raw,framerate=1/1,", rows[i].caps, NULL);
    GstCaps *caps = gst_caps_from_string (text);
    g_assert_true (gst_harness_push_event (b.h, gst_event_new_stream_start ("big")));
    gst_harness_push_event (b.h, gst_event_new_caps (caps));
    element_bench_assert_error (&b, rows[i].words);
    gst_caps_unref (caps);
    element_bench_free (&b);
  }
}

/* Strides, offsets and sizes of a GstVideoMeta that point anywhere. */
static void
test_hostile_metas (gconstpointer element)
{
  static const struct {
    gsize offset[4];
    gint stride[4];
    guint width, height;
  } rows[] = {
      {{0, 3072, 3840}, {G_MAXINT, 32, 32}, 64, 48},  {{0, 3072, 3840}, {G_MININT, 32, 32}, 64, 48},
      {{0, 3072, 3840}, {64, 32, -320}, 64, 48},      {{0, 3072, 3841}, {64, 32, 32}, 64, 48},
      {{0, 3072, 3840}, {50000000, 32, 32}, 64, 48},  {{0, 3072, 3840}, {64, 50000000, 32}, 64, 48},
      {{0, 3072, 3840}, {-50000000, 32, 32}, 64, 48}, {{4607, 0, 0}, {64, 32, 32}, 64, 48},
      {{G_MAXSIZE, 0, 0}, {64, 32, 32}, 64, 48},      {{0, 3072, 3840}, {64, 32, 32}, 32, 48},
      {{0, 3072, 3840}, {64, 32, 32}, G_MAXUINT, 48},
  };
  const GstTfcDetection box = {0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person"};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ElementBench b = element_bench_new (element, NULL, NULL);
    GstBuffer *in = gst_buffer_new_allocate (NULL, 4608, NULL);
    gst_buffer_memset (in, 0, 128, -1);
    GST_BUFFER_PTS (in) = 0;
    gst_buffer_add_video_meta_full (in, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                    rows[i].width, rows[i].height, 3, (gsize *)rows[i].offset,
                                    (gint *)rows[i].stride);
    gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, &box, 1);
    gst_harness_set_src_caps_str (b.h, "video/x-raw,format=I420,width=64,height=48,framerate=1/1");
    g_assert_cmpint (gst_harness_push (b.h, in), ==, GST_FLOW_ERROR);
    element_bench_assert_error (&b, (const gchar *[]){NULL});
    element_bench_free (&b);
  }
}

static const TestCase cases[] = {
    {"/refused/too-big/tfcdetect", NULL, test_too_big, "tfcdetect"},
    {"/refused/too-big/tfcoverlay", NULL, test_too_big, "tfcoverlay"},
    {"/refused/hostile-metas/tfcdetect", NULL, test_hostile_metas, "tfcdetect"},
    {"/refused/hostile-metas/tfcoverlay", NULL, test_hostile_metas, "tfcoverlay"},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, element_bench_init, element_bench_done);
}
