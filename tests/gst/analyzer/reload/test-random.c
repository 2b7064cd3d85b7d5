/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Properties set at random, from two threads and from handlers of messages, while two elements that
 * may share a model play, are flushed, stop and start, by their handlers too. Whatever happened, in
 * the end what the properties say is what runs; and so it is after each of some more changes.
 * TFC_RANDOM: the seed. */
#include <stdlib.h>
#include <string.h>
#include "tests/gst/common/tiny.h"

#define FRAMES 100
#define SETTERS 2
#define CALM_CHANGES 20

typedef struct {
  GstHarness *h; /* NULL: not started yet */
  GThread *thread;
  guint seed, frame;
  GMutex change; /* held while a thread changes the state */
  /* Atomic: */
  gint calm;    /* nobody sets anything any more */
  gint backend; /* of the last model that was loaded */
  gint n_messages;
} Stream;

/* ---- what is set ---- */

static const gchar *
pick (GRand *random, const gchar *const *from)
{
  return from[g_rand_int_range (random, 0, (gint)g_strv_length ((gchar **)from))];
}

static void
set_text (GstElement *element, GRand *random)
{
  static const gchar *const classes[] = {"", "ape", "ant", "bee,bat", "0", "1,2", "cow,none", NULL};
  const gchar *const models[] = {tiny_model, tiny_copy, "/nowhere/none.tflite", NULL};
  const gchar *const labels[] = {tiny_labels, other_labels, tiny_labels, short_labels, NULL};
  const gchar *const paths[] = {"", "/nowhere", NULL};

  switch (g_rand_int_range (random, 0, 6)) {
    case 0:
      g_object_set (element, "model-file", pick (random, models), NULL);
      break;
    case 1:
      g_object_set (element, "label-file", pick (random, labels), NULL);
      break;
    case 2:
      g_object_set (element, "model-path", pick (random, paths), NULL);
      break;
    case 3:
      g_object_set (element, "exclude-classes", pick (random, classes), NULL);
      break;
    case 4:
      g_object_set (element, "classes", NULL, "exclude-classes", NULL, NULL);
      break;
    default:
      g_object_set (element, "classes", pick (random, classes), NULL);
  }
}

static void
set_number (GstElement *element, GRand *random)
{
  static const struct {
    const gchar *name;
    gint min, n;
  } properties[] = {{"threads", 1, 3},       {"backend", 0, 3},
                    {"share", 0, 2},         {"mode", 0, 2},
                    {"qos", 0, 2},           {"interval", 1, 3},
                    {"attach", 0, 8},        {"post-messages", 0, 3},
                    {"tracking", 0, 2},      {"track-max-age", 0, 1000},
                    {"track-min-hits", 1, 3}};
  const guint i = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (properties));

  g_object_set (element, properties[i].name,
                properties[i].min + g_rand_int_range (random, 0, properties[i].n), NULL);
}

static void
set_something (GstElement *element, GRand *random)
{
  (g_rand_boolean (random) ? set_text : set_number) (element, random);
}

static gpointer
keep_setting (gpointer data)
{
  Stream *s = data;
  GRand *random = g_rand_new_with_seed ((guint)g_atomic_int_add (&s->n_messages, 1) + s->seed);

  while (!g_atomic_int_get (&s->calm)) {
    set_something (s->h->element, random);
    stat_of (s->h->element, "frames");
    g_usleep (g_rand_boolean (random) ? 0 : (gulong)g_rand_int_range (random, 0, 10000));
  }
  g_rand_free (random);
  return NULL;
}

/* ---- handlers ---- */

/* A handler may stop and start the element that posts, unless another thread is about to. */
static void
restart (Stream *s, GstMessage *message, GRand *random)
{
  static GPrivate within;

  if (!gst_message_has_name (message, "tfc-model-loading") || g_thread_self () == s->thread ||
      g_private_get (&within) || !g_mutex_trylock (&s->change))
    return;
  g_private_set (&within, s);
  gst_element_set_state (s->h->element, GST_STATE_READY);
  if (g_rand_boolean (random))
    gst_element_set_state (s->h->element, GST_STATE_PLAYING);
  g_private_set (&within, NULL);
  g_mutex_unlock (&s->change);
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  Stream *s = data;
  GRand *random = g_rand_new_with_seed ((guint)g_atomic_int_add (&s->n_messages, 1) + s->seed);
  gint backend;

  if (gst_message_has_name (message, "tfc-model-loaded") &&
      gst_structure_get_enum (gst_message_get_structure (message), "backend",
                              g_type_from_name ("GstTfcBackend"), &backend))
    g_atomic_int_set (&s->backend, backend);
  if (s->h && !g_atomic_int_get (&s->calm)) {
    if (g_rand_int_range (random, 0, 4) == 0)
      set_something (s->h->element, random);
    if (g_rand_int_range (random, 0, 10) == 0)
      restart (s, message, random);
  }
  g_rand_free (random);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* ---- a stream ---- */

static void
begin (Stream *s)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (s->h, gst_event_new_stream_start ("again"));
  gst_harness_push_event (s->h, gst_event_new_caps (caps_at (30)));
  gst_harness_push_event (s->h, gst_event_new_segment (&segment));
  s->frame = 0;
}

