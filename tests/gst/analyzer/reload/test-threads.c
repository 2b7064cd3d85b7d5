/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Models are swapped while frames flow, fail, are asked for by several threads, and given up when
 * the element stops. */
#include <string.h>
#include "tests/emulated.h"
#include "tests/gst/common/detect.h"

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
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  first = count_at (h, 0, NULL);
  g_object_set (h->element, "threads", 2, NULL);
  s = wait_message (bus, "tfc-model-loaded");
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

/* What model-file says while "tfc-model-failed" is posted. */
static GstBusSyncReply
note_file (GstBus *bus, GstMessage *message, gpointer file)
{
  if (gst_message_has_name (message, "tfc-model-failed"))
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
  s = wait_message (bus, "tfc-model-failed");
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
                  i % 3, "iou-threshold", 0.1 * (i % 10), "attach", i % 8, "tracking", i / 2 % 2,
                  "track-max-age", 100 * (i % 9), "track-min-hits", 1 + i % 3, NULL);
    if (i % 16 == 0)
      g_object_set (element, "threads", 1 + i / 16 % 2, NULL);
    g_object_get (element, "stats", &stats, "classes", &classes, NULL);
    gst_structure_free (stats);
    g_free (classes);
    g_usleep (500);
  }
  return NULL;
}

/* Every live property changes while frames flow, engines are swapped too (run under TSan and ASan);
 * fewer where all is slow.
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
  for (guint i = 0; i < (emulated () ? 12 : 60); i++) {
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

static const TestCase cases[] = {
    {"/reload-threads/swap", test_swap},
    {"/reload-threads/failed-swap", test_failed_swap},
    {"/reload-threads/churn", test_churn},
    {"/reload-threads/stop-while-loading", test_stop_while_loading},
    {"/reload-threads/ask-while-stopping", test_ask_while_stopping},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, forget_cat);
}
