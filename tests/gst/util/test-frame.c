/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* gst_tfc_frame_setup: what a frame view says of caps: format, colour. */
#include <math.h>
#include <string.h>
#include "gst/util/gsttfcframe.h"
#include "models/frame/sample.h"
#include "tests/gst/common/element-bench.h"

/* What caps say of colour, and what the view says then. */
static void
test_colour (void)
{
  // clang-format off
  static const struct {
    const gchar *format, *colorimetry; guint height; TfcMatrix matrix; gboolean full;
  } rows[] = {
    { "NV12", "bt601", 1080, TFC_MATRIX_BT601, FALSE },
    { "NV12", "bt709", 240, TFC_MATRIX_BT709, FALSE },
    { "I420", "bt2020", 240, TFC_MATRIX_BT2020, FALSE },
    { "YUY2", "smpte240m", 240, TFC_MATRIX_BT709, FALSE },
    { "I420", "1:4:0:0", 1080, TFC_MATRIX_BT601, TRUE },   /* JPEG */
    { "NV12", "1:3:0:0", 240, TFC_MATRIX_BT709, TRUE },
    { "NV12", "2:0:0:0", 576, TFC_MATRIX_BT601, FALSE },   /* unnamed: GStreamer's own rule */
    { "NV12", "2:0:0:0", 720, TFC_MATRIX_BT709, FALSE },
    { "NV12", "0:4:0:0", 240, TFC_MATRIX_BT601, FALSE },   /* unknown range */
    { "GRAY8", "1:4:0:0", 240, TFC_MATRIX_BT601, TRUE },
    { "GRAY8", "2:4:0:0", 240, TFC_MATRIX_BT601, FALSE },
    { "GRAY8", "0:4:0:0", 240, TFC_MATRIX_BT601, TRUE },
    { "RGB", "sRGB", 240, TFC_MATRIX_BT601, TRUE },
  };
  // clang-format on

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstVideoInfo info;
    TfcFrame view;
    GstCaps *caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, rows[i].format,
                                         "width", G_TYPE_INT, 320, "height", G_TYPE_INT,
                                         rows[i].height, "framerate", GST_TYPE_FRACTION, 30, 1,
                                         "colorimetry", G_TYPE_STRING, rows[i].colorimetry, NULL);
    g_test_message ("%s %s %u", rows[i].format, rows[i].colorimetry, rows[i].height);
    g_assert_true (gst_video_info_from_caps (&info, caps));
    gst_caps_unref (caps);
    g_assert_true (gst_tfc_frame_setup (&view, &info, NULL));
    g_assert_cmpstr (view.format->name, ==, rows[i].format);
    g_assert_cmpint (view.matrix, ==, rows[i].matrix);
    g_assert_cmpint (view.full_range, ==, rows[i].full);
    g_assert_cmpuint (view.height, ==, rows[i].height);
  }
}

/* Where GStreamer does not know the matrix either. */
static void
test_unknown_matrix (void)
{
  for (guint height = 719; height <= 720; height++) {
    GstVideoInfo info;
    TfcFrame view;
    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_NV12, 320, height);
    info.colorimetry.matrix = GST_VIDEO_COLOR_MATRIX_UNKNOWN;
    g_assert_true (gst_tfc_frame_setup (&view, &info, NULL));
    g_assert_cmpint (view.matrix, ==, height < 720 ? TFC_MATRIX_BT601 : TFC_MATRIX_BT709);
  }
}

static void
test_foreign_format (void)
{
  GstVideoInfo info;
  TfcFrame view;
  GError *error = NULL;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_v210, 64, 64);
  g_assert_false (gst_tfc_frame_setup (&view, &info, NULL));
  g_assert_false (gst_tfc_frame_setup (&view, &info, &error));
  assert_format_error (error, (const gchar *[]){"v210", "videoconvert", NULL});
}

/* Where GStreamer 1.22 does not say where samples lie, or wrongly: in its pairs of two bytes each
 * (P010's V is not at byte 1), and in some packed formats. test_packed_colours reads what it really
 * packs. */
static gboolean
is_told (const TfcFormat *format)
{
  static const gchar *const wrong[] = {"VYUY",    "Y210",    "Y212_LE", "Y212_BE",
                                       "Y412_LE", "Y412_BE", "v216",    NULL};
  return !g_strv_contains (wrong, format->name) && !(format->bits > 8 && format->n_planes == 2);
}

