/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect inside the pipelines that people build: decoders, freezes, tees, queues, appsinks,
 * RTSP. Each must bring a cat's photo to the sink with a cat in its metadata. */
#include "gst/lib/tfc.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/rtsp-server/rtsp-server.h>
#include <string.h>

#define DETECT "tfcdetect base-model=mobilenet-v1-quant threads=1"

static gchar *photo; /* a cat, PNG */

static gboolean
has_cat (GstBuffer *buffer)
{
  const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
  for (guint i = 0; meta && i < meta->n_detections; i++) {
    if (!g_strcmp0 (meta->detections[i].label, "cat"))
      return TRUE;
  }
  return FALSE;
}

/* Plays description to its end; every appsink named sink0, sink1 ... must get at least least
 * buffers, all of them with cats. */
static void
play (const gchar *description, guint n_sinks, guint least)
{
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);
  g_test_message ("%s", description);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < n_sinks; i++) {
    gchar *name = g_strdup_printf ("sink%u", i);
    GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), name);
    guint n = 0, cats = 0;
    GstSample *sample;
    while (n < least &&
           (sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 30 * GST_SECOND))) {
      cats += has_cat (gst_sample_get_buffer (sample));
      n++;
      gst_sample_unref (sample);
    }
    GstMessage *message = gst_bus_pop_filtered (GST_ELEMENT_BUS (pipeline), GST_MESSAGE_ERROR);
    if (message) {
      gst_message_parse_error (message, &error, NULL);
      g_assert_no_error (error);
    }
    g_assert_cmpuint (n, >=, least);
    g_assert_cmpuint (cats, ==, n);
    gst_object_unref (sink);
    g_free (name);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
test_launch (gconstpointer data)
{
  const gchar *format = data;
  if (!photo) {
    g_test_skip ("no shared photos");
    return;
  }
  gchar *description = g_strdup_printf (format, photo);
  play (description, strstr (format, "sink1") ? 2 : 1, 3);
  g_free (description);
}

#define FREEZE "filesrc location=%s ! pngdec ! imagefreeze num-buffers=3 ! "
#define SINK0 "appsink name=sink0 sync=false max-buffers=4"

// clang-format off
static const struct { const gchar *name, *launch; } cases[] = {
  {"decodebin", "filesrc location=%s ! decodebin ! imagefreeze num-buffers=3 ! videoconvert ! " DETECT " ! " SINK0},
  {"pngdec-imagefreeze", FREEZE "videoconvert ! " DETECT " ! " SINK0},
  {"jpegdec", FREEZE "videoconvert ! jpegenc quality=95 ! jpegdec ! " DETECT " ! " SINK0},
  {"camera-yuy2", FREEZE "videoconvert ! videoscale ! video/x-raw,format=YUY2,width=640,height=480 ! " DETECT " ! " SINK0},
  {"camera-nv12", FREEZE "videoconvert ! videoscale ! video/x-raw,format=NV12,width=1280,height=720 ! " DETECT " ! " SINK0},
  {"queue", FREEZE "videoconvert ! queue ! " DETECT " ! queue ! " SINK0},
  {"tee", FREEZE "videoconvert ! tee name=t ! queue ! " DETECT " ! " SINK0 " t. ! queue ! " DETECT " ! appsink name=sink1 sync=false"},
  {"after-convert", FREEZE "videoconvert ! " DETECT " ! videoconvert ! video/x-raw,format=I420 ! " SINK0},
  {"after-scale", FREEZE "videoconvert ! " DETECT " ! videoscale ! video/x-raw,width=100,height=80 ! " SINK0},
  {"overlay", FREEZE "videoconvert ! " DETECT " ! tfcoverlay ! videoconvert ! video/x-raw,format=RGB ! " SINK0},
  {"join", FREEZE "videoconvert ! tee name=t t. ! videoscale ! video/x-raw,width=320 ! " DETECT " ! j.meta t. ! queue ! j.sink tfcjoin name=j ! " SINK0},
  {"join-square", FREEZE "videoconvert ! tee name=t t. ! videoscale add-borders=false ! video/x-raw,width=300,height=300,pixel-aspect-ratio=1/1 ! " DETECT " ! j.meta t. ! queue ! j.sink tfcjoin name=j ! " SINK0},
  {"join-waits", FREEZE "videoconvert ! tee name=t t. ! queue ! " DETECT " ! j.meta t. ! j.sink tfcjoin name=j max-wait=30000 ! " SINK0},
  {"join-compressed", FREEZE "videoconvert ! tee name=t t. ! " DETECT " ! j.meta t. ! jpegenc ! queue ! j.sink tfcjoin name=j ! " SINK0},
  {"publish-text", FREEZE "videoconvert ! " DETECT " ! tfcpublish name=p when=all ! " SINK0 " p.text ! queue ! fakesink"},
  {"zones", FREEZE "videoconvert ! " DETECT " ! tfczones zones=[zone\\ all]|polygon=0,0;1,0;1,1;0,1| ! tfcoverlay ! " SINK0},
  {"zones-compressed", FREEZE "videoconvert ! " DETECT " ! jpegenc ! tfczones zones=[line\\ middle]|from=0.5,0|to=0.5,1| ! jpegdec ! " SINK0},
  {"two-in-a-row", FREEZE "videoconvert ! " DETECT " ! " DETECT " ! " SINK0},
};
// clang-format on

