/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Takes frames out of a pipeline, with what tfcdetect saw: prints size and objects of each.
 * cc appsink.c $(pkg-config --cflags --libs gstreamer-tfc-1.0 gstreamer-app-1.0) */
#include <gst/app/gstappsink.h>
#include <gst/tfc/tfc.h>
#include <gst/video/video.h>

static void
print_sample (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
  GstVideoInfo video;
  if (!gst_video_info_from_caps (&video, gst_sample_get_caps (sample)))
    return;
  g_print ("%" GST_TIME_FORMAT " %dx%d, %u objects\n", GST_TIME_ARGS (GST_BUFFER_PTS (buffer)),
           video.width, video.height, meta ? meta->n_detections : 0);
  for (guint i = 0; meta && i < meta->n_detections; i++) {
    const GstTfcDetection *d = &meta->detections[i]; /* fractions of the frame: here in pixels */
    g_print ("  %s %.0f %%: %.0f,%.0f %.0fx%.0f\n", d->label, 100 * d->score, d->x * video.width,
             d->y * video.height, d->w * video.width, d->h * video.height);
  }
}

/* Until the end of the stream (NULL), or an error. */
static GError *
pull_all (GstAppSink *sink, GstBus *bus)
{
  GError *error = NULL;
  while (!error && !gst_app_sink_is_eos (sink)) {
    /* Not for ever: after an error there may be neither a frame nor an end. */
    GstSample *sample = gst_app_sink_try_pull_sample (sink, 100 * GST_MSECOND);
    GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    if (sample) {
      print_sample (sample);
      gst_sample_unref (sample);
    }
    if (message) {
      gst_message_parse_error (message, &error, NULL);
      gst_message_unref (message);
    }
  }
  return error;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("usage: appsink URI MODEL\n");
    return 2;
  }
  gchar *line = g_strdup_printf ("uridecodebin name=source ! tfcdetect base-model=%s ! "
                                 "appsink name=sink sync=false max-buffers=4",
                                 argv[2]);
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_free (line);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  error = pull_all (GST_APP_SINK (sink), GST_ELEMENT_BUS (pipeline));
  if (error)
    g_printerr ("%s\n", error->message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
