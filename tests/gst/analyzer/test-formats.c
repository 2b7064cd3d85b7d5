/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Every pixel format through tfcdetect, in memory that ends where its pixels end; what the
 * templates list. */
#include <gst/video/video.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "tests/gst/common/element-bench.h"

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
  ElementBench b = element_bench_new ("tfcdetect", NULL, NULL);
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
  element_bench_free (&b);
}

/* All analysers list the whole table, in system memory, plain bytes first. */
static void
test_templates (void)
{
  static const gchar *const elements[] = {"tfcdetect", "tfcfacemesh", "tfchands",
                                          "tfcpose",   "tfcsegment",  "tfcclassify"};
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

/* A source that can make anything makes what costs least. */
static void
test_preference (void)
{
  GstElement *e = gst_element_factory_make ("tfcdetect", NULL);
  g_object_set (e, "model-file", element_bench_model (), NULL);
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

static const TestCase cases[] = {
    {"/formats/templates", test_templates},
    {"/formats/preference", test_preference},
    {"/formats/detect", test_detect},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, element_bench_init, element_bench_done);
}
