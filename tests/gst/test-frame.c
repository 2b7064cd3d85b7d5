/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsttfcframe.h"

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
    g_assert_true (gst_tfc_frame_setup (&view, &info));
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
    g_assert_true (gst_tfc_frame_setup (&view, &info));
    g_assert_cmpint (view.matrix, ==, height < 720 ? TFC_MATRIX_BT601 : TFC_MATRIX_BT709);
  }
}

static void
test_foreign_format (void)
{
  GstVideoInfo info;
  TfcFrame view;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_P010_10LE, 64, 64);
  g_assert_false (gst_tfc_frame_setup (&view, &info));
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
  g_assert_true (gst_tfc_frame_setup (&view, &info));
  for (guint woven = 0; woven < 2; woven++) {
    if (woven)
      GST_BUFFER_FLAG_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
    g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
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

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/colour", test_colour);
  g_test_add_func ("/frame/unknown-matrix", test_unknown_matrix);
  g_test_add_func ("/frame/foreign-format", test_foreign_format);
  g_test_add_func ("/frame/planes", test_planes);
  return g_test_run ();
}
