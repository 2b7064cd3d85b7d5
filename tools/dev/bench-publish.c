/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What a line of tfcpublish takes: bench-publish [COUNT [FILE]]. For 1, 10 and 50 tracked objects,
 * COUNT lines (20000) to FILE (a temporary one): CPU time of the streaming thread and of the
 * process for each line, less what identity takes for the same buffers, and how many lines a second
 * went to the file, none dropped. */
#include <glib/gstdio.h>
#include <gst/check/gstharness.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "gst/lib/tfc.h"

static const guint sizes[] = {1, 10, 50};

typedef struct {
  gdouble thread, process, wall; /* microseconds a buffer */
} Cost;

static gdouble
now (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (gdouble)t.tv_sec * 1e6 + (gdouble)t.tv_nsec / 1e3;
}

static GstBuffer *
make_buffer (guint n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  g_autofree GstTfcDetection *objects = g_new0 (GstTfcDetection, n);

  for (guint i = 0; i < n; i++)
    objects[i] = (GstTfcDetection){.x = 0.0123f * (gfloat)i,
                                   .y = 0.456f,
                                   .w = 0.0789f,
                                   .h = 0.1234f,
                                   .score = 0.8765f,
                                   .class_id = 1,
                                   .track_id = 1000 + i,
                                   .label = "person"};
  gst_buffer_add_tfc_detection_meta (buffer, "objects/nanodet", 0, FALSE, objects, n);
  return buffer;
}

static guint64
stat_of (GstHarness *h, const gchar *name)
{
  GstStructure *stats = NULL;
  guint64 count = 0;
  guint queued = 0;

  g_object_get (h->element, "stats", &stats, NULL);
  if (!gst_structure_get_uint64 (stats, name, &count) &&
      gst_structure_get_uint (stats, name, &queued))
    count = queued;
  gst_structure_free (stats);
  return count;
}

/* The same buffer again and again, so that only the element is measured. */
static Cost
run (GstElement *element, guint n_objects, guint count)
{
  const gboolean publishes = g_str_has_prefix (GST_OBJECT_NAME (element), "tfcpublish");
  GstHarness *h = gst_harness_new_with_element (element, "sink", "src");
  Cost cost = {0};

  gst_harness_set_drop_buffers (h, TRUE);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=1280,height=720,framerate=25/1");
  GstBuffer *buffer = make_buffer (n_objects);
  const gdouble wall = now (CLOCK_MONOTONIC), process = now (CLOCK_PROCESS_CPUTIME_ID);
  for (guint i = 0; i < count; i++) {
    const gdouble thread = now (CLOCK_THREAD_CPUTIME_ID);
    gst_harness_push (h, gst_buffer_ref (buffer));
    cost.thread += now (CLOCK_THREAD_CPUTIME_ID) - thread;
    while (publishes && i % 400 == 399 && stat_of (h, "queued") > 500)
      g_usleep (100);
  }
  gst_harness_push_event (h, gst_event_new_eos ());
  cost.wall = (now (CLOCK_MONOTONIC) - wall) / count;
  cost.process = (now (CLOCK_PROCESS_CPUTIME_ID) - process) / count;
  cost.thread /= count;
  if (publishes && (stat_of (h, "dropped") || stat_of (h, "published") != count))
    g_error ("lines were dropped");
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
  return cost;
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  const guint count = argc > 1 ? (guint)atoi (argv[1]) : 20000;
  g_autofree gchar *path = argc > 2 ? g_strdup (argv[2]) : NULL;
  if (!path)
    close (g_file_open_tmp ("bench-publish-XXXXXX", &path, NULL));
  for (guint i = 0; count && i < G_N_ELEMENTS (sizes); i++) {
    GstElement *publish = gst_element_factory_make ("tfcpublish", NULL);
    if (!publish)
      g_error ("no tfcpublish: set GST_PLUGIN_PATH");
    g_object_set (publish, "location", path, NULL);
    gst_util_set_object_arg (G_OBJECT (publish), "when", "all");
    const Cost idle = run (gst_element_factory_make ("identity", NULL), sizes[i], count);
    const Cost cost = run (publish, sizes[i], count);
    GStatBuf st;
    g_print ("%2u objects: %.1f us of the stream's thread, %.1f us in all a line; %.0f lines a "
             "second, %.0f bytes a line\n",
             sizes[i], cost.thread - idle.thread, cost.process - idle.process, 1e6 / cost.wall,
             g_stat (path, &st) ? 0 : (gdouble)st.st_size / count);
    if (truncate (path, 0))
      g_error ("%s cannot be emptied", path);
  }
  if (argc < 3)
    g_remove (path);
  return 0;
}
