/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an analyser tells beside its results: QoS messages, latency, renegotiation, the debug log;
 * and streams without times. */
#include <gst/base/gstbasetransform.h>
#include <string.h>
#include "tests/gst/tiny.h"

/* ---- QoS ---- */

static void
send_qos (GstHarness *h, GstClockTimeDiff late, GstClockTime at)
{
  g_assert_true (gst_harness_push_upstream_event (
      h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1.5, late, at)));
}

static guint
messages (GstBus *bus, GstMessageType type)
{
  GstMessage *m;
  guint n = 0;

  while ((m = gst_bus_pop_filtered (bus, type))) {
    gst_message_unref (m);
    n++;
  }
  return n;
}

static void
assert_qos (GstBus *bus, guint frame, guint64 expected_analysed, guint64 expected_skipped)
{
  g_autoptr (GstMessage) m = gst_bus_pop_filtered (bus, GST_MESSAGE_QOS);
  const GstClockTime pts = frame * (GST_SECOND / 30);
  guint64 running, stream, timestamp, duration, processed, dropped;
  gint64 jitter;
  gdouble proportion;
  GstFormat format;
  gboolean live;

  g_assert_nonnull (m);
  gst_message_parse_qos (m, &live, &running, &stream, &timestamp, &duration);
  g_assert_true (running == pts && stream == pts && timestamp == pts);
  g_assert_cmpuint (duration, ==, GST_SECOND / 30);
  gst_message_parse_qos_values (m, &jitter, &proportion, NULL);
  g_assert_cmpint (jitter, ==, (gint64)(10 * GST_SECOND - pts));
  g_assert_cmpfloat (proportion, ==, 1.5);
  gst_message_parse_qos_stats (m, &format, &processed, &dropped);
  g_assert_cmpint (format, ==, GST_FORMAT_BUFFERS);
  g_assert_cmpuint (processed, ==, expected_analysed);
  g_assert_cmpuint (dropped, ==, expected_skipped);
}

/* A message for each frame that is skipped; the frame itself passes with what was seen last. */
static void
test_qos (void)
{
  GstHarness *h;
  GstEvent *event;
  GstBus *bus;

  h = tiny_play (tiny_new ("qos", TRUE, NULL), &bus);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  send_qos (h, 10 * GST_SECOND, 0);
  g_assert_nonnull ((event = gst_harness_pull_upstream_event (h))); /* RECONFIGURE or QOS */
  gst_event_unref (event);
  for (guint i = 1; i < 4; i++) {
    const Sight sight = look_at (h, i);
    g_assert_cmpint (sight.n, ==, 1);
    g_assert_true (sight.held);
    assert_qos (bus, i, 1, i);
  }
  g_object_set (h->element, "qos", FALSE, NULL);
  g_assert_false (look_at (h, 4).held);
  g_assert_cmpuint (messages (bus, GST_MESSAGE_QOS), ==, 0);
  detect_done (h, bus);
}

/* The property is the base class's, whoever sets it; and the base class drops nothing. */
static void
test_qos_property (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  GstBaseTransform *trans = GST_BASE_TRANSFORM (h->element);
  gboolean qos;

  g_assert_false (gst_base_transform_is_qos_enabled (trans));
  g_object_set (trans, "qos", TRUE, NULL);
  g_assert_true (gst_base_transform_is_qos_enabled (trans));
  gst_base_transform_set_qos_enabled (trans, FALSE);
  g_object_get (trans, "qos", &qos, NULL);
  g_assert_false (qos);
  gst_base_transform_set_qos_enabled (trans, TRUE);
  look_at (h, 0);
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 1; i < 4; i++)
    g_assert_true (look_at (h, i).held); /* it comes out */
  detect_done (h, NULL);
}

/* ---- latency and renegotiation ---- */

static GstCaps *
caps_at (gint rate)
{
  GstCaps *caps = caps_of ("RGB", 16, 16);

  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, rate, 1, NULL);
  return caps;
}

