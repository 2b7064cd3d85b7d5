/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Properties of tfcdetect: defaults, thresholds, classes, interval; and the messages of its
 * results. */
#include <string.h>
#include "tests/gst/common/detect.h"

/* Every property's default is what a fresh element has; enums parse either way. */
static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcdetect", NULL));
  guint value;

  assert_defaults (element);
  gst_util_set_object_arg (G_OBJECT (element), "base-model", "mobilenet_v1");
  g_object_get (element, "base-model", &value, NULL);
  g_assert_cmpuint (value, ==, 1);
  gst_util_set_object_arg (G_OBJECT (element), "base-model", "mobilenet-v2");
  g_object_get (element, "base-model", &value, NULL);
  g_assert_cmpuint (value, ==, 2);
  gst_util_set_object_arg (G_OBJECT (element), "attach", "own+roi");
  g_object_get (element, "attach", &value, NULL);
  g_assert_cmpuint (value, ==, 3);
  gst_object_unref (element);
}

static void
test_interval (void)
{
  GstHarness *h;
  gint first;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("interval", 3, NULL), NULL);
  first = count_at (h, 0, NULL);
  for (guint i = 1; i < 8; i++) {
    gboolean held;
    g_assert_cmpint (count_at (h, i, &held), ==, first);
    g_assert_cmpint (held, ==, i % 3 != 0);
  }
  detect_done (h, NULL);
}

static void
test_thresholds (void)
{
  GstHarness *h;
  gint all;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("score-threshold", 0.1, NULL), NULL);
  all = count_at (h, 0, NULL);
  g_assert_cmpint (all, >=, 2);
  g_object_set (h->element, "max-detections", 1, NULL);
  g_assert_cmpint (count_at (h, 1, NULL), ==, 1);
  g_object_set (h->element, "max-detections", 20, "score-threshold", 1.0, NULL);
  g_assert_cmpint (count_at (h, 2, NULL), ==, 0);
  g_object_set (h->element, "score-threshold", 0.1, NULL);
  g_assert_cmpint (count_at (h, 3, NULL), ==, all);
  detect_done (h, NULL);
}

static void
test_classes_live (void)
{
  GstHarness *h;
  GstBus *bus;
  gchar *classes;
  gint first;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("classes", "cat", NULL), &bus);
  first = count_at (h, 0, NULL);
  g_assert_cmpint (first, >=, 1);
  g_object_set (h->element, "classes", "person, bicycle", NULL);
  g_assert_cmpint (count_at (h, 1, NULL), ==, 0);
  g_object_set (h->element, "classes", NULL, "exclude-classes", "cat", NULL);
  g_assert_cmpint (count_at (h, 2, NULL), <=, count_at (h, 3, NULL));
  g_object_set (h->element, "exclude-classes", NULL, "classes", "Cat", NULL);
  g_assert_cmpint (count_at (h, 4, NULL), ==, first);
  g_object_set (h->element, "classes", "unicorn", NULL); /* a warning and no change */
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                  "unicorn");
  g_object_get (h->element, "classes", &classes, NULL);
  g_assert_cmpstr (classes, ==, "Cat");
  g_free (classes);
  g_assert_cmpint (count_at (h, 5, NULL), ==, first);
  detect_done (h, bus);
}

static void
test_messages (void)
{
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  const GstStructure *one;
  const GValue *array;
  guint64 time, bytes;
  gfloat score;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("post-messages", "changes", NULL), &bus);
  s = wait_message (bus, "tfc-model-loading");
  g_assert_nonnull (s);
  gst_structure_free (s);
  s = wait_message (bus, "tfc-model-loaded");
  g_assert_true (
      gst_structure_get (s, "time", G_TYPE_UINT64, &time, "bytes", G_TYPE_UINT64, &bytes, NULL));
  g_assert_cmpstr (gst_structure_get_string (s, "network"), ==, "detect.tflite");
  g_assert_cmpuint (bytes, >, 1000000);
  gst_structure_free (s);
  count_at (h, 0, NULL);
  count_at (h, 1, NULL); /* no change: no message */
  set_properties (h->element, "post-messages", "all", NULL);
  count_at (h, 2, NULL);
  s = wait_message (bus, "tfcdetect");
  g_assert_true (gst_structure_get (s, "timestamp", G_TYPE_UINT64, &time, NULL));
  g_assert_cmpuint (time, ==, 0);
  array = gst_structure_get_value (s, "detections");
  g_assert_cmpuint (gst_value_array_get_size (array), >=, 1);
  one = gst_value_get_structure (gst_value_array_get_value (array, 0));
  g_assert_cmpstr (gst_structure_get_string (one, "label"), ==, "cat");
  g_assert_true (gst_structure_get (one, "score", G_TYPE_FLOAT, &score, NULL));
  g_assert_cmpfloat (score, >, 0.5);
  gst_structure_free (s);
  s = wait_message (bus, "tfcdetect");
  g_assert_true (gst_structure_get (s, "running-time", G_TYPE_UINT64, &time, "stream-time",
                                    G_TYPE_UINT64, &bytes, NULL));
  g_assert_cmpuint (time, ==, 2 * (GST_SECOND / 30));
  g_assert_cmpuint (bytes, ==, time);
  gst_structure_free (s);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/detect/defaults", test_defaults},     {"/detect/interval", test_interval},
    {"/detect/thresholds", test_thresholds}, {"/detect/classes-live", test_classes_live},
    {"/detect/messages", test_messages},     {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, forget_cat);
}
