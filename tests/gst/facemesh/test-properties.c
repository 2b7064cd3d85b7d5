/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcfacemesh: properties, networks that change while it plays, and what it says. */
#include <glib/gstdio.h>
#include <string.h>
#include "tests/emulated.h"
#include "tests/gst/common/facemesh.h"

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcfacemesh", NULL));
  guint value;

  assert_defaults (element);
  gst_util_set_object_arg (G_OBJECT (element), "detector", "full-range-sparse");
  g_object_get (element, "detector", &value, NULL);
  g_assert_cmpuint (value, ==, 2);
  gst_util_set_object_arg (G_OBJECT (element), "mesh-model", "attention");
  g_object_get (element, "mesh-model", &value, NULL);
  g_assert_cmpuint (value, ==, 1);
  gst_object_unref (element);
}

/* Numbers take effect on the next frame; the oldest faces stay. */
static void
test_settings_live (void)
{
  GstSample *sample;
  GstHarness *h;
  Seen all, seen;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("max-faces", 20, NULL), NULL);
  sample = sample_of ("montage6.png", "NV12", "");
  all = look (h, sample, 0);
  g_assert_cmpint (all.n, ==, 6);
  g_assert_cmpuint (all.points, ==, 478);
  g_object_set (h->element, "max-faces", 2, "predict-irises", FALSE, NULL);
  seen = look (h, sample, 1);
  g_assert_cmpint (seen.n, ==, 2);
  g_assert_cmpuint (seen.points, ==, 468);
  g_assert_true (seen.id[0] == all.id[0] && seen.id[1] == all.id[1]);
  g_object_set (h->element, "detection-confidence", 1.0, "predict-irises", TRUE, NULL);
  seen = look (h, sample, 2); /* nobody is as sure as that, or all to the last bit */
  g_assert_cmpint (seen.n, <=, 2);
  g_object_set (h->element, "detection-confidence", 0.9, "max-faces", 20, "max-continuous-checks",
                0, NULL);
  for (guint i = 3; i < 6; i++)
    seen = look (h, sample, i);
  g_assert_cmpint (seen.n, ==, 6);
  g_object_set (h->element, "score-threshold", 1.0, "max-faces", 1, NULL);
  seen = look (h, sample, 6); /* who is followed needs no detector */
  g_assert_cmpint (seen.n, ==, 1);
  forget_by_segment (h);
  seen = look (h, sample, 7);
  g_assert_cmpint (seen.n, ==, 0);
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

/* Other networks while faces are followed: nobody is lost, ids stay. */
static void
test_swap (void)
{
  static const struct {
    const gchar *property, *value, *model;
    guint points;
  } swaps[] = {{"threads", "2", "face/mesh", 478},
               {"mesh-model", "attention", "face/mesh_attention", 478},
               {"detector", "full-range", "face/mesh_attention", 478},
               {"mesh-model", "plain", "face/mesh", 478},
               {"backend", "reference", "face/mesh", 478}};
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  Seen first;
  guint frame = 1;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("max-faces", 4, NULL), &bus);
  sample = sample_of ("coral_face.png", "NV12", "");
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  first = look (h, sample, 0);
  g_assert_cmpint (first.n, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++) {
    GstStructure *s;
    Seen seen = {0};
    gst_util_set_object_arg (G_OBJECT (h->element), swaps[i].property, swaps[i].value);
    look (h, sample, frame++); /* goes on meanwhile */
    s = wait_message (bus, "tfc-model-loaded");
    g_assert_nonnull (strstr (gst_structure_get_string (s, "network"), swaps[i].model));
    gst_structure_free (s);
    g_usleep (2000); /* the message comes just before the hand-over */
    for (guint k = 0; k < 3; k++) {
      seen = look (h, sample, frame++);
      g_assert_cmpint (seen.n, ==, 2);
      g_assert_true (seen.id[0] == first.id[0] && seen.id[1] == first.id[1]);
    }
    g_assert_cmpuint (seen.points, ==, swaps[i].points);
  }
  gst_sample_unref (sample);
  detect_done (h, bus);
}

/* The iris network is loaded when it is wanted for the first time. */
static void
test_irises_later (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  Seen seen = {0};

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("predict-irises", FALSE, NULL), &bus);
  s = wait_message (bus, "tfc-model-loaded");
  g_assert_null (strstr (gst_structure_get_string (s, "network"), "iris"));
  gst_structure_free (s);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  g_assert_cmpuint (look (h, sample, 0).points, ==, 468);
  g_object_set (h->element, "predict-irises", TRUE, NULL);
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  for (guint i = 1; i < 500 && seen.points != 478; i++) {
    seen = look (h, sample, i);
    g_assert_cmpint (seen.n, ==, 1);
  }
  g_assert_cmpuint (seen.points, ==, 478);
  gst_sample_unref (sample);
  detect_done (h, bus);
}

static void
test_messages (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  const GstStructure *one;
  const GValue *faces;
  guint64 id;
  guint n;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("post-messages", "changes", NULL), &bus);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  look (h, sample, 0);
  s = wait_message (bus, "tfcfacemesh");
  faces = gst_structure_get_value (s, "faces");
  g_assert_cmpuint (gst_value_array_get_size (faces), ==, 1);
  one = gst_value_get_structure (gst_value_array_get_value (faces, 0));
  g_assert_true (
      gst_structure_get (one, "track_id", G_TYPE_UINT64, &id, "n_points", G_TYPE_UINT, &n, NULL));
  g_assert_cmpuint (id, ==, 1);
  g_assert_cmpuint (n, ==, 478);
  gst_structure_free (s);
  gst_sample_unref (sample);
  detect_done (h, bus);
}

