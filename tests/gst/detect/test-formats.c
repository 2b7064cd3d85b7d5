/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect sees the same in every pixel format, with any strides, and takes pictures of every
 * size. */
#include <string.h>
#include "tests/gst/common/detect.h"

/* The same objects, within the tolerance between pixel formats: 0.03 of score, and of the frame a
 * part in a hundred (two where depth or chroma differ much; the network's own steps are that
 * coarse). */
static void
assert_alike (const GstTfcDetectionMeta *a, const GstTfcDetectionMeta *b, gdouble slack)
{
  g_assert_nonnull (b);
  g_assert_cmpuint (b->n_detections, ==, a->n_detections);
  for (guint i = 0; i < a->n_detections; i++) {
    const GstTfcDetection *p = &a->detections[i], *q = &b->detections[i];
    g_assert_cmpstr (q->label, ==, p->label);
    g_assert_cmpfloat_with_epsilon (q->score, p->score, 0.03);
    g_assert_cmpfloat_with_epsilon (q->x, p->x, slack);
    g_assert_cmpfloat_with_epsilon (q->y, p->y, slack);
    g_assert_cmpfloat_with_epsilon (q->w, p->w, slack);
    g_assert_cmpfloat_with_epsilon (q->h, p->h, slack);
  }
}

/* Sees the cat in every format of list. */
static void
see_in (GstHarness *h, const GValue *list, const GstTfcDetectionMeta *expected, gboolean usual)
{
  for (guint i = 0; i < gst_value_list_get_size (list); i++) {
    const gchar *format = g_value_get_string (gst_value_list_get_value (list, i));
    GstBuffer *out = detect_in (h, format, 640, 480);
    GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
    g_test_message ("%s", format);
    g_assert_nonnull (meta);
    if (!g_str_has_prefix (format, "GRAY")) /* without colour it is another picture */
      assert_alike (expected, meta, usual && i < 17 ? 0.01 : 0.02);
    gst_buffer_unref (out);
  }
}

static void
test_formats (void)
{
  GstHarness *h;
  GstBuffer *rgb;
  GstCaps *all;
  GstTfcDetectionMeta *expected;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  rgb = detect_in (h, "RGB", 640, 480);
  expected = gst_buffer_get_tfc_detection_meta (rgb);
  g_assert_nonnull (expected);
  g_assert_cmpuint (expected->n_detections, >=, 1);
  g_assert_cmpstr (expected->detections[0].label, ==, "cat");
  g_assert_false (expected->held);
  g_assert_cmpstr (expected->model, ==, "detect.tflite");
  all = gst_pad_get_pad_template_caps (h->element->sinkpads->data);
  for (guint i = 0; i < gst_caps_get_size (all); i++)
    see_in (h, gst_structure_get_value (gst_caps_get_structure (all, i), "format"), expected, !i);
  gst_caps_unref (all);
  gst_buffer_unref (rgb);
  detect_done (h, NULL);
}

/* packed in other memory: each plane begins where it likes, rows are longer than they need be. */
static GstBuffer *
padded (GstBuffer *packed, const GstVideoInfo *info)
{
  gsize offset[GST_VIDEO_MAX_PLANES] = {0}, size = 96;
  gint stride[GST_VIDEO_MAX_PLANES] = {0};
  guint n = GST_VIDEO_INFO_N_PLANES (info);
  GstBuffer *buffer;
  GstVideoFrame from, to;

  for (guint i = 0; i < n; i++) {
    stride[i] = GST_VIDEO_INFO_PLANE_STRIDE (info, i) + 52 + 4 * i;
    offset[i] = size;
    size += (gsize)stride[i] * info->height + 40;
  }
  buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_memset (buffer, 0, 0x5a, size);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (info),
                                  info->width, info->height, n, offset, stride);
  g_assert_true (gst_video_frame_map (&from, info, packed, GST_MAP_READ));
  g_assert_true (gst_video_frame_map (&to, info, buffer, GST_MAP_WRITE));
  for (guint i = 0; i < n;
       i++) { /* whole rows: gst_video_frame_copy leaves out YUY2's odd last V */
    guint rows = GST_VIDEO_FRAME_COMP_HEIGHT (&from, i);
    for (guint y = 0; y < rows; y++)
      memcpy ((guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&to, i) + y * stride[i],
              (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&from, i) +
                  y * GST_VIDEO_FRAME_PLANE_STRIDE (&from, i),
              GST_VIDEO_FRAME_PLANE_STRIDE (&from, i));
  }
  gst_video_frame_unmap (&from);
  gst_video_frame_unmap (&to);
  return buffer;
}

