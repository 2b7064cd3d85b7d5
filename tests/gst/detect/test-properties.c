/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* tfcdetect's properties, errors, messages, and what changes while it plays. */
#include <glib/gstdio.h>
#include <string.h>
#include "tests/gst/common/detect.h"

static GstBuffer *picture; /* one conversion serves all tests */
static GstCaps *picture_caps;

void
forget_picture (void)
{
  gst_clear_buffer (&picture);
  gst_clear_caps (&picture_caps);
}

static GstBuffer *
cat_at (GstHarness *h, guint frame)
{
  GstBuffer *buffer;

  if (!picture)
    picture = cat ("NV12", 320, 240, &picture_caps);
  if (frame == 0)
    gst_harness_set_src_caps (h, gst_caps_ref (picture_caps));
  buffer = gst_buffer_copy (picture);
  GST_BUFFER_PTS (buffer) = frame * (GST_SECOND / 30);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  return buffer;
}

/* Detections of the frame-th buffer, or -1 without a meta. */
static gint
count_at (GstHarness *h, guint frame, gboolean *held)
{
  GstBuffer *out = through (h, cat_at (h, frame));
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  gint n = meta ? (gint)meta->n_detections : -1;

  if (held)
    *held = meta && meta->held;
  gst_buffer_unref (out);
  return n;
}

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
  assert_refused (detect_new ("model-file", NULL, "base-model", 2, NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_NOT_FOUND, "tfc-models get");
}

static void
test_starter_model (void)
{
  g_autofree gchar *models = shared_path ("models");
  GstHarness *h;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("model-file", NULL, "base-model", 3, "model-path", models, NULL),
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
    assert_refused (detect_new ("model-file", NULL, "base-model", 3, "model-path", dir, NULL),
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
send_qos (GstHarness *h, GstClockTimeDiff late, GstClockTime at)
{
  g_assert_true (gst_harness_push_upstream_event (
      h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1.0, late, at)));
}

/* Late frames pass unanalysed with what was last seen; after a second one is analysed all the same.
 */
static void
test_qos (void)
{
  GstHarness *h;
  GstStructure *stats;
  guint64 skipped, frames;
  gboolean held;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", TRUE, NULL), NULL);
  g_assert_cmpint (count_at (h, 0, &held), >=, 1);
  g_assert_false (held);
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 1; i < 31; i++) {
    g_assert_cmpint (count_at (h, i, &held), >=, 1);
    g_assert_true (held);
  }
  g_assert_cmpint (count_at (h, 31, &held), >=, 1);
  g_assert_false (held);
  g_assert_cmpint (count_at (h, 32, &held), >=, 1);
  g_assert_true (held);
  send_qos (h, -GST_MSECOND, GST_SECOND);
  g_assert_cmpint (count_at (h, 33, &held), >=, 1);
  g_assert_false (held);
  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, "skipped", G_TYPE_UINT64, &skipped, "frames",
                                    G_TYPE_UINT64, &frames, NULL));
  g_assert_cmpuint (skipped, ==, 31);
  g_assert_cmpuint (frames, ==, 34);
  gst_structure_free (stats);
  detect_done (h, NULL);
}

