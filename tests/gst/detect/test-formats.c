/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* tfcdetect on streams: formats, strides, sizes, caps changes, flushes, and pixels left alone. */
#include <math.h>
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

static GstBuffer *
detect_in (GstHarness *h, const gchar *format, guint width, guint height)
{
  GstCaps *caps;
  GstBuffer *buffer = cat (format, width, height, &caps);

  gst_harness_set_src_caps (h, caps);
  return through (h, buffer);
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

/* The box in pixels, clipped; a structure with the score. */
static void
test_regions (void)
{
  GstHarness *h;
  GstBuffer *out;
  GstTfcDetectionMeta *meta;
  gpointer state = NULL;
  guint n = 0;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("score-threshold", 0.2, NULL), NULL);
  out = detect_in (h, "NV12", 640, 480);
  meta = gst_buffer_get_tfc_detection_meta (out);
  for (;;) {
    GstVideoRegionOfInterestMeta *roi =
        (GstVideoRegionOfInterestMeta *)gst_buffer_iterate_meta_filtered (
            out, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
    const GstTfcDetection *d = &meta->detections[n];
    GstStructure *param;
    gdouble score;
    gint id;
    if (!roi)
      break;
    g_assert_cmpuint (n, <, meta->n_detections);
    g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, d->label);
    g_assert_cmpfloat_with_epsilon (roi->x, CLAMP (d->x, 0, 1) * 640, 1.01);
    g_assert_cmpfloat_with_epsilon (roi->y, CLAMP (d->y, 0, 1) * 480, 1.01);
    g_assert_cmpuint (roi->x + roi->w, <=, 640);
    g_assert_cmpuint (roi->y + roi->h, <=, 480);
    g_assert_cmpfloat_with_epsilon (roi->x + roi->w, CLAMP (d->x + d->w, 0, 1) * 640, 1.01);
    param = gst_video_region_of_interest_meta_get_param (roi, "detection");
    g_assert_true (gst_structure_get (param, "score", G_TYPE_DOUBLE, &score, "label_id", G_TYPE_INT,
                                      &id, NULL));
    g_assert_cmpfloat_with_epsilon (score, d->score, 1e-6);
    g_assert_cmpint (id, ==, d->class_id);
    n++;
  }
  g_assert_cmpuint (n, ==, meta->n_detections);
  gst_buffer_unref (out);
  g_object_set (h->element, "attach", 1, NULL);
  out = detect_in (h, "NV12", 640, 480);
  g_assert_null (gst_buffer_get_video_region_of_interest_meta (out));
  g_assert_nonnull (gst_buffer_get_tfc_detection_meta (out));
  gst_buffer_unref (out);
  detect_done (h, NULL);
}

/* Same memory, same bytes; also if somebody else holds the buffer, as after a tee. */
static void
test_untouched (void)
{
  GstHarness *h;
  GstCaps *caps;
  GstBuffer *buffer, *out;
  GstMemory *memory;
  g_autofree guint8 *before = NULL;
  gsize size;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  buffer = cat ("NV12", 640, 480, &caps);
  gst_buffer_extract_dup (buffer, 0, -1, (gpointer *)&before, &size);
  memory = gst_buffer_peek_memory (buffer, 0);
  gst_harness_set_src_caps (h, caps);
  out = through (h, gst_buffer_ref (buffer));
  g_assert_true (out != buffer); /* somebody holds it: a copy with the meta */
  g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
  g_assert_null (gst_buffer_get_tfc_detection_meta (buffer));
  g_assert_nonnull (gst_buffer_get_tfc_detection_meta (out));
  gst_buffer_unref (out);
  out = through (h, gst_buffer_copy (buffer));
  gst_buffer_unref (out);
  buffer = through (h, buffer);
  g_assert_true (gst_buffer_peek_memory (buffer, 0) == memory);
  g_assert_cmpint (gst_buffer_memcmp (buffer, 0, before, size), ==, 0);
  gst_buffer_unref (buffer);
  detect_done (h, NULL);
}

