/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <malloc.h>
#include <math.h>
#include <string.h>
#include "gst/lib/tfc.h"

#define RED_BOX "draw-labels=false"
#define BOX                                        \
  {                                                \
    0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person" \
  }

/* Fontconfig keeps its configuration to the end; leak checkers need not tell. */
__attribute__ ((visibility ("default"))) const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig\nleak:libpango";
}

typedef struct {
  GstHarness *h;
  GstVideoInfo info;
} Bench;

static Bench
bench_new (const gchar *settings, const gchar *format, gint w, gint h, gboolean downstream_blends)
{
  g_autofree gchar *launch = g_strconcat ("tfcoverlay ", settings, NULL);
  Bench b = {gst_harness_new_parse (launch)};
  if (downstream_blends)
    gst_harness_add_propose_allocation_meta (b.h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE,
                                             NULL);
  gst_video_info_set_format (&b.info, gst_video_format_from_string (format), w, h);
  gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
  return b;
}

static void
bench_free (Bench *b)
{
  gst_harness_teardown (b->h);
}

/* A picture of noise, the same each time. */
static GstBuffer *
picture (const Bench *b)
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

/* One of a single grey: quicker. */
static GstBuffer *
grey (const Bench *b)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, b->info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

static void
add_box (GstBuffer *buffer)
{
  GstTfcDetection d = BOX;
  gst_buffer_add_tfc_detection_meta (buffer, "test", 0, FALSE, &d, 1);
}

static void
add_face (GstBuffer *buffer, gfloat size)
{
  static GstTfcPoint points[478];
  GstTfcFace face = {0.5f - size, 0.5f - size, 2 * size, 2 * size, 1, 1, 1, 0, 478, points};
  for (guint i = 0; i < 478; i++)
    points[i] = (GstTfcPoint){0.5f + size * cosf (i) * (i % 9) / 9,
                              0.5f + size * sinf (i) * (i % 9) / 9, 0};
  gst_buffer_add_tfc_face_meta (buffer, "test", 0, FALSE, &face, 1);
}

/* How many bytes differ. */
static gsize
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

/* By how much bytes differ at most. */
static gint
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

/* The value of a component at a pixel. */
static gint
sample (const Bench *b, GstBuffer *buffer, guint c, gint x, gint y)
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

/* Bytes that malloc has given out; 0 under a sanitizer's. */
static gsize
heap_in_use (void)
{
  struct mallinfo2 m = mallinfo2 ();
  return m.uordblks + m.hblkhd;
}

