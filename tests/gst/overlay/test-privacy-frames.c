/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Privacy fails closed on odd frames: boxes that are no boxes, crops, views, frames too small, no
 * memory. */
#include <math.h>
#include "tests/gst/overlay/privacy-bench.h"

/* Memory that runs out, for the plugin too: the program exports its symbols. */
static gboolean no_memory;
__attribute__ ((visibility ("default"))) gpointer g_try_malloc (gsize n);

gpointer
g_try_malloc (gsize n)
{
  return no_memory ? NULL : g_malloc (n);
}

/* What cannot be right, or does not fit, hides everything. */
GST_START_TEST (test_odd)
{
  const gfloat odd[][4] = {{NAN, 0, 0.1f, 0.1f},    {0, 0, INFINITY, 0.1f},
                           {0, -INFINITY, 0.1f, 1}, {0.1f, 0.1f, 0, 0.1f},
                           {0.1f, 0.1f, 0.1f, -1},  {0.1f, 0.1f, 1e20f, 0.1f},
                           {1e20f, 0.1f, 0.1f, 1},  {-1e20f, 0, 1e20f, 1}};
  PrivacyBench b = privacy_bench_new ("privacy=fill", "I420", 160, 120);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (odd); i++) {
    const gfloat *o = odd[i / 2];
    GstBuffer *in = picture (&b);
    GstTfcPoint points[478];
    for (guint k = 0; k < 478; k++)
      points[k] = (GstTfcPoint){NAN, 0, 0};
    GstTfcFace face = {o[0], o[1], o[2], o[3], 1, 1, 0, 0, i % 4 < 2 ? 478 : 0, points};
    GstTfcDetection d = {o[0], o[1], o[2], o[3], 1, 0, 0, "thing"};
    if (i < G_N_ELEMENTS (odd))
      gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, &d, 1);
    else
      gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, &face, 1);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (is_hidden_whole (&b, out), "%u", i);
    gst_buffer_unref (out);
  }
  b.next += GST_SECOND;
  for (guint n = 20; n < 22; n++) {
    GstBuffer *out = gst_harness_push_and_pull (b.h, with_faces (picture (&b), n, 0.4f, FALSE, 0));
    fail_unless (is_hidden_whole (&b, out) == (n > 20));
    gst_buffer_unref (out);
  }
  GstBuffer *out = gst_harness_push_and_pull (b.h, with_nobody (picture (&b)));
  fail_unless (is_hidden_whole (&b, out)); /* the 21st is held as well */
  gst_buffer_unref (out);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* Hidden in the pixels where the drawing is attached, unknown pictures too. */
GST_START_TEST (test_attached)
{
  PrivacyBench b = {gst_harness_new_parse ("tfcoverlay privacy=fill")};
  gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_video_info_set_format (&b.info, GST_VIDEO_FORMAT_NV12, 320, 240);
  gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
  GstBuffer *out = gst_harness_push_and_pull (b.h, with_box (picture (&b), 1));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out) != NULL);
  fail_unless (is_face_hidden (&b, out, 0.4));
  gst_buffer_unref (out);
  out = gst_harness_push_and_pull (b.h, picture (&b));
  fail_unless (is_hidden_whole (&b, out));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out) == NULL);
  gst_buffer_unref (out);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* A picture that cannot be mapped is an error and not shown. */
GST_START_TEST (test_too_small)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 64, 48);
  GstBuffer *in = picture (&b);
  gst_buffer_set_size (in, 100);
  fail_unless_equals_int (gst_harness_push (b.h, in), GST_FLOW_ERROR);
  fail_unless (gst_harness_try_pull (b.h) == NULL);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* More pixels than the caps say, of which a crop shows some: which ones is everybody's guess, so
 * all are hidden. */