static void
test_strides (void)
{
  static const gchar *const formats[] = {"NV12",  "I420", "YUY2",      "RGB",      "BGRx",
                                         "GRAY8", "GBR",  "P010_10LE", "Y444_10LE"};
  GstHarness *h;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GstCaps *caps;
    GstBuffer *packed = cat (formats[i], 321, 243, &caps), *other, *a, *b;
    GstVideoInfo info;
    GstTfcDetectionMeta *x, *y;
    g_assert_true (gst_video_info_from_caps (&info, caps));
    other = padded (packed, &info);
    gst_harness_set_src_caps (h, caps);
    a = through (h, packed);
    b = through (h, other);
    x = gst_buffer_get_tfc_detection_meta (a);
    y = gst_buffer_get_tfc_detection_meta (b);
    g_assert_cmpuint (x->n_detections, ==, y->n_detections);
    g_test_message ("%s", formats[i]);
    for (guint k = 0; k < x->n_detections; k++) { /* to the last bit */
      g_assert_cmpfloat (x->detections[k].score, ==, y->detections[k].score);
      g_assert_cmpfloat (x->detections[k].x, ==, y->detections[k].x);
      g_assert_cmpfloat (x->detections[k].y, ==, y->detections[k].y);
      g_assert_cmpfloat (x->detections[k].w, ==, y->detections[k].w);
      g_assert_cmpuint (x->detections[k].track_id, ==, y->detections[k].track_id);
      g_assert_cmpstr (x->detections[k].label, ==, y->detections[k].label);
      g_assert_cmpfloat (x->detections[k].h, ==, y->detections[k].h);
      g_assert_cmpint (x->detections[k].class_id, ==, y->detections[k].class_id);
    }
    gst_buffer_unref (a);
    gst_buffer_unref (b);
  }
  detect_done (h, NULL);
}

static GstBuffer *
blank (const gchar *format, guint width, guint height, GstCaps **caps)
{
  GstVideoInfo info;

  *caps = caps_of (format, width, height);
  g_assert_true (gst_video_info_from_caps (&info, *caps));
  return gst_buffer_new_allocate (NULL, info.size, NULL);
}

/* All formats at sizes that are at or past every border; the 8K one in two of them. */
static void
test_sizes (void)
{
  static const gchar *const formats[] = {"NV12", "I420", "YUY2", "UYVY", "RGB", "GRAY8"};
  static const guint sizes[][2] = {{1, 1}, {1, 16}, {16, 1}, {16, 16}, {17, 31}, {101, 67}, {2, 3}};
  GstHarness *h;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
    for (guint s = 0; s < G_N_ELEMENTS (sizes) + 1; s++) {
      gboolean large = s == G_N_ELEMENTS (sizes);
      GstCaps *caps;
      GstBuffer *out;
      if (large && f % 3)
        continue;
      out = blank (formats[f], large ? 7680 : sizes[s][0], large ? 4320 : sizes[s][1], &caps);
      gst_buffer_memset (out, 0, 99, -1);
      gst_harness_set_src_caps (h, caps);
      out = through (h, out);
      g_assert_nonnull (gst_buffer_get_tfc_detection_meta (out));
      gst_buffer_unref (out);
    }
  }
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/detect/formats", test_formats},
    {"/detect/strides", test_strides},
    {"/detect/sizes", test_sizes},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
