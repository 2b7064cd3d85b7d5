/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* roi of tfcsegment and tfcclassify is what videocrop would give them, by any number of threads;
 * two parts are refused; a discontinuity and another roi while playing do no harm. (Bodies, hands
 * and faces: test-objects.c.) */
#include <string.h>
#include "tests/gst/common/detect.h"

/* What comes out of launch, in which the element d has so many threads, for a portrait. */
static GstBuffer *
found_in (const gchar *launch, guint threads)
{
  GstHarness *h = gst_harness_new_parse (launch);
  g_autoptr (GstElement) d = gst_bin_get_by_name (GST_BIN (h->element), "d");
  g_autofree gchar *models = shared_path ("models");
  GstBuffer *in, *out;
  GstCaps *caps;

  g_object_set (d, "model-path", models, "threads", threads, NULL);
  in = photo ("media/coral_grace_hopper.png", "NV12", 400, 480, &caps);
  gst_harness_set_src_caps (h, caps);
  out = gst_harness_push_and_pull (h, in);
  gst_harness_teardown (h);
  return out;
}

static void
test_segment (void)
{
  if (!have_shared ("models/selfie/selfie_segmentation.tflite"))
    return;
  for (guint threads = 1; threads <= 4; threads++) {
    g_autoptr (GstBuffer) roi = found_in ("tfcsegment name=d roi=0.1,0.05,0.8,0.75", threads);
    g_autoptr (GstBuffer) crop =
        found_in ("videocrop left=40 right=40 top=24 bottom=96 ! tfcsegment name=d", threads);
    const GstTfcMask *a = gst_buffer_get_tfc_mask_meta (roi)->mask,
                     *b = gst_buffer_get_tfc_mask_meta (crop)->mask;
    g_assert_cmpmem (a->data, (gsize)a->width * a->height, b->data, (gsize)b->width * b->height);
    g_assert_cmpfloat_with_epsilon (a->x, 0.1 + 0.8 * b->x, 1e-5);
    g_assert_cmpfloat_with_epsilon (a->y, 0.05 + 0.75 * b->y, 1e-5);
    g_assert_cmpfloat_with_epsilon (a->w, 0.8 * b->w, 1e-5);
    g_assert_cmpfloat_with_epsilon (a->h, 0.75 * b->h, 1e-5);
  }
}

static void
test_classify (void)
{
  if (!have_shared ("models/classify"))
    return;
  for (guint threads = 1; threads <= 2; threads++) {
    g_autoptr (GstBuffer) roi = found_in ("tfcclassify name=d roi=0.1,0.05,0.8,0.75", threads);
    g_autoptr (GstBuffer) crop =
        found_in ("videocrop left=40 right=40 top=24 bottom=96 ! tfcclassify name=d", threads);
    const GstTfcClassMeta *a = gst_buffer_get_tfc_class_meta (roi),
                          *b = gst_buffer_get_tfc_class_meta (crop);
    g_assert_cmpuint (a->n_classes, >, 0);
    g_assert_cmpuint (a->n_classes, ==, b->n_classes);
    for (guint i = 0; i < a->n_classes; i++) {
      g_assert_cmpint (a->classes[i].class_id, ==, b->classes[i].class_id);
      g_assert_cmpfloat_with_epsilon (a->classes[i].score, b->classes[i].score, 1e-5);
    }
  }
}

static void
test_one_part (void)
{
  static const gchar *const elements[] = {"tfcpose", "tfchands", "tfcfacemesh", "tfcsegment",
                                          "tfcclassify"};

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    assert_refused (gst_element_factory_make_full (elements[i], "roi", "0,0,1,.5;0,.5,1,.5", NULL),
                    GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "more than 1 part");
}

static void
test_while_playing (void)
{
  static const gchar *const rois[] = {"", "0,0,0.5,1", "0.3,0.3,0.4,0.4;0,0,0.1,0.1",
                                      "0.9,0.9,0.001,0.001"};
  GstHarness *h;

  if (!have_model ())
    return;
  for (guint latest = 0; latest < 2; latest++) {
    h = detect_play (detect_new ("mode", latest ? "latest" : "sync", "regions", 2, NULL), NULL);
    for (guint n = 0; n < 12; n++) {
      GstBuffer *in = cat_at (h, n);
      g_object_set (h->element, "roi", rois[n % 4], "motion-gate", n % 3 == 0, NULL);
      if (n == 5 || n == 6)
        GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
      if (n == 6)
        GST_BUFFER_PTS (in) += 5 * GST_SECOND;
      gst_buffer_unref (through (h, in));
    }
    detect_done (h, NULL);
  }
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/roi/segment", test_segment},
                                   {"/roi/classify", test_classify},
                                   {"/roi/one-part", test_one_part},
                                   {"/roi/while-playing", test_while_playing},
                                   {NULL}};

  return run_cases (argc, argv, cases, NULL, forget_cat);
}
