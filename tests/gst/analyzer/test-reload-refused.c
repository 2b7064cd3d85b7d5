/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A change that cannot be had: a warning, properties set back with a notification, and what ran
 * goes on. */
#include <string.h>
#include "tests/gst/common/hand.h"

static void
set_nonsense (GstElement *element, gpointer property)
{
  g_object_set (element, property, "cow,nonsense", NULL);
}

/* A class that the labels do not have: a warning and the property set back, also while loading;
 * what else was set stays. */
static void
test_nonsense (gconstpointer moment)
{
  static const gchar *const properties[] = {"classes", "exclude-classes"};

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    Hand hand = {.set = set_nonsense, .data = (gpointer)properties[i], .left = 1};
    GString *noted = g_string_new (NULL);
    GstElement *element = tiny_new (properties[i], "bee", NULL);
    g_autofree gchar *value = NULL;
    GstHarness *h;
    GstBus *bus;

    hand.moment = g_str_has_prefix (moment, "tfc-model-") ? moment : NULL;
    g_signal_connect (element, i ? "notify::exclude-classes" : "notify::classes", G_CALLBACK (note),
                      noted);
    h = play_with (element, &hand, &bus);
    if (!hand.moment)
      set_nonsense (h->element, hand.data);
    assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                    "nonsense");
    g_object_get (h->element, properties[i], &value, NULL);
    g_assert_cmpstr (value, ==, "bee");
    g_assert_cmpstr (look_at (h, 0).label, ==, i ? "ape" : "bee");
    g_assert_cmpuint (noted->len, >, 0);
    if (hand.moment) /* once when it was set, once when it was set back */
      g_assert_cmpstr (noted->str, ==, i ? "exclude-classes exclude-classes " : "classes classes ");
    g_assert_cmpint (hand_count (&hand.failed) + hand_count (&hand.errors), ==, 0);
    g_assert_cmpint (hand_count (&hand.warnings), ==, 1);
    detect_done (h, bus);
    g_string_free (noted, TRUE);
  }
}

static void
set_both_filters (GstElement *element, gpointer unused)
{
  g_object_set (element, "classes", "cow", "exclude-classes", "nonsense", NULL);
}

/* Of two filters only the wrong one is set back. */
static void
test_one_of_two (void)
{
  Hand hand = {"tfc-model-loading", set_both_filters, NULL, 1};
  g_autofree gchar *classes = NULL;
  g_autofree gchar *exclude = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_object_get (h->element, "classes", &classes, "exclude-classes", &exclude, NULL);
  g_assert_cmpstr (classes, ==, "cow");
  g_assert_null (exclude);
  g_assert_cmpstr (look_at (h, 0).label, ==, "cow");
  g_assert_cmpint (hand_count (&hand.warnings), ==, 1);
  detect_done (h, bus);
}

/* While the first model loads another is asked for that cannot be had: the first runs. */
static void
test_bad_second (void)
{
  Hand hand = {"tfc-model-loading", set_bad_model, NULL, 1};
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                  "/nowhere/none.tflite");
  g_object_get (h->element, "model-file", &file, NULL);
  g_assert_cmpstr (file, ==, tiny_model);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  g_assert_cmpint (hand_count (&hand.failed), ==, 1);
  g_assert_cmpint (hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

static void
set_good_model (GstElement *element, gpointer unused)
{
  g_object_set (element, "model-file", tiny_model, NULL);
}

/* The first model cannot be had, but while that is found out a good one is asked for. */
static void
test_bad_first (void)
{
  Hand hand = {"tfc-model-loading", set_good_model, NULL, 1};
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("model-file", "/nowhere/none.tflite", NULL), &hand, &bus);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  g_assert_cmpint (
      hand_count (&hand.failed) + hand_count (&hand.warnings) + hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

/* Everything that a request is made of is set back, and notifies; what did not change does not. */
static void
test_set_back (void)
{
  Hand hand = {0};
  GString *noted = g_string_new (NULL);
  g_autofree gchar *file = NULL;
  g_autofree gchar *labels = NULL;
  g_autofree gchar *path = NULL;
  g_autofree gchar *classes = NULL;
  guint threads, backend, base;
  gboolean share;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("base-model", "mobilenet-v1-quant", NULL), &hand, &bus);
  g_object_freeze_notify (G_OBJECT (h->element));
  set_properties (h->element, "threads", 2, "backend", "reference", "share", FALSE, "model-path",
                  "/nowhere", "base-model", "mobilenet-v1", "label-file", other_labels,
                  "model-file", "/nowhere/none.tflite", "classes", "bee", NULL);
  g_object_thaw_notify (G_OBJECT (h->element));
  g_signal_connect (h->element, "notify", G_CALLBACK (note), noted);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                  "/nowhere/none.tflite");
  g_object_get (h->element, "threads", &threads, "backend", &backend, "share", &share, "model-path",
                &path, "base-model", &base, "label-file", &labels, "model-file", &file, "classes",
                &classes, NULL);
  g_assert_cmpuint (threads, ==, 1);
  g_assert_cmpuint (backend, ==, 0);
  g_assert_true (share);
  g_assert_null (path);
  g_assert_cmpuint (base, ==, 3);
  g_assert_cmpstr (labels, ==, tiny_labels);
  g_assert_cmpstr (file, ==, tiny_model);
  g_assert_cmpstr (classes, ==, "bee"); /* fits what runs */
  g_assert_cmpstr (noted->str, ==,
                   "backend threads share model-path base-model model-file label-file ");
  g_assert_cmpstr (look_at (h, 0).label, ==, "bee");
  detect_done (h, bus);
  g_string_free (noted, TRUE);
}

/* Labels that do not know the class that was asked for: a failure, all goes on as it was. */
static void
test_labels_without_class (void)
{
  Hand hand = {0};
  g_autofree gchar *labels = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("classes", "ape", NULL), &hand, &bus);
  g_object_set (h->element, "label-file", other_labels, NULL);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "ape");
  g_object_get (h->element, "label-file", &labels, NULL);
  g_assert_cmpstr (labels, ==, tiny_labels);
  g_assert_cmpstr (look_at (h, 0).label, ==, "ape");
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/reload-refused/nonsense/model-loading", NULL, test_nonsense, "tfc-model-loading"},
    {"/reload-refused/nonsense/started", NULL, test_nonsense, "started"},
    {"/reload-refused/one-of-two", test_one_of_two},
    {"/reload-refused/bad-second", test_bad_second},
    {"/reload-refused/bad-first", test_bad_first},
    {"/reload-refused/set-back", test_set_back},
    {"/reload-refused/labels-without-class", test_labels_without_class},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