static void
test_latency (void)
{
  const GstClockTime upstream = 12 * GST_MSECOND;
  GstHarness *h;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  gst_harness_set_upstream_latency (h, upstream);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, upstream + GST_SECOND / 30);
  for (guint i = 0; i < 5; i++)
    look_at (h, i);
  g_assert_cmpuint (gst_harness_query_latency (h), >, upstream);
  {
    g_autoptr (GstStructure) stats = NULL, total = NULL;
    guint64 max;
    g_object_get (h->element, "stats", &stats, NULL);
    g_assert_true (gst_structure_get (stats, "total", GST_TYPE_STRUCTURE, &total, NULL));
    g_assert_true (gst_structure_get_uint64 (total, "max", &max));
    g_assert_cmpuint (gst_harness_query_latency (h), <=, upstream + max + max / 4);
  }
  g_object_set (h->element, "mode", 1, NULL);
  g_assert_cmpuint (messages (bus, GST_MESSAGE_LATENCY), >=, 1);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, upstream);
  g_object_set (h->element, "mode", 0, NULL);
  g_assert_cmpuint (messages (bus, GST_MESSAGE_LATENCY), ==, 1);
  g_assert_cmpuint (gst_harness_query_latency (h), >, upstream);
  detect_done (h, bus);
}

/* An analysis that takes longer than was promised is told of; not once a frame, and not again when
 * that was asked for. */
static void
test_latency_grows (void)
{
  GstHarness *h;
  gint64 start;
  guint n;
  GstBus *bus;

  h = tiny_play (tiny_new ("max-detections", 20, NULL), &bus);
  gst_harness_set_src_caps (h, caps_at (1000000)); /* a microsecond is soon used up */
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 50; i++)
    look_at (h, i);
  n = messages (bus, GST_MESSAGE_LATENCY);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 1 + (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  detect_done (h, bus);
  h = tiny_play (tiny_new ("mode", 1, NULL), &bus);
  gst_harness_set_src_caps (h, caps_at (1000000));
  for (guint i = 0; i < 50; i++)
    look_at (h, i);
  g_assert_cmpuint (messages (bus, GST_MESSAGE_LATENCY), ==, 0);
  detect_done (h, bus);
}

static guint
reconfigures (GstHarness *h)
{
  GstEvent *event;
  guint n = 0;

  while ((event = gst_harness_try_pull_upstream_event (h))) {
    n += GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE;
    gst_event_unref (event);
  }
  return n;
}

/* The other mode holds buffers back: upstream asks anew how many it needs. */
static void
test_mode_renegotiates (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);

  look_at (h, 0);
  reconfigures (h);
  g_object_set (h->element, "mode", 1, NULL);
  g_assert_cmpuint (reconfigures (h), ==, 1);
  g_object_set (h->element, "mode", 1, NULL);
  g_assert_cmpuint (reconfigures (h), ==, 0);
  g_object_set (h->element, "mode", 0, NULL);
  g_assert_cmpuint (reconfigures (h), ==, 1);
  detect_done (h, NULL);
}

/* ---- stats ---- */

static void
count_up (GObject *object, GParamSpec *spec, gpointer n)
{
  (*(guint *)n)++;
}

