/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Privacy fails closed in time: what is not known, lost for a moment, or has no times is not
 * shown. */
#include <string.h>
#include "tests/gst/overlay/privacy-bench.h"

/* Nothing is known: hidden, dropped or passed; and others do as usual. */
GST_START_TEST (test_unknown)
{
  const gchar *const formats[] = {"NV12", "BGRx", "P010_10LE", "v210"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    PrivacyBench b = privacy_bench_new ("privacy=fill", formats[i], 160, 120);
    GstBuffer *in = picture (&b);
    gst_buffer_add_video_crop_meta (in)->width = 160; /* says nothing about faces */
    GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_GAP);
    GstBuffer *out = gst_harness_push_and_pull (b.h, gst_buffer_ref (in));
    fail_unless (is_hidden_whole (&b, out), "%s", formats[i]);
    fail_unless (black (&b, in, 0, 0, 1, 1) < 0.01); /* somebody else holds it */
    gst_buffer_unref (in);
    gst_buffer_unref (out);
    check_frame (&b, with_nobody (picture (&b)), -1);

    gst_harness_set (b.h, "tfcoverlay", "privacy-unknown", 2, NULL);
    fail_unless_equals_int (gst_harness_push (b.h, picture (&b)), GST_FLOW_OK);
    fail_unless (gst_harness_try_pull (b.h) == NULL);
    check_frame (&b, with_face (picture (&b), 0.4f), 0.4);

    gst_harness_set (b.h, "tfcoverlay", "privacy-unknown", 0, "privacy-hold", 0, NULL);
    in = picture (&b);
    out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out == in && black (&b, out, 0, 0, 1, 1) < 0.01);
    gst_buffer_unref (out);
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* The whole picture as privacy says: neither of blur and pixelate leaves detail. */
GST_START_TEST (test_unknown_effects)
{
  const gchar *const effects[] = {"privacy=blur", "privacy=pixelate"};
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++) {
    PrivacyBench b = privacy_bench_new (effects[i], "GRAY8", 640, 480);
    GstBuffer *in = picture (&b);
    GstMapInfo map;
    guint edges = 0;
    gst_buffer_map (in, &map, GST_MAP_WRITE);
    for (gint y = 0; y < 480; y++)
      for (gint x = 0; x < 640; x++)
        map.data[640 * y + x] = x / 10 % 2 ? 250 : 10;
    gst_buffer_unmap (in, &map);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    gst_buffer_map (out, &map, GST_MAP_READ);
    for (gint i1 = 0; i1 + 1 < 640 * 480; i1++)
      edges += abs (map.data[i1] - map.data[i1 + 1]) > 8;
    gst_buffer_unmap (out, &map);
    fail_unless (edges < 480, "%s: %u", effects[i], edges);
    gst_buffer_unref (out);
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* Any of these says what is on the picture, if only that nothing is. */
GST_START_TEST (test_known)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "I420", 160, 120);
  check_frame (&b, with_box (picture (&b), 0), -1);
  check_frame (&b, with_box (picture (&b), 1), 0.4);
  GstBuffer *in = picture (&b);
  gst_buffer_add_video_region_of_interest_meta (in, "face", 64, 48, 32, 24);
  check_frame (&b, in, 0.4);
  check_frame (&b, with_nobody (with_box (picture (&b), 1)), 0.4); /* held; boxes no more */
  b.next += GST_SECOND;
  check_frame (&b, with_nobody (with_box (picture (&b), 1)), -1);
  /* Somebody looks for faces and has not looked at this picture: boxes do not say that there are
   * none. */
  in = gst_harness_push_and_pull (b.h, with_box (picture (&b), 1));
  fail_unless (is_hidden_whole (&b, in));
  gst_buffer_unref (in);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* A presence that dips, a hand: for half a second the face stays hidden, and no longer. */