/* Straight on the frame: red, green, blue as they are named, whichever way round they lie. */
GST_START_TEST (test_direct)
{
  const gchar *const formats[] = {"BGRx", "RGBx", "BGRA", "RGBA"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    Bench b = bench_new (RED_BOX, formats[i], 128, 96, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (sample (&b, out, 0, 32, 48), 255);
    fail_unless_equals_int (sample (&b, out, 1, 32, 48), 0);
    fail_unless_equals_int (sample (&b, out, 2, 32, 48), 0);
    for (guint c = 0; c < 3; c++)
      fail_unless_equals_int (sample (&b, out, c, 64, 48), sample (&b, before, c, 64, 48));
    fail_if (gst_buffer_get_video_overlay_composition_meta (out));
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Every format there is: a box changes the edge (the first component there) and nothing in the
 * middle. */
GST_START_TEST (test_blended)
{
  guint n_formats;
  const GstVideoFormat *all = gst_video_formats_raw (&n_formats);
  for (guint k = 0; k < n_formats; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    if (f->flags & GST_VIDEO_FORMAT_FLAG_TILED || !f->unpack_func)
      continue;
    GST_INFO ("format %s", f->name);
    Bench b = bench_new (RED_BOX " box-color=0xffffffff", f->name, 127, 95, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    gsize n = differences (before, out);
    fail_unless (n > 0, "%s: nothing drawn", f->name);
    fail_unless (n < b.info.size / 2, "%s: %" G_GSIZE_FORMAT " changed", f->name, n);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Pixels away from the strokes keep every bit, in the formats that detectors see. */
GST_START_TEST (test_untouched)
{
  const gchar *const formats[] = {"NV12", "NV21", "I420", "YV12", "YUY2",  "UYVY",
                                  "RGB",  "BGR",  "xRGB", "ABGR", "GRAY8", "BGRx"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    Bench b = bench_new (RED_BOX, formats[i], 200, 120, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    guint changed = 0;
    for (gint y = 0; y < 120; y++)
      for (gint x = 0; x < 200; x++) {
        gint dx = MIN (ABS (x - 50), ABS (x - 150)), dy = MIN (ABS (y - 30), ABS (y - 90));
        gboolean edge = (dx <= 6 && y > 24 && y < 96) || (dy <= 6 && x > 44 && x < 156);
        for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (&b.info); c++) {
          gboolean same = sample (&b, out, c, x, y) == sample (&b, before, c, x, y);
          fail_unless (same || edge, "%s: component %u at %d,%d", formats[i], c, x, y);
          changed += !same;
        }
      }
    fail_unless (changed > 300);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Nothing to draw: the same buffer, even where somebody else holds it too. */
GST_START_TEST (test_nothing)
{
  const gchar *const settings[] = {"", "privacy=blur", "draw-boxes=false draw-labels=false"};
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    Bench b = bench_new (settings[i], "NV12", 64, 48, FALSE);
    GstBuffer *in = picture (&b);
    if (i == 2)
      add_box (in);
    if (i == 1) /* known to be empty */
      gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, NULL, 0);
    gst_buffer_ref (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out == in);
    gst_buffer_unref (out);
    gst_buffer_unref (in);
    bench_free (&b);
  }
}
GST_END_TEST;

/* A buffer that somebody else holds keeps its pixels. */
GST_START_TEST (test_shared)
{
  Bench b = bench_new ("", "BGRx", 64, 48, FALSE);
  GstBuffer *in = picture (&b);
  add_box (in);
  GstBuffer *kept = gst_buffer_copy_deep (in);
  gst_buffer_ref (in);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  fail_unless (out != in);
  fail_unless_equals_uint64 (differences (in, kept), 0);
  fail_unless (differences (out, kept) > 0);
  gst_buffer_unref (out);
  gst_buffer_unref (in);
  gst_buffer_unref (kept);
  bench_free (&b);
}
GST_END_TEST;

/* Downstream blends: rectangles on the buffer, its pixels as they were; and buffers are used again.
 */
GST_START_TEST (test_attached)
{
  Bench b = bench_new ("", "NV12", 320, 240, TRUE);
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
    Bench c = bench_new ("", "RGB", 320, 240, FALSE);
    GstBuffer *again = picture (&c), *sink = gst_buffer_copy_deep (again);
    GstVideoFrame frame;
    fail_unless (gst_video_frame_map (&frame, &c.info, sink, GST_MAP_READWRITE));
    fail_unless (gst_video_overlay_composition_blend (meta->overlay, &frame));
    gst_video_frame_unmap (&frame);
    add_box (again);
    add_face (again, 0.2f);
    again = gst_harness_push_and_pull (c.h, again);
    fail_unless (furthest (sink, again) <= 2);
    bench_free (&c);
    gst_buffer_unref (again);
    gst_buffer_unref (sink);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
  }
  bench_free (&b);
}
GST_END_TEST;

/* Red as the caps mean it: matrix and range. */
GST_START_TEST (test_colorimetry)
{
  const struct {
    const gchar *format, *colorimetry;
    gint red[3];
  } cases[] = {
      {"NV12", "bt601", {81, 90, 240}},     {"NV12", "bt709", {63, 102, 240}},
      {"I420", "bt2020", {74, 97, 240}},    {"I420", "1:4:0:0", {76, 85, 255}},
      {"YUY2", "1:3:0:0", {54, 99, 255}},   {"UYVY", "bt601", {81, 90, 240}},
      {"GRAY8", "1:4:0:0", {76, 128, 128}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Bench b = bench_new (RED_BOX " box-width=8", cases[i].format, 128, 96, FALSE);
    fail_unless (gst_video_colorimetry_from_string (&b.info.colorimetry, cases[i].colorimetry));
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    GstBuffer *in = picture (&b);
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (&b.info); c++)
      fail_unless (ABS (sample (&b, out, c, 32, 48) - cases[i].red[c]) <= 1, "%s %s: %u is %d",
                   cases[i].format, cases[i].colorimetry, c, sample (&b, out, c, 32, 48));
    gst_buffer_unref (out);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Other people's detectors: regions of interest, with or without a score. */
GST_START_TEST (test_regions)
{
  for (guint scored = 0; scored < 2; scored++) {
    Bench b = bench_new ("label-format=none", "BGRx", 128, 96, FALSE);
    GstBuffer *in = picture (&b);
    GstVideoRegionOfInterestMeta *roi =
        gst_buffer_add_video_region_of_interest_meta (in, "thing", 32, 24, 64, 48);
    if (scored)
      gst_video_region_of_interest_meta_add_param (
          roi, gst_structure_new ("detection", "score", G_TYPE_DOUBLE, 0.5, NULL));
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless_equals_int (sample (&b, out, 0, 32, 48), 255);
    fail_unless_equals_int (sample (&b, out, 1, 32, 48), 0);
    gst_buffer_unref (out);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Our metas win over regions that say the same. */
GST_START_TEST (test_own_first)
{
  Bench b = bench_new (RED_BOX, "BGRx", 128, 96, FALSE);
  GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
  add_box (in);
  gst_buffer_add_video_region_of_interest_meta (in, "thing", 4, 4, 8, 8);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  for (gint y = 0; y < 20; y++)
    for (gint x = 0; x < 128; x++)
      fail_unless_equals_int (sample (&b, out, 0, x, y), sample (&b, before, 0, x, y));
  gst_buffer_unref (before);
  gst_buffer_unref (out);
  bench_free (&b);
}
GST_END_TEST;

/* Twice mirrored is as before, in every format; once mirrored is turned, pixels and metadata. */
GST_START_TEST (test_mirror)
{
  guint n_formats;
  const GstVideoFormat *all = gst_video_formats_raw (&n_formats);
  for (guint k = 0; k < n_formats; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    if (f->flags & (GST_VIDEO_FORMAT_FLAG_TILED | GST_VIDEO_FORMAT_FLAG_COMPLEX) || !f->unpack_func)
      continue;
    Bench b = bench_new ("mirror=true", f->name, 48, 10, FALSE);
    GstBuffer *in = picture (&b), *before = gst_buffer_copy_deep (in);
    GstBuffer *once = gst_harness_push_and_pull (b.h, in);
    fail_unless (differences (before, once) > 0, "%s", f->name);
    for (guint c = 0; c < f->n_components; c++)
      if (f->depth[c] == 8 && !f->shift[c] && f->pixel_stride[c] > 0 &&
          !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE))
        for (gint x = 0; x < 48; x++)
          fail_unless (sample (&b, once, c, x, 7) == sample (&b, before, c, 47 - x, 7),
                       "%s: component %u at %d", f->name, c, x);
    GstBuffer *twice = gst_harness_push_and_pull (b.h, once);
    gsize n = differences (before, twice);
    fail_unless (n == 0, "%s: %" G_GSIZE_FORMAT, f->name, n);
    gst_buffer_unref (before);
    gst_buffer_unref (twice);
    bench_free (&b);
  }
}
GST_END_TEST;

GST_START_TEST (test_mirror_metas)
{
  Bench b = bench_new ("mirror=true " RED_BOX, "BGRx", 128, 96, FALSE);
  GstTfcDetection d = {0.125f, 0.25f, 0.25f, 0.5f, 0.9f, 1, 7, "cat"};
  GstBuffer *in = picture (&b);
  gst_buffer_add_tfc_detection_meta (in, "test", 3, TRUE, &d, 1);
  add_face (in, 0.1f);
  gst_buffer_add_video_region_of_interest_meta (in, "cat", 16, 24, 32, 48);
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  GstTfcDetectionMeta *m = gst_buffer_get_tfc_detection_meta (out);
  fail_unless (m && m->n_detections == 1 && m->held && m->pts == 3);
  fail_unless_equals_float (m->detections[0].x, 0.625f);
  fail_unless_equals_uint64 (m->detections[0].track_id, 7);
  GstVideoRegionOfInterestMeta *roi = gst_buffer_get_video_region_of_interest_meta (out);
  fail_unless_equals_int (roi->x, 80);
  GstTfcFaceMeta *faces = gst_buffer_get_tfc_face_meta (out);
  fail_unless (faces && faces->n_faces == 1);
  fail_unless (fabsf (faces->faces[0].points[8].x - (0.5f - 0.1f * cosf (8) * 8 / 9)) < 1e-6f);
  fail_unless_equals_int (sample (&b, out, 0, 80, 48), 255);
  fail_unless_equals_int (sample (&b, out, 1, 80, 48), 0);
  gst_buffer_unref (out);
  bench_free (&b);
}
GST_END_TEST;

/* Faces are hidden in the pixels even where the drawing is attached. */
GST_START_TEST (test_privacy)
{
  const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "GRAY8", "BGRx"};
  for (guint blends = 0; blends < 2; blends++)
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
      Bench b = bench_new ("privacy=fill mesh=false draw-boxes=false draw-irises=false", formats[i],
                           160, 120, blends);
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
      bench_free (&b);
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
    g_object_set (e, "privacy", 0, "mirror", FALSE, NULL);
    fail_unless (accepts (e, f->name));
    g_object_set (e, "privacy", 1, NULL);
    fail_unless (accepts (e, f->name) == !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE));
    g_object_set (e, "privacy", 0, "mirror", TRUE, NULL);
    fail_unless (accepts (e, f->name) == !(f->flags & GST_VIDEO_FORMAT_FLAG_TILED));
  }
  gst_object_unref (e);
}
GST_END_TEST;

/* mirror set while tiled frames are on their way: they pass as they are, their metadata too. */
GST_START_TEST (test_mirror_late)
{
  Bench b = bench_new (RED_BOX, "NV12_64Z32", 128, 96, FALSE);
  GstElement *e = gst_harness_find_element (b.h, "tfcoverlay");
  GstBuffer *in = picture (&b);
  gst_buffer_unref (gst_harness_push_and_pull (b.h, in));
  g_object_set (e, "mirror", TRUE, "draw-boxes", FALSE, NULL);
  in = picture (&b);
  add_box (in);
  GstBuffer *before = gst_buffer_copy_deep (in), *out = gst_harness_push_and_pull (b.h, in);
  fail_unless_equals_uint64 (differences (before, out), 0);
  fail_unless_equals_float (gst_buffer_get_tfc_detection_meta (out)->detections[0].x, 0.25f);
  gst_buffer_unref (before);
  gst_buffer_unref (out);
  gst_object_unref (e);
  bench_free (&b);
}
GST_END_TEST;

/* What others attached: compositions and crop lie mirrored, ours beside them. */
GST_START_TEST (test_mirror_others)
{
  for (guint blends = 0; blends < 2; blends++) {
    Bench b = bench_new ("mirror=true " RED_BOX, "BGRx", 128, 96, blends);
    GstBuffer *in = picture (&b), *pixels = gst_buffer_new_allocate (NULL, 10 * 10 * 4, NULL);
    gst_buffer_add_video_meta (pixels, 0, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 10, 10);
    GstVideoOverlayRectangle *r = gst_video_overlay_rectangle_new_raw (pixels, 5, 6, 20, 10, 0);
    GstVideoOverlayComposition *c = gst_video_overlay_composition_new (r);
    gst_buffer_add_video_overlay_composition_meta (in, c);
    GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
    *crop = (GstVideoCropMeta){crop->meta, 10, 0, 100, 96};
    add_box (in);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    GstVideoOverlayCompositionMeta *meta = gst_buffer_get_video_overlay_composition_meta (out);
    guint n = gst_video_overlay_composition_n_rectangles (meta->overlay), w, h;
    gint x, y;
    fail_unless (blends ? n > 1 : n == 1);
    gst_video_overlay_rectangle_get_render_rectangle (
        gst_video_overlay_composition_get_rectangle (meta->overlay, 0), &x, &y, &w, &h);
    fail_unless (x == 103 && y == 6 && w == 20 && h == 10);
    gst_video_overlay_rectangle_get_render_rectangle (r, &x, &y, &w, &h);
    fail_unless_equals_int (x, 5); /* others may hold it */
    fail_unless_equals_int (gst_buffer_get_video_crop_meta (out)->x, 18);
    gst_video_overlay_composition_unref (c);
    gst_video_overlay_rectangle_unref (r);
    gst_buffer_unref (pixels);
    gst_buffer_unref (out);
    bench_free (&b);
  }
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
    Bench b = bench_new (settings[i / 2], "I420", 64, 48, FALSE);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* Metadata from a hostile source, on small and odd pictures. */
GST_START_TEST (test_hostile)
{
  const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 0, 1, -1, 0.5f};
  const gint sizes[][2] = {{1, 1}, {2, 3}, {17, 1}, {33, 65}};
  const gchar *const formats[] = {"BGRx", "I420", "YUY2", "RGB"};
  const gchar *const settings =
      "point-cloud=true draw-stats=true privacy=blur font=\"Sans 500\" mirror=true";
  g_autofree GstTfcDetection *d = g_new0 (GstTfcDetection, 5000);
  g_autofree gchar *name = g_strnfill (100000, 'W');
  for (guint i = 0; i < 5000; i++) {
    d[i].x = odd[i % 9];
    d[i].y = odd[i / 9 % 9];
    d[i].w = odd[i / 81 % 9];
    d[i].h = odd[i / 729 % 9];
    d[i].score = odd[i % 7];
    d[i].label = i == 3 ? name : i == 4 ? "" : i == 5 ? "\xc3\x28\xff" : i % 2 ? NULL : "x";
  }
  GstTfcPoint points[478];
  GstTfcFace faces[40];
  for (guint i = 0; i < 478; i++)
    points[i] = (GstTfcPoint){odd[5 + i % 4], odd[5 + i % 3], 0};
  for (guint i = 0; i < 40; i++)
    faces[i] = (GstTfcFace){odd[i % 9], 0, 1, odd[i % 5], 1, 1, i, NAN, i % 3 ? 478 : 468, points};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
      Bench b = bench_new (settings, formats[i], sizes[k][0], sizes[k][1], k % 2);
      GstBuffer *in = picture (&b);
      gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, d, k == 1 ? 5000 : 300);
      if (k != 2)
        gst_buffer_add_tfc_face_meta (in, "test", 0, FALSE, faces, 40);
      GstBuffer *out = gst_harness_push_and_pull (b.h, in);
      fail_unless (out != NULL);
      gst_buffer_unref (out);
      bench_free (&b);
    }
}
GST_END_TEST;

/* New caps in the middle of a stream, and state changes. */
GST_START_TEST (test_renegotiate)
{
  Bench b = bench_new (RED_BOX, "BGRx", 128, 96, FALSE);
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
  bench_free (&b);
}
GST_END_TEST;

/* Every property's default is what a new element has, and what is set is got. */
GST_START_TEST (test_properties)
{
  GstElement *e = gst_element_factory_make ("tfcoverlay", NULL);
  guint n;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (e), &n);
  for (guint i = 0; i < n; i++) {
    GValue value = G_VALUE_INIT;
    if (specs[i]->owner_type != G_OBJECT_TYPE (e))
      continue;
    g_value_init (&value, specs[i]->value_type);
    g_object_get_property (G_OBJECT (e), specs[i]->name, &value);
    fail_unless (g_param_value_defaults (specs[i], &value), "%s", specs[i]->name);
    g_value_unset (&value);
  }
  g_free (specs);
  gchar *font;
  guint color;
  g_object_set (e, "font", "Serif Italic 9", "mesh-color", 0x80123456u, NULL);
  g_object_get (e, "font", &font, "mesh-color", &color, NULL);
  fail_unless_equals_string (font, "Serif Italic 9");
  fail_unless_equals_int_hex (color, 0x80123456u);
  g_free (font);
  gst_object_unref (e);
}
GST_END_TEST;

/* A stopped element holds next to nothing, however large the pictures were. */
GST_START_TEST (test_stopped)
{
  static const struct {
    const gchar *settings, *format;
    gboolean attached;
  } cases[] = {{"privacy=blur", "BGRx", FALSE},
               {"font=\"Sans 200\"", "I420", FALSE},
               {"font=\"Sans 200\"", "GRAY8", FALSE},
               {"mesh=true", "NV12", TRUE}};
  gsize level = 0;
  for (guint i = 0; i < 3 * G_N_ELEMENTS (cases); i++) {
    const guint k = i % G_N_ELEMENTS (cases);
    Bench b = bench_new (cases[k].settings, cases[k].format, 1920, 1080, cases[k].attached);
    GstBuffer *in = grey (&b);
    add_box (in);
    add_face (in, 0.4f);
    GstElement *e = gst_object_ref (b.h->element);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, in));
    bench_free (&b);
    gst_element_set_state (e, GST_STATE_NULL);
    if (i == 2 * G_N_ELEMENTS (cases)) /* what libraries keep was kept twice before */
      level = heap_in_use ();
    if (i > 2 * G_N_ELEMENTS (cases))
      fail_unless (heap_in_use () < level + 200000, "%s keeps %zu bytes", cases[k].settings,
                   heap_in_use () - level);
    gst_object_unref (e);
  }
}
GST_END_TEST;

