/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Settings are never lost: each is applied, whenever it comes; changes that follow each other are
 * one. */
#include <string.h>
#include "tests/gst/common/hand.h"

typedef struct {
  const gchar *property, *value;
  gchar **file; /* the value, where it is a file of the test's */
  gboolean (*runs) (GstElement *element, Sight sight, gconstpointer data);
  gconstpointer expected;
} Change;

static gboolean
shows_label (GstElement *element, Sight sight, gconstpointer label)
{
  return sight.n == 1 && g_strcmp0 (sight.label, label) == 0;
}

static gboolean
shows_none (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.n == 0;
}

static gboolean
shows_copy (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.model && g_str_has_suffix (tiny_copy, sight.model);
}

static gboolean
is_alone (GstElement *element, Sight sight, gconstpointer unused)
{
  g_autoptr (GstStructure) stats = NULL;
  guint streams;

  g_object_get (element, "stats", &stats, NULL);
  return gst_structure_get_uint (stats, "streams", &streams) && streams == 1;
}

static gboolean
was_held (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.held;
}

static gboolean
is_followed (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.track_id > 0;
}

static const Change changes[] = {
    {"classes", "bee", NULL, shows_label, "bee"},
    {"classes", "cow,1", NULL, shows_label, "bee"},
    {"exclude-classes", "ape,bee", NULL, shows_label, "cow"},
    {"label-file", NULL, &other_labels, shows_label, "ant"},
    {"model-file", NULL, &tiny_copy, shows_copy, NULL},
    {"threads", "2", NULL, uses_threads, GUINT_TO_POINTER (2)},
    {"backend", "reference", NULL, is_alone, NULL}, /* the neighbour runs on another */
    {"share", "false", NULL, is_alone, NULL},
    {"score-threshold", "1.0", NULL, shows_none, NULL},
    {"interval", "5", NULL, was_held, NULL},
    {"tracking", "motion", NULL, is_followed, NULL},
};

static void
set_change (GstElement *element, gpointer data)
{
  const Change *c = data;

  gst_util_set_object_arg (G_OBJECT (element), c->property, c->file ? *c->file : c->value);
}

/* The property as text; g_free. */
static gchar *
value_of (GstElement *element, const gchar *property)
{
  GValue value = G_VALUE_INIT;
  gchar *text;

  g_value_init (&value,
                g_object_class_find_property (G_OBJECT_GET_CLASS (element), property)->value_type);
  g_object_get_property (G_OBJECT (element), property, &value);
  text = G_VALUE_HOLDS_STRING (&value) ? g_value_dup_string (&value) : gst_value_serialize (&value);
  g_value_unset (&value);
  return text;
}

static void
assert_applied (const Change *c, const gchar *moment)
{
  Hand hand = {.set = set_change, .data = (gpointer)c, .left = 1};
  GstHarness *h, *neighbour = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  g_autofree gchar *set = NULL;
  g_autofree gchar *then = NULL;
  GstBus *bus;

  hand.moment = g_str_has_prefix (moment, "tfc-model-") ? moment : NULL;
  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  if (g_str_equal (moment, "streaming"))
    g_assert_cmpint (look_at (h, 0).n, ==, 1);
  if (!hand.moment)
    set_change (h->element, hand.data);
  set = value_of (h->element, c->property);
  g_test_message ("%s=%s at %s", c->property, set, moment);
  g_assert_true (until (h, c->runs, c->expected));
  then = value_of (h->element, c->property);
  g_assert_cmpstr (then, ==, set);
  if (!c->file && !strstr (c->value, ".")) /* 1.0 reads as 1 */
    g_assert_cmpstr (then, ==, c->value);
  else if (c->file)
    g_assert_cmpstr (then, ==, *c->file);
  g_assert_cmpint (
      hand_count (&hand.failed) + hand_count (&hand.warnings) + hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
  detect_done (neighbour, NULL);
}

static void
test_applied (gconstpointer moment)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    assert_applied (&changes[i], moment);
}

static void
set_other_labels (GstElement *element, gpointer unused)
{
  g_object_set (element, "label-file", other_labels, NULL);
}

/* The first alone could not be loaded; the second comes at once, or while the first is found to be
 * wrong. Nobody is told of a failure, nothing is set back. */
