/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints what tfcdetect sees in a file.
 * cc read-meta.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  for (guint i = 0; meta && i < meta->n_detections; i++) {
    const GstTfcDetection *d = &meta->detections[i];
    g_print (
        "%" GST_TIME_FORMAT " #%" G_GUINT64_FORMAT " %s %.0f %%: x %.3f y %.3f w %.3f h %.3f\n",
        GST_TIME_ARGS (meta->pts), d->track_id, d->label, 100 * d->score, d->x, d->y, d->w, d->h);
  }
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("usage: read-meta URI MODEL\n");
    return 2;
  }
  gchar *line = g_strdup_printf ("uridecodebin name=source ! tfcdetect name=detect base-model=%s "
                                 "tracking=motion track-min-hits=1 ! fakesink",
                                 argv[2]);
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_free (line);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *detect = gst_bin_get_by_name (GST_BIN (pipeline), "detect");
  GstPad *pad = gst_element_get_static_pad (detect, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, see, NULL, NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstMessage *message = gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (pipeline), GST_CLOCK_TIME_NONE,
                                                    GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    g_printerr ("%s\n", error->message);
  }
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pad);
  gst_object_unref (detect);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
