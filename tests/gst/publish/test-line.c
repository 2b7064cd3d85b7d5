/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is in a line of tfcpublish, and which buffers make one. */
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-bench.h"
#include "tests/gst/publish/publish-kinds.h"
#include <gst/check/gsttestclock.h>
#include <string.h>

/* What is written for some buffers, which it takes. */
static gchar **
publish (const gchar *properties, GstBuffer **buffers, guint n)
{
  gchar *folder = publish_folder ();
  g_autofree gchar *path = g_build_filename (folder, "lines", NULL);
  g_autofree gchar *all = g_strdup_printf ("source=door location=%s %s", path, properties);
  GstHarness *h = publish_new (all);

  for (guint i = 0; i < n; i++)
    publish_push (h, buffers[i]);
  publish_end (h);
  gst_harness_teardown (h);
  gchar **lines = publish_lines (path);
  publish_remove_folder (folder);
  return lines;
}

/* The time is another one each time. */
static void
assert_line (const gchar *line, const gchar *expected)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"", 0, 0, NULL);
  g_autofree gchar *timeless = g_regex_replace_literal (regex, line, -1, 0, "\"time\":T", 0, NULL);

  g_assert_cmpstr (timeless, ==, expected);
}

#define HEAD \
  "{\"v\":1,\"source\":\"door\",\"seq\":1,\"time\":T,\"pts\":0,\"width\":640,\"height\":480,"

/* Keys and their order. */
static void
test_kinds (gconstpointer data)
{
  const PublishKind *kind = data;
  GstBuffer *buffer = publish_frame (0);

  kind->add (buffer);
  g_auto (GStrv) lines = publish (kind->properties, &buffer, 1);
  g_autofree gchar *expected = g_strconcat (HEAD, kind->line, NULL);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  assert_line (lines[0], expected);
}

static void
test_empty (void)
{
  GstBuffer *buffer = publish_frame (0);
  g_auto (GStrv) lines = publish ("when=all", &buffer, 1);

  assert_line (lines[0],
               HEAD "\"units\":\"fraction\",\"held\":false,\"objects\":[],\"events\":[]}");
}

/* Numbers of the lines that buffers made, as text. */
static void
assert_made (const gchar *properties, GstBuffer **buffers, guint n, const gchar *expected)
{
  g_auto (GStrv) lines = publish (properties, buffers, n);
  GString *made = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++) {
    const gchar *pts = strstr (lines[i], "\"pts\":");
    g_assert_cmpuint (publish_number (lines[i], "seq"), ==, i + 1);
    g_string_append_printf (made, "%s%.0f", i ? " " : "", g_ascii_strtod (pts + 6, NULL) * 25);
  }
  g_assert_cmpstr (made->str, ==, expected);
  g_string_free (made, TRUE);
}

/* Nobody; two persons, who move; another two; one of them; nobody. */
static void
scene (GstBuffer **buffers)
{
  const guint n[] = {0, 2, 2, 2, 2, 1, 1, 0, 0};
  const guint64 first[] = {1, 1, 1, 2, 2, 2, 2, 1, 1};

  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    buffers[i] = publish_people (i, n[i], first[i]);
}

static void
test_when (void)
{
  GstBuffer *buffers[9];

  scene (buffers);
  assert_made ("when=all", buffers, 9, "0 1 2 3 4 5 6 7 8");
  scene (buffers);
  assert_made ("", buffers, 9, "0 1 3 5 7"); /* changes */
  scene (buffers);
  assert_made ("when=events", buffers, 9, "");
  scene (buffers);
  assert_made ("when=every every=100", buffers, 9, "0 3 5 8");
}

/* Whatever when says, events are told, unless nobody wants them. */
static void
test_events (void)
{
  static const gchar *const when[] = {"all", "changes", "events", "every every=100000"};
  static const gchar *const expected[] = {"0 1 2 3 4 5", "0 2", "2", "0 2"};
  GstBuffer *buffers[6];

  for (guint k = 0; k < 2 * G_N_ELEMENTS (when); k++) {
    const gboolean wanted = k < G_N_ELEMENTS (when);
    const guint w = k % G_N_ELEMENTS (when);
    g_autofree gchar *properties =
        g_strdup_printf ("when=%s include=boxes%s", when[w], wanted ? "+events" : "");
    for (guint i = 0; i < 6; i++)
      buffers[i] = publish_people (i, 1, 1);
    publish_add_events (buffers[2]);
    assert_made (properties, buffers, 6, wanted || w == 0 ? expected[w] : w == 2 ? "" : "0");
  }
}

