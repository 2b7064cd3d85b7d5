/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Properties of privacy, and its lines in the debug log. */
#include <string.h>
#include "tests/gst/overlay/privacy-bench.h"

/* Properties: their defaults, while playing, by a controller, and read back. */
GST_START_TEST (test_settings)
{
  GstElement *e = gst_element_factory_make ("tfcoverlay", NULL);
  const gchar *const names[] = {"privacy", "privacy-hold", "privacy-unknown"};
  guint hold;
  gint unknown;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (e), names[i]);
    fail_unless (spec->flags & GST_PARAM_CONTROLLABLE && spec->flags & GST_PARAM_MUTABLE_PLAYING);
  }
  g_object_get (e, "privacy-hold", &hold, "privacy-unknown", &unknown, NULL);
  fail_unless (hold == 500 && unknown == 1);
  gst_util_set_object_arg (G_OBJECT (e), "privacy-unknown", "drop");
  g_object_set (e, "privacy-hold", G_MAXUINT, NULL);
  g_object_get (e, "privacy-hold", &hold, "privacy-unknown", &unknown, NULL);
  fail_unless (hold == G_MAXUINT && unknown == 2);
  gst_object_unref (e);
}
GST_END_TEST;

static guint
count (const gchar *text, const gchar *part)
{
  guint n = 0;
  while ((text = strstr (text, part))) {
    text++;
    n++;
  }
  return n;
}

/* Caps, where the drawing goes, and privacy's decisions when they change are in the log at DEBUG;
 * each frame at LOG. */
GST_START_TEST (test_log)
{
  const gchar *file = g_getenv ("GST_DEBUG_FILE");
  g_autofree gchar *text = NULL;
  if (!file) /* a run by hand */
    return;
  gst_debug_set_threshold_for_name ("tfcoverlay", GST_LEVEL_LOG);
  PrivacyBench b = privacy_bench_new ("privacy=fill", "NV12", 64, 48);
  for (guint i = 0; i < 20; i++)
    gst_buffer_unref (gst_harness_push_and_pull (b.h, i < 5    ? with_face (picture (&b), 0.4f)
                                                      : i < 10 ? picture (&b)
                                                               : with_nobody (picture (&b))));
  gst_debug_set_threshold_for_name ("tfcoverlay", GST_LEVEL_NONE);
  privacy_bench_free (&b);
  fail_unless (g_file_get_contents (file, &text, NULL, NULL));
  fail_unless_equals_int (count (text, " caps video/x-raw"), 1);
  fail_unless_equals_int (count (text, "drawing is done on the pixels"), 1);
  fail_unless_equals_int (count (text, "on: hides what is seen"), 1);
  fail_unless_equals_int (count (text, "on: hides the whole picture: nothing is known"), 1);
  fail_unless_equals_int (count (text, "on: hides what was seen a moment ago"), 1);
  fail_unless_equals_int (count (text, "on: nothing to hide"), 1);
  fail_unless_equals_int (count (text, "regions to hide"), 20);
  fail_unless_equals_int (count (text, "hidden, 0 areas"), count (text, " us\n"));
}
GST_END_TEST;

static Suite *
privacy_properties_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-privacy-properties");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_settings);
  tcase_add_test (tc, test_log);
  return s;
}

GST_CHECK_MAIN (privacy_properties);
