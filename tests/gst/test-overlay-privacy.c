/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* That tfcoverlay's privacy fails closed: what is not known, lost, odd, or in another format is not
 * shown. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>
#include "gst/lib/tfc.h"

#define PLAIN " mesh=false draw-boxes=false draw-labels=false draw-irises=false "
#define FRAME (40 * GST_MSECOND)

/* Fontconfig keeps its configuration to the end; leak checkers need not tell. */
__attribute__ ((visibility ("default"))) const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

/* Memory that runs out, for the plugin too: the program exports its symbols. */
static gboolean no_memory;
__attribute__ ((visibility ("default"))) gpointer g_try_malloc (gsize n);

gpointer
g_try_malloc (gsize n)
{
  return no_memory ? NULL : g_malloc (n);
}

typedef struct {
  GstHarness *h;
  GstVideoInfo info;
  GstClockTime next; /* PTS */
} Bench;

static Bench
bench_new_interlaced (const gchar *settings, const gchar *format, gint w, gint h,
                      GstVideoInterlaceMode mode)
{
  g_autofree gchar *launch = g_strconcat ("tfcoverlay" PLAIN, settings, NULL);
  Bench b = {gst_harness_new_parse (launch)};
  gst_video_info_set_interlaced_format (&b.info, gst_video_format_from_string (format), mode, w, h);
  b.info.fps_n = 25;
  b.info.fps_d = 1;
  gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
  return b;
}

static Bench
bench_new (const gchar *settings, const gchar *format, gint w, gint h)
{
  return bench_new_interlaced (settings, format, w, h, GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);
}

static void
bench_free (Bench *b)
{
  gst_harness_teardown (b->h);
}

/* Any bytes that are a picture: the padding bits of every format are 0. */
static GstBuffer *
picture (Bench *b)
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

static GstBuffer *
with_faces (GstBuffer *buffer, guint n, gfloat x, gboolean held, GstClockTime pts)
{
  GstTfcFace faces[64] = {0};
  for (guint i = 0; i < n; i++)
    faces[i] = (GstTfcFace){x, 0.4f, 0.2f, 0.2f, 1, 1, i + 1, 0, 0, NULL};
  gst_buffer_add_tfc_face_meta (buffer, "test", pts, held, faces, n);
  return buffer;
}

static GstBuffer *
with_face (GstBuffer *buffer, gfloat x)
{
  return with_faces (buffer, 1, x, FALSE, GST_BUFFER_PTS (buffer));
}

static GstBuffer *
with_nobody (GstBuffer *buffer)
{
  return with_faces (buffer, 0, 0, FALSE, GST_BUFFER_PTS (buffer));
}

static GstBuffer *
with_box (GstBuffer *buffer, guint n)
{
  GstTfcDetection d = {0.4f, 0.4f, 0.2f, 0.2f, 0.9f, 1, 0, "person"};
  gst_buffer_add_tfc_detection_meta (buffer, "test", 0, FALSE, &d, n);
  return buffer;
}

/* One row as 16 bits a component: A, then Y, U, V or R, G, B. */
static void
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

/* Which part of the pixels of [x0, x1) x [y0, y1), fractions, is black. */
static gdouble
black (const Bench *b, GstBuffer *buffer, gdouble x0, gdouble y0, gdouble x1, gdouble y1)
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

static gboolean
is_hidden_whole (const Bench *b, GstBuffer *buffer)
{
  return black (b, buffer, 0, 0, 1, 1) == 1;
}

static gboolean
is_face_hidden (const Bench *b, GstBuffer *buffer, gdouble x)
{
  return black (b, buffer, x + 0.01, 0.41, x + 0.19, 0.59) == 1;
}

