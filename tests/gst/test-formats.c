/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every pixel format through tfcdetect and tfcoverlay, in memory that ends where its pixels end;
 * and frames that cannot be worked on, which are refused with a word. */
#include <glib/gstdio.h>
#include <gst/check/gstharness.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "gst/util/gsttfcframe.h"
#include "models/frame/sample.h"
#include "gst/lib/tfc.h"
#include "tests/gst/tiny-ssd.h"

static gchar *model;

/* Fontconfig keeps its configuration to the end; leak checkers need not tell. */
__attribute__ ((visibility ("default"))) const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

typedef struct {
  GstHarness *h;
  GstBus *bus;
} Bench;

static Bench
bench_new (const gchar *element, const gchar *property, const gchar *value)
{
  GstElement *e = gst_element_factory_make (element, NULL);
  Bench b;

  g_assert_nonnull (e);
  if (g_str_equal (element, "tfcdetect"))
    g_object_set (e, "model-file", model, "threads", 1, NULL);
  if (property)
    gst_util_set_object_arg (G_OBJECT (e), property, value);
  b.h = gst_harness_new_with_element (e, "sink", "src");
  b.bus = gst_bus_new ();
  gst_element_set_bus (e, b.bus);
  gst_object_unref (e);
  return b;
}

static void
bench_free (Bench *b)
{
  gst_element_set_bus (b->h->element, NULL);
  gst_harness_teardown (b->h);
  gst_object_unref (b->bus);
}

static void
assert_error (Bench *b, const gchar *const *words)
{
  GstMessage *message = gst_bus_pop_filtered (b->bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (message);
  gst_message_parse_error (message, &error, NULL);
  gst_message_unref (message);
  g_assert_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT);
  g_test_message ("%s", error->message);
  for (guint i = 0; words[i]; i++)
    g_assert_nonnull (strstr (error->message, words[i]));
}

/* ---- memory that ends with the last pixel ---- */

typedef struct {
  guint8 *map;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *m = data;

  munmap (m->map, m->size);
  g_free (m);
}

/* Bytes, with a page that nobody may touch before or behind them. */
static GstMemory *
guarded_memory (gsize bytes, gboolean behind)
{
  const gsize page = sysconf (_SC_PAGESIZE), body = (bytes + page - 1) / page * page;
  Mapping *m = g_new (Mapping, 1);
  guint8 *first;

  m->size = body + 2 * page;
  m->map = mmap (NULL, m->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (m->map != MAP_FAILED);
  g_assert_cmpint (mprotect (m->map, page, PROT_NONE), ==, 0);
  g_assert_cmpint (mprotect (m->map + page + body, page, PROT_NONE), ==, 0);
  first = behind ? m->map + page + body - bytes : m->map + page;
  memset (first, 0x55, bytes);
  return gst_memory_new_wrapped (0, first, bytes, 0, bytes, m, unmap);
}

/* A plane each in memory of its own, rows right behind each other, some upside down. */
static GstBuffer *
guarded_buffer (const GstVideoInfo *info, const TfcFormat *format, guint how)
{
  GstBuffer *buffer = gst_buffer_new ();
  gsize offset[GST_VIDEO_MAX_PLANES] = {0}, size = 0;
  gint stride[GST_VIDEO_MAX_PLANES] = {0};

  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (info); p++) {
    guint64 bytes, rows;
    tfc_format_plane_size (format, p < format->n_planes ? p : 0, info->width, info->height, &bytes,
                           &rows);
    const gboolean upwards = how >> p & 1;
    gst_buffer_append_memory (buffer, guarded_memory (bytes * rows, how & 8));
    stride[p] = upwards ? -(gint)bytes : (gint)bytes;
    offset[p] = size + (upwards ? bytes * (rows - 1) : 0);
    size += bytes * rows;
  }
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (info),
                                  info->width, info->height, GST_VIDEO_INFO_N_PLANES (info), offset,
                                  stride);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

static void
test_detect (void)
{
  static const guint sizes[][2] = {{1, 1}, {1, 7}, {7, 1}, {2, 2}, {5, 3}, {17, 31}, {64, 48}};
  Bench b = bench_new ("tfcdetect", NULL, NULL);
  const TfcFormat *format;

  for (guint f = 0; (format = tfc_format_nth (f)); f++)
    for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
      const gboolean woven = i % 2;
      GstVideoInfo info;
      GstBuffer *out;
      gst_video_info_set_interlaced_format (&info, gst_video_format_from_string (format->name),
                                            woven ? GST_VIDEO_INTERLACE_MODE_MIXED
                                                  : GST_VIDEO_INTERLACE_MODE_PROGRESSIVE,
                                            sizes[i / 2][0], sizes[i / 2][1]);
      gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&info));
      GstBuffer *in = guarded_buffer (&info, format, f + i);
      if (woven)
        GST_BUFFER_FLAG_SET (in, GST_VIDEO_BUFFER_FLAG_INTERLACED);
      g_test_message ("%s %ux%u", format->name, sizes[i / 2][0], sizes[i / 2][1]);
      out = gst_harness_push_and_pull (b.h, in);
      g_assert_nonnull (out);
      g_assert_nonnull (gst_buffer_get_tfc_detection_meta (out));
      gst_buffer_unref (out);
    }
  bench_free (&b);
}