/* What decoders give goes in as it is: depth, chroma and planes of the file. */
// clang-format off
static const struct { const gchar *name, *format, *codec; } files[] = {
  {"h264-8bit", "I420", "x264enc tune=zerolatency ! h264parse ! avdec_h264"},
  {"h264-10bit", "I420_10LE", "x264enc tune=zerolatency ! h264parse ! avdec_h264"},
  {"h264-422", "Y42B", "x264enc tune=zerolatency ! h264parse ! avdec_h264"},
  {"h264-444", "Y444", "x264enc tune=zerolatency ! h264parse ! avdec_h264"},
  {"h264-422-10bit", "I422_10LE", "x264enc tune=zerolatency ! h264parse ! avdec_h264"},
  {"vp9-444-12bit", "Y444_12LE", "vp9enc deadline=1 ! vp9dec"},
  {"prores-422", "I422_10LE", "avenc_prores_ks ! avdec_prores"},
  {"ffv1-gbr", "GBR_10LE", "avenc_ffv1 ! avdec_ffv1"},
  {"theora-444", "Y444", "theoraenc ! theoradec"},
};
// clang-format on

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define THREADS_ARE_WATCHED 1
#endif
#endif
#ifndef THREADS_ARE_WATCHED
#define THREADS_ARE_WATCHED 0
#endif

