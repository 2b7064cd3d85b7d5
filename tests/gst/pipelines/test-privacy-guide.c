/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* docs/guide/privacy.md: its pipelines run as they are written but for their ends, and its numbers are
 * so. */
#include "gst/lib/tfc.h"

#include <string.h>

/* What is not there in a test. */
static const gchar *const instead[][2] = {
    {"v4l2src", "videotestsrc num-buffers=5 ! video/x-raw,width=320,height=240"},
    {"filesrc location=in.mp4 ! decodebin",
     "videotestsrc num-buffers=5 ! video/x-raw,format=I420,width=320,height=240,framerate=25/1"},
    {"autovideosink", "fakesink"},
    {"filesink location=out.webm", "fakesink"},
};

static gchar *models, *photos;

/* NULL: as it should be; else why not. */
static gchar *
play (const gchar *line, GstBusFunc watch, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  GstMessage *message = NULL;
  gchar *why = error ? g_strdup (error->message) : NULL;
  if (!why) {
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    do {
      gst_clear_message (&message);
      message = gst_bus_timed_pop (bus, 120 * GST_SECOND);
      if (message && watch)
        watch (bus, message, data);
    } while (message && !(GST_MESSAGE_TYPE (message) & (GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
    if (!message)
      why = g_strdup ("no end");
    else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
      gst_message_parse_error (message, &error, NULL);
    if (error)
      why = g_strdup (error->message);
    gst_clear_message (&message);
    gst_element_set_state (pipeline, GST_STATE_NULL);
  }
  return why;
}

static void
check_line (const gchar *line)
{
  g_autoptr (GString) text = g_string_new (strstr (line, " ! ") ? line : "");
  g_string_replace (text, "gst-launch-1.0 -e ", "", 1);
  g_string_replace (text, "gst-launch-1.0 ", "", 1);
  for (guint i = 0; i < G_N_ELEMENTS (instead); i++)
    g_string_replace (text, instead[i][0], instead[i][1], 1);
  g_test_message ("%s", text->str);
  g_autofree gchar *why = play (text->str, NULL, NULL);
  g_assert_cmpstr (why, ==, NULL);
}

static void
test_pipelines (void)
{
  g_autofree gchar *name = g_build_filename (g_getenv ("TFC_SOURCE"), "docs", "guide", "privacy.md", NULL);
  g_autofree gchar *text = NULL;
  g_autoptr (GstElementFactory) encoder = gst_element_factory_find ("vp8enc");
  guint n = 0;
  if (!g_file_test (models, G_FILE_TEST_EXISTS) || !encoder) {
    g_test_skip ("the mirror of models or vp8enc is not there");
    return;
  }
  g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], "gst-launch-1.0 ")) {
      check_line (lines[i]);
      n++;
    }
  g_assert_cmpuint (n, ==, 3);
}

static gboolean
count_faces (GstBus *bus, GstMessage *message, gpointer n)
{
  const GstStructure *s = gst_message_get_structure (message);
  if (s && gst_structure_has_name (s, "tfcfacemesh") && gst_structure_has_field (s, "faces"))
    *(guint *)n = gst_value_array_get_size (gst_structure_get_value (s, "faces"));
  return TRUE;
}

static guint
faces_on (const gchar *photo, const gchar *settings)
{
  g_autofree gchar *line = g_strdup_printf (
      "filesrc location=%s/%s.png ! pngdec ! videoconvert ! tfcfacemesh post-messages=all "
      "max-faces=20 %s ! fakesink",
      photos, photo, settings);
  guint n = 0;
  g_autofree gchar *why = play (line, count_faces, &n);
  g_assert_cmpstr (why, ==, NULL);
  return n;
}

/* The table of faces found: one more or less is another CPU's rounding. */
static void
test_recall (void)
{
  static const struct {
    const gchar *settings;
    guint three, seventeen;
  } rows[] = {{"", 1, 0},
              {"detector=full-range", 3, 3},
              {"detector=full-range score-threshold=0.3 detection-confidence=0.3", 3, 14}};
  if (!g_file_test (models, G_FILE_TEST_EXISTS) || !g_file_test (photos, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the mirror of models or the photos are not there");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (abs ((gint)faces_on ("human_group-2", rows[i].settings) - (gint)rows[i].three),
                     <=, 1);
    g_assert_cmpint (
        abs ((gint)faces_on ("human_stock-group-1", rows[i].settings) - (gint)rows[i].seventeen),
        <=, 1);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  models = g_build_filename (g_getenv ("TFC_SHARED"), "models", NULL);
  photos = g_build_filename (g_getenv ("TFC_SHARED"), "media", NULL);
  g_setenv ("TFC_MODEL_PATH", models, FALSE);
  g_test_add_func ("/privacy-docs/pipelines", test_pipelines);
  g_test_add_func ("/privacy-docs/recall", test_recall);
  int ret = g_test_run ();
  g_free (models);
  g_free (photos);
  return ret;
}