GST_START_TEST (test_hold)
{
  const gchar *const settings[] = {"privacy=fill", "privacy=fill privacy-hold=200",
                                   "privacy=fill privacy-hold=0",
                                   "privacy=fill privacy-unknown=pass"};
  const guint holds[] = {12, 5, 0, 12}; /* frames */
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    PrivacyBench b = privacy_bench_new (settings[i], "NV12", 200, 160);
    for (guint round = 0; round < 2; round++) {
      check_frame (&b, with_face (picture (&b), 0.4f), 0.4);
      for (guint k = 0; k < holds[i]; k++)
        check_frame (&b, i == 3 ? picture (&b) : with_nobody (picture (&b)), 0.4);
      check_frame (&b, with_nobody (picture (&b)), -1);
    }
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* Lost in motion: hidden where it was and where it was going. */
GST_START_TEST (test_hold_motion)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 200, 160);
  for (guint i = 0; i < 6; i++)
    check_frame (&b, with_face (picture (&b), 0.2f + 0.02f * i), 0.2 + 0.02 * i);
  for (guint i = 6; i < 12; i++) {
    GstBuffer *out = gst_harness_push_and_pull (b.h, with_nobody (picture (&b)));
    fail_unless (is_face_hidden (&b, out, 0.3) && is_face_hidden (&b, out, 0.2 + 0.02 * i));
    gst_buffer_unref (out);
  }
  privacy_bench_free (&b);
}
GST_END_TEST;

/* Results of an older picture are hidden with room around them. */
GST_START_TEST (test_held)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 200, 160);
  GstBuffer *in = with_face (picture (&b), 0.3f);
  check_frame (&b, in, 0.3);
  check_frame (&b, with_face (picture (&b), 0.32f), 0.32);
  GstClockTime seen = b.next - FRAME;
  for (guint i = 1; i < 5; i++) {
    in = with_faces (picture (&b), 1, 0.32f, TRUE, seen);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (is_face_hidden (&b, out, 0.32) && is_face_hidden (&b, out, 0.32 + 0.01 * i));
    fail_if (is_hidden_whole (&b, out));
    gst_buffer_unref (out);
  }
  privacy_bench_free (&b);
}
GST_END_TEST;

/* Without times frames are counted; where there is no rate either nothing is shown again. */
GST_START_TEST (test_no_times)
{
  for (guint rate = 0; rate < 2; rate++) {
    PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 200, 160);
    b.info.fps_n = rate ? 25 : 0;
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    for (guint i = 0; i < 30; i++) {
      GstBuffer *in = i ? with_nobody (picture (&b)) : with_face (picture (&b), 0.4f);
      GST_BUFFER_PTS (in) = GST_BUFFER_DURATION (in) = GST_CLOCK_TIME_NONE;
      check_frame (&b, in, i <= 12 || !rate ? 0.4 : -1);
    }
    privacy_bench_free (&b);
  }
}
GST_END_TEST;

/* A segment in bytes: no criticals (they fail a test), and frames are counted. */
GST_START_TEST (test_bytes_segment)
{
  PrivacyBench b = {gst_harness_new_parse ("tfcoverlay" PLAIN "privacy=fill")};
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  gst_video_info_set_format (&b.info, GST_VIDEO_FORMAT_NV12, 200, 160);
  GstCaps *caps = gst_video_info_to_caps (&b.info);
  gst_harness_push_event (b.h, gst_event_new_stream_start ("bytes"));
  gst_harness_push_event (b.h, gst_event_new_caps (caps));
  gst_harness_push_event (b.h, gst_event_new_segment (&segment));
  gst_caps_unref (caps);
  for (guint i = 0; i < 16; i++)
    check_frame (&b, i ? with_nobody (picture (&b)) : with_face (picture (&b), 0.4f),
                 i <= 12 ? 0.4 : -1);
  privacy_bench_free (&b);
}
GST_END_TEST;

/* Behind a seek what was lost before is not looked for; but what is unknown stays hidden. */
GST_START_TEST (test_flush)
{
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 200, 160);
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  check_frame (&b, with_face (picture (&b), 0.4f), 0.4);
  gst_harness_push_event (b.h, gst_event_new_flush_start ());
  gst_harness_push_event (b.h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (b.h, gst_event_new_segment (&segment));
  check_frame (&b, with_nobody (picture (&b)), -1);
  GstBuffer *out = gst_harness_push_and_pull (b.h, picture (&b));
  fail_unless (is_hidden_whole (&b, out));
  gst_buffer_unref (out);
  privacy_bench_free (&b);
}
GST_END_TEST;

static Suite *
privacy_hold_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-privacy-hold");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_unknown);
  tcase_add_test (tc, test_unknown_effects);
  tcase_add_test (tc, test_known);
  tcase_add_test (tc, test_hold);
  tcase_add_test (tc, test_hold_motion);
  tcase_add_test (tc, test_held);
  tcase_add_test (tc, test_no_times);
  tcase_add_test (tc, test_bytes_segment);
  tcase_add_test (tc, test_flush);
  return s;
}

GST_CHECK_MAIN (privacy_hold);