/* Until it starts: what it is asked for may be nonsense. */
static void
start_again (Stream *s)
{
  GstElement *element = s->h->element;

  g_mutex_lock (&s->change);
  gst_element_set_state (element, GST_STATE_READY);
  while (gst_element_set_state (element, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    g_object_set (element, "model-file", tiny_model, "label-file", tiny_labels, "classes", NULL,
                  "exclude-classes", NULL, NULL);
  g_mutex_unlock (&s->change);
  begin (s);
}

static Sight
see (Stream *s)
{
  if (gst_harness_push (s->h, white (s->frame++, 0)) == GST_FLOW_OK)
    return sight_of (gst_harness_pull (s->h));
  start_again (s);
  return (Sight){-1};
}

static void
flush (Stream *s, gboolean after_eos)
{
  if (after_eos)
    gst_harness_push_event (s->h, gst_event_new_eos ());
  gst_harness_push_event (s->h, gst_event_new_flush_start ());
  gst_harness_push_event (s->h, gst_event_new_flush_stop (TRUE));
  begin (s);
}

static gboolean
names (const gchar *list, const gchar *name, gchar id)
{
  return list && (strstr (list, name) || strchr (list, id));
}

/* The class that a white picture shows by the properties; NULL: none. */
static const gchar *
expected_label (GstElement *element)
{
  static const gchar *const labels[][3] = {{"ape", "bee", "cow"}, {"ant", "bat", "cod"}};
  g_autofree gchar *file = NULL;
  g_autofree gchar *classes = NULL;
  g_autofree gchar *exclude = NULL;

  g_object_get (element, "label-file", &file, "classes", &classes, "exclude-classes", &exclude,
                NULL);
  for (guint i = 0; i < 3; i++) {
    const gchar *name = labels[g_strcmp0 (file, other_labels) == 0][i];
    if ((!classes || !*classes || names (classes, name, (gchar)('0' + i))) &&
        !names (exclude, name, (gchar)('0' + i)))
      return name;
  }
  return NULL;
}

static gboolean
runs_as_set (Stream *s, Sight sight)
{
  GstElement *element = s->h->element;
  g_autofree gchar *file = NULL;
  g_autofree gchar *name = NULL;
  guint threads, used;
  gint backend;

  g_object_get (element, "threads", &threads, "threads-used", &used, "backend", &backend,
                "model-file", &file, NULL);
  name = g_path_get_basename (file);
  return sight.n >= 0 && used == threads_of (threads) && g_strcmp0 (sight.model, name) == 0 &&
         g_atomic_int_get (&s->backend) == backend &&
         g_strcmp0 (sight.label, expected_label (element)) == 0;
}

static void
assert_runs_as_set (Stream *s)
{
  guint i = 0;

  g_object_set (s->h->element, "attach", 1, NULL);
  while (!runs_as_set (s, see (s)) && i++ < 60000)
    g_usleep (1000);
  g_assert_cmpuint (i, <, 60000);
}

static void
play_wildly (Stream *s)
{
  GRand *random = g_rand_new_with_seed (s->seed);
  GThread *setters[SETTERS];

  for (guint i = 0; i < SETTERS; i++)
    setters[i] = g_thread_new ("setter", keep_setting, s);
  for (guint i = 0; i < FRAMES; i++) {
    see (s);
    if (g_rand_int_range (random, 0, 20) == 0)
      flush (s, g_rand_boolean (random));
    g_usleep ((gulong)g_rand_int_range (random, 0, 5000));
  }
  g_atomic_int_set (&s->calm, 1);
  for (guint i = 0; i < SETTERS; i++)
    g_thread_join (setters[i]);
  g_rand_free (random);
}

static gpointer
play (gpointer data)
{
  Stream *s = data;
  GstElement *element = tiny_new ("max-detections", 20, NULL);
  GstBus *bus = gst_bus_new ();
  GRand *random = g_rand_new_with_seed (s->seed + 1);

  s->thread = g_thread_self ();
  gst_bus_set_sync_handler (bus, on_message, s, NULL);
  gst_element_set_bus (element, bus);
  s->h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  gst_harness_set_src_caps (s->h, caps_at (30));
  play_wildly (s);
  assert_runs_as_set (s);
  for (guint i = 0; i < CALM_CHANGES; i++) {
    set_something (element, random);
    assert_runs_as_set (s);
  }
  g_rand_free (random);
  gst_element_set_bus (element, NULL);
  gst_object_unref (bus);
  gst_harness_teardown (s->h);
  return NULL;
}

/* GLib keeps names of fields, and interned texts, under a lock that ThreadSanitizer does not see:
 * they are made before there are threads. */
static void
make_names (void)
{
  static const gchar *const labels[] = {"ape", "bee", "cow", "ant", "bat", "cod", "elk", "fox"};
  g_autofree gchar *copy = g_path_get_basename (tiny_copy);
  GstBus *bus;
  GstHarness *h = tiny_play (tiny_new ("post-messages", "all", NULL), &bus);

  g_intern_string (copy);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_intern_string (labels[i]);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  g_assert_cmpuint (stat_of (h->element, "frames"), ==, 1);
  detect_done (h, bus);
  assert_refused (tiny_new ("model-file", "/nowhere/none.tflite", NULL), GST_RESOURCE_ERROR,
                  GST_RESOURCE_ERROR_NOT_FOUND, "none");
}

static void
test_random (void)
{
  const gchar *given = g_getenv ("TFC_RANDOM");
  const guint seed = given ? (guint)atoi (given) : g_random_int () >> 8;
  Stream streams[2] = {{.seed = seed}, {.seed = seed + 1000}};
  GThread *threads[2];

  make_names ();
  g_test_message ("TFC_RANDOM=%u", seed);
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("play", play, &streams[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

static const TestCase cases[] = {{"/reload-random", test_random}, {NULL}};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