/* Both analysers list the whole table, in system memory, plain bytes first. */
static void
test_templates (void)
{
  static const gchar *const elements[] = {"tfcdetect", "tfcfacemesh"};
  const TfcFormat *format;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (elements); i++) {
    GstElement *e = gst_object_ref_sink (gst_element_factory_make (elements[i / 2], NULL));
    GstPad *pad = gst_element_get_static_pad (e, i % 2 ? "src" : "sink");
    GstCaps *caps = gst_pad_get_pad_template_caps (pad);
    guint n[2] = {0, 0};
    g_assert_cmpuint (gst_caps_get_size (caps), ==, 2);
    for (guint f = 0; (format = tfc_format_nth (f)); f++) {
      const guint at = format->bits > 8 || format->alpha_plane;
      const GValue *list = gst_structure_get_value (gst_caps_get_structure (caps, at), "format");
      g_assert_cmpstr (g_value_get_string (gst_value_list_get_value (list, n[at]++)), ==,
                       format->name);
      g_assert_true (gst_caps_features_is_equal (gst_caps_get_features (caps, at),
                                                 GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY));
    }
    gst_caps_unref (caps);
    gst_object_unref (pad);
    gst_object_unref (e);
  }
}

/* Formats that are drawn on directly; others GStreamer blends, in BT.709's colours always. */
static gboolean
is_direct (const TfcFormat *f)
{
  return f->bits == 8 && !f->alpha_plane && f->component[1].sub_x < 2 && f->component[1].sub_y < 2;
}

/* A source that can make anything makes what costs least. */
static void
test_preference (void)
{
  GstElement *e = gst_element_factory_make ("tfcdetect", NULL);
  g_object_set (e, "model-file", model, NULL);
  GstHarness *h = gst_harness_new_with_element (e, "sink", "src");
  GstCaps *filter = gst_caps_from_string (GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL));
  GstCaps *caps = gst_caps_fixate (gst_pad_query_caps (h->element->sinkpads->data, filter));
  const gchar *name = gst_structure_get_string (gst_caps_get_structure (caps, 0), "format");

  g_test_message ("%s", name);
  g_assert_true (is_direct (tfc_format_find (name)));
  gst_caps_unref (caps);
  gst_caps_unref (filter);
  gst_object_unref (e);
  gst_harness_teardown (h);
}

/* ---- pictures ---- */

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
  Bench b = bench_new ("tfcoverlay", "draw-labels", "false");
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
  bench_free (&b);
}

static void
test_mirror (void)
{
  static const guint8 colour[3] = {180, 60, 200};
  Bench b = bench_new ("tfcoverlay", "mirror", "true");
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
  bench_free (&b);
}

/* What is hidden is black in every format that is taken, and only that. */
static void
test_privacy (void)
{
  const GstTfcDetection box = {0.25f, 0.25f, 0.5f, 0.5f, 0.9f, 1, 0, "person"};
  const gfloat black[3] = {0, 0, 0};
  Bench b = bench_new ("tfcoverlay", "privacy", "fill");
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
  bench_free (&b);
}

/* ---- what is refused ---- */

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
    Bench b = bench_new (element, NULL, NULL);
    g_autofree gchar *text = g_strconcat ("video/x-raw,framerate=1/1,", rows[i].caps, NULL);
    GstCaps *caps = gst_caps_from_string (text);
    g_assert_true (gst_harness_push_event (b.h, gst_event_new_stream_start ("big")));
    gst_harness_push_event (b.h, gst_event_new_caps (caps));
    assert_error (&b, rows[i].words);
    gst_caps_unref (caps);
    bench_free (&b);
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
    Bench b = bench_new (element, NULL, NULL);
    GstBuffer *in = gst_buffer_new_allocate (NULL, 4608, NULL);
    gst_buffer_memset (in, 0, 128, -1);
    GST_BUFFER_PTS (in) = 0;
    gst_buffer_add_video_meta_full (in, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                    rows[i].width, rows[i].height, 3, (gsize *)rows[i].offset,
                                    (gint *)rows[i].stride);
    gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, &box, 1);
    gst_harness_set_src_caps_str (b.h, "video/x-raw,format=I420,width=64,height=48,framerate=1/1");
    g_assert_cmpint (gst_harness_push (b.h, in), ==, GST_FLOW_ERROR);
    assert_error (&b, (const gchar *[]){NULL});
    bench_free (&b);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  model = tiny_ssd_write ();
  g_test_add_func ("/formats/templates", test_templates);
  g_test_add_func ("/formats/preference", test_preference);
  g_test_add_func ("/formats/detect", test_detect);
  g_test_add_func ("/formats/drawing", test_drawing);
  g_test_add_func ("/formats/mirror", test_mirror);
  g_test_add_func ("/formats/privacy", test_privacy);
  g_test_add_data_func ("/formats/too-big/tfcdetect", "tfcdetect", test_too_big);
  g_test_add_data_func ("/formats/too-big/tfcoverlay", "tfcoverlay", test_too_big);
  g_test_add_data_func ("/formats/hostile-metas/tfcdetect", "tfcdetect", test_hostile_metas);
  g_test_add_data_func ("/formats/hostile-metas/tfcoverlay", "tfcoverlay", test_hostile_metas);
  const int status = g_test_run ();
  g_unlink (model);
  g_free (model);
  gst_deinit ();
  return status;
}