static void
test_stream_changes (void)
{
  GstHarness *h;
  GstBuffer *out;
  GstCaps *caps;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("interval", 100, NULL), NULL);
  out = detect_in (h, "NV12", 640, 480);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  out = through (h, cat ("NV12", 640, 480, &caps));
  gst_caps_unref (caps);
  g_assert_true (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  out = detect_in (h, "RGB", 320, 240); /* other caps: old results are no longer held */
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  }
  out = through (h, cat ("RGB", 320, 240, &caps));
  gst_caps_unref (caps);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  gst_buffer_unref (out);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  detect_done (h, NULL);
}

/* A buffer smaller than its caps say is an error, not a read out of bounds. */
static void
test_small_buffer (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), &bus);
  gst_harness_set_src_caps (h, caps_of ("NV12", 640, 480));
  g_assert_cmpint (gst_harness_push (h, gst_buffer_new_allocate (NULL, 1000, NULL)), ==,
                   GST_FLOW_ERROR);
  assert_message (bus, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "caps");
  detect_done (h, bus);
}

static void
test_cycles (void)
{
  GstElement *element;

  if (!have_model ())
    return;
  element = gst_object_ref_sink (detect_new ("qos", FALSE, NULL));
  for (guint i = 0; i < 100; i++) {
    guint used;
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PLAYING), !=,
                     GST_STATE_CHANGE_FAILURE);
    g_object_get (element, "threads-used", &used, NULL);
    g_assert_cmpuint (used, ==, 1);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_NULL), ==, GST_STATE_CHANGE_SUCCESS);
    g_object_get (element, "threads-used", &used, NULL);
    g_assert_cmpuint (used, ==, 0);
  }
  gst_object_unref (element);
}

/* The top field is looked at: with another picture in the bottom one the same is seen. */
static void
test_interlaced (void)
{
  GstHarness *h;
  GstBuffer *out, *woven;
  GstCaps *caps, *interlaced;
  GstMapInfo map;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  out = detect_in (h, "RGB", 640, 480);
  woven = cat ("RGB", 640, 480, &caps);
  gst_buffer_map (woven, &map, GST_MAP_READWRITE);
  for (guint y = 1; y < 480; y += 2)
    memset (map.data + y * 1920, y % 3 ? 255 : 0, 1920);
  gst_buffer_unmap (woven, &map);
  interlaced = gst_caps_copy (caps);
  gst_caps_set_simple (interlaced, "interlace-mode", G_TYPE_STRING, "interleaved", NULL);
  gst_caps_unref (caps);
  gst_harness_set_src_caps (h, interlaced);
  GST_BUFFER_FLAG_SET (woven, GST_VIDEO_BUFFER_FLAG_INTERLACED);
  woven = through (h, woven);
  g_assert_cmpstr (gst_buffer_get_tfc_detection_meta (woven)->detections[0].label, ==, "cat");
  g_assert_cmpfloat_with_epsilon (gst_buffer_get_tfc_detection_meta (woven)->detections[0].x,
                                  gst_buffer_get_tfc_detection_meta (out)->detections[0].x, 0.03);
  gst_buffer_unref (out);
  gst_buffer_unref (woven);
  detect_done (h, NULL);
}

void
add_stream_tests (void)
{
  g_test_add_func ("/detect/formats", test_formats);
  g_test_add_func ("/detect/strides", test_strides);
  g_test_add_func ("/detect/sizes", test_sizes);
  g_test_add_func ("/detect/regions", test_regions);
  g_test_add_func ("/detect/untouched", test_untouched);
  g_test_add_func ("/detect/stream-changes", test_stream_changes);
  g_test_add_func ("/detect/small-buffer", test_small_buffer);
  g_test_add_func ("/detect/interlaced", test_interlaced);
  g_test_add_func ("/detect/cycles", test_cycles);
}