static void
test_stats (void)
{
  static const gchar *const stages[] = {"sample", "network", "decode", "total"};
  GstHarness *h;
  GstStructure *stats, *stage;
  guint64 count, mean, p50, p95, max, bytes, sum = 0;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  for (guint i = 0; i < 5; i++)
    count_at (h, i, NULL);
  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, "bytes", G_TYPE_UINT64, &bytes, NULL));
  g_assert_cmpuint (bytes, >, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    g_assert_true (gst_structure_get (stats, stages[i], GST_TYPE_STRUCTURE, &stage, NULL));
    g_assert_true (gst_structure_get (stage, "count", G_TYPE_UINT64, &count, "mean", G_TYPE_UINT64,
                                      &mean, "p50", G_TYPE_UINT64, &p50, "p95", G_TYPE_UINT64, &p95,
                                      "max", G_TYPE_UINT64, &max, NULL));
    g_assert_cmpuint (count, ==, 5);
    g_assert_cmpuint (p50, <=, p95);
    g_assert_cmpuint (p95, <=, max);
    g_assert_cmpuint (mean, <=, max);
    if (i < 3)
      sum += mean;
    gst_structure_free (stage);
  }
  g_assert_cmpuint (sum, >, 0);
  g_assert_cmpuint (sum, <=, mean + 3); /* the stages are parts of the total */
  gst_structure_free (stats);
  detect_done (h, NULL);
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
  h = detect_play (detect_new ("post-messages", 1, NULL), &bus);
  s = wait_message (bus, "model-loading");
  g_assert_nonnull (s);
  gst_structure_free (s);
  s = wait_message (bus, "model-loaded");
  g_assert_true (
      gst_structure_get (s, "time", G_TYPE_UINT64, &time, "bytes", G_TYPE_UINT64, &bytes, NULL));
  g_assert_cmpstr (gst_structure_get_string (s, "network"), ==, "detect.tflite");
  g_assert_cmpuint (bytes, >, 1000000);
  gst_structure_free (s);
  count_at (h, 0, NULL);
  count_at (h, 1, NULL); /* no change: no message */
  g_object_set (h->element, "post-messages", 2, NULL);
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

/* Another number of threads: a new engine beside the old one, taken between two buffers. */
static void
test_swap (void)
{
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  guint used;
  gint first;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), &bus);
  gst_structure_free (wait_message (bus, "model-loaded"));
  first = count_at (h, 0, NULL);
  g_object_set (h->element, "threads", 2, NULL);
  s = wait_message (bus, "model-loaded");
  g_assert_nonnull (s);
  g_assert_true (gst_structure_get (s, "threads", G_TYPE_UINT, &used, NULL));
  g_assert_cmpuint (used, ==, threads_of (2));
  gst_structure_free (s);
  g_usleep (1000); /* the message comes just before the hand-over */
  for (guint i = 1; i < 200; i++) {
    g_assert_cmpint (count_at (h, i, NULL), ==, first);
    g_object_get (h->element, "threads-used", &used, NULL);
    if (used == threads_of (2))
      break;
  }
  g_assert_cmpuint (used, ==, threads_of (2));
  detect_done (h, bus);
}

/* What model-file says while "model-failed" is posted. */
static GstBusSyncReply
note_file (GstBus *bus, GstMessage *message, gpointer file)
{
  if (gst_message_has_name (message, "model-failed"))
    g_object_get (GST_MESSAGE_SRC (message), "model-file", (gchar **)file, NULL);
  return GST_BUS_PASS;
}

static void
test_failed_swap (void)
{
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  gchar *file;
  g_autofree gchar *good = shared_path ("models/coco-ssd/mobilenet_v1_quant/detect.tflite");
  g_autofree gchar *then = NULL;
  gint first;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("classes", "cat", NULL), &bus);
  first = count_at (h, 0, NULL);
  gst_bus_set_sync_handler (bus, note_file, &then, NULL);
  g_object_set (h->element, "model-file", "/nowhere/none.tflite", NULL);
  s = wait_message (bus, "model-failed");
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  g_assert_cmpstr (then, ==, good); /* who changes another property now does not ask for it again */
  g_assert_nonnull (s);
  g_assert_nonnull (strstr (gst_structure_get_string (s, "error"), "/nowhere/none.tflite"));
  gst_structure_free (s);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                  "/nowhere/none.tflite");
  g_assert_cmpint (count_at (h, 1, NULL), ==, first);
  g_object_get (h->element, "model-file", &file, NULL);
  g_assert_cmpstr (file, ==, good); /* what really runs */
  g_free (file);
  detect_done (h, bus);
}

