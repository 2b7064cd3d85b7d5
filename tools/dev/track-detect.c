/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* track-detect CLIP [MODEL [PROPERTIES]]: what tfcdetect finds in each frame of a clip, and what it
 * looks like, as lines of text for track-replay; so that a tracker can be tried often without the
 * network. Lines: "frame PTS WIDTH HEIGHT CUE", the cue being that of the whole frame, then of each
 * box "box CLASS SCORE X Y W H CUE LABEL". Times are nanoseconds, cues hexadecimal, "-" where
 * unknown. */
#include <stdio.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "gst/lib/tfcmeta.h"
#include "models/tracking/motion_cue.h"

static void
print_cue (const TfcFrame *frame, const TfcBox *box)
{
  TfcMotionCue cue;
  tfc_motion_cue_sample (frame, box, &cue);
  if (!cue.known)
    printf ("-");
  for (guint i = 0; cue.known && i < sizeof cue.bin; i++)
    printf ("%02x", cue.bin[i]);
}

static TfcFrame
view (const GstVideoFrame *v)
{
  TfcFrame f = {.width = (guint)v->info.width, .height = (guint)v->info.height};
  f.format = tfc_format_find (gst_video_format_to_string (v->info.finfo->format));
  for (guint i = 0; f.format && i < f.format->n_planes; i++) {
    f.plane[i] = GST_VIDEO_FRAME_PLANE_DATA (v, i);
    f.stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (v, i);
  }
  return f;
}

static void
print_frame (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
  GstCaps *caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  GstVideoFrame video;
  guint n = 0;
  (void)sink, (void)data;
  if (!meta || !gst_video_info_from_caps (&info, caps) ||
      !gst_video_frame_map (&video, &info, buffer, GST_MAP_READ))
    g_error ("a buffer without detections or of an unknown format");
  const TfcFrame frame = view (&video);
  const GstTfcDetection *found = gst_tfc_detection_meta_get_detections (meta, &n);
  printf ("frame %" G_GUINT64_FORMAT " %u %u ", GST_BUFFER_PTS (buffer), frame.width, frame.height);
  print_cue (&frame, &(TfcBox){0, 0, 1, 1});
  printf ("\n");
  for (guint i = 0; i < n; i++) {
    const GstTfcDetection *d = &found[i];
    const TfcBox box = {d->x, d->y, d->w, d->h};
    printf ("box %d %.4f %.5f %.5f %.5f %.5f ", d->class_id, d->score, d->x, d->y, d->w, d->h);
    print_cue (&frame, &box);
    printf (" %s\n", d->label);
  }
  gst_video_frame_unmap (&video);
  gst_caps_unref (caps);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc < 2) {
    fprintf (stderr, "usage: track-detect CLIP [MODEL [PROPERTIES]]\n");
    return 2;
  }
  gchar *line =
      g_strdup_printf ("filesrc name=f ! decodebin ! tfcdetect base-model=%s score-threshold=0.1 "
                       "max-detections=512 %s ! "
                       "fakesink name=s sync=false signal-handoffs=true",
                       argc > 2 ? argv[2] : "mobilenet-v1-quant", argc > 3 ? argv[3] : "");
  GstElement *pipeline = gst_parse_launch (line, &error);
  if (!pipeline || error)
    g_error ("%s", error->message);
  GstElement *file = gst_bin_get_by_name (GST_BIN (pipeline), "f"),
             *sink = gst_bin_get_by_name (GST_BIN (pipeline), "s");
  g_object_set (file, "location", argv[1], NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (print_frame), NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  const gboolean failed = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
  if (failed) {
    gst_message_parse_error (message, &error, NULL);
    fprintf (stderr, "track-detect: %s\n", error->message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_message_unref (message);
  gst_object_unref (bus);
  gst_object_unref (file);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  g_free (line);
  return failed;
}
