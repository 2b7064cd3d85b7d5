/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcoverlay takes and offers, drawing that is attached for downstream to blend, and new
 * caps. */
#include "tests/gst/common/properties.h"
#include "tests/gst/overlay/overlay-bench.h"

/* Downstream blends: rectangles on the buffer, its pixels as they were; and buffers are used again.
 */
GST_START_TEST (test_attached)
{
  OverlayBench b = overlay_bench_new ("", "NV12", 320, 240, TRUE);
  for (guint round = 0; round < 3; round++) {
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    add_face (in, 0.2f);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_uint64 (differences (before, out), 0);
    GstVideoOverlayCompositionMeta *meta = gst_buffer_get_video_overlay_composition_meta (out);
    fail_unless (meta != NULL);
    guint n = gst_video_overlay_composition_n_rectangles (meta->overlay);
    fail_unless (n >= 1);
    for (guint i = 0; i < n; i++) {
      gint x, y;
      guint w, h;
      GstVideoOverlayRectangle *r = gst_video_overlay_composition_get_rectangle (meta->overlay, i);
      fail_unless (gst_video_overlay_rectangle_get_render_rectangle (r, &x, &y, &w, &h));
      fail_unless (x >= 0 && y >= 0 && x + w <= 320 && y + h <= 240);
    }
    /* What a sink would make of it is what drawing makes, but for its rounding. */
    OverlayBench c = overlay_bench_new ("", "RGB", 320, 240, FALSE);
    GstBuffer *again = picture (&c), *sink = gst_buffer_copy_deep (again);
    GstVideoFrame frame;
    fail_unless (gst_video_frame_map (&frame, &c.info, sink, GST_MAP_READWRITE));
    fail_unless (gst_video_overlay_composition_blend (meta->overlay, &frame));
    gst_video_frame_unmap (&frame);
    add_box (again);
    add_face (again, 0.2f);
    again = gst_harness_push_and_pull (c.h, again);
    fail_unless (furthest (sink, again) <= 2);
    overlay_bench_free (&c);
    gst_buffer_unref (again);
    gst_buffer_unref (sink);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
  }
  overlay_bench_free (&b);
}
GST_END_TEST;

/* Faces are hidden in the pixels even where the drawing is attached. */
GST_START_TEST (test_privacy)
{
  const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "GRAY8", "BGRx"};
  for (guint blends = 0; blends < 2; blends++)
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
      OverlayBench b =
          overlay_bench_new ("privacy=fill mesh=false draw-boxes=false draw-irises=false",
                             formats[i], 160, 120, blends);
      GstBuffer *in = picture (&b);
      add_box (in); /* beside a face meta boxes are left alone */
      GstBuffer *plain = gst_buffer_copy_deep (in);
      GstTfcFace face = {0.7f, 0.7f, 0.2f, 0.2f, 1, 1, 1, 0, 0, NULL};
      gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, &face, 1);
      GstBuffer *out = gst_harness_push_and_pull (b.h, in);
      gint black = GST_VIDEO_INFO_IS_YUV (&b.info) || GST_VIDEO_INFO_IS_GRAY (&b.info) ? 16 : 0;
      gint is = sample (&b, out, 0, 128, 96);
      fail_unless (is == black || (GST_VIDEO_INFO_IS_GRAY (&b.info) && is == 0), "%s %d",
                   formats[i], is);
      fail_unless_equals_int (sample (&b, out, 0, 64, 60), sample (&b, plain, 0, 64, 60));
      gst_buffer_unref (plain);
      gst_buffer_unref (out);
      overlay_bench_free (&b);
    }
}
GST_END_TEST;

static gboolean
accepts (GstElement *e, const gchar *format)
{
  GstCaps *caps =
      gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, format, "width", G_TYPE_INT, 64,
                           "height", G_TYPE_INT, 64, "framerate", GST_TYPE_FRACTION, 1, 1, NULL);
  GstPad *sink = gst_element_get_static_pad (e, "sink");
  gboolean does = gst_pad_query_accept_caps (sink, caps);
  gst_object_unref (sink);
  gst_caps_unref (caps);
  return does;
}

