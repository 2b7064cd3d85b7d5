/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect with detectors of one's own: anchors and labels by property, packed and beside the
 * model. */
#include "tests/models/detection/custom-ssd.h"
#include "tests/gst/common/detect.h"

#include <glib/gstdio.h>

#define ONE "0.5 0.5 0.5 0.5\n"
#define ANCHORS ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define SMALL "0.5 0.5 0.25 0.25\n"
#define SMALLER SMALL SMALL SMALL SMALL SMALL SMALL SMALL SMALL SMALL SMALL SMALL SMALL

static const Custom raw = {.mean = 0, .std = 256};

static gchar *
in_folder_of (const gchar *path, const gchar *name)
{
  g_autofree gchar *folder = g_path_get_dirname (path);

  return g_build_filename (folder, name, NULL);
}

/* A picture whose twelfth box scores 0.73: a sigmoid of 255 / 256. */
static GstBuffer *
picture (void)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 48, NULL);

  gst_buffer_memset (buffer, 0, 0, 48);
  gst_buffer_memset (buffer, 47, 255, 1);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

/* The size of the only box; 0 if there is none. */
static gfloat
seen (GstHarness *h, const gchar **label)
{
  GstBuffer *out = through (h, picture ());
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  gfloat size = 0;

  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_detections, <=, 1);
  if (meta->n_detections) {
    size = meta->detections[0].h;
    *label = g_intern_string (meta->detections[0].label);
  }
  gst_buffer_unref (out);
  return size;
}

/* Messages come just before the hand-over: after a change frames go on until it shows. */
static void
wait_for (GstHarness *h, gfloat size, const gchar *name)
{
  for (guint i = 0; i < 60000; i++) {
    const gchar *label = NULL;
    if (ABS (seen (h, &label) - size) < 1e-5f && g_strcmp0 (label, name) == 0)
      return;
    g_usleep (1000);
  }
  g_error ("no box of %g is called %s in a minute", size, name);
}

static GstElement *
element_new (const gchar *path, const gchar *anchors)
{
  return gst_element_factory_make_full ("tfcdetect", "model-file", path, "anchors", anchors,
                                        "score-threshold", 0.7f, NULL);
}

static GstHarness *
play (const gchar *path, const gchar *anchors, GstBus **bus)
{
  GstHarness *h = detect_play (element_new (path, anchors), bus);

  gst_harness_set_src_caps (h, gst_caps_from_string ("video/x-raw,format=RGB,width=4,height=4,"
                                                     "framerate=1/1"));
  return h;
}

static void
test_anchors (void)
{
  gchar *path = custom_write (&raw);
  g_autofree gchar *big = in_folder_of (path, "big.txt"), *small = in_folder_of (path, "small.txt"),
                   *now = NULL;
  const gchar *label = NULL;
  GstBus *bus;
  GstStructure *s;

  custom_beside (path, "big.txt", ANCHORS);
  custom_beside (path, "small.txt", SMALLER);
  assert_refused (element_new (path, NULL), GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE,
                  "anchors=");
  assert_refused (element_new (path, "/nowhere/anchors"), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere/anchors");

  GstHarness *h = play (path, big, &bus);
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  g_assert_cmpfloat_with_epsilon (seen (h, &label), 0.5f, 1e-5);
  g_assert_cmpstr (label, ==, "class 4");
  g_object_set (h->element, "anchors", small, NULL);
  wait_for (h, 0.25f, "class 4");
  g_object_set (h->element, "anchors", "/nowhere/anchors", NULL);
  s = wait_message (bus, "tfc-model-failed");
  g_assert_nonnull (s);
  gst_structure_free (s);
  g_assert_cmpfloat_with_epsilon (seen (h, &label), 0.25f, 1e-5);
  g_object_get (h->element, "anchors", &now, NULL);
  g_assert_cmpstr (now, ==, small);
  detect_done (h, bus);
  custom_clear (path);
}

/* Beside the model; two elements that find different files do not share a network. */
static void
test_beside (void)
{
  gchar *path = custom_write (&raw);
  g_autofree gchar *big = in_folder_of (path, "big.txt");
  const gchar *label = NULL;

  custom_beside (path, "mine.anchors", SMALLER);
  custom_beside (path, "big.txt", ANCHORS);
  GstHarness *a = play (path, NULL, NULL), *b = play (path, big, NULL);
  custom_beside (path, "dict.txt", "background\none\ntwo\nthree\n");
  GstHarness *c = play (path, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (seen (a, &label), 0.25f, 1e-5);
  g_assert_cmpstr (label, ==, "class 4");
  g_assert_cmpfloat_with_epsilon (seen (b, &label), 0.5f, 1e-5);
  g_assert_cmpfloat_with_epsilon (seen (c, &label), 0.25f, 1e-5);
  g_assert_cmpstr (label, ==, "three");
  detect_done (a, NULL);
  detect_done (b, NULL);
  detect_done (c, NULL);
  custom_clear (path);
}

static void
test_labels (void)
{
  static const CustomZip zip = {"labels.txt", "???\none\ntwo\npacked\n", .deflate = TRUE};
  gchar *path = custom_write (&raw);
  g_autofree gchar *anchors = in_folder_of (path, "a.txt"), *map = in_folder_of (path, "my.pbtxt"),
                   *json = in_folder_of (path, "my.json");
  const gchar *label = NULL;
  GstBus *bus;

  custom_append_zip (path, &zip);
  custom_beside (path, "a.txt", ANCHORS);
  custom_beside (path, "my.pbtxt", "item { id: 3 name: 'mapped' }");
  custom_beside (path, "my.json", "[\"a\"]");
  GstHarness *h = play (path, anchors, &bus);
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  g_assert_cmpfloat_with_epsilon (seen (h, &label), 0.5f, 1e-5);
  g_assert_cmpstr (label, ==, "packed");
  g_object_set (h->element, "label-file", map, NULL);
  wait_for (h, 0.5f, "mapped");
  g_object_set (h->element, "label-file", json, NULL);
  GstStructure *s = wait_message (bus, "tfc-model-failed");
  g_assert_nonnull (s);
  gst_structure_free (s);
  detect_done (h, bus);
  GstElement *refused = element_new (path, anchors);
  g_object_set (refused, "label-file", json, NULL);
  assert_refused (refused, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "JSON");
  custom_clear (path);
}

static const TestCase cases[] = {
    {"/custom/anchors", test_anchors},
    {"/custom/beside", test_beside},
    {"/custom/labels", test_labels},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
