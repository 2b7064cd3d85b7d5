/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines of all kinds on standard output, for test-schema: in both units, with all that can be
 * included. */
#include "tests/gst/publish/publish-bench.h"
#include "tests/gst/publish/publish-kinds.h"

static void
print (const gchar *properties, GstBuffer *buffer)
{
  g_autofree gchar *all = g_strconcat ("location=- when=all ", properties, NULL);
  GstHarness *h = publish_new (all);

  publish_push (h, buffer);
  publish_end (h);
  gst_harness_teardown (h);
}

static GstBuffer *
hostile (void)
{
  const gfloat nan = g_ascii_strtod ("nan", NULL), inf = g_ascii_strtod ("inf", NULL);
  GstTfcDetection objects[] = {{.score = nan, .w = 1, .h = 1, .label = "\xff\"\\\n\x1b"},
                               {.score = 7, .x = inf, .w = 1e30f, .h = -1, .class_id = -5},
                               {.score = -1, .x = 1e30f, .track_id = G_MAXUINT64, .label = ""}};
  GstBuffer *buffer = publish_frame (1);

  GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
  gst_buffer_add_tfc_detection_meta (buffer, "\xc3", 0, FALSE, objects, G_N_ELEMENTS (objects));
  return buffer;
}

int
main (int argc, char **argv)
{
  static const gchar *const properties[] = {
      "", "units=pixel", "include=boxes+points+masks+stats+events",
      "units=pixel include=boxes+points+masks+stats+events", "include=0"};

  gst_init (&argc, &argv);
  for (guint p = 0; p < G_N_ELEMENTS (properties); p++) {
    GstBuffer *all = publish_people (3, 2, 1);
    for (guint i = 0; i < publish_n_kinds; i++) {
      GstBuffer *one = publish_frame (i);
      publish_kinds[i].add (one);
      publish_kinds[i].add (all);
      print (properties[p], one);
    }
    print (properties[p], all);
    print (properties[p], publish_frame (0));
    print (properties[p], hostile ());
  }
  return 0;
}