static gint churning;

static gpointer
churn (gpointer element)
{
  for (guint i = 0; g_atomic_int_get (&churning); i++) {
    GstStructure *stats;
    gchar *classes;
    g_object_set (element, "score-threshold", 0.1 + 0.1 * (i % 8), "max-detections", 1 + i % 30,
                  "interval", 1 + i % 2, "classes", i % 3 ? "cat,dog" : NULL, "post-messages",
                  i % 3, "iou-threshold", 0.1 * (i % 10), "attach", i % 8, NULL);
    if (i % 16 == 0)
      g_object_set (element, "threads", 1 + i / 16 % 2, NULL);
    g_object_get (element, "stats", &stats, "classes", &classes, NULL);
    gst_structure_free (stats);
    g_free (classes);
    g_usleep (500);
  }
  return NULL;
}

/* Every live property changes while frames flow, engines are swapped too (run under TSan and ASan).
 */
static void
test_churn (void)
{
  GstHarness *h;
  GstBus *bus;
  GThread *thread;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), &bus);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("churn", churn, h->element);
  for (guint i = 0; i < 60; i++) {
    gst_buffer_unref (through (h, cat_at (h, i)));
    gst_bus_set_flushing (bus, TRUE);
    gst_bus_set_flushing (bus, FALSE);
  }
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  detect_done (h, bus);
}

/* Stopped while another engine is being built, again and again. */
static void
test_stop_while_loading (void)
{
  if (!have_model ())
    return;
  for (guint i = 0; i < 10; i++) {
    GstHarness *h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
    g_object_set (h->element, "threads", 2, NULL);
    g_object_set (h->element, "threads", 1, NULL);
    if (i % 2)
      count_at (h, 0, NULL);
    detect_done (h, NULL);
  }
}

static gpointer
ask (gpointer element)
{
  while (g_atomic_int_get (&churning)) {
    GstStructure *stats;
    guint threads;
    g_object_get (element, "stats", &stats, "threads-used", &threads, NULL);
    gst_structure_free (stats);
    g_object_set (element, "classes", threads ? "cat" : NULL, NULL);
  }
  return NULL;
}

/* Asked what runs, while that is being closed. */
static void
test_ask_while_stopping (void)
{
  GstHarness *h;
  GThread *thread;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("ask", ask, h->element);
  for (guint i = 0; i < 10; i++) {
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_READY), !=,
                     GST_STATE_CHANGE_FAILURE);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PLAYING), !=,
                     GST_STATE_CHANGE_FAILURE);
  }
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  detect_done (h, NULL);
}

void
add_setting_tests (void)
{
  g_test_add_func ("/detect/defaults", test_defaults);
  g_test_add_func ("/detect/bad-models", test_bad_models);
  g_test_add_func ("/detect/missing-base-model", test_missing_base_model);
  g_test_add_func ("/detect/starter-model", test_starter_model);
  g_test_add_func ("/detect/changed-model", test_changed_model);
  g_test_add_func ("/detect/bad-settings", test_bad_settings);
  g_test_add_func ("/detect/interval", test_interval);
  g_test_add_func ("/detect/thresholds", test_thresholds);
  g_test_add_func ("/detect/classes-live", test_classes_live);
  g_test_add_func ("/detect/qos", test_qos);
  g_test_add_func ("/detect/stats", test_stats);
  g_test_add_func ("/detect/messages", test_messages);
  g_test_add_func ("/detect/swap", test_swap);
  g_test_add_func ("/detect/failed-swap", test_failed_swap);
  g_test_add_func ("/detect/churn", test_churn);
  g_test_add_func ("/detect/stop-while-loading", test_stop_while_loading);
  g_test_add_func ("/detect/ask-while-stopping", test_ask_while_stopping);
}

void
add_tests (void)
{
  add_stream_tests ();
  add_setting_tests ();
}