/* With privacy or mirror on, formats that cannot be hidden or mirrored are refused, and no others.
 */
GST_START_TEST (test_accepted_formats)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  GstElement *e = gst_element_factory_make ("tfcoverlay", NULL);
  for (guint k = 0; k < n; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    set_properties (e, "privacy", "none", "mirror", FALSE, NULL);
    fail_unless (accepts (e, f->name));
    set_properties (e, "privacy", "blur", NULL);
    fail_unless (accepts (e, f->name) == (!(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE) &&
                                          !g_str_has_prefix (f->name, "MT2110")));
    set_properties (e, "privacy", "none", "mirror", TRUE, NULL);
    fail_unless (accepts (e, f->name) == !(f->flags & GST_VIDEO_FORMAT_FLAG_TILED));
  }
  gst_object_unref (e);
}
GST_END_TEST;

static gboolean
offers (GstPad *pad, GstCaps *caps, GType meta)
{
  GstQuery *query = gst_query_new_allocation (caps, TRUE);
  gboolean does =
      gst_pad_peer_query (pad, query) && gst_query_find_allocation_meta (query, meta, NULL);
  gst_query_unref (query);
  return does;
}

static gboolean
no_answer (GstPad *pad, GstObject *parent, GstQuery *query)
{
  return GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION &&
         gst_pad_query_default (pad, parent, query);
}

/* Upstream is offered what downstream takes, no more: buffers go on as they come. */
GST_START_TEST (test_offers)
{
  for (guint i = 0; i < 4; i++) {
    const gchar *const settings[] = {"", "privacy=blur mirror=true"};
    OverlayBench b = overlay_bench_new (settings[i / 2], "I420", 64, 48, FALSE);
    GstCaps *caps = gst_video_info_to_caps (&b.info);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, picture (&b)));
    fail_if (offers (b.h->srcpad, caps, GST_VIDEO_META_API_TYPE));
    fail_if (offers (b.h->srcpad, caps, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE));
    fail_if (offers (b.h->srcpad, caps, GST_VIDEO_CROP_META_API_TYPE));
    if (i % 2) {
      gst_pad_set_query_function (b.h->sinkpad, no_answer);
      fail_if (offers (b.h->srcpad, caps, GST_VIDEO_META_API_TYPE));
    } else {
      gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_META_API_TYPE, NULL);
      gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE,
                                               NULL);
      fail_unless (offers (b.h->srcpad, caps, GST_VIDEO_META_API_TYPE));
      fail_unless (offers (b.h->srcpad, caps, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE));
    }
    gst_buffer_unref (gst_harness_push_and_pull (b.h, picture (&b)));
    gst_caps_unref (caps);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* New caps in the middle of a stream, and state changes. */
GST_START_TEST (test_renegotiate)
{
  OverlayBench b = overlay_bench_new (RED_BOX, "BGRx", 128, 96, FALSE);
  const struct {
    const gchar *format;
    gint w, h;
  } steps[] = {{"RGBx", 64, 48}, {"I420", 200, 100}, {"RGB", 64, 64}, {"BGRx", 128, 96}};
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    gst_video_info_set_format (&b.info, gst_video_format_from_string (steps[i].format), steps[i].w,
                               steps[i].h);
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    GstBuffer *in = picture (&b);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    gint x = steps[i].w / 4, y = steps[i].h / 2;
    if (GST_VIDEO_INFO_IS_RGB (&b.info)) {
      fail_unless_equals_int (sample (&b, out, 0, x, y), 255);
      fail_unless_equals_int (sample (&b, out, 2, x, y), 0);
    }
    gst_buffer_unref (out);
  }
  overlay_bench_free (&b);
}
GST_END_TEST;

static Suite *
negotiation_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-negotiation");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_attached);
  tcase_add_test (tc, test_privacy);
  tcase_add_test (tc, test_accepted_formats);
  tcase_add_test (tc, test_offers);
  tcase_add_test (tc, test_renegotiate);
  return s;
}

GST_CHECK_MAIN (negotiation);
