/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints the bodies in a file or of a camera (v4l2:///dev/video0), frame by frame: score, box, and
 * the points that are sure enough. cc poses.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

static void
print_pose (GstClockTime time, const GstTfcPose *pose)
{
  g_print ("%" GST_TIME_FORMAT " pose %.0f %%: x %.3f y %.3f w %.3f h %.3f", GST_TIME_ARGS (time),
           100 * pose->score, pose->x, pose->y, pose->w, pose->h);
  for (guint i = 0; i < pose->n_points; i++) {
    const GstTfcKeypoint *p = &pose->points[i];
    if (p->score >= 0.3f)
      g_print (", %s %.3f %.3f", gst_tfc_point_layout_get_point_name (pose->layout, i), p->x, p->y);
  }
  g_print ("\n");
}

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  for (guint i = 0; meta && i < meta->n_poses; i++)
    print_pose (meta->pts, &meta->poses[i]);
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: poses URI\n");
    return 2;
  }
  GstElement *pipeline =
      gst_parse_launch ("uridecodebin name=source ! tfcpose name=pose ! fakesink", &error);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *pose = gst_bin_get_by_name (GST_BIN (pipeline), "pose");
  GstPad *pad = gst_element_get_static_pad (pose, "src");
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
  gst_object_unref (pose);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
