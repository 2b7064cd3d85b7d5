/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* No more threads can be had: an error of the element or fewer threads, never the end of the
 * application. It puts itself in pthread_create's place. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include "tests/gst/common/tiny.h"

static gint refused,
    allowed = G_MAXINT; /* atomic: how many there were; how many still are to be had */

__attribute__ ((visibility ("default"))) int
pthread_create (pthread_t *thread, const pthread_attr_t *how, void *(*run) (void *), void *data)
{
  static int (*real) (pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

  if (!real)
    *(void **)&real = dlsym (RTLD_NEXT, "pthread_create");
  if (g_atomic_int_add (&allowed, -1) > 0)
    return real (thread, how, run, data);
  g_atomic_int_inc (&refused);
  return EAGAIN;
}

static void
allow (gint n)
{
  g_atomic_int_set (&refused, 0);
  g_atomic_int_set (&allowed, n);
}

static void
test_start (void)
{
  GstElement *element = gst_object_ref_sink (tiny_new ("max-detections", 20, NULL));
  GstBus *bus = gst_bus_new ();

  gst_element_set_bus (element, bus);
  allow (0);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_FAILURE);
  g_assert_cmpint (g_atomic_int_get (&refused), >, 0);
  allow (G_MAXINT);
  assert_message (bus, GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, "thread");
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_NULL), ==, GST_STATE_CHANGE_SUCCESS);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_SUCCESS);
  gst_element_set_bus (element, NULL);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (element);
  gst_object_unref (bus);
}

static void
test_latest (void)
{
  GstHarness *h;
  GstBus *bus;

  h = tiny_play (tiny_new ("mode", "latest", NULL), &bus);
  allow (0);
  g_assert_cmpint (gst_harness_push (h, white (0, 0)), ==, GST_FLOW_ERROR);
  g_assert_cmpint (g_atomic_int_get (&refused), >, 0);
  allow (G_MAXINT);
  assert_message (bus, GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, "thread");
  detect_done (h, bus);
}

/* A network gets along with the threads that there are. */
static void
test_workers (void)
{
  static const gchar *const backends[] = {"auto", "reference"};

  for (guint i = 0; i < G_N_ELEMENTS (backends); i++) {
    GstElement *element = tiny_new ("threads", 3, "share", FALSE, NULL);
    GstHarness *h;
    gst_util_set_object_arg (G_OBJECT (element), "backend", backends[i]);
    gst_object_ref_sink (element);
    allow (0);
    gst_element_set_state (element,
                           GST_STATE_PAUSED); /* its workers are refused, then the loader */
    g_test_message ("%s: %d refused", backends[i], g_atomic_int_get (&refused));
    allow (G_MAXINT);
    h = tiny_play (element, NULL);
    g_assert_cmpint (look_at (h, 0).n, ==, 1);
    detect_done (h, NULL);
  }
}

/* The checksum of a model of the store is taken by the caller then. */
static void
test_checksum (void)
{
  g_autofree gchar *models = shared_path ("models");
  GstHarness *h;
  GstElement *element;

  if (!have_model ())
    return;
  element = gst_element_factory_make_full ("tfcdetect", "base-model", 3, "model-path", models,
                                           "threads", 1, NULL);
  h = detect_play (element, NULL);
  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  g_assert_cmpint (look_at (h, 0).n, >=, 0);
  allow (0);
  g_object_set (h->element, "share", FALSE, NULL);
  {
    g_autoptr (GstStructure) stats = NULL;
    guint streams = 0;
    for (guint i = 1; streams != 1 && i < 10000; i++) {
      look_at (h, i);
      g_object_get (h->element, "stats", &stats, NULL);
      gst_structure_get_uint (stats, "streams", &streams);
      g_clear_pointer (&stats, gst_structure_free);
    }
    g_assert_cmpuint (streams, ==, 1);
  }
  allow (G_MAXINT);
  detect_done (h, NULL);
}

/* ---- stopped from within ---- */

typedef struct {
  const gchar *moment;      /* name of an element message */
  gboolean again;           /* start it again at once */
  gint armed, done, loaded; /* atomic */
} Stop;

static GstBusSyncReply
stop_it (GstBus *bus, GstMessage *m, gpointer data)
{
  const GstStructure *s = gst_message_get_structure (m);
  Stop *stop = data;

  if (s && gst_structure_has_name (s, "tfc-model-loaded"))
    g_atomic_int_inc (&stop->loaded);
  if (s && gst_structure_has_name (s, stop->moment) &&
      g_atomic_int_compare_and_exchange (&stop->armed, TRUE, FALSE)) {
    gst_element_set_state (GST_ELEMENT (GST_MESSAGE_SRC (m)), GST_STATE_NULL);
    if (stop->again)
      gst_element_set_state (GST_ELEMENT (GST_MESSAGE_SRC (m)), GST_STATE_PLAYING);
    g_atomic_int_set (&stop->done, TRUE);
  }
  return GST_BUS_PASS;
}

static void
wait_for (gint *what, gint least)
{
  for (guint i = 0; g_atomic_int_get (what) < least && i < 60000; i++)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (what), >=, least);
}

/* A handler of the loader's messages, on the loader's thread, stops the element. */
static void
test_stopped_within (gconstpointer moment)
{
  for (guint again = 0; again < 2; again++) {
    Stop stop = {.moment = moment, .again = again};
    GstElement *element = tiny_new ("threads", 1, NULL);
    GstBus *bus = gst_bus_new ();
    GstHarness *h;
    guint threads;

    gst_bus_set_sync_handler (bus, stop_it, &stop, NULL);
    gst_element_set_bus (element, bus);
    h = gst_harness_new_with_element (element, "sink", "src");
    gst_object_unref (element);
    gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
    g_assert_cmpint (look_at (h, 0).n, ==, 1);
    g_atomic_int_set (&stop.armed, TRUE);
    g_object_set (h->element, "model-file",
                  g_str_equal (moment, "tfc-model-failed") ? "/nowhere.tflite" : tiny_copy, NULL);
    wait_for (&stop.done, TRUE);
    g_object_set (h->element, "model-file", tiny_model, NULL);
    if (!again)
      gst_element_set_state (h->element, GST_STATE_PLAYING);
    wait_for (&stop.loaded, 2);
    g_object_get (h->element, "threads-used", &threads, NULL);
    g_assert_cmpuint (threads, >=, 1);
    detect_done (h, NULL);
    gst_bus_set_flushing (bus, TRUE);
    gst_object_unref (bus);
  }
}

static const TestCase cases[] = {
    {"/threads/start", test_start},
    {"/threads/latest", test_latest},
    {"/threads/workers", test_workers},
    {"/threads/checksum", test_checksum},
    {"/threads/stopped-within/loading", NULL, test_stopped_within, "tfc-model-loading"},
    {"/threads/stopped-within/loaded", NULL, test_stopped_within, "tfc-model-loaded"},
    {"/threads/stopped-within/failed", NULL, test_stopped_within, "tfc-model-failed"},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
