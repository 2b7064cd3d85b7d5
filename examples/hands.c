/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints the hands in a file or of a camera (v4l2:///dev/video0), frame by frame: track id, which
 * hand it is, box, and the tips of its fingers.
 * cc hands.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

static const guint tips[] = {4, 8, 12, 16, 20};

static void
print_hand (GstClockTime time, const GstTfcPose *hand)
{
  g_print ("%" GST_TIME_FORMAT " hand %" G_GUINT64_FORMAT
           " %s %.0f %%: x %.3f y %.3f w %.3f h %.3f",
           GST_TIME_ARGS (time), hand->track_id,
           hand->handedness == GST_TFC_HANDEDNESS_LEFT ? "left" : "right",
           100 * hand->handedness_score, hand->x, hand->y, hand->w, hand->h);
  for (guint i = 0; i < G_N_ELEMENTS (tips) && hand->n_points == 21; i++) {
    const GstTfcKeypoint *p = &hand->points[tips[i]];
    g_print (", %s %.3f %.3f", gst_tfc_point_layout_get_point_name (hand->layout, tips[i]), p->x,
             p->y);
  }
  g_print ("\n");
}

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  for (guint i = 0; meta && i < meta->n_poses; i++)
    print_hand (meta->pts, &meta->poses[i]);
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: hands URI\n");
    return 2;
  }
  GstElement *pipeline =
      gst_parse_launch ("uridecodebin name=source ! tfchands name=hands ! fakesink", &error);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *hands = gst_bin_get_by_name (GST_BIN (pipeline), "hands");
  GstPad *pad = gst_element_get_static_pad (hands, "src");
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
  gst_object_unref (hands);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
