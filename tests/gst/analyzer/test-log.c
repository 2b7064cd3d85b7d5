/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The debug log: every line that docs/guide/debug-log.md lists, and no more than one a frame. */
#include <string.h>
#include "tests/gst/common/tiny.h"

typedef struct {
  GMutex lock;
  GPtrArray *lines; /* "LEVEL category text" */
} Log;

static Log debug_log;

static void
keep_line (GstDebugCategory *category, GstDebugLevel level, const gchar *file,
           const gchar *function, gint line, GObject *object, GstDebugMessage *message,
           gpointer data)
{
  const gchar *name = gst_debug_category_get_name (category);
  g_autofree gchar *level_name = g_strdup (gst_debug_level_get_name (level)); /* "LOG    " */

  if (!g_str_has_prefix (name, "tfc"))
    return;
  g_mutex_lock (&debug_log.lock);
  g_ptr_array_add (debug_log.lines, g_strdup_printf ("%s %s %s", g_strchomp (level_name), name,
                                                     gst_debug_message_get (message)));
  g_mutex_unlock (&debug_log.lock);
}

/* Lines of that level and category with text in them. */
static guint
lines_with (const gchar *level, const gchar *category, const gchar *text)
{
  g_autofree gchar *start = g_strdup_printf ("%s %s ", level, category);
  guint n = 0;

  g_mutex_lock (&debug_log.lock);
  for (guint i = 0; i < debug_log.lines->len; i++) {
    const gchar *line = debug_log.lines->pdata[i];
    n += g_str_has_prefix (line, start) && strstr (line, text);
  }
  g_mutex_unlock (&debug_log.lock);
  return n;
}

static void
begin_log (GstDebugLevel level)
{
  debug_log.lines = g_ptr_array_new_with_free_func (g_free);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (keep_line, NULL, NULL);
  gst_debug_set_threshold_for_name ("tfc*", level);
}

static void
end_log (void)
{
  gst_debug_set_threshold_for_name ("tfc*", GST_LEVEL_NONE);
  gst_debug_remove_log_function (keep_line);
  g_clear_pointer (&debug_log.lines, g_ptr_array_unref);
}

static void
wait_label (GstHarness *h, guint *n, const gchar *label)
{
  while (!g_str_equal (look_at (h, (*n)++).label, label))
    g_usleep (1000);
}

/* Two changes, the first of which fails when the second is there. */
static GstBusSyncReply
supersede (GstBus *bus, GstMessage *m, gpointer left)
{
  if (gst_message_has_name (m, "tfc-model-loading") && g_atomic_int_add ((gint *)left, -1) == 1)
    g_object_set (GST_MESSAGE_SRC (m), "label-file", other_labels, NULL);
  return GST_BUS_PASS;
}

/* Everything that has a line in the log. */
static void
do_all (void)
{
  GstHarness *h, *neighbour;
  GstSegment segment;
  gint left = 0;
  guint n = 1;
  GstBus *bus;

  h = tiny_play (tiny_new ("qos", TRUE, NULL), &bus);
  neighbour = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  gst_bus_set_sync_handler (bus, supersede, &left, NULL);
  look_at (h, 0);
  sight_of (through (h, white (1, GST_BUFFER_FLAG_GAP)));
  g_object_set (h->element, "interval", 2, NULL);
  look_at (h, 2);
  look_at (h, 3);
  send_qos (h, 10 * GST_SECOND, 0);
  look_at (h, 4);
  send_qos (h, -GST_MSECOND, 10 * GST_SECOND);
  sight_of (through (h, white (300, GST_BUFFER_FLAG_DISCONT)));
  g_object_set (h->element, "interval", 1, NULL);
  g_atomic_int_set (&left, 1);
  g_object_set (h->element, "label-file", short_labels, NULL);
  wait_label (h, &n, "ant");
  g_object_set (h->element, "model-file", "/nowhere/none.tflite", NULL);
  gst_structure_free (wait_message (bus, "tfc-model-failed"));
  gst_harness_query_latency (h);
  gst_harness_set_src_caps (h, caps_at (1000000));
  g_usleep (1100000); /* it is looked at once a second */
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  set_properties (h->element, "mode", "latest", NULL);
  for (guint i = 0; i < 1000 && !lines_with ("DEBUG", "tfcanalyzer", "skipped: the picture"); i++)
    look_at (h, i);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  detect_done (h, bus);
  detect_done (neighbour, NULL);
  h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  gst_harness_set_src_caps (h, caps_at (1000000));
  for (guint i = 0; i < 4; i++)
    look_at (h, i);
  detect_done (h, NULL);
}

