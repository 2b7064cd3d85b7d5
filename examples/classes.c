/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints what tfcclassify says about each frame of a file or a camera (v4l2:///dev/video0), the
 * surest class first. cc classes.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcClassMeta *meta = gst_buffer_get_tfc_class_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  for (guint i = 0; meta && i < meta->n_classes; i++) {
    const GstTfcClass *c = &meta->classes[i];
    g_print ("%" GST_TIME_FORMAT " %u. %s %.1f %%\n", GST_TIME_ARGS (meta->pts), c->rank + 1,
             c->label ? c->label : "?", 100 * c->score);
  }
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: classes URI\n");
    return 2;
  }
  GstElement *pipeline =
      gst_parse_launch ("uridecodebin name=source ! tfcclassify name=classify ! fakesink", &error);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *classify = gst_bin_get_by_name (GST_BIN (pipeline), "classify");
  GstPad *pad = gst_element_get_static_pad (classify, "src");
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
  gst_object_unref (classify);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