/* A folder in which one model of the store is not what it should be; remove_folder. */
static gchar *
bad_folder (const gchar *file)
{
  gchar *dir = g_dir_make_tmp ("tfc-test-XXXXXX", NULL);
  g_autofree gchar *sub = g_build_filename (dir, "face", NULL);
  g_autofree gchar *path = g_build_filename (sub, file, NULL);

  g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "TFL3", 4, NULL));
  return dir;
}

static void
remove_folder (gchar *dir, const gchar *file)
{
  g_autofree gchar *sub = g_build_filename (dir, "face", NULL);
  g_autofree gchar *path = g_build_filename (sub, file, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (sub), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

/* Each of the networks that a choice needs is checked; those that it does not need are not. */
static void
test_bad_models (void)
{
  static const struct {
    const gchar *file, *property, *value, *fine_property, *fine_value;
  } cases[] = {
      {"face_detection_short_range.tflite", "detector", "short-range", "detector", "full-range"},
      {"face_detection_back.tflite", "detector", "back", "detector", "short-range"},
      {"face_landmark.tflite", "mesh-model", "plain", "mesh-model", "attention"},
      {"face_landmark_with_attention.tflite", "mesh-model", "attention", "mesh-model", "plain"},
      {"iris_landmark.tflite", "predict-irises", "true", "predict-irises", "false"}};

  if (!have_models ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gchar *dir = bad_folder (cases[i].file);
    GstElement *bad = mesh_new ("model-path", dir, NULL),
               *fine = mesh_new ("model-path", dir, NULL);
    gst_util_set_object_arg (G_OBJECT (bad), cases[i].property, cases[i].value);
    assert_refused (bad, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, cases[i].file);
    gst_object_ref_sink (fine);
    gst_util_set_object_arg (G_OBJECT (fine), cases[i].fine_property, cases[i].fine_value);
    g_assert_cmpint (gst_element_set_state (fine, GST_STATE_PAUSED), !=, GST_STATE_CHANGE_FAILURE);
    gst_element_set_state (fine, GST_STATE_NULL);
    gst_object_unref (fine);
    remove_folder (dir, cases[i].file);
  }
}

/* A model that cannot be had while playing: a warning, the old one goes on, the property tells. */
static void
test_failed_swap (void)
{
  static const gchar file[] = "face_landmark_with_attention.tflite";
  gchar *dir = bad_folder (file);
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  guint value;

  if (have_models ()) {
    g_autoptr (GstMessage) warning = NULL;
    h = detect_play (mesh_new ("model-path", dir, NULL), &bus);
    sample = sample_of ("tfjs_portrait.png", "NV12", "");
    g_assert_cmpint (look (h, sample, 0).n, ==, 1);
    set_properties (h->element, "mesh-model", "attention", NULL);
    gst_structure_free (wait_message (bus, "tfc-model-failed"));
    warning = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_WARNING);
    g_assert_nonnull (warning);
    g_assert_cmpuint (look (h, sample, 1).id[0], ==, 1);
    g_object_get (h->element, "mesh-model", &value, NULL);
    g_assert_cmpuint (value, ==, 0);
    gst_sample_unref (sample);
    detect_done (h, bus);
  }
  remove_folder (dir, file);
}

static gint churning;

static gpointer
churn (gpointer element)
{
  for (guint i = 0; g_atomic_int_get (&churning); i++) {
    GstStructure *stats;
    g_object_set (element, "max-faces", 1 + i % 20, "predict-irises", i % 3 != 0,
                  "detection-confidence", 0.1 * (i % 10), "score-threshold", 0.1 * (i % 10),
                  "iou-threshold", 0.1 * (i % 10), "max-continuous-checks", i % 7, "smoothing",
                  i % 2, "interval", 1 + i % 2, "post-messages", i % 3, "attach", i % 8, NULL);
    if (i % 32 == 0)
      g_object_set (element, "threads", 1 + i / 32 % 2, "mesh-model", i / 32 % 2, "detector",
                    i / 32 % 4, NULL);
    g_object_get (element, "stats", &stats, NULL);
    gst_structure_free (stats);
    g_usleep (1000);
  }
  return NULL;
}

/* Every live property changes while frames flow (run under the sanitizers); fewer where all is
 * slow. */
static void
test_churn (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GThread *thread;

  if (!have_models ())
    return;
  h = detect_play (mesh_new (NULL), &bus);
  sample = sample_of ("coral_face.png", "NV12", "");
  look (h, sample, 0);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("churn", churn, h->element);
  for (guint i = 1; i < (emulated () ? 12 : 60); i++)
    look (h, sample, i);
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_sample_unref (sample);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/facemesh/defaults", test_defaults},
    {"/facemesh/settings-live", test_settings_live},
    {"/facemesh/swap", test_swap},
    {"/facemesh/irises-later", test_irises_later},
    {"/facemesh/messages", test_messages},
    {"/facemesh/bad-models", test_bad_models},
    {"/facemesh/failed-swap", test_failed_swap},
    {"/facemesh/churn", test_churn},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
