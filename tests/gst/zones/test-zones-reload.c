/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Zones that are set before the start and while buffers flow: right ones, broken ones, files. */
#include <glib/gstdio.h>
#include <string.h>
#include "tests/gst/common/runner.h"
#include "tests/gst/zones/zones-bench.h"

#define RAW "video/x-raw,format=GRAY8,width=4,height=4,framerate=25/1"

static gchar *path; /* of a zone file */

static void
make_file (void)
{
  path = g_build_filename (g_get_tmp_dir (), "tfc-zones-XXXXXX", NULL);
  g_close (g_mkstemp (path), NULL);
}

static void
remove_file (void)
{
  g_unlink (path);
  g_free (path);
}

static void
write_file (const gchar *name)
{
  g_autofree gchar *text = g_strdup_printf ("[zone %s]\npolygon=0,0;1,0;1,1;0,1\n", name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The name of the first zone of the next buffer; NULL: it has none. */
static const gchar *
next_zone (ZonesBench *b, guint ms)
{
  GstBuffer *out = gst_harness_push_and_pull (b->h, person_at (ms, 7, 0.5f));
  const GstTfcZoneMeta *zones = gst_buffer_get_tfc_zone_meta (out);
  const gchar *name = zones ? zones->zones[0].name : NULL; /* interned */

  gst_buffer_unref (out);
  return name;
}

/* The text of the warning that waits on the bus, for g_free. */
static gchar *
take_warning (ZonesBench *b)
{
  GstMessage *message = take_message (b, GST_MESSAGE_WARNING);
  GError *error;
  gchar *text;

  g_assert_nonnull (message);
  gst_message_parse_warning (message, &error, NULL);
  text = g_strdup (error->message);
  g_error_free (error);
  gst_message_unref (message);
  return text;
}

static void
test_change (void)
{
  ZonesBench b = zones_bench_new (PORCH, RAW);
  g_autofree gchar *kept = NULL, *warning = NULL;

  g_assert_cmpstr (next_zone (&b, 0), ==, "porch");
  g_object_set (b.h->element, "zones", "[zone other]|polygon=0,0;1,0;1,1", NULL);
  g_assert_cmpstr (next_zone (&b, 40), ==, "other");
  g_object_set (b.h->element, "zones", "[zone broken]|polygon=0,0;1,0", NULL);
  warning = take_warning (&b);
  g_assert_cmpstr (warning, ==,
                   "zones: [zone broken] polygon: a polygon has 3 to 64 points: x,y;x,y;x,y");
  g_assert_cmpstr (next_zone (&b, 80), ==, "other");
  g_object_get (b.h->element, "zones", &kept, NULL);
  g_assert_cmpstr (kept, ==, "[zone other]|polygon=0,0;1,0;1,1");
  g_object_set (b.h->element, "zones", NULL, NULL);
  g_assert_null (next_zone (&b, 120));
  zones_bench_free (&b);
}

/* A file is read again when it is set again. */
static void
test_file (void)
{
  ZonesBench b = zones_bench_new (NULL, RAW);
  g_autofree gchar *warning = NULL, *both = NULL;

  write_file ("one");
  g_object_set (b.h->element, "zones-file", path, NULL);
  g_assert_cmpstr (next_zone (&b, 0), ==, "one");
  write_file ("two");
  g_assert_cmpstr (next_zone (&b, 40), ==, "one");
  g_object_set (b.h->element, "zones-file", path, NULL);
  g_assert_cmpstr (next_zone (&b, 80), ==, "two");
  g_object_set (b.h->element, "zones-file", "/nowhere/zones.ini", NULL);
  warning = take_warning (&b);
  g_assert_nonnull (strstr (warning, "/nowhere/zones.ini"));
  g_object_set (b.h->element, "zones", PORCH, NULL);
  both = take_warning (&b);
  g_assert_nonnull (strstr (both, "both set"));
  g_assert_cmpstr (next_zone (&b, 120), ==, "two");
  zones_bench_free (&b);
}

/* Counters go on under the same name. */
static void
test_counters (void)
{
  ZonesBench b = zones_bench_new (GATE, RAW);
  GstBuffer *out;

  gst_buffer_unref (walk (&b, 0, 1000, 0.3f, 0.7f));
  g_object_set (b.h->element, "zones", PORCH GATE, NULL);
  out = walk (&b, 1040, 2040, 0.7f, 0.3f);
  g_assert_cmpuint (gst_buffer_get_tfc_zone_meta (out)->zones[1].count_a_b, ==, 1);
  g_assert_cmpuint (gst_buffer_get_tfc_zone_meta (out)->zones[1].count_b_a, ==, 1);
  gst_buffer_unref (out);
  zones_bench_free (&b);
}

static void
test_start (void)
{
  static const gchar *const wrong[] = {"[zone a]|polygon=0,0|", "", "[]"};

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    GstElement *element = gst_element_factory_make ("tfczones", NULL);
    GstBus *bus = gst_bus_new ();
    GstMessage *message;
    gst_object_ref_sink (element);
    gst_element_set_bus (element, bus);
    g_object_set (element, "zones", wrong[i], NULL);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
                     GST_STATE_CHANGE_FAILURE);
    message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    gst_message_unref (message);
    gst_element_set_state (element, GST_STATE_NULL);
    gst_bus_set_flushing (bus, TRUE); /* messages hold the element */
    gst_object_unref (element);
    gst_object_unref (bus);
  }
}

static gpointer
set_often (gpointer element)
{
  static const gchar *const zones[] = {PORCH, GATE, "[zone broken]", NULL};

  for (guint i = 0; i < 400; i++) {
    GstStructure *counts;
    g_object_set (element, "zones", zones[i % G_N_ELEMENTS (zones)], NULL);
    g_object_get (element, "counts", &counts, NULL);
    gst_structure_free (counts);
  }
  return NULL;
}

/* From another thread, while buffers pass. */
static void
test_threads (void)
{
  ZonesBench b = zones_bench_new (PORCH, RAW);
  GThread *thread = g_thread_new ("sets", set_often, b.h->element);

  for (guint i = 0; i < 20; i++)
    gst_buffer_unref (walk (&b, 2000 * i, 2000 * i + 1000, 0.3f, 0.7f));
  g_thread_join (thread);
  zones_bench_free (&b);
}

static const TestCase cases[] = {
    {"/zones-reload/change", test_change},     {"/zones-reload/file", test_file},
    {"/zones-reload/counters", test_counters}, {"/zones-reload/start", test_start},
    {"/zones-reload/threads", test_threads},   {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, make_file, remove_file);
}