static void
test_decoded (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  if (THREADS_ARE_WATCHED) {
    g_test_skip ("decoders' threads use atomics of their own, which the sanitizer does not see");
    return;
  }
  g_autofree gchar *codec = g_strdup_printf ("fakesrc ! %s ! fakesink", files[i].codec);
  GError *error = NULL;
  GstElement *parsed = gst_parse_launch_full (codec, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  gst_clear_object (&parsed);
  if (!photo || g_error_matches (error, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT)) {
    g_test_skip (photo ? error->message : "no shared photos");
    g_clear_error (&error);
    return;
  }
  g_clear_error (&error);
  g_autofree gchar *description = g_strdup_printf (
      FREEZE "videoconvert ! videoscale ! video/x-raw,format=%s,width=640,height=480 ! %s ! "
             "video/x-raw,format=%s ! " DETECT " ! " SINK0,
      photo, files[i].format, files[i].codec, files[i].format);
  play (description, 1, 3);
}

static gpointer
run_loop (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

/* A server on loopback plays the photo as motion JPEG; it stops with the test. */
static void
test_rtsp (void)
{
  if (!photo) {
    g_test_skip ("no shared photos");
    return;
  }
  GMainContext *context = g_main_context_new ();
  GMainLoop *loop = g_main_loop_new (context, FALSE);
  GstRTSPServer *server = gst_rtsp_server_new ();
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (server);
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
  gchar *launch = g_strdup_printf (
      "( filesrc location=%s ! pngdec ! imagefreeze is-live=true ! videoconvert ! videoscale ! "
      "video/x-raw,format=I420,width=512,height=344,framerate=10/1 ! jpegenc quality=95 ! "
      "rtpjpegpay name=pay0 pt=26 )",
      photo);
  gst_rtsp_media_factory_set_launch (factory, launch);
  gst_rtsp_mount_points_add_factory (mounts, "/cat", factory);
  g_object_unref (mounts);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, "0");
  GSource *source = gst_rtsp_server_create_source (server, NULL, NULL);
  g_assert_nonnull (source);
  g_source_attach (source, context);
  GThread *thread = g_thread_new ("rtsp", run_loop, loop);

  gchar *client = g_strdup_printf ("rtspsrc location=rtsp://127.0.0.1:%d/cat protocols=tcp "
                                   "latency=0 ! rtpjpegdepay ! jpegdec ! " DETECT " ! " SINK0,
                                   gst_rtsp_server_get_bound_port (server));
  play (client, 1, 3);

  g_main_loop_quit (loop);
  g_thread_join (thread);
  g_source_destroy (source);
  g_source_unref (source);
  g_object_unref (server);
  g_main_loop_unref (loop);
  g_main_context_unref (context);
  g_free (launch);
  g_free (client);
}

/* Runs description to its end. */
static void
run_to_end (const gchar *description)
{
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstMessage *message = gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (pipeline), 60 * GST_SECOND,
                                                    GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Back and forth in a file of three seconds: each seek gives the frame asked for, with results of
 * that very frame, and the end still comes. */
static void
test_seek (void)
{
  if (!photo) {
    g_test_skip ("no shared photos");
    return;
  }
  GError *error = NULL;
  gchar *file = g_strdup_printf ("%s/tfc-seek-%u.mkv", g_get_tmp_dir (), g_random_int ());
  gchar *make = g_strdup_printf (
      "filesrc location=%s ! pngdec ! imagefreeze num-buffers=30 ! videoconvert ! "
      "video/x-raw,format=I420,framerate=10/1 ! jpegenc ! matroskamux ! filesink location=%s",
      photo, file);
  run_to_end (make);
  gchar *play_it =
      g_strdup_printf ("filesrc location=%s ! decodebin ! " DETECT " interval=2 ! " SINK0, file);
  GstElement *pipeline = gst_parse_launch (play_it, &error);
  g_assert_no_error (error);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink0");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL, 30 * GST_SECOND), ==,
                   GST_STATE_CHANGE_SUCCESS);
  static const guint tenths[] = {20, 5, 29, 0, 14};
  for (guint i = 0; i < G_N_ELEMENTS (tenths); i++) {
    const GstClockTime at = tenths[i] * 100 * GST_MSECOND;
    g_assert_true (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
                                            GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, at));
    GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 30 * GST_SECOND);
    g_assert_nonnull (sample);
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
    g_assert_cmpuint (GST_BUFFER_PTS (buffer) / (10 * GST_MSECOND), ==, at / (10 * GST_MSECOND));
    g_assert_nonnull (meta);
    g_assert_false (meta->held); /* what was seen before the seek is forgotten */
    g_assert_cmpuint (meta->pts, ==, GST_BUFFER_PTS (buffer));
    g_assert_true (has_cat (buffer));
    gst_sample_unref (sample);
  }
  guint rest = 0;
  for (GstSample *sample;
       (sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 30 * GST_SECOND)); rest++)
    gst_sample_unref (sample);
  g_assert_cmpuint (rest, ==, 30 - 14 - 1);
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  g_remove (file);
  g_free (play_it);
  g_free (make);
  g_free (file);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  const gchar *shared = g_getenv ("TFC_SHARED");
  photo = shared ? g_build_filename (shared, "media", "coral_cat.png", NULL) : NULL;
  if (photo && !g_file_test (photo, G_FILE_TEST_EXISTS))
    g_clear_pointer (&photo, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gchar *path = g_strconcat ("/pipelines/", cases[i].name, NULL);
    g_test_add_data_func (path, cases[i].launch, test_launch);
    g_free (path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *path = g_strconcat ("/pipelines/decoded/", files[i].name, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_decoded);
  }
  g_test_add_func ("/pipelines/rtsp", test_rtsp);
  g_test_add_func ("/pipelines/seek", test_seek);
  const int status = g_test_run ();
  g_free (photo);
  return status;
}
