/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcpose mask=true: BlazePose's mask beside its pose, on held frames, in a part of the frame, and
 * what tfcoverlay does by it. */
#include <string.h>
#include "tests/gst/common/detect.h"

#define FRAME (GST_SECOND / 30)
#define SQUAT "golden/pose/media/squat.png"

static gboolean
have_blazepose (void)
{
  return have_shared ("models/pose/blazepose/pose_landmark_lite.tflite");
}

static GstElement *
pose_new (const gchar *model)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element =
      gst_element_factory_make_full ("tfcpose", "model-path", models, "threads", 1, NULL);

  set_properties (element, "model", model, "mask", TRUE, NULL);
  return element;
}

static GstHarness *
play (GstElement *element, const gchar *name, GstBuffer **picture, GstBus **bus)
{
  GstHarness *h = detect_play (element, bus);
  GstCaps *caps;

  *picture = photo (name, "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  return h;
}

static GstBuffer *
show (GstHarness *h, GstBuffer *picture, guint frame)
{
  GstBuffer *buffer = gst_buffer_copy (picture);

  GST_BUFFER_PTS (buffer) = frame * FRAME;
  GST_BUFFER_DURATION (buffer) = FRAME;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  return through (h, buffer);
}

static gdouble
sum_of (const GstTfcMask *mask)
{
  gdouble sum = 0;

  for (guint i = 0; i < mask->width * mask->height; i++)
    sum += mask->data[i];
  return sum;
}

/* Every buffer has both metas, of the same frame, and held ones that of the frame before. */
static void
test_both (void)
{
  GstBuffer *picture;
  GstHarness *h;
  gdouble sum = 0;

  if (!have_blazepose ())
    return;
  h = play (pose_new ("blazepose-lite"), SQUAT, &picture, NULL);
  g_object_set (h->element, "interval", 2u, NULL);
  for (guint i = 0; i < 4; i++) {
    GstBuffer *out = show (h, picture, i);
    const GstTfcPoseMeta *pose = gst_buffer_get_tfc_pose_meta (out);
    const GstTfcMaskMeta *mask = gst_buffer_get_tfc_mask_meta (out);
    g_assert_true (pose && mask && pose->n_poses == 1);
    g_assert_cmpint (mask->held, ==, i % 2);
    g_assert_cmpint (pose->held, ==, i % 2);
    g_assert_cmpuint (mask->pts, ==, (i & ~1u) * FRAME);
    g_assert_cmpuint (mask->mask->kind, ==, GST_TFC_MASK_KIND_PERSON);
    g_assert_true (i % 2 == 0 || sum_of (mask->mask) == sum);
    sum = sum_of (mask->mask);
    g_assert_cmpfloat (sum, >, 255 * 3000);
    gst_buffer_unref (out);
  }
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

/* Nobody: a mask that says so. */
static void
test_nobody (void)
{
  GstBuffer *picture, *out;
  const GstTfcMaskMeta *mask;
  GstHarness *h;

  if (!have_blazepose ())
    return;
  h = play (pose_new ("blazepose-lite"), "golden/pose/media/no_person.png", &picture, NULL);
  out = show (h, picture, 0);
  mask = gst_buffer_get_tfc_mask_meta (out);
  g_assert_nonnull (mask);
  g_assert_true (sum_of (mask->mask) == 0 && mask->mask->w == 1 && mask->mask->h == 1);
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

/* The middle of the mask's values in the frame. */
static void
middle_of (GstBuffer *out, gdouble *x, gdouble *y)
{
  const GstTfcMask *m = gst_buffer_get_tfc_mask_meta (out)->mask;
  gdouble sum = sum_of (m);

  *x = *y = 0;
  for (guint i = 0; i < m->width * m->height; i++) {
    *x += m->data[i] / sum * (m->x + m->w * (i % m->width + 0.5) / m->width);
    *y += m->data[i] / sum * (m->y + m->h * (i / m->width + 0.5) / m->height);
  }
}

/* In a part of the frame it lies where it lies in the whole one. */
static void
test_roi (void)
{
  gdouble x[2], y[2];

  if (!have_blazepose ())
    return;
  for (guint i = 0; i < 2; i++) {
    GstElement *element = pose_new ("blazepose-lite");
    GstBuffer *picture, *out;
    GstHarness *h;
    if (i)
      g_object_set (element, "roi", "0.1,0.15,0.8,0.85", NULL);
    h = play (element, SQUAT, &picture, NULL);
    out = show (h, picture, 0);
    middle_of (out, &x[i], &y[i]);
    gst_buffer_unref (out);
    gst_buffer_unref (picture);
    detect_done (h, NULL);
  }
  g_assert_cmpfloat_with_epsilon (x[0], x[1], 0.01);
  g_assert_cmpfloat_with_epsilon (y[0], y[1], 0.01);
  g_assert_true (x[0] > 0.3 && x[0] < 0.6 && y[0] > 0.4 && y[0] < 0.8);
}

static gboolean
shows_movenet (GstHarness *h, GstBuffer *picture)
{
  GstBuffer *out = show (h, picture, 0);
  const gboolean shows = strstr (gst_buffer_get_tfc_pose_meta (out)->model, "movenet") != NULL;

  gst_buffer_unref (out);
  return shows;
}

/* Other networks have none: they do not start so, and while playing the property is set back. */
static void
test_refused (void)
{
  GstBuffer *picture;
  GstHarness *h;
  GstBus *bus;
  gboolean mask = TRUE;

  if (!have_blazepose ())
    return;
  assert_refused (pose_new ("movenet-lightning"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                  "blazepose-lite");
  h = play (pose_new ("blazepose-lite"), SQUAT, &picture, &bus);
  set_properties (h->element, "mask", FALSE, "model", "movenet-lightning", NULL);
  for (guint i = 0; !shows_movenet (h, picture); i++) { /* until it has taken over */
    g_assert_cmpuint (i, <, 10000);
    g_usleep (1000);
  }
  g_object_set (h->element, "mask", TRUE, NULL);
  gst_structure_free (wait_message (bus, "tfc-model-failed"));
  g_object_get (h->element, "mask", &mask, NULL);
  g_assert_false (mask);
  GstBuffer *out = show (h, picture, 1);
  g_assert_true (gst_buffer_get_tfc_pose_meta (out) && !gst_buffer_get_tfc_mask_meta (out));
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, bus);
}

/* What is behind the person is replaced, the person is not. */
static void
test_overlay (void)
{
  g_autofree gchar *models = shared_path ("models"), *line = NULL;
  GstBuffer *picture, *out;
  GstMapInfo before, after;
  GstCaps *caps;
  GstHarness *h;
  guint green = 0, kept = 0;

  if (!have_blazepose ())
    return;
  line = g_strdup_printf ("tfcpose model=blazepose-lite mask=true threads=1 model-path=%s ! "
                          "tfcoverlay mask=replace-background draw-skeletons=false "
                          "draw-points=false draw-boxes=false background-color=0xff00ff00",
                          models);
  h = gst_harness_new_parse (line);
  picture = photo (SQUAT, "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0);
  g_assert_true (gst_buffer_map (picture, &before, GST_MAP_READ));
  g_assert_true (gst_buffer_map (out, &after, GST_MAP_READ));
  g_assert_cmpuint (before.size, ==, after.size);
  for (gsize i = 0; i + 2 < after.size; i += 3) {
    green += after.data[i] == 0 && after.data[i + 1] == 255 && after.data[i + 2] == 0;
    kept += !memcmp (&before.data[i], &after.data[i], 3);
  }
  g_test_message ("%u green, %u kept of %u", green, kept, (guint)(after.size / 3));
  g_assert_cmpuint (green, >, after.size / 3 / 2);
  g_assert_cmpuint (kept, >, after.size / 3 / 10);
  gst_buffer_unmap (picture, &before);
  gst_buffer_unmap (out, &after);
  gst_buffer_unref (picture);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

static const TestCase cases[] = {
    {"/pose-mask/both", test_both},       {"/pose-mask/nobody", test_nobody},
    {"/pose-mask/roi", test_roi},         {"/pose-mask/refused", test_refused},
    {"/pose-mask/overlay", test_overlay}, {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
