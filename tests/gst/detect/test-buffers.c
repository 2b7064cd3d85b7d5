/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcdetect does with buffers: regions of interest attached, pixels untouched, interlaced
 * ones read by fields. */
#include <string.h>
#include "tests/gst/common/detect.h"

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
  set_properties (h->element, "attach", "own", NULL);
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

static const TestCase cases[] = {
    {"/detect/regions", test_regions},
    {"/detect/untouched", test_untouched},
    {"/detect/interlaced", test_interlaced},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
