/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is posted when a model loads: each message by its name, and right after it by the name of
 * 0.1. */
#include <string.h>
#include "tests/gst/common/tiny.h"

/* The next element message about a model; gst_structure_free. */
static GstStructure *
next_message (GstBus *bus)
{
  GstMessage *message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_ELEMENT);
  GstStructure *s;

  g_assert_nonnull (message);
  s = gst_structure_copy (gst_message_get_structure (message));
  gst_message_unref (message);
  return s;
}

/* name and its alias, with the same fields; the first is returned. */
static GstStructure *
assert_both (GstBus *bus, const gchar *name, const gchar *alias)
{
  GstStructure *s = next_message (bus), *old = next_message (bus);

  g_assert_cmpstr (gst_structure_get_name (s), ==, name);
  g_assert_cmpstr (gst_structure_get_name (old), ==, alias);
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==,
                   gst_structure_get_string (s, "network"));
  gst_structure_set_name (old, name);
  g_assert_true (gst_structure_is_equal (s, old));
  gst_structure_free (old);
  return s;
}

static void
test_loaded (void)
{
  g_autofree gchar *file = g_path_get_basename (tiny_model);
  GstStructure *s;
  GstHarness *h;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  s = assert_both (bus, "tfc-model-loading", "model-loading");
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==, tiny_model);
  gst_structure_free (s);
  s = assert_both (bus, "tfc-model-loaded", "model-loaded");
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==, file);
  g_assert_true (gst_structure_has_field_typed (s, "time", G_TYPE_UINT64));
  g_assert_true (gst_structure_has_field_typed (s, "bytes", G_TYPE_UINT64));
  g_assert_true (gst_structure_has_field (s, "backend"));
  g_assert_true (gst_structure_has_field_typed (s, "threads", G_TYPE_UINT));
  gst_structure_free (s);
  detect_done (h, bus);
}

static void
test_failed (void)
{
  GstStructure *s;
  GstHarness *h;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  gst_structure_free (assert_both (bus, "tfc-model-loading", "model-loading"));
  gst_structure_free (assert_both (bus, "tfc-model-loaded", "model-loaded"));
  g_object_set (h->element, "model-file", "/nowhere/none.tflite", NULL);
  gst_structure_free (assert_both (bus, "tfc-model-loading", "model-loading"));
  s = assert_both (bus, "tfc-model-failed", "model-failed");
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==, "/nowhere/none.tflite");
  g_assert_nonnull (strstr (gst_structure_get_string (s, "error"), "/nowhere/none.tflite"));
  gst_structure_free (s);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/model-messages/loaded", test_loaded},
    {"/model-messages/failed", test_failed},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
