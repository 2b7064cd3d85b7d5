/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What becomes of metadata in the elements of others, encoders and decoders among them. Ours is
 * never stale: where it comes through it is of the very frame that it lies on, and where the
 * picture was cut or turned it is gone. */
#include <gst/gst.h>
#include <gst/video/video.h>
#include "gst/lib/tfc.h"

#define FRAMES 12
#define FRAME (GST_SECOND / 10)

typedef struct {
  const gchar *line;
  gboolean own, regions; /* whether ours and GStreamer's regions come through on 1.22 */
  guint slack;           /* frames by which a frame may be another one's double */
} Case;

#define COMES TRUE
#define GOES FALSE

// clang-format off
static const Case cases[] = {
  {"identity", COMES, COMES},
  {"queue", COMES, COMES},
  {"videorate ! video/x-raw,framerate=5/1", COMES, COMES, 2},
  {"videorate ! video/x-raw,framerate=30/1", COMES, COMES, 1},
  {"videoconvert ! video/x-raw,format=NV12", COMES, COMES},
  {"videoscale ! video/x-raw,width=128,height=96", COMES, COMES},
  {"videobalance saturation=0", COMES, COMES},
  {"gamma gamma=2", COMES, COMES},
  {"textoverlay text=x", COMES, COMES},
  {"deinterlace", COMES, COMES},
  {"deinterlace mode=interlaced", GOES, GOES},
  {"alpha alpha=0.5", GOES, GOES},
  {"videocrop left=8", GOES, GOES},
  {"aspectratiocrop aspect-ratio=1/1", GOES, GOES},
  {"videobox left=8", GOES, GOES},
  {"videobox left=-8", GOES, GOES},
  {"videoflip video-direction=horiz", GOES, GOES},
  {"videoflip video-direction=90r", GOES, GOES},
  {"videoconvert ! rotate angle=1", GOES, GOES},
  {"videoconvert ! mirror", GOES, GOES},
  {"compositor", GOES, GOES},
  {"jpegenc", COMES, COMES},
  {"jpegenc ! jpegdec", COMES, COMES},
  {"videoconvert ! pngenc", COMES, COMES},
  {"videoconvert ! pngenc ! pngdec", COMES, COMES},
  {"theoraenc", COMES, COMES},
  {"theoraenc ! theoradec", COMES, COMES},
  {"vp8enc deadline=1", COMES, COMES},
  {"vp8enc deadline=1 lag-in-frames=5 ! vp8dec", COMES, COMES},
  {"vp9enc deadline=1 ! vp9dec", COMES, COMES},
  {"x264enc bframes=2", COMES, COMES},
  {"x264enc bframes=2 ! h264parse ! avdec_h264 max-threads=1", COMES, COMES},
  {"x264enc tune=zerolatency ! h264parse ! avdec_h264 max-threads=1", COMES, COMES},
  {"jpegenc ! rtpjpegpay ! rtpjpegdepay", GOES, GOES},
  {"vp8enc deadline=1 ! rtpvp8pay ! rtpvp8depay", GOES, GOES},
  {"jpegenc ! matroskamux ! matroskademux", GOES, COMES},
};
// clang-format on

typedef struct {
  const Case *c;
  GstPad *out;
  guint frames, detections, faces, regions;
} Seen;

static gfloat
place_of (GstClockTime pts)
{
  return (pts % (100 * GST_SECOND)) / (gfloat)(100 * GST_SECOND);
}

static GstPadProbeReturn
attach (GstPad *pad, GstPadProbeInfo *info, gpointer unused)
{
  GstTfcPoint points[478] = {{0}};
  GstBuffer *buffer = info->data = gst_buffer_make_writable (info->data);
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  const gfloat x = place_of (pts);
  GstTfcDetection box = {x, 0.25f, 0.5f, 0.5f, 0.9f, 16, 0, "cat"};
  GstTfcFace face = {x, 0.25f, 0.5f, 0.5f, 1, 1, 1, 0, 478, points};

  gst_buffer_add_tfc_detection_meta (buffer, "m", pts, FALSE, &box, 1);
  gst_buffer_add_tfc_face_meta (buffer, "m", pts, FALSE, &face, 1);
  gst_buffer_add_video_region_of_interest_meta (buffer, "cat", 1, 2, 3, 4);
  return GST_PAD_PROBE_OK;
}