/* Every row of the table is what GStreamer says of that format. */
static void
test_table (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    const GstVideoFormat f = gst_video_format_from_string (format->name);
    const GstVideoFormatInfo *info = gst_video_format_get_info (f);
    g_test_message ("%s", format->name);
    g_assert_cmpint (f, !=, GST_VIDEO_FORMAT_UNKNOWN);
    g_assert_cmpint (format->kind == TFC_PIXELS_RGB, ==, GST_VIDEO_FORMAT_INFO_IS_RGB (info) != 0);
    g_assert_cmpint (format->kind == TFC_PIXELS_YUV, ==, GST_VIDEO_FORMAT_INFO_IS_YUV (info) != 0);
    g_assert_cmpuint (format->n_planes + format->alpha_plane, ==, info->n_planes);
    for (guint c = 0; c < tfc_format_n_components (format); c++) {
      const TfcComponent *k = &format->component[c];
      g_assert_cmpuint (k->plane, ==, info->plane[c]);
      if (is_told (format))
        g_assert_cmpuint (k->offset, ==, info->poffset[c]);
      g_assert_cmpuint (k->step, ==, info->pixel_stride[c]);
      g_assert_cmpuint (k->sub_x, ==, info->w_sub[c]);
      g_assert_cmpuint (k->sub_y, ==, info->h_sub[c]);
      g_assert_cmpuint (format->bits, ==, info->depth[c]);
      if (!g_str_equal (format->name, "Y210"))
        g_assert_cmpuint (format->shift, ==, info->shift[c]);
    }
    if (format->bits > 8 && is_told (format))
      g_assert_cmpint (format->big_endian, ==, !GST_VIDEO_FORMAT_INFO_IS_LE (info));
    if (format->alpha_plane)
      g_assert_cmpuint (info->plane[3], ==, 3);
  }
}

#define SIDE 16

/* A picture of one colour, all samples of a component alike, packed by GStreamer. value: as 8 bits.
 */
static GstBuffer *
packed (const GstVideoInfo *info, const guint8 value[3])
{
  const GstVideoFormatInfo *f = info->finfo;
  const guint size = gst_video_format_get_info (f->unpack_format)->depth[0] / 8;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  guint8 line[SIDE * 4] = {0};
  guint16 deep[SIDE * 4] = {0};
  GstVideoFrame frame;

  for (guint i = 0; i < SIDE * 4; i++) {
    line[i] = i % 4 ? value[i % 4 - 1] : 255;
    deep[i] = line[i] << 8;
  }
  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (guint y = 0; y < SIDE; y++)
    f->pack_func (f, GST_VIDEO_PACK_FLAG_NONE, size == 1 ? (gpointer)line : deep, 0, frame.data,
                  frame.info.stride, GST_VIDEO_CHROMA_SITE_NONE, y, SIDE);
  gst_video_frame_unmap (&frame);
  return buffer;
}

static void
sample_middle (const GstVideoInfo *info, GstBuffer *buffer, gfloat rgb[3])
{
  const TfcTarget target = {1, 1, TFC_SAMPLE_F32, 1.f, 0.f, TFC_BORDER_CLAMP, FALSE};
  const TfcMap map = {1., 0., 7.25, 0., 1., 7.5};
  TfcSampler *sampler = tfc_sampler_new (&target);
  GstVideoFrame frame;
  TfcFrame view;

  g_assert_true (gst_tfc_frame_setup (&view, info, NULL));
  g_assert_true (gst_tfc_frame_map (&frame, info, buffer, GST_MAP_READ, NULL));
  gst_tfc_frame_show (&view, &frame);
  tfc_sampler_run (sampler, &view, &map, rgb);
  gst_video_frame_unmap (&frame);
  tfc_sampler_free (sampler);
}

/* What those samples are as RGB, 0..255, by GStreamer's ranges and weights. */
static void
true_rgb (const GstVideoInfo *info, const guint8 value[3], gdouble rgb[3])
{
  const GstVideoFormatInfo *f = info->finfo;
  gint offset[4], scale[4];
  gdouble kr, kb, v[3];

  gst_video_color_range_offsets (GST_VIDEO_INFO_IS_RGB (info) ? GST_VIDEO_COLOR_RANGE_0_255
                                                              : info->colorimetry.range,
                                 f, offset, scale);
  for (guint c = 0; c < 3; c++) {
    const guint k = GST_VIDEO_FORMAT_INFO_IS_GRAY (f) ? 0 : c;
    v[c] = ((gdouble)value[k] * (1 << (f->depth[k] - 8)) - offset[k]) / scale[k];
  }
  memcpy (rgb, v, sizeof v);
  if (GST_VIDEO_INFO_IS_YUV (info)) {
    g_assert_true (gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb));
    rgb[0] = v[0] + 2. * (1. - kr) * v[2];
    rgb[2] = v[0] + 2. * (1. - kb) * v[1];
    rgb[1] = (v[0] - kr * rgb[0] - kb * rgb[2]) / (1. - kr - kb);
  }
  for (guint c = 0; c < 3; c++)
    rgb[c] = CLAMP (rgb[c] * 255., 0., 255.);
}

