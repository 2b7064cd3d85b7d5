/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Properties set in handlers of messages and notifications, what notifies, and what is set while
 * the element stops. */
#include "tests/gst/common/hand.h"

static void
set_threads (GstElement *element, gpointer unused)
{
  g_object_set (element, "threads", 2, NULL);
}

/* When the property is set back. */
static void
on_notify (GObject *element, GParamSpec *spec, gpointer unused)
{
  g_autofree gchar *file = NULL;

  g_object_get (element, "model-file", &file, NULL);
  if (g_str_equal (file, tiny_model))
    set_threads (GST_ELEMENT (element), NULL);
}

/* Of one CPU the number of threads alone does not tell. */
static gboolean
has_failed (GstElement *element, Sight sight, gconstpointer data)
{
  Hand *hand = (Hand *)data;
  return hand_count (&hand->failed) > 0 && uses_threads (element, sight, GUINT_TO_POINTER (2));
}

/* From the handler of tfc-model-failed, and of a notification that tells of it: no deadlock, and it
 * counts. */
static void
test_from_handlers (gconstpointer by_notify)
{
  Hand hand = {"tfc-model-failed", set_threads, NULL, by_notify ? 0 : 1};
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  if (by_notify)
    g_signal_connect (h->element, "notify::model-file", G_CALLBACK (on_notify), NULL);
  set_bad_model (h->element, NULL);
  g_assert_true (until (h, has_failed, &hand));
  g_assert_cmpint (hand_count (&hand.failed), ==, 1);
  detect_done (h, bus);
}

/* threads-used and stats tell when they change. */
static void
test_notifications (void)
{
  GString *threads = g_string_new (NULL), *stats = g_string_new (NULL);
  GstElement *element = tiny_new ("max-detections", 20, NULL);
  Hand hand = {0};
  GstHarness *h;
  GstBus *bus;

  g_signal_connect (element, "notify::threads-used", G_CALLBACK (note), threads);
  g_signal_connect (element, "notify::stats", G_CALLBACK (note), stats);
  h = play_with (element, &hand, &bus);
  g_assert_cmpstr (threads->str, ==, "threads-used ");
  g_assert_cmpuint (stats->len, >, 0);
  set_threads (h->element, NULL);
  g_assert_true (until (h, uses_threads, GUINT_TO_POINTER (2)));
  if (threads_of (2) == 2)
    g_assert_cmpstr (threads->str, ==, "threads-used threads-used ");
  g_string_truncate (stats, 0);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  g_assert_cmpstr (stats->str, ==, "stats ");
  g_string_truncate (threads, 0);
  g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_READY), ==,
                   GST_STATE_CHANGE_SUCCESS);
  g_assert_cmpstr (threads->str, ==, "threads-used ");
  g_signal_handlers_disconnect_by_data (h->element, threads);
  g_signal_handlers_disconnect_by_data (h->element, stats);
  detect_done (h, bus);
  g_string_free (threads, TRUE);
  g_string_free (stats, TRUE);
}

typedef struct {
  GMutex lock;
  GCond changed;
  gboolean loading, go;
} Hold;

static void
hold (GstElement *element, gpointer data)
{
  Hold *h = data;

  g_mutex_lock (&h->lock);
  h->loading = TRUE;
  g_cond_broadcast (&h->changed);
  while (!h->go)
    g_cond_wait (&h->changed, &h->lock);
  g_mutex_unlock (&h->lock);
}

/* What is set while another model is being loaded, just before the stop, is there at the next
 * start. */
static void
test_stop (void)
{
  Hold held = {.loading = FALSE};
  Hand hand = {"tfc-model-loading", hold, &held, 0};
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  g_mutex_init (&held.lock);
  g_cond_init (&held.changed);
  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, 1);
  set_bad_model (h->element, NULL);
  g_mutex_lock (&held.lock);
  while (!held.loading)
    g_cond_wait (&held.changed, &held.lock);
  g_object_set (h->element, "model-file", tiny_copy, "label-file", other_labels, "classes", "ant",
                NULL);
  held.go = TRUE;
  g_cond_broadcast (&held.changed);
  g_mutex_unlock (&held.lock);
  gst_element_set_state (h->element, GST_STATE_READY);
  g_object_get (h->element, "model-file", &file, NULL);
  g_assert_cmpstr (file, ==, tiny_copy);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  gst_harness_push_event (h, gst_event_new_stream_start ("again"));
  gst_harness_push_event (h, gst_event_new_caps (caps_of ("RGB", 16, 16)));
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    gst_harness_push_event (h, gst_event_new_segment (&segment));
  }
  g_assert_cmpstr (look_at (h, 0).label, ==, "ant");
  g_assert_cmpint (
      hand_count (&hand.failed) + hand_count (&hand.warnings) + hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
  g_mutex_clear (&held.lock);
  g_cond_clear (&held.changed);
}

static const TestCase cases[] = {
    {"/reload-handlers/message", NULL, test_from_handlers, NULL},
    {"/reload-handlers/notify", NULL, test_from_handlers, "notify"},
    {"/reload-handlers/notifications", test_notifications},
    {"/reload-handlers/stop", test_stop},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