/* While frames flow whoever connected is told once a second, not once a frame. */
static void
test_stats_notify (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  const gint64 start = g_get_monotonic_time ();
  guint n = 0;

  g_signal_connect (h->element, "notify::stats", G_CALLBACK (count_up), &n);
  for (guint i = 0; i < 100; i++)
    look_at (h, i);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 1 + (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_signal_handlers_disconnect_by_data (h->element, &n);
  detect_done (h, NULL);
}

/* ---- streams without times ---- */

/* A segment in bytes, as appsrc's is unless it is told otherwise: results and messages without
 * times, and not one critical warning (they end the test). */
static void
test_bytes (gconstpointer mode)
{
  GstHarness *h;
  GstSegment segment;
  GstStructure *message;
  guint64 pts, running, stream;
  GstBus *bus;

  h = tiny_play (tiny_new ("post-messages", 2, "qos", TRUE, NULL), &bus);
  g_object_set (h->element, "mode", mode ? 1 : 0, NULL);
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 0; i < 3; i++) {
    GstBuffer *buffer = white (i, i == 1 ? GST_BUFFER_FLAG_DISCONT : 0);
    if (i == 2)
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (sight_of (through (h, buffer)).n, >=, mode ? -1 : 1);
  }
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  message = wait_message (bus, "tfcdetect");
  g_assert_nonnull (message);
  g_assert_true (gst_structure_get (message, "timestamp", G_TYPE_UINT64, &pts, "running-time",
                                    G_TYPE_UINT64, &running, "stream-time", G_TYPE_UINT64, &stream,
                                    NULL));
  g_assert_cmpuint (running, ==, GST_CLOCK_TIME_NONE);
  g_assert_cmpuint (stream, ==, GST_CLOCK_TIME_NONE);
  g_assert_true (g_str_has_suffix (tiny_model, gst_structure_get_string (message, "model")));
  gst_structure_free (message);
  detect_done (h, bus);
}

/* ---- the debug log ---- */

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
  if (gst_message_has_name (m, "model-loading") && g_atomic_int_add ((gint *)left, -1) == 1)
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
  gst_structure_free (wait_message (bus, "model-failed"));
  gst_harness_query_latency (h);
  gst_harness_set_src_caps (h, caps_at (1000000));
  g_usleep (1100000); /* it is looked at once a second */
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  g_object_set (h->element, "mode", 1, NULL);
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

static gboolean
do_faces (void)
{
  g_autofree gchar *models = shared_path ("models");
  g_autofree gchar *one = g_build_filename (models, "face", "face_landmark.tflite", NULL);
  GstHarness *h;

  if (!g_file_test (one, G_FILE_TEST_EXISTS))
    return FALSE;
  h = detect_play (
      gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1, NULL),
      NULL);
  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  gst_buffer_unref (through (h, white (0, 0)));
  detect_done (h, NULL);
  return TRUE;
}

/* Every row of docs/guide/debug-log.md's table is a line that comes, at that level. */
static void
test_log_rows (void)
{
  g_autofree gchar *path = g_build_filename (g_getenv ("TFC_SOURCE"), "docs", "guide", "debug-log.md", NULL);
  g_autofree gchar *text = NULL;
  g_auto (GStrv) rows = NULL;
  gboolean faces;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  begin_log (GST_LEVEL_LOG);
  do_all ();
  faces = do_faces ();
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i]; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], " | ", 4);
    g_autofree gchar *line = NULL;
    if (g_strv_length (cells) != 4 || !strchr (cells[2], '`'))
      continue;
    line = g_strdup (cells[2] + 1); /* `text` */
    line[strlen (line) - 1] = 0;
    if (!faces && g_str_equal (cells[1], "tfcfacemesh"))
      continue;
    n++;
    if (!lines_with (cells[0] + 2, cells[1], line))
      g_error ("no line of the log: %s", rows[i]);
  }
  g_assert_cmpuint (n, >=, faces ? 29 : 27);
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

void
forget_picture (void)
{
  tiny_done ();
}

void
add_tests (void)
{
  tiny_init ();
  g_test_add_func ("/reports/qos", test_qos);
  g_test_add_func ("/reports/qos-property", test_qos_property);
  g_test_add_func ("/reports/latency", test_latency);
  g_test_add_func ("/reports/latency-grows", test_latency_grows);
  g_test_add_func ("/reports/mode-renegotiates", test_mode_renegotiates);
  g_test_add_func ("/reports/stats-notify", test_stats_notify);
  g_test_add_data_func ("/reports/bytes/sync", NULL, test_bytes);
  g_test_add_data_func ("/reports/bytes/latest", "latest", test_bytes);
  g_test_add_func ("/reports/log/rows", test_log_rows);
  g_test_add_func ("/reports/log/levels", test_log_levels);
}