GST_START_TEST (test_cropped)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "I420", 128, 96);
  GstVideoInfo caps = b.info;
  gst_video_info_set_format (&b.info, GST_VIDEO_FORMAT_I420, 160, 128);
  GstBuffer *in = with_face (picture (&b), 0.1f);
  gst_buffer_add_video_meta (in, 0, GST_VIDEO_FORMAT_I420, 160, 128);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
  *crop = (GstVideoCropMeta){crop->meta, 32, 32, caps.width, caps.height};
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  fail_unless (is_hidden_whole (&b, out));
  gst_buffer_unref (out);
  privacy_bench_free (&b);
}
GST_END_TEST;

static GstBuffer *
two_pictures (PrivacyBench *b)
{
  GstBuffer *in = gst_buffer_append (picture (b), picture (b));
  for (gint i = 0; i < 2; i++) {
    gsize offset[4] = {b->info.size * i, b->info.size * i + b->info.offset[1]};
    gst_buffer_add_video_meta_full (in, 0, GST_VIDEO_FORMAT_NV12, b->info.width, b->info.height, 2,
                                    offset, b->info.stride)
        ->id = i;
  }
  return in;
}

/* Two views or fields in one buffer, of which metadata knows the first: the second is not shown
 * either, whatever is known of the first. */
GST_START_TEST (test_views)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 64, 48);
  GstBus *bus = gst_bus_new ();
  gst_element_set_bus (b.h->element, bus);
  for (guint i = 0; i < 3; i++) {
    GstBuffer *in = two_pictures (&b);
    in = i == 1 ? with_nobody (in) : i == 2 ? with_face (in, 0.4f) : in;
    fail_unless_equals_int (gst_harness_push (b.h, in), GST_FLOW_OK);
    fail_unless (gst_harness_try_pull (b.h) == NULL, "%u", i);
  }
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING);
  gst_clear_message (&message);
  b.next += GST_SECOND;
  check_frame (&b, with_nobody (picture (&b)), -1);
  gst_element_set_bus (b.h->element, NULL);
  gst_object_unref (bus);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* Without memory bytes are blackened where they lie, and what would have to be unpacked is dropped.
 */
GST_START_TEST (test_no_memory)
{
  const gchar *const formats[] = {"NV12", "BGRx", "P010_10LE", "v210"};
  const gchar *const settings[] = {"privacy=blur", "privacy=pixelate", "privacy=none mirror=true"};
  for (guint i = 0; i < G_N_ELEMENTS (formats) * G_N_ELEMENTS (settings); i++) {
    const guint k = i % G_N_ELEMENTS (settings);
    const gchar *format = formats[i / G_N_ELEMENTS (settings)];
    gboolean drops = g_str_equal (format, "v210") || (k < 2 && g_str_equal (format, "P010_10LE"));
    PrivacyBench b = privacy_bench_new (settings[k], format, 96, 64);
    GstBuffer *in = picture (&b);
    no_memory = TRUE;
    GstFlowReturn ret = gst_harness_push (b.h, in);
    no_memory = FALSE;
    GstBuffer *out = gst_harness_try_pull (b.h);
    fail_unless_equals_int (ret, GST_FLOW_OK);
    fail_unless ((out == NULL) == drops, "%s %s", format, settings[k]);
    fail_unless (!out || k == 2 || is_hidden_whole (&b, out), "%s %s", format, settings[k]);
    gst_clear_buffer (&out);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, picture (&b)));
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* Hidden where it is, and shown mirrored there. */
GST_START_TEST (test_mirrored)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill mirror=true", "NV12", 200, 160);
  for (guint i = 0; i < 3; i++)
    check_frame (&b, i ? with_nobody (picture (&b)) : with_face (picture (&b), 0.2f), 0.6);
  privacy_bench_free (&b);
}
GST_END_TEST;

static Suite *
privacy_frames_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-privacy-frames");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_odd);
  tcase_add_test (tc, test_attached);
  tcase_add_test (tc, test_too_small);
  tcase_add_test (tc, test_cropped);
  tcase_add_test (tc, test_views);
  tcase_add_test (tc, test_no_memory);
  tcase_add_test (tc, test_mirrored);
  return s;
}

GST_CHECK_MAIN (privacy_frames);