/* Pushes in; the face at x must be hidden, and not everything; or nothing must be (x < 0). */
static void
check_frame (Bench *b, GstBuffer *in, gdouble x)
{
  GstBuffer *out = gst_harness_push_and_pull (b->h, in);
  fail_unless (x < 0 || is_face_hidden (b, out, x), "%" GST_TIME_FORMAT " shows the face",
               GST_TIME_ARGS (GST_BUFFER_PTS (out)));
  fail_unless_equals_float (black (b, out, 0, 0, 0.1, 0.1), 0);
  fail_unless (x >= 0 || black (b, out, 0, 0, 1, 1) < 0.01, "%" GST_TIME_FORMAT " hides something",
               GST_TIME_ARGS (GST_BUFFER_PTS (out)));
  gst_buffer_unref (out);
}

/* Nothing is known: hidden, dropped or passed; and others do as usual. */
GST_START_TEST (test_unknown)
{
  const gchar *const formats[] = {"NV12", "BGRx", "P010_10LE", "v210"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    Bench b = bench_new ("privacy=fill", formats[i], 160, 120);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* The whole picture as privacy says: neither of blur and pixelate leaves detail. */
GST_START_TEST (test_unknown_effects)
{
  const gchar *const effects[] = {"privacy=blur", "privacy=pixelate"};
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++) {
    Bench b = bench_new (effects[i], "GRAY8", 640, 480);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* Any of these says what is on the picture, if only that nothing is. */
GST_START_TEST (test_known)
{
  Bench b = bench_new ("privacy=fill", "I420", 160, 120);
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
  bench_free (&b);
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
    Bench b = bench_new (settings[i], "NV12", 200, 160);
    for (guint round = 0; round < 2; round++) {
      check_frame (&b, with_face (picture (&b), 0.4f), 0.4);
      for (guint k = 0; k < holds[i]; k++)
        check_frame (&b, i == 3 ? picture (&b) : with_nobody (picture (&b)), 0.4);
      check_frame (&b, with_nobody (picture (&b)), -1);
    }
    bench_free (&b);
  }
}
GST_END_TEST;

/* Lost in motion: hidden where it was and where it was going. */
GST_START_TEST (test_hold_motion)
{
  Bench b = bench_new ("privacy=fill", "NV12", 200, 160);
  for (guint i = 0; i < 6; i++)
    check_frame (&b, with_face (picture (&b), 0.2f + 0.02f * i), 0.2 + 0.02 * i);
  for (guint i = 6; i < 12; i++) {
    GstBuffer *out = gst_harness_push_and_pull (b.h, with_nobody (picture (&b)));
    fail_unless (is_face_hidden (&b, out, 0.3) && is_face_hidden (&b, out, 0.2 + 0.02 * i));
    gst_buffer_unref (out);
  }
  bench_free (&b);
}
GST_END_TEST;

/* Results of an older picture are hidden with room around them. */
GST_START_TEST (test_held)
{
  Bench b = bench_new ("privacy=fill", "NV12", 200, 160);
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
  bench_free (&b);
}
GST_END_TEST;

/* Without times frames are counted; where there is no rate either nothing is shown again. */
GST_START_TEST (test_no_times)
{
  for (guint rate = 0; rate < 2; rate++) {
    Bench b = bench_new ("privacy=fill", "NV12", 200, 160);
    b.info.fps_n = rate ? 25 : 0;
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    for (guint i = 0; i < 30; i++) {
      GstBuffer *in = i ? with_nobody (picture (&b)) : with_face (picture (&b), 0.4f);
      GST_BUFFER_PTS (in) = GST_BUFFER_DURATION (in) = GST_CLOCK_TIME_NONE;
      check_frame (&b, in, i <= 12 || !rate ? 0.4 : -1);
    }
    bench_free (&b);
  }
}
GST_END_TEST;

/* A segment in bytes: no criticals (they fail a test), and frames are counted. */
GST_START_TEST (test_bytes_segment)
{
  Bench b = {gst_harness_new_parse ("tfcoverlay" PLAIN "privacy=fill")};
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
  bench_free (&b);
}
GST_END_TEST;

/* Behind a seek what was lost before is not looked for; but what is unknown stays hidden. */
GST_START_TEST (test_flush)
{
  Bench b = bench_new ("privacy=fill", "NV12", 200, 160);
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
  bench_free (&b);
}
GST_END_TEST;

/* What cannot be right, or does not fit, hides everything. */
GST_START_TEST (test_odd)
{
  const gfloat odd[][4] = {{NAN, 0, 0.1f, 0.1f},    {0, 0, INFINITY, 0.1f},
                           {0, -INFINITY, 0.1f, 1}, {0.1f, 0.1f, 0, 0.1f},
                           {0.1f, 0.1f, 0.1f, -1},  {0.1f, 0.1f, 1e20f, 0.1f},
                           {1e20f, 0.1f, 0.1f, 1},  {-1e20f, 0, 1e20f, 1}};
  Bench b = bench_new ("privacy=fill", "I420", 160, 120);
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
  bench_free (&b);
}
GST_END_TEST;

static gboolean
can_be_hidden (const GstVideoFormatInfo *f)
{
  return !(f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE);
}

/* How many of the samples of pixels outside of the face's box by some pixels differ. */
static guint
changed_outside (const Bench *b, GstBuffer *a, GstBuffer *c)
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
    Bench b = bench_new_interlaced ("privacy=fill", f->name, size[0], size[1],
                                    k % 4 > 1 ? GST_VIDEO_INTERLACE_MODE_INTERLEAVED
                                              : GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* How strong the strongest detail is that is left of a picture of stripes: 0 to 1. */
static gdouble
detail (const Bench *b, GstBuffer *buffer)
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
    Bench b = bench_new ("privacy=blur", f->name, 160, 128);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* Set while frames of another format are on their way: hidden or dropped, no error, not shown; and
 * formats that cannot be hidden are not taken from then on. */
GST_START_TEST (test_set_while_playing)
{
  guint n, dropped = 0;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  for (guint k = 0; k < n; k++) {
    const GstVideoFormatInfo *f = gst_video_format_get_info (all[k]);
    Bench b = bench_new ("", f->name, 64, 48);
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
    bench_free (&b);
  }
  fail_unless_equals_int (dropped, 3); /* RGB8P's */
}
GST_END_TEST;

/* Hidden in the pixels where the drawing is attached, unknown pictures too. */
GST_START_TEST (test_attached)
{
  Bench b = {gst_harness_new_parse ("tfcoverlay privacy=fill")};
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
  bench_free (&b);
}
GST_END_TEST;

/* A picture that cannot be mapped is an error and not shown. */
GST_START_TEST (test_too_small)
{
  Bench b = bench_new ("privacy=fill", "NV12", 64, 48);
  GstBuffer *in = picture (&b);
  gst_buffer_set_size (in, 100);
  fail_unless_equals_int (gst_harness_push (b.h, in), GST_FLOW_ERROR);
  fail_unless (gst_harness_try_pull (b.h) == NULL);
  bench_free (&b);
}
GST_END_TEST;

/* More pixels than the caps say, of which a crop shows some: which ones is everybody's guess, so
 * all are hidden. */
GST_START_TEST (test_cropped)
{
  Bench b = bench_new ("privacy=fill", "I420", 128, 96);
  GstVideoInfo caps = b.info;
  gst_video_info_set_format (&b.info, GST_VIDEO_FORMAT_I420, 160, 128);
  GstBuffer *in = with_face (picture (&b), 0.1f);
  gst_buffer_add_video_meta (in, 0, GST_VIDEO_FORMAT_I420, 160, 128);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
  *crop = (GstVideoCropMeta){crop->meta, 32, 32, caps.width, caps.height};
  GstBuffer *out = gst_harness_push_and_pull (b.h, in);
  fail_unless (is_hidden_whole (&b, out));
  gst_buffer_unref (out);
  bench_free (&b);
}
GST_END_TEST;

static GstBuffer *
two_pictures (Bench *b)
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
  Bench b = bench_new ("privacy=fill", "NV12", 64, 48);
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
  bench_free (&b);
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
    Bench b = bench_new (settings[k], format, 96, 64);
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
    bench_free (&b);
  }
}
GST_END_TEST;

/* Hidden where it is, and shown mirrored there. */
GST_START_TEST (test_mirrored)
{
  Bench b = bench_new ("privacy=fill mirror=true", "NV12", 200, 160);
  for (guint i = 0; i < 3; i++)
    check_frame (&b, i ? with_nobody (picture (&b)) : with_face (picture (&b), 0.2f), 0.6);
  bench_free (&b);
}
GST_END_TEST;

/* Properties: their defaults, while playing, by a controller, and read back. */
GST_START_TEST (test_settings)
{
  GstElement *e = gst_element_factory_make ("tfcoverlay", NULL);
  const gchar *const names[] = {"privacy", "privacy-hold", "privacy-unknown"};
  guint hold;
  gint unknown;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (e), names[i]);
    fail_unless (spec->flags & GST_PARAM_CONTROLLABLE && spec->flags & GST_PARAM_MUTABLE_PLAYING);
  }
  g_object_get (e, "privacy-hold", &hold, "privacy-unknown", &unknown, NULL);
  fail_unless (hold == 500 && unknown == 1);
  gst_util_set_object_arg (G_OBJECT (e), "privacy-unknown", "drop");
  g_object_set (e, "privacy-hold", G_MAXUINT, NULL);
  g_object_get (e, "privacy-hold", &hold, "privacy-unknown", &unknown, NULL);
  fail_unless (hold == G_MAXUINT && unknown == 2);
  gst_object_unref (e);
}
GST_END_TEST;

