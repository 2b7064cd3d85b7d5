/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints what tfcdetect tells on the bus: results whenever they change, and how models are loaded.
 * cc bus-messages.c $(pkg-config --cflags --libs gstreamer-1.0) */
#include <gst/gst.h>

static void
print_results (const GstStructure *results)
{
  const GValue *all = gst_structure_get_value (results, "detections");
  GstClockTime time = GST_CLOCK_TIME_NONE;
  gst_structure_get_clock_time (results, "timestamp", &time);
  g_print ("%" GST_TIME_FORMAT " %u objects\n", GST_TIME_ARGS (time),
           gst_value_array_get_size (all));
  for (guint i = 0; i < gst_value_array_get_size (all); i++) {
    const GstStructure *d = gst_value_get_structure (gst_value_array_get_value (all, i));
    gfloat score = 0;
    gst_structure_get (d, "score", G_TYPE_FLOAT, &score, NULL);
    g_print ("  %s %.0f %%\n", gst_structure_get_string (d, "label"), 100 * score);
  }
}

static void
print_element_message (const GstStructure *s)
{
  const gchar *model = gst_structure_get_string (s, "model");
  guint64 time = 0, bytes = 0;
  if (gst_structure_has_name (s, "tfcdetect"))
    print_results (s);
  else if (gst_structure_has_name (s, "tfc-model-loading"))
    g_print ("loading %s\n", model);
  else if (gst_structure_has_name (s, "tfc-model-failed"))
    g_print ("failed %s: %s\n", model, gst_structure_get_string (s, "error"));
  else if (gst_structure_has_name (s, "tfc-model-loaded")) {
    gst_structure_get (s, "time", G_TYPE_UINT64, &time, "bytes", G_TYPE_UINT64, &bytes, NULL);
    g_print ("loaded %s: %.1f ms, %.1f MB\n", model, time / 1e6, bytes / 1e6);
  }
}

/* FALSE: it was the last one; *error is set if that was no good end. */
static gboolean
handle (GstElement *pipeline, GstMessage *message, GError **error)
{
  GError *warning = NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    print_element_message (gst_message_get_structure (message));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY) /* of a live pipeline has changed */
    gst_bin_recalculate_latency (GST_BIN (pipeline));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
    gst_message_parse_warning (message, &warning, NULL);
    g_printerr ("warning: %s\n", warning->message);
    g_error_free (warning);
  }
  return !*error && GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gboolean more = TRUE;
  gst_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("usage: bus-messages URI MODEL\n");
    return 2;
  }
  gchar *line = g_strdup_printf ("uridecodebin name=source ! tfcdetect base-model=%s "
                                 "post-messages=changes ! fakesink",
                                 argv[2]);
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_free (line);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (more) {
    GstMessage *message = gst_bus_timed_pop (GST_ELEMENT_BUS (pipeline), GST_CLOCK_TIME_NONE);
    more = handle (pipeline, message, &error);
    gst_message_unref (message);
  }
  if (error)
    g_printerr ("%s\n", error->message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
