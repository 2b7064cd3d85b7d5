/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* gst_tfc_frame_map: planes, strides and sizes of a buffer, and buffers that do not hold what they
 * should. */
#include <string.h>
#include "gst/util/gsttfcframe.h"
#include "tests/gst/common/element-bench.h"

#define AT(at, by)             \
  {                            \
    .offset = at, .stride = by \
  }

/* A GstVideoMeta may say anything; only what lies within the buffer is mapped. */
static void
test_metas (void)
{
  static const struct {
    const gchar *format;
    struct {
      gsize offset;
      gint stride;
    } plane[3];
    gboolean sound;
  } rows[] = {
      {"I420", {AT (0, 64), AT (3072, 32), AT (3840, 32)}, TRUE},
      {"I420", {AT (3008, -64), AT (3840 - 32, -32), AT (3840, 32)}, TRUE},
      {"I420", {AT (0, 64), AT (3072, 32), AT (4608 - 736 - 32, 32)}, TRUE},
      {"I420", {AT (0, 64), AT (3072, 32), AT (4608 - 736 - 31, 32)}, FALSE}, /* a byte too far */
      {"I420", {AT (3007, -64), AT (3072, 32), AT (3840, 32)}, FALSE},        /* a byte before */
      {"I420", {AT (0, -64), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (0, 0), AT (3072, 0), AT (3840, 0)}, TRUE}, /* all rows are one */
      {"I420", {AT (0, 1), AT (3072, 1), AT (3840, 1)}, TRUE},
      {"I420", {AT (0, 98), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (0, G_MAXINT), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (0, G_MININT), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (0, 64), AT (3072, G_MININT), AT (3840, 32)}, FALSE},
      {"I420", {AT (G_MAXSIZE, 64), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (4607, 64), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"I420", {AT (4608, 64), AT (3072, 32), AT (3840, 32)}, FALSE},
      {"Y42B", {AT (0, 32), AT (3072, 32), AT (3073, 32)}, FALSE},
      {"Y42B", {AT (0, 64), AT (3072, 32), AT (3072, 32)}, TRUE},
      {"P010_10LE", {AT (0, 64), AT (3072, 0)}, TRUE},
      {"P010_10LE", {AT (0, 32), AT (3072, 60)}, TRUE},
      {"P010_10LE", {AT (0, 32), AT (3072, 62)}, FALSE},
      {"v210", {AT (0, 32)}, TRUE},
      {"v210", {AT (0, 128)}, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const GstVideoFormat f = gst_video_format_from_string (rows[i].format);
    g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 4608, NULL);
    gsize offset[GST_VIDEO_MAX_PLANES] = {0};
    gint stride[GST_VIDEO_MAX_PLANES] = {0};
    GError *error = NULL;
    GstVideoFrame frame;
    GstVideoInfo info;
    gst_video_info_set_format (&info, f, 64, 48);
    for (guint p = 0; p < 3; p++) {
      offset[p] = rows[i].plane[p].offset;
      stride[p] = rows[i].plane[p].stride;
    }
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, f, 64, 48,
                                    GST_VIDEO_INFO_N_PLANES (&info), offset, stride);
    g_test_message ("%u: %s", i, rows[i].format);
    g_assert_cmpint (gst_tfc_frame_map (&frame, &info, buffer, GST_MAP_READ, &error), ==,
                     rows[i].sound);
    if (rows[i].sound)
      gst_video_frame_unmap (&frame);
    else
      assert_format_error (error, (const gchar *[]){NULL});
  }
}