static void
check_colour (GstVideoFormat format, const gchar *colorimetry, const guint8 value[3])
{
  GstVideoInfo info;
  gfloat is[3];
  gdouble want[3];

  gst_video_info_set_format (&info, format, SIDE, SIDE);
  if (!GST_VIDEO_INFO_IS_RGB (&info))
    g_assert_true (gst_video_colorimetry_from_string (&info.colorimetry, colorimetry));
  g_autoptr (GstBuffer) buffer = packed (&info, value);
  sample_middle (&info, buffer, is);
  true_rgb (&info, value, want);
  for (guint c = 0; c < 3; c++)
    if (fabs (is[c] - want[c]) > 0.01)
      g_error ("%s %s: channel %u is %f, not %f", gst_video_format_to_string (format), colorimetry,
               c, is[c], want[c]);
}

/* What GStreamer packs into a format is what is sampled of it. */
static void
test_packed_colours (void)
{
  static const gchar *const colorimetry[] = {"bt601", "bt709", "bt2020", "1:4:0:0", "1:3:0:0"};
  static const guint8 values[][3] = {
      {16, 128, 128}, {235, 128, 128}, {81, 90, 240}, {150, 70, 40}, {0, 0, 0}, {255, 255, 255},
  };
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++)
    for (guint k = 0; k < G_N_ELEMENTS (colorimetry); k++)
      for (guint c = 0; c < G_N_ELEMENTS (values); c++)
        check_colour (gst_video_format_from_string (format->name), colorimetry[k], values[c]);
}

/* Frames whose planes are too big to count in 32 bits are refused before there is a buffer. */
static void
test_too_big (void)
{
  static const struct {
    GstVideoFormat format;
    guint width, height;
    gboolean fits;
    const gchar *words[4];
  } rows[] = {
      {GST_VIDEO_FORMAT_RGBx, 32768, 16383, TRUE, {NULL}},
      {GST_VIDEO_FORMAT_RGBx, 32768, 16384, FALSE, {"32768 x 16384", "2147483648", "2147483647"}},
      {GST_VIDEO_FORMAT_RGBx, 32768, 16500, FALSE, {"RGBx", "2162688000", "videoscale"}},
      {GST_VIDEO_FORMAT_GRAY8, 46340, 46340, TRUE, {NULL}},
      {GST_VIDEO_FORMAT_GRAY8, 46344, 46344, FALSE, {"GRAY8", "2147766336", "videocrop"}},
      {GST_VIDEO_FORMAT_ARGB64, 32768, 8200, FALSE, {"ARGB64", "2149580800"}},
      {GST_VIDEO_FORMAT_v210, 32768, 24600, FALSE, {"v210"}},
      {GST_VIDEO_FORMAT_GRAY8, 4194303, 1, TRUE, {NULL}},
      {GST_VIDEO_FORMAT_GRAY8, 4194304, 1, FALSE, {"4194304 x 1", "4194303"}},
      {GST_VIDEO_FORMAT_GRAY8, 1, 4194304, FALSE, {"1 x 4194304", "4194303"}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GError *error = NULL;
    GstVideoInfo info;
    TfcFrame view;
    g_assert_true (
        gst_video_info_set_format (&info, rows[i].format, rows[i].width, rows[i].height));
    g_assert_cmpint (gst_tfc_frame_check_size (&info, &error), ==, rows[i].fits);
    if (rows[i].fits)
      g_assert_no_error (error);
    else
      assert_format_error (error, rows[i].words);
    if (rows[i].format != GST_VIDEO_FORMAT_v210)
      g_assert_cmpint (gst_tfc_frame_setup (&view, &info, NULL), ==, rows[i].fits);
  }
}

static const TestCase cases[] = {
    {"/frame/colour", test_colour},
    {"/frame/unknown-matrix", test_unknown_matrix},
    {"/frame/foreign-format", test_foreign_format},
    {"/frame/table", test_table},
    {"/frame/packed-colours", test_packed_colours},
    {"/frame/too-big", test_too_big},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
