/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What a frame takes in tfczones: bench-zones [COUNT]. Tracked objects that tremble and walk over
 * zones and lines; CPU time of the streaming thread for each of COUNT (2000) frames, in
 * microseconds, less what identity takes for the same buffers. Half of the places are lines. */
#include <gst/check/gstharness.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include "gst/lib/tfc.h"

#define MAX_OBJECTS 300

static const struct {
  guint objects, places, corners;
} cases[] = {{5, 4, 4}, {50, 8, 8}, {50, 64, 64}, {MAX_OBJECTS, 64, 64}};

static gdouble
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (gdouble)t.tv_sec * 1e6 + (gdouble)t.tv_nsec / 1e3;
}

/* A circle of so many corners for each zone, and a line through its middle. */
static gchar *
make_zones (guint places, guint corners)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < places / 2; i++) {
    const gdouble x = 0.1 + 0.8 * (i % 8) / 8, y = 0.2 + 0.7 * (gdouble)(i / 8) / 8;
    g_string_append_printf (text, "[zone %u]|loiter=1000|polygon=", i);
    for (guint k = 0; k < corners; k++) {
      const gdouble angle = 2 * G_PI * k / corners;
      g_string_append_printf (text, "%.4f,%.4f;", x + 0.1 * cos (angle), y + 0.1 * sin (angle));
    }
    g_string_append_printf (text, "|[line %u]|from=%.4f,1|to=%.4f,0|", i, x, x);
  }
  return g_string_free (text, FALSE);
}

static GstBuffer *
make_buffer (guint n, guint frame, GRand *chance)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstTfcDetection objects[MAX_OBJECTS];

  for (guint i = 0; i < n; i++) {
    const gdouble x = 0.5 + 0.5 * sin (frame * 0.01 + i), shake = g_rand_double (chance) * 0.01;
    objects[i] = (GstTfcDetection){.x = (gfloat)(x + shake),
                                   .y = (gfloat)i / (gfloat)n,
                                   .w = 0.05f,
                                   .h = 0.1f,
                                   .score = 0.9f,
                                   .track_id = 1 + i,
                                   .seen = TRUE,
                                   .label = "person"};
  }
  GST_BUFFER_PTS (buffer) = frame * 40 * GST_MSECOND;
  gst_buffer_add_tfc_detection_meta (buffer, "objects", 0, FALSE, objects, n);
  return buffer;
}

static gdouble
run (GstElement *element, guint n_objects, guint count)
{
  GstHarness *h = gst_harness_new_with_element (element, "sink", "src");
  GRand *chance = g_rand_new_with_seed (1);
  gdouble taken = 0;

  gst_harness_set_drop_buffers (h, TRUE);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=1280,height=720,framerate=25/1");
  for (guint i = 0; i < count; i++) {
    GstBuffer *buffer = make_buffer (n_objects, i, chance);
    const gdouble begin = now ();
    gst_harness_push (h, buffer);
    taken += now () - begin;
  }
  g_rand_free (chance);
  gst_harness_teardown (h);
  return taken / count;
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  const guint count = argc > 1 ? (guint)atoi (argv[1]) : 2000;
  for (guint i = 0; count && i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *text = make_zones (cases[i].places, cases[i].corners);
    GstElement *zones = gst_element_factory_make ("tfczones", NULL);
    if (!zones)
      g_error ("no tfczones: set GST_PLUGIN_PATH");
    g_object_set (zones, "zones", text, NULL);
    const gdouble idle = run (gst_element_factory_make ("identity", NULL), cases[i].objects, count);
    g_print ("%3u objects, %2u zones and lines, zones of %2u corners: %.1f us a frame\n",
             cases[i].objects, cases[i].places, cases[i].corners,
             run (zones, cases[i].objects, count) - idle);
  }
  return 0;
}
