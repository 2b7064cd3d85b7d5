/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/publish/publish-bench.h"
#include <glib/gstdio.h>
#include <string.h>

GstHarness *
publish_new (const gchar *properties)
{
  g_autofree gchar *launch = g_strconcat ("tfcpublish ", properties, NULL);
  GstHarness *h = gst_harness_new_parse (launch);

  g_assert_nonnull (h);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=640,height=480,framerate=25/1");
  return h;
}

GstBuffer *
publish_frame (guint i)
{
  GstBuffer *buffer = gst_buffer_new_memdup ("frame", 5);

  GST_BUFFER_PTS (buffer) = i * 40 * GST_MSECOND;
  GST_BUFFER_DURATION (buffer) = 40 * GST_MSECOND;
  return buffer;
}

GstBuffer *
publish_people (guint i, guint n, guint64 first_id)
{
  GstBuffer *buffer = publish_frame (i);
  g_autofree GstTfcDetection *people = g_new0 (GstTfcDetection, n + 1);

  for (guint k = 0; k < n; k++) {
    people[k].x = 0.25f;
    people[k].y = 0.5f;
    people[k].w = 0.125f;
    people[k].h = 0.0625f + 0.001f * (gfloat)i;
    people[k].score = 0.75f;
    people[k].class_id = 1;
    people[k].label = "person";
    people[k].track_id = first_id ? first_id + k : 0;
  }
  gst_buffer_add_tfc_detection_meta (buffer, "m", GST_BUFFER_PTS (buffer), FALSE, people, n);
  return buffer;
}

void
publish_push (GstHarness *h, GstBuffer *buffer)
{
  GstBuffer *in = gst_buffer_ref (buffer), *out = gst_harness_push_and_pull (h, buffer);

  g_assert_true (out == in);
  gst_buffer_unref (in);
  gst_buffer_unref (out);
}

void
publish_end (GstHarness *h)
{
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
}

gchar *
publish_folder (void)
{
  gchar *folder = g_dir_make_tmp ("tfcpublish-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

void
publish_remove_folder (gchar *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);

  for (const gchar *name; (name = g_dir_read_name (dir));) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

gchar **
publish_lines (const gchar *path)
{
  g_autofree gchar *text = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &text, &n, NULL));
  if (n)
    g_assert_true (text[n - 1] == '\n');
  g_strchomp (text);
  return *text ? g_strsplit (text, "\n", -1) : g_new0 (gchar *, 1);
}

guint64
publish_stat (GstHarness *h, const gchar *name)
{
  GstElement *element = gst_harness_find_element (h, "tfcpublish");
  g_autoptr (GstStructure) stats = NULL;
  const GValue *value;

  g_object_get (element, "stats", &stats, NULL);
  gst_object_unref (element);
  value = gst_structure_get_value (stats, name);
  g_assert_nonnull (value);
  return G_VALUE_HOLDS_UINT (value)      ? g_value_get_uint (value)
         : G_VALUE_HOLDS_BOOLEAN (value) ? (guint64)g_value_get_boolean (value)
                                         : g_value_get_uint64 (value);
}

guint64
publish_number (const gchar *line, const gchar *key)
{
  g_autofree gchar *member = g_strdup_printf ("\"%s\":", key);
  const gchar *at = strstr (line, member);

  return at ? g_ascii_strtoull (at + strlen (member), NULL, 10) : 0;
}

gboolean
publish_wait (gboolean (*condition) (gpointer data), gpointer data)
{
  const gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while (!condition (data)) {
    if (g_get_monotonic_time () > deadline)
      return FALSE;
    g_usleep (1000);
  }
  return TRUE;
}