static guint
count (const gchar *text, const gchar *part)
{
  guint n = 0;
  while ((text = strstr (text, part))) {
    text++;
    n++;
  }
  return n;
}

/* Caps, where the drawing goes, and privacy's decisions when they change are in the log at DEBUG;
 * each frame at LOG. */
GST_START_TEST (test_log)
{
  const gchar *file = g_getenv ("GST_DEBUG_FILE");
  g_autofree gchar *text = NULL;
  if (!file) /* a run by hand */
    return;
  gst_debug_set_threshold_for_name ("tfcoverlay", GST_LEVEL_LOG);
  Bench b = bench_new ("privacy=fill", "NV12", 64, 48);
  for (guint i = 0; i < 20; i++)
    gst_buffer_unref (gst_harness_push_and_pull (b.h, i < 5    ? with_face (picture (&b), 0.4f)
                                                      : i < 10 ? picture (&b)
                                                               : with_nobody (picture (&b))));
  gst_debug_set_threshold_for_name ("tfcoverlay", GST_LEVEL_NONE);
  bench_free (&b);
  fail_unless (g_file_get_contents (file, &text, NULL, NULL));
  fail_unless_equals_int (count (text, " caps video/x-raw"), 1);
  fail_unless_equals_int (count (text, "drawing is done on the pixels"), 1);
  fail_unless_equals_int (count (text, "on: hides what is seen"), 1);
  fail_unless_equals_int (count (text, "on: hides the whole picture: nothing is known"), 1);
  fail_unless_equals_int (count (text, "on: hides what was seen a moment ago"), 1);
  fail_unless_equals_int (count (text, "on: nothing to hide"), 1);
  fail_unless_equals_int (count (text, "regions to hide"), 20);
  fail_unless_equals_int (count (text, "hidden, 0 areas"), count (text, " us\n"));
}
GST_END_TEST;

static Suite *
privacy_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-privacy");
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
  tcase_add_test (tc, test_odd);
  tcase_add_test (tc, test_formats);
  tcase_add_test (tc, test_blur_formats);
  tcase_add_test (tc, test_set_while_playing);
  tcase_add_test (tc, test_attached);
  tcase_add_test (tc, test_too_small);
  tcase_add_test (tc, test_cropped);
  tcase_add_test (tc, test_views);
  tcase_add_test (tc, test_no_memory);
  tcase_add_test (tc, test_mirrored);
  tcase_add_test (tc, test_settings);
  tcase_add_test (tc, test_log);
  return s;
}

GST_CHECK_MAIN (privacy);