/* Also where a meta is of another picture than the caps'. A larger one has theirs in its corner. */
static void
test_other_sizes (void)
{
  static const struct {
    GstVideoFormat format;
    guint width, height;
    gboolean sound;
  } rows[] = {
      {GST_VIDEO_FORMAT_I420, 64, 48, TRUE},  {GST_VIDEO_FORMAT_I420, 80, 50, TRUE},
      {GST_VIDEO_FORMAT_I420, 63, 48, FALSE}, {GST_VIDEO_FORMAT_I420, 64, 47, FALSE},
      {GST_VIDEO_FORMAT_YV12, 64, 48, FALSE}, {GST_VIDEO_FORMAT_I420, G_MAXUINT, 48, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 80 * 50 * 3 / 2, NULL);
    gsize offset[GST_VIDEO_MAX_PLANES] = {0, 80 * 50, 80 * 50 + 40 * 25};
    gint stride[GST_VIDEO_MAX_PLANES] = {80, 40, 40};
    GError *error = NULL;
    GstVideoFrame frame;
    GstVideoInfo info;
    TfcFrame view;
    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 64, 48);
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, rows[i].format,
                                    rows[i].width, rows[i].height, 3, offset, stride);
    g_assert_cmpint (gst_tfc_frame_map (&frame, &info, buffer, GST_MAP_READ, &error), ==,
                     rows[i].sound);
    if (!rows[i].sound) {
      assert_format_error (error, (const gchar *[]){"GstVideoMeta", "64 x 48", NULL});
      continue;
    }
    g_assert_true (gst_tfc_frame_setup (&view, &info, NULL));
    gst_tfc_frame_show (&view, &frame);
    g_assert_cmpuint (view.width, ==, 64);
    g_assert_cmpuint (view.height, ==, 48);
    g_assert_cmpint (frame.info.width, ==, 64);
    gst_video_frame_unmap (&frame);
  }
}

static void
test_short_buffer (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 64 * 48, NULL);
  GError *error = NULL;
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 64, 48);
  g_assert_false (gst_tfc_frame_map (&frame, &info, buffer, GST_MAP_READ, &error));
  assert_format_error (error, (const gchar *[]){"3072 bytes", "64 x 48", "I420", NULL});
}

/* The top field never reads a row that its plane has not, at any height of any format. */
static void
test_fields (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++)
    for (gint height = 1; height < 19; height++) {
      GstVideoInfo info;
      GstVideoFrame frame;
      TfcFrame view;
      gst_video_info_set_interlaced_format (&info, gst_video_format_from_string (format->name),
                                            GST_VIDEO_INTERLACE_MODE_MIXED, 5, height);
      g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
      GST_BUFFER_FLAG_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
      g_assert_true (gst_tfc_frame_setup (&view, &info, NULL));
      g_assert_true (gst_tfc_frame_map (&frame, &info, buffer, GST_MAP_READ, NULL));
      gst_tfc_frame_show (&view, &frame);
      g_assert_cmpuint (view.height, ==, (height + 1) / 2);
      for (guint p = 0; p < format->n_planes; p++) {
        guint64 bytes, rows, all;
        tfc_format_plane_size (format, p, 5, height, &bytes, &all);
        tfc_format_plane_size (format, p, 5, view.height, &bytes, &rows);
        g_assert_cmpuint ((rows - 1) * (height > 1 ? 2 : 1), <, all);
      }
      gst_video_frame_unmap (&frame);
    }
}

/* Planes and strides as mapped; of woven fields the top one. */
static void
test_planes (void)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  TfcFrame view;
  GstBuffer *buffer;

  gst_video_info_set_interlaced_format (&info, GST_VIDEO_FORMAT_I420,
                                        GST_VIDEO_INTERLACE_MODE_MIXED, 50, 35);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  g_assert_true (gst_tfc_frame_setup (&view, &info, NULL));
  for (guint woven = 0; woven < 2; woven++) {
    if (woven)
      GST_BUFFER_FLAG_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
    g_assert_true (gst_tfc_frame_map (&frame, &info, buffer, GST_MAP_READ, NULL));
    gst_tfc_frame_show (&view, &frame);
    g_assert_cmpuint (view.width, ==, 50);
    g_assert_cmpuint (view.height, ==, woven ? 18 : 35);
    for (guint i = 0; i < 3; i++) {
      g_assert_true (view.plane[i] == GST_VIDEO_FRAME_PLANE_DATA (&frame, i));
      g_assert_cmpint (view.stride[i], ==,
                       GST_VIDEO_FRAME_PLANE_STRIDE (&frame, i) * (woven ? 2 : 1));
      /* the last row that the view promises is inside the plane */
      g_assert_cmpint ((((gint)view.height + (i ? 1 : 0)) / (i ? 2 : 1) - 1) * (woven ? 2 : 1), <,
                       i ? 18 : 35);
    }
    gst_video_frame_unmap (&frame);
  }
  gst_buffer_unref (buffer);
}

static const TestCase cases[] = {
    {"/frame-map/metas", test_metas},
    {"/frame-map/other-sizes", test_other_sizes},
    {"/frame-map/short-buffer", test_short_buffer},
    {"/frame-map/fields", test_fields},
    {"/frame-map/planes", test_planes},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