/* Something moves in a white picture, then nothing does. */
static void
do_regions (void)
{
  GstHarness *h = tiny_play (tiny_new ("regions", 2, "motion-gate", TRUE, NULL), NULL);

  for (guint n = 0; n < 12; n++) {
    GstBuffer *in = white (n, 0);
    if (n == 3)
      gst_buffer_memset (in, 5 * 48, 0, 4 * 48);
    gst_buffer_unref (through (h, in));
  }
  g_object_set (h->element, "roi", "0,0,1,0.5", NULL);
  look_at (h, 12);
  detect_done (h, NULL);
}

/* Analysers besides tfcdetect, a file of their models in the mirror, and how many rows of the table
 * they have. */
static const struct {
  const gchar *element, *file;
  guint rows;
} others[] = {
    {"tfcfacemesh", "models/face/face_landmark.tflite", 2},
    {"tfchands", "models/hand/hand_landmark_full.tflite", 2},
    {"tfcsegment", "models/selfie/selfie_segmentation.tflite", 2},
    {"tfcclassify", "models/classify/imagenet_labels.txt", 1},
    {"tfcpose", "models/pose/movenet_lightning/model.json", 2},
};

/* Plays one frame; FALSE if there is no model. */
static gboolean
do_other (guint i)
{
  g_autofree gchar *models = shared_path ("models"), *file = shared_path (others[i].file);
  GstHarness *h;

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return FALSE;
  h = detect_play (
      gst_element_factory_make_full (others[i].element, "model-path", models, "threads", 1, NULL),
      NULL);
  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  gst_buffer_unref (through (h, white (0, 0)));
  detect_done (h, NULL);
  return TRUE;
}

/* Of each that has played, its rows are expected. */
static guint
do_others (gboolean *played)
{
  guint rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    played[i] = do_other (i);
    rows += played[i] ? others[i].rows : 0;
  }
  return rows;
}

static gboolean
is_silent (const gchar *category, const gboolean *played)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    if (g_str_equal (category, others[i].element))
      return !played[i];
  }
  return FALSE;
}

/* Every row of docs/guide/debug-log.md's table is a line that comes, at that level. */
static void
test_log_rows (void)
{
  g_autofree gchar *path =
      g_build_filename (g_getenv ("TFC_SOURCE"), "docs", "guide", "debug-log.md", NULL);
  g_autofree gchar *text = NULL;
  g_auto (GStrv) rows = NULL;
  gboolean played[G_N_ELEMENTS (others)];
  guint n = 0, expected = 32;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  begin_log (GST_LEVEL_LOG);
  do_all ();
  do_regions ();
  expected += do_others (played);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i]; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], " | ", 4);
    g_autofree gchar *line = NULL;
    if (g_strv_length (cells) != 4 || !strchr (cells[2], '`'))
      continue;
    line = g_strdup (cells[2] + 1); /* `text` */
    line[strlen (line) - 1] = 0;
    if (is_silent (cells[1], played))
      continue;
    n++;
    if (!lines_with (cells[0] + 2, cells[1], line))
      g_error ("no line of the log: %s", rows[i]);
  }
  g_assert_cmpuint (n, >=, expected);
  end_log ();
}

/* At each level one line a frame or none, and no line of a level that is off. */
static void
test_log_levels (void)
{
  static const GstDebugLevel levels[] = {GST_LEVEL_NONE, GST_LEVEL_INFO, GST_LEVEL_DEBUG,
                                         GST_LEVEL_LOG};

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
    const guint frames = 9;
    GstHarness *h;
    guint before;

    begin_log (levels[i]);
    h = tiny_play (tiny_new ("interval", 3, NULL), NULL);
    look_at (h, 0);
    before = debug_log.lines->len;
    for (guint f = 1; f <= frames; f++)
      look_at (h, f);
    g_assert_cmpuint (debug_log.lines->len - before, ==,
                      levels[i] == GST_LEVEL_LOG ? frames + frames / 3 : 0);
    detect_done (h, NULL);
    g_assert_cmpint (lines_with ("INFO", "tfcanalyzer", "") > 0, ==, levels[i] >= GST_LEVEL_INFO);
    g_assert_cmpint (lines_with ("DEBUG", "tfcanalyzer", "") > 0, ==, levels[i] >= GST_LEVEL_DEBUG);
    g_assert_cmpint (lines_with ("LOG", "tfcdetect", "") > 0, ==, levels[i] >= GST_LEVEL_LOG);
    end_log ();
  }
}

static const TestCase cases[] = {
    {"/log/rows", test_log_rows},
    {"/log/levels", test_log_levels},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
