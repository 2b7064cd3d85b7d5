/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints for each frame of a file or a camera (v4l2:///dev/video0) how much of it shows people, and
 * the box around them. cc mask.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

static void
print_mask (GstClockTime time, const GstTfcMask *mask)
{
  guint n = 0, left = mask->width, top = mask->height, right = 0, bottom = 0;
  for (guint y = 0; y < mask->height; y++)
    for (guint x = 0; x < mask->width; x++)
      if (mask->data[y * mask->width + x] >= 128) { /* more likely than not */
        n++;
        left = MIN (left, x);
        right = MAX (right, x + 1);
        top = MIN (top, y);
        bottom = MAX (bottom, y + 1);
      }
  g_print ("%" GST_TIME_FORMAT " mask %ux%u: ", GST_TIME_ARGS (time), mask->width, mask->height);
  if (n == 0)
    g_print ("nobody\n");
  else
    g_print ("%.1f %% people, x %.3f y %.3f w %.3f h %.3f\n",
             100.0 * n / (mask->width * mask->height), mask->x + mask->w * left / mask->width,
             mask->y + mask->h * top / mask->height, mask->w * (right - left) / mask->width,
             mask->h * (bottom - top) / mask->height);
}

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcMaskMeta *meta = gst_buffer_get_tfc_mask_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  if (meta)
    print_mask (meta->pts, meta->mask);
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: mask URI\n");
    return 2;
  }
  GstElement *pipeline =
      gst_parse_launch ("uridecodebin name=source ! tfcsegment name=segment ! fakesink", &error);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *segment = gst_bin_get_by_name (GST_BIN (pipeline), "segment");
  GstPad *pad = gst_element_get_static_pad (segment, "src");
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
  gst_object_unref (segment);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
