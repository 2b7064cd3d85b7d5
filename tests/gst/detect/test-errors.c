/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcdetect does not start with, or stops at: models, labels, classes and buffers that are
 * not as they should be. */
#include <glib/gstdio.h>
#include <string.h>
#include "tests/gst/common/detect.h"

static gchar *
temporary_file (const gchar *data, gsize n)
{
  gchar *path;
  gint fd = g_file_open_tmp ("tfc-test-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, data, n, NULL));
  return path;
}

static void
test_bad_models (void)
{
  g_autofree gchar *model = shared_path ("models/coco-ssd/mobilenet_v1_quant/detect.tflite");
  g_autofree gchar *bytes = NULL, *cut = NULL, *jpeg = NULL, *empty = NULL;
  gsize n;

  if (!have_model ())
    return;
  g_assert_true (g_file_get_contents (model, &bytes, &n, NULL));
  cut = temporary_file (bytes, n / 2);
  jpeg = temporary_file ("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xdb\0\x43\0\x10", 27);
  empty = temporary_file ("", 0);
  assert_refused (detect_new ("model-file", "/nowhere/none.tflite", NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere/none.tflite");
  assert_refused (detect_new ("model-file", cut, NULL), GST_STREAM_ERROR,
                  GST_STREAM_ERROR_WRONG_TYPE, cut);
  assert_refused (detect_new ("model-file", jpeg, NULL), GST_STREAM_ERROR,
                  GST_STREAM_ERROR_WRONG_TYPE, jpeg);
  assert_refused (detect_new ("model-file", empty, NULL), GST_STREAM_ERROR,
                  GST_STREAM_ERROR_WRONG_TYPE, empty);
  g_unlink (cut);
  g_unlink (jpeg);
  g_unlink (empty);
}

/* A base model whose file is missing: the message has the command that gets it. */
static void
test_missing_base_model (void)
{
  if (!have_model ())
    return;
  assert_refused (detect_new ("model-file", NULL, "base-model", "mobilenet-v2", NULL),
                  GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "tfc-models get");
}

static void
test_starter_model (void)
{
  g_autofree gchar *models = shared_path ("models");
  GstHarness *h;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("model-file", NULL, "base-model", "mobilenet-v1-quant", "model-path",
                               models, NULL),
                   NULL);
  g_assert_cmpint (count_at (h, 0, NULL), >=, 1);
  detect_done (h, NULL);
}

/* A registered file of other bytes: said so, whether it could be opened or not, by all elements
 * that ask for it. */
static void
test_changed_model (void)
{
  g_autofree gchar *from = shared_path ("models/coco-ssd/mobilenet_v1_quant/detect.tflite"),
                   *bytes = NULL;
  g_autofree gchar *dir = g_dir_make_tmp ("tfc-XXXXXX", NULL);
  g_autofree gchar *folder = g_build_filename (dir, "coco-ssd", "mobilenet_v1_quant", NULL);
  g_autofree gchar *file = g_build_filename (folder, "detect.tflite", NULL);
  g_autofree gchar *from_folder = g_path_get_dirname (from);
  g_autofree gchar *from_labels = g_build_filename (from_folder, "labelmap.txt", NULL);
  g_autofree gchar *labels = g_build_filename (folder, "labelmap.txt", NULL), *text = NULL;
  gsize n, n_labels;

  if (!have_model ())
    return;
  g_assert_true (g_file_get_contents (from, &bytes, &n, NULL) &&
                 g_mkdir_with_parents (folder, 0700) == 0);
  if (g_file_get_contents (from_labels, &text, &n_labels, NULL))
    g_assert_true (g_file_set_contents (labels, text, n_labels, NULL));
  for (guint i = 0; i < 3; i++) {
    bytes[i == 1 ? 4 : n / 2] ^=
        1; /* weights; the identifier too, so that it is no model; weights again */
    g_assert_true (g_file_set_contents (file, bytes, n, NULL));
    assert_refused (detect_new ("model-file", NULL, "base-model", "mobilenet-v1-quant",
                                "model-path", dir, NULL),
                    GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, "SHA-256");
  }
  g_unlink (file);
  g_unlink (labels);
  g_rmdir (folder);
}

static void
test_bad_settings (void)
{
  g_autofree gchar *labels = temporary_file ("person\nbicycle\n", 15);

  if (!have_model ())
    return;
  assert_refused (detect_new ("label-file", labels, NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_SETTINGS, "2");
  assert_refused (detect_new ("label-file", "/nowhere/labels", NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_NOT_FOUND, "/nowhere/labels");
  assert_refused (detect_new ("classes", "cat,unicorn", NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_SETTINGS, "unicorn");
  assert_refused (detect_new ("exclude-classes", "4711", NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_SETTINGS, "4711");
  g_unlink (labels);
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

static const TestCase cases[] = {
    {"/detect/bad-models", test_bad_models},
    {"/detect/missing-base-model", test_missing_base_model},
    {"/detect/starter-model", test_starter_model},
    {"/detect/changed-model", test_changed_model},
    {"/detect/bad-settings", test_bad_settings},
    {"/detect/small-buffer", test_small_buffer},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, forget_cat);
}