/* Untracked objects are news when their number or their labels change. */
static void
test_untracked (void)
{
  const guint n[] = {2, 2, 3, 3, 2};
  GstBuffer *buffers[5];

  for (guint i = 0; i < 5; i++)
    buffers[i] = publish_people (i, n[i], 0);
  assert_made ("", buffers, 5, "0 2 4");
}

/* Every property's default is what a new element has. */
static void
test_properties (void)
{
  GstElement *element = gst_element_factory_make ("tfcpublish", NULL);
  guint n, ours = 0;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    GValue value = G_VALUE_INIT;
    if (specs[i]->owner_type != G_OBJECT_TYPE (element) || g_str_equal (specs[i]->name, "stats"))
      continue;
    g_object_get_property (G_OBJECT (element), specs[i]->name, &value);
    g_assert_true (g_param_value_defaults (specs[i], &value));
    g_value_unset (&value);
    ours++;
  }
  g_assert_cmpuint (ours, ==, 15);
  g_free (specs);
  gst_object_unref (element);
}

/* Microseconds since 1970 of the time that is in a line. */
static gint64
time_of (const gchar *line)
{
  const gchar *at = strstr (line, "\"time\":\"") + 8;
  g_autofree gchar *text = g_strndup (at, 24);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/* The pipeline's clock stands at base time plus 10 s: a frame of running time 9.96 s was 40 ms ago.
 */
static void
test_time (void)
{
  gchar *folder = publish_folder ();
  g_autofree gchar *path = g_build_filename (folder, "lines", NULL);
  g_autofree gchar *properties = g_strdup_printf ("when=all location=%s", path);
  GstHarness *h = publish_new (properties);

  gst_harness_use_testclock (h);
  g_autoptr (GstElement) element = gst_harness_find_element (h, "tfcpublish");
  gst_element_set_base_time (element, 5 * GST_SECOND);
  gst_harness_set_time (h, 15 * GST_SECOND);
  const gint64 before = g_get_real_time ();
  publish_push (h, publish_frame (249));
  publish_push (h, publish_frame (250));
  const gint64 after = g_get_real_time ();
  gst_harness_set_time (
      h, 25 * GST_SECOND); /* as if the system's clock had been set back by ten seconds */
  publish_push (h, publish_frame (500));
  const gint64 later = g_get_real_time ();
  publish_end (h);
  gst_harness_teardown (h);
  g_auto (GStrv) lines = publish_lines (path);
  const gint64 first = time_of (lines[0]), second = time_of (lines[1]);
  g_assert_cmpint (second - first, ==, 40000);
  g_assert_cmpint (second, >=, before / 1000 * 1000);
  g_assert_cmpint (second, <=, after);
  const gint64 third = time_of (lines[2]);
  g_assert_cmpint (third, >=, second);
  g_assert_cmpint (third, <=, later);
  g_assert_nonnull (strstr (lines[0], "\"pts\":9.96,"));
  publish_remove_folder (folder);
}

/* A line whose time is now: its pipeline has no base time that holds. */
static void
assert_now (GstHarness *h, const gchar *path, guint n_before)
{
  const gint64 before = g_get_real_time ();

  publish_push (h, publish_frame (n_before));
  const gint64 after = g_get_real_time ();
  while (publish_stat (h, "published") <= n_before)
    g_usleep (1000);
  g_auto (GStrv) lines = publish_lines (path);
  const gint64 time = time_of (lines[n_before]);
  g_assert_cmpint (time, >=, before / 1000 * 1000);
  g_assert_cmpint (time, <=, after);
}

/* Base time is of before until a pipeline plays again: when it is paused, and after a flush. */
static void
test_no_base_time (void)
{
  gchar *folder = publish_folder ();
  g_autofree gchar *path = g_build_filename (folder, "lines", NULL);
  g_autofree gchar *properties = g_strdup_printf ("when=all location=%s", path);
  GstHarness *h = publish_new (properties);
  g_autoptr (GstElement) element = gst_harness_find_element (h, "tfcpublish");
  GstSegment segment;

  gst_harness_use_testclock (h);
  gst_harness_set_time (h, 100 * GST_SECOND);
  gst_element_set_state (element, GST_STATE_PAUSED);
  assert_now (h, path, 0);
  gst_element_set_state (element, GST_STATE_PLAYING);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  assert_now (h, path, 1);
  gst_element_set_base_time (element, 90 * GST_SECOND); /* of frame 2 that is ten seconds ago */
  publish_push (h, publish_frame (2));
  publish_end (h);
  g_auto (GStrv) lines = publish_lines (path);
  g_assert_cmpint (time_of (lines[2]) - time_of (lines[1]), <, -8 * G_USEC_PER_SEC);
  gst_harness_teardown (h);
  publish_remove_folder (folder);
}

/* Names are of anybody's: what comes out is UTF-8, one line, and says nothing to a terminal. */
static void
test_hostile (void)
{
  const gchar *label = g_intern_string (
      "a\"b\\c\nd\te\x01\x1b[2J\x7f \xff\xc3\x28 \xc2\x9b ü 日本 \xed\xa0\x80 😀 --> ->");
  GstTfcDetection object = {.w = 0.5f, .h = 0.5f, .score = 0.5f, .label = label};
  GstBuffer *buffer = publish_frame (0);

  gst_buffer_add_tfc_detection_meta (buffer, "m\n", 0, FALSE, &object, 1);
  g_auto (GStrv) lines = publish ("", &buffer, 1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_true (g_utf8_validate (lines[0], -1, NULL));
  g_assert_nonnull (strstr (lines[0], "\"model\":\"m\\u000a\""));
  g_assert_nonnull (strstr (lines[0],
                            "\"label\":\"a\\\"b\\\\c\\u000ad\\u0009e\\u0001\\u001b[2J\\u007f "
                            "\357\277\275\357\277\275( \\u009b ü 日本 "
                            "\357\277\275\357\277\275\357\277\275 😀 --\\u003e ->\""));
}

/* A name is cut between characters. */
static void
test_long (void)
{
  GString *name = g_string_new ("x");
  GstBuffer *buffer = publish_frame (0);
  GstTfcDetection object = {.score = 0.5f};

  for (guint i = 0; i < 100; i++)
    g_string_append (name, "é");
  object.label = g_intern_string (name->str);
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, &object, 1);
  g_auto (GStrv) lines = publish ("", &buffer, 1);
  g_string_truncate (name, 127); /* 1 + 63 * 2 */
  g_autofree gchar *expected = g_strdup_printf ("\"label\":\"%s\",", name->str);
  g_assert_nonnull (strstr (lines[0], expected));
  g_string_free (name, TRUE);
}

/* Caps without a size: pixels cannot be counted, and the line says so. */
static void
test_no_size (void)
{
  gchar *folder = publish_folder ();
  g_autofree gchar *path = g_build_filename (folder, "lines", NULL);
  g_autofree gchar *properties = g_strdup_printf ("source=door units=pixel location=%s", path);
  GstHarness *h = publish_new (properties);

  gst_harness_set_src_caps_str (h, "application/x-anything");
  publish_push (h, publish_people (0, 1, 1));
  publish_end (h);
  gst_harness_teardown (h);
  g_auto (GStrv) lines = publish_lines (path);
  g_assert_nonnull (strstr (lines[0], "\"pts\":0,\"units\":\"fraction\",\"model\":\"m\""));
  g_assert_nonnull (strstr (lines[0], "\"box\":[0.25,0.5,0.125,0.0625]"));
  publish_remove_folder (folder);
}

/* So many objects that a line would get too long: whole ones are left out, and it says so. */
static void
test_too_long (void)
{
  enum { N = 1900 };
  GString *name = g_string_new (NULL);
  g_autofree GstTfcDetection *objects = g_new0 (GstTfcDetection, N);
  GstBuffer *buffer = publish_frame (0);

  for (guint i = 0; i < 128; i++)
    g_string_append_c (name, 1); /* six bytes each */
  for (guint i = 0; i < N; i++)
    objects[i] = (GstTfcDetection){.score = 0.5f, .label = g_intern_string (name->str)};
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, objects, N);
  publish_add_events (buffer);
  g_auto (GStrv) lines = publish ("include=boxes+events+stats", &buffer, 1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpuint (strlen (lines[0]), <, 1024 * 1024);
  g_assert_cmpuint (strlen (lines[0]), >, 700 * 1024);
  g_assert_nonnull (strstr (lines[0], "}],\"events\":[{\"type\":"));
  g_assert_true (g_str_has_suffix (lines[0], "},\"truncated\":true}"));
  g_string_free (name, TRUE);
}

int
main (int argc, char **argv)
{
  TestCase cases[40] = {{"/line/empty", test_empty},
                        {"/line/when", test_when},
                        {"/line/when-events", test_events},
                        {"/line/untracked", test_untracked},
                        {"/line/time", test_time},
                        {"/line/hostile", test_hostile},
                        {"/line/long", test_long},
                        {"/line/no-size", test_no_size},
                        {"/line/too-long", test_too_long},
                        {"/line/properties", test_properties},
                        {"/line/no-base-time", test_no_base_time}};
  guint n = 11;

  for (guint i = 0; i < publish_n_kinds; i++) /* the last row stays empty */
    cases[n++] = (TestCase){publish_kinds[i].path, NULL, test_kinds, &publish_kinds[i]};
  return run_cases (argc, argv, cases, NULL, NULL);
}
