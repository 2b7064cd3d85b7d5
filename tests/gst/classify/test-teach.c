/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Classes that are taught while playing: the signals, the examples file, changes of the model. */
#include <glib/gstdio.h>
#include "tests/gst/common/classify.h"

static gboolean
learn (GstHarness *h, const gchar *label)
{
  gboolean ok = FALSE;

  g_signal_emit_by_name (h->element, "learn", label, &ok);
  return ok;
}

/* Shown and taught. */
static void
teach (GstHarness *h, const gchar *picture, const gchar *label, guint *frame)
{
  gst_buffer_unref (classify_show (h, picture, "RGB", (*frame)++));
  g_assert_true (learn (h, label));
}

/* Two classes from two pictures each. */
static void
teach_all (GstHarness *h, guint *frame)
{
  teach (h, "cat224", "pet", frame);
  teach (h, "knn_hotdog_a", "food", frame);
  teach (h, "small_dog", "pet", frame);
  teach (h, "knn_hotdog_b", "food", frame);
}

static void
test_signals (void)
{
  GstHarness *h;
  GstBus *bus;
  gboolean ok = FALSE;
  guint frame = 0;

  if (!have_classifier ())
    return;
  h = detect_play (classify_new ("k", 3, NULL), &bus);
  g_assert_false (learn (h, "too early"));
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                  "nothing to learn");
  g_assert_cmpstr (classify_best (h, "fox", frame++), ==, "red fox, Vulpes vulpes");
  teach_all (h, &frame);
  g_assert_cmpstr (classify_best (h, "knn_dog_b", frame++), ==, "pet");
  g_assert_cmpstr (classify_best (h, "knn_hotdog_c", frame++), ==, "food");
  g_assert_false (learn (h, ""));
  g_signal_emit_by_name (h->element, "forget", "food", &ok);
  g_assert_true (ok);
  g_signal_emit_by_name (h->element, "forget", "food", &ok);
  g_assert_false (ok);
  g_assert_cmpstr (classify_best (h, "knn_hotdog_c", frame++), ==, "pet");
  g_signal_emit_by_name (h->element, "clear");
  g_assert_cmpstr (classify_best (h, "knn_hotdog_c", frame++), ==, "hotdog, hot dog, red hot");
  detect_done (h, bus);
}

/* Saved, and read by another element; a file that cannot be read does not start it, or is set back.
 */
static void
test_examples (void)
{
  g_autofree gchar *path = NULL;
  GstHarness *h;
  GstBus *bus;
  gboolean ok = FALSE;
  guint frame = 0;

  if (!have_classifier ())
    return;
  g_close (g_file_open_tmp ("examples-XXXXXX.json", &path, NULL), NULL);
  h = detect_play (classify_new (NULL, NULL), NULL);
  teach_all (h, &frame);
  g_signal_emit_by_name (h->element, "save", path, &ok);
  g_assert_true (ok);
  detect_done (h, NULL);

  h = detect_play (classify_new ("examples-file", path, "k", 3, NULL), NULL);
  g_signal_emit_by_name (h->element, "save", path, &ok);
  g_assert_false (ok);
  g_assert_cmpstr (classify_best (h, "knn_dog_b", 0), ==, "pet");
  g_signal_emit_by_name (h->element, "save", path, &ok);
  g_assert_true (ok);
  g_assert_cmpstr (classify_best (h, "knn_hotdog_c", 1), ==, "food");
  detect_done (h, NULL);

  h = detect_play (classify_new (NULL, NULL), &bus);
  g_signal_emit_by_name (h->element, "save", "/nowhere/at/all", &ok);
  g_assert_false (ok);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ,
                  "/nowhere/at/all");
  detect_done (h, bus);
  g_assert_true (g_file_set_contents (path, "{\"a\":[1,2,3]}", -1, NULL));
  assert_refused (classify_new ("examples-file", path, NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_SETTINGS, "another network");
  g_remove (path);
}

/* Four examples of 256 numbers may also be one of 1024: the file is read again for each network. */
static void
test_other_network (void)
{
  g_autofree gchar *examples = shared_path ("golden/classify/knn/saved_flat.json");
  g_autofree gchar *extractor =
      shared_path ("models/classify/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite");
  g_autofree gchar *model = NULL;
  GstHarness *h;

  if (!have_classifier ())
    return;
  h = detect_play (classify_new ("examples-file", examples, "k", 3, NULL), NULL);
  g_object_get (h->element, "model-file", &model, NULL);
  g_assert_cmpstr (classify_best (h, "coral_cat", 0), ==, "cat");
  gst_element_set_state (h->element, GST_STATE_NULL);
  g_object_set (h->element, "model-file", extractor, "label-file", NULL, NULL);
  gst_harness_play (h);
  g_assert_cmpstr (classify_best (h, "coral_cat", 0), ==, "dog");
  gst_element_set_state (h->element, GST_STATE_NULL);
  g_object_set (h->element, "model-file", model, NULL);
  gst_harness_play (h);
  g_assert_cmpstr (classify_best (h, "coral_cat", 0), ==, "cat");
  detect_done (h, NULL);
}

/* Classes are taught from one thread while frames pass on another. */
static gpointer
teach_always (gpointer data)
{
  GstHarness *h = data;
  g_autofree gchar *path = NULL;
  gboolean ok;

  g_close (g_file_open_tmp ("examples-XXXXXX.json", &path, NULL), NULL);
  for (guint i = 0; i < 200; i++) {
    learn (h, i % 3 ? "a" : "b");
    if (i % 7 == 0)
      g_signal_emit_by_name (h->element, "forget", "a", &ok);
    if (i % 31 == 0)
      g_signal_emit_by_name (h->element, "clear");
    if (i % 50 == 0)
      g_signal_emit_by_name (h->element, "save", path, &ok);
    g_usleep (1000);
  }
  g_remove (path);
  return NULL;
}

static void
test_threads (void)
{
  GThread *teacher;
  GstHarness *h;
  GstCaps *caps;

  if (!have_classifier ())
    return;
  h = detect_play (classify_new (NULL, NULL), NULL);
  gst_buffer_unref (classify_show (h, "fox", "RGB", 0));
  g_autoptr (GstBuffer) picture = classify_picture ("cat224", "RGB", &caps);
  gst_harness_set_src_caps (h, caps);
  teacher = g_thread_new ("teacher", teach_always, h);
  for (guint frame = 1; frame < 30; frame++) {
    GstBuffer *out = gst_buffer_copy (picture);
    guint n;
    GST_BUFFER_PTS (out) = frame * GST_SECOND / 30;
    out = through (h, out);
    const GstTfcClass *classes = classes_of (out, &n);
    for (guint i = 0; i < n; i++)
      g_assert_nonnull (classes[i].label);
    gst_buffer_unref (out);
  }
  g_thread_join (teacher);
  detect_done (h, NULL);
}

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcclassify", NULL));

  assert_defaults (element);
  gst_object_unref (element);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {
      {.path = "/classify/defaults", .run = test_defaults},
      {.path = "/classify/teach/signals", .run = test_signals},
      {.path = "/classify/teach/examples", .run = test_examples},
      {.path = "/classify/teach/other-network", .run = test_other_network},
      {.path = "/classify/teach/threads", .run = test_threads},
      {NULL}};

  return run_cases (argc, argv, cases, NULL, NULL);
}