static void
test_together (gconstpointer at_once)
{
  Hand hand = {"tfc-model-loading", set_other_labels, NULL, 0};
  g_autofree gchar *labels = NULL;
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, at_once ? 0 : 1);
  g_object_set (h->element, "label-file", short_labels, "model-file", tiny_copy, NULL);
  if (at_once)
    set_other_labels (h->element, NULL);
  g_assert_true (until (h, shows_label, "ant"));
  g_assert_true (until (h, shows_copy, NULL));
  g_object_get (h->element, "label-file", &labels, "model-file", &file, NULL);
  g_assert_cmpstr (labels, ==, other_labels);
  g_assert_cmpstr (file, ==, tiny_copy);
  g_assert_cmpint (
      hand_count (&hand.failed) + hand_count (&hand.warnings) + hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

static void
set_bat (GstElement *element, gpointer unused)
{
  g_object_set (element, "classes", "bat,ant", NULL);
}

/* Labels, then a class that only they have. */
static void
test_labels_then_class (gconstpointer at_once)
{
  Hand hand = {"tfc-model-loading", set_bat, NULL, 0};
  g_autofree gchar *classes = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("classes", "ape", NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, at_once ? 0 : 1);
  g_object_set (h->element, "label-file", other_labels, NULL);
  if (at_once)
    set_bat (h->element, NULL);
  g_assert_true (until (h, shows_label, "ant"));
  g_object_get (h->element, "classes", &classes, NULL);
  g_assert_cmpstr (classes, ==, "bat,ant");
  g_assert_cmpint (
      hand_count (&hand.failed) + hand_count (&hand.warnings) + hand_count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

static guint
points_of (GstHarness *h, GstBuffer *picture, guint n)
{
  GstBuffer *buffer = gst_buffer_copy (picture), *out;
  const GstTfcFaceMeta *meta;
  guint points;

  GST_BUFFER_PTS (buffer) = n * (GST_SECOND / 30);
  out = through (h, buffer);
  meta = gst_buffer_get_tfc_face_meta (out);
  points = meta && meta->n_faces ? meta->faces[0].n_points : 0;
  gst_buffer_unref (out);
  return points;
}

static void
test_faces (gconstpointer moment)
{
  static const Change cases[] = {{"predict-irises", "true"}, {"mesh-model", "attention"}};
  g_autofree gchar *models = shared_path ("models");

  if (!have_model ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Hand hand = {moment, set_change, (gpointer)&cases[i], 1};
    GstElement *element =
        gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1,
                                       "predict-irises", i == 1, "max-faces", 1, NULL);
    g_autofree gchar *value = NULL;
    GstBuffer *picture;
    GstHarness *h;
    GstCaps *caps;
    GstBus *bus;
    guint n = 0;

    h = play_with (element, &hand, &bus);
    picture = photo ("media/tfjs_portrait.png", "RGB", 0, 0, &caps);
    gst_harness_set_src_caps (h, caps);
    while (points_of (h, picture, n) != 478 && n < 2000)
      n++;
    g_assert_cmpuint (n, <, 2000);
    value = value_of (h->element, cases[i].property);
    g_assert_cmpstr (value, ==, cases[i].value);
    if (g_str_equal (moment, "tfc-model-loading")) {
      g_assert_cmpuint (n, ==, 0); /* the first frame has it already */
      g_assert_cmpint (hand_count (&hand.loading), ==, 2);
    }
    gst_buffer_unref (picture);
    detect_done (h, bus);
  }
}

static const TestCase cases[] = {
    {"/reload/applied/model-loading", NULL, test_applied, "tfc-model-loading"},
    {"/reload/applied/model-loaded", NULL, test_applied, "tfc-model-loaded"},
    {"/reload/applied/started", NULL, test_applied, "started"},
    {"/reload/applied/streaming", NULL, test_applied, "streaming"},
    {"/reload/together/at-once", NULL, test_together, "at once"},
    {"/reload/together/while-loading", NULL, test_together, NULL},
    {"/reload/labels-then-class/at-once", NULL, test_labels_then_class, "at once"},
    {"/reload/labels-then-class/while-loading", NULL, test_labels_then_class, NULL},
    {"/reload/faces/model-loading", NULL, test_faces, "tfc-model-loading"},
    {"/reload/faces/model-loaded", NULL, test_faces, "tfc-model-loaded"},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