static gint churning;

/* Everything that can be set is set to anything, as often as it goes. */
static gpointer
churn (gpointer element)
{
  static const gchar *const fonts[] = {"Arial Bold 24", "Sans 9", "Nowhere Italic 60", ""};
  for (guint i = 0; g_atomic_int_get (&churning); i++) {
    gchar *font;
    g_object_set (element, "mirror", i % 5 == 0, "draw-stats", i % 2, "mesh", i % 3 > 0, "privacy",
                  i % 4, "privacy-hold", i % 3 * 100, "privacy-unknown", i % 2, "font",
                  fonts[i % G_N_ELEMENTS (fonts)], "label-format", i % 3, "point-cloud", i % 7 == 0,
                  "triangulate-mesh", i % 2, "contours-only", i % 3 == 1, "mesh-width",
                  (i % 50) / 10.0, "box-width", (gdouble)(i % 9), "scale", i % 2, "draw-labels",
                  i % 4 > 0, "box-color", 0x01010101u * i, "cloud-yaw", (gdouble)(i % 360) - 180,
                  NULL);
    g_object_get (element, "font", &font, NULL);
    g_free (font);
    g_usleep (200);
  }
  return NULL;
}

/* Also with other sizes and formats meanwhile. */
GST_START_TEST (test_churn)
{
  const struct {
    const gchar *format;
    gint w, h;
  } steps[] = {{"BGRx", 320, 240}, {"I420", 201, 101}, {"YUY2", 64, 64}, {"RGB", 640, 360}};
  Bench b = bench_new ("draw-stats=true", "BGRx", 128, 96, FALSE);
  g_atomic_int_set (&churning, 1);
  GstElement *overlay = gst_harness_find_element (b.h, "tfcoverlay");
  GThread *thread = g_thread_new ("churn", churn, overlay);
  for (guint i = 0; i < 200; i++) {
    if (i % 10 == 0) {
      gst_video_info_set_format (&b.info, gst_video_format_from_string (steps[i / 10 % 4].format),
                                 steps[i / 10 % 4].w, steps[i / 10 % 4].h);
      gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    }
    GstBuffer *in = grey (&b);
    add_box (in);
    add_face (in, 0.3f);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out != NULL);
    gst_buffer_unref (out);
  }
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_object_unref (overlay);
  bench_free (&b);
}
GST_END_TEST;

static Suite *
overlay_suite (void)
{
  Suite *s = suite_create ("tfcoverlay");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_direct);
  tcase_add_test (tc, test_blended);
  tcase_add_test (tc, test_untouched);
  tcase_add_test (tc, test_nothing);
  tcase_add_test (tc, test_shared);
  tcase_add_test (tc, test_attached);
  tcase_add_test (tc, test_colorimetry);
  tcase_add_test (tc, test_regions);
  tcase_add_test (tc, test_own_first);
  tcase_add_test (tc, test_mirror);
  tcase_add_test (tc, test_mirror_metas);
  tcase_add_test (tc, test_privacy);
  tcase_add_test (tc, test_accepted_formats);
  tcase_add_test (tc, test_mirror_late);
  tcase_add_test (tc, test_mirror_others);
  tcase_add_test (tc, test_offers);
  tcase_add_test (tc, test_hostile);
  tcase_add_test (tc, test_renegotiate);
  tcase_add_test (tc, test_properties);
  tcase_add_test (tc, test_stopped);
  tcase_add_test (tc, test_churn);
  return s;
}

GST_CHECK_MAIN (overlay);
