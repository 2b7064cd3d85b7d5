/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Prints the faces in a file or of a camera (v4l2:///dev/video0), frame by frame: track id, score,
 * box and three points. cc faces.c $(pkg-config --cflags --libs gstreamer-tfc-1.0) */
#include <gst/tfc/tfc.h>

/* Points by their numbers; those from 468 on are there unless predict-irises=false. */
static const struct {
  const gchar *name;
  guint number;
} points[] = {{"nose", 1}, {"left iris", 468}, {"right iris", 473}};

static void
print_face (GstClockTime time, const GstTfcFace *face)
{
  g_print ("%" GST_TIME_FORMAT " face %" G_GUINT64_FORMAT " %.0f %%: x %.3f y %.3f w %.3f h %.3f",
           GST_TIME_ARGS (time), face->track_id, 100 * face->score, face->x, face->y, face->w,
           face->h);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    if (points[i].number < face->n_points) {
      const GstTfcPoint *p = &face->points[points[i].number];
      g_print (", %s %.3f %.3f", points[i].name, p->x, p->y);
    }
  }
  g_print ("\n");
}

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (GST_PAD_PROBE_INFO_BUFFER (info));
  for (guint i = 0; meta && i < meta->n_faces; i++)
    print_face (meta->pts, &meta->faces[i]);
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: faces URI\n");
    return 2;
  }
  GstElement *pipeline = gst_parse_launch (
      "uridecodebin name=source ! tfcfacemesh name=mesh max-faces=4 ! fakesink", &error);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *mesh = gst_bin_get_by_name (GST_BIN (pipeline), "mesh");
  GstPad *pad = gst_element_get_static_pad (mesh, "src");
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
  gst_object_unref (mesh);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