/* Not stale: of the frame that it lies on, by its time (encoders may shift timestamps, running time
 * stays) and by what it says. */
static void
check (const Seen *seen, GstBuffer *buffer, GstClockTime pts, gfloat x)
{
  const GstSegment *segment;
  GstEvent *event = gst_pad_get_sticky_event (seen->out, GST_EVENT_SEGMENT, 0);

  gst_event_parse_segment (event, &segment);
  gint64 apart =
      gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer)) - pts;
  gst_event_unref (event);
  g_assert_cmpint (ABS (apart), <=, (seen->c->slack + 0.5) * FRAME);
#if GST_CHECK_VERSION(1, 28, 0) /* what cuts and turns the picture moves it */
  if (!seen->c->own)
    return;
#endif
  g_assert_cmpfloat (x, ==, place_of (pts));
}

static GstPadProbeReturn
look (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  const GstTfcDetectionMeta *d = gst_buffer_get_tfc_detection_meta (buffer);
  const GstTfcFaceMeta *f = gst_buffer_get_tfc_face_meta (buffer);
  Seen *seen = data;

  seen->frames++;
  if (d)
    check (seen, buffer, d->pts, d->detections[0].x);
  if (f)
    check (seen, buffer, f->pts, f->faces[0].x);
  seen->detections += d != NULL;
  seen->faces += f != NULL;
  seen->regions += gst_buffer_get_video_region_of_interest_meta (buffer) != NULL;
  return GST_PAD_PROBE_OK;
}

static GstElement *
build (const Case *c, Seen *seen)
{
  g_autofree gchar *line = g_strdup_printf (
      "videotestsrc num-buffers=%u pattern=ball ! video/x-raw,format=I420,width=64,height=48,"
      "framerate=10/1 ! identity name=in ! %s ! fakesink name=out sync=false",
      FRAMES, c->line);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);

  if (g_error_matches (error, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT)) {
    g_test_skip (error->message);
    return NULL;
  }
  g_assert_no_error (error);
  g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstPad) from = gst_element_get_static_pad (in, "src");
  seen->c = c;
  seen->out = gst_element_get_static_pad (out, "sink");
  gst_pad_add_probe (from, GST_PAD_PROBE_TYPE_BUFFER, attach, NULL, NULL);
  gst_pad_add_probe (seen->out, GST_PAD_PROBE_TYPE_BUFFER, look, seen, NULL);
  return pipeline;
}

static void
test_line (gconstpointer data)
{
  const Case *c = data;
  Seen seen = {0};
  GstElement *pipeline = build (c, &seen);

  if (!pipeline)
    return;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstMessage) m = gst_bus_timed_pop_filtered (
      GST_ELEMENT_BUS (pipeline), 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (m);
  g_assert_cmpint (GST_MESSAGE_TYPE (m), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_test_message ("%u frames, ours on %u and %u, regions on %u", seen.frames, seen.detections,
                  seen.faces, seen.regions);
  g_assert_cmpuint (seen.frames, >=, FRAMES / 2);
  g_assert_cmpuint (seen.detections, ==, seen.faces);
#if !GST_CHECK_VERSION(1, 24, \
                       0) /* which others do what changes; that ours is never stale does not */
  const guint all = c->slack ? seen.frames : FRAMES; /* some frames more may be headers */
  g_assert_cmpuint (seen.detections, ==, c->own ? all : 0);
  g_assert_cmpuint (seen.regions, ==, c->regions ? all : 0);
#endif
  gst_object_unref (seen.out);
  gst_object_unref (pipeline);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path = g_strdup_printf ("/survival/%s", cases[i].line);
    g_test_add_data_func (path, &cases[i], test_line);
  }
  return g_test_run ();
}
