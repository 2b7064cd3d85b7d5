/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Serves a video with what tfcdetect saw drawn on it, as rtsp://127.0.0.1:8554/seen, until it is
 * interrupted. All clients share one pipeline, which plays while there is one.
 * cc rtsp-server.c $(pkg-config --cflags --libs gstreamer-rtsp-server-1.0) */
#include <glib-unix.h>
#include <gst/rtsp-server/rtsp-server.h>

typedef struct {
  const gchar *uri;
  GMainLoop *loop;
  gint failed; /* atomic */
} Server;

/* A thread of the pipeline's. */
static void
on_error (GstBus *bus, GstMessage *message, gpointer data)
{
  Server *server = data;
  GError *error = NULL;
  gst_message_parse_error (message, &error, NULL);
  g_printerr ("%s\n", error->message);
  g_error_free (error);
  g_atomic_int_set (&server->failed, TRUE);
  g_main_loop_quit (server->loop);
}

/* The pipeline for the first client is there, and does not play yet. */
static void
on_media (GstRTSPMediaFactory *factory, GstRTSPMedia *media, gpointer data)
{
  Server *server = data;
  GstElement *bin = gst_rtsp_media_get_element (media);
  GstObject *pipeline = gst_object_get_parent (GST_OBJECT (bin));
  GstBus *bus = gst_pipeline_get_bus (GST_PIPELINE (pipeline));
  gst_child_proxy_set (GST_CHILD_PROXY (bin), "source::uri", server->uri, NULL);
  gst_bus_enable_sync_message_emission (bus);
  g_signal_connect (bus, "sync-message::error", G_CALLBACK (on_error), server);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
  gst_object_unref (bin);
}

/* The service; NULL with an error where an element is missing. */
static GstRTSPMediaFactory *
make_factory (Server *server, const gchar *model, GError **error)
{
  GstRTSPMediaFactory *factory;
  gchar *line = g_strdup_printf ("( uridecodebin name=source ! tfcdetect base-model=%s ! "
                                 "tfcoverlay ! videoconvert ! video/x-raw,format=I420 ! "
                                 "x264enc tune=zerolatency speed-preset=ultrafast "
                                 "key-int-max=25 ! rtph264pay name=pay0 config-interval=-1 )",
                                 model);
  /* Clients would only hear that there is no such service. */
  GstElement *trial = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!trial) {
    g_free (line);
    return NULL;
  }
  gst_object_unref (gst_object_ref_sink (trial));
  factory = gst_rtsp_media_factory_new ();
  gst_rtsp_media_factory_set_launch (factory, line);
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  g_signal_connect (factory, "media-configure", G_CALLBACK (on_media), server);
  g_free (line);
  return factory;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* FALSE: the port is taken. */
static gboolean
serve (Server *server, GstRTSPMediaFactory *factory, const gchar *port)
{
  GstRTSPServer *rtsp = gst_rtsp_server_new ();
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (rtsp);
  guint source;
  gst_rtsp_mount_points_add_factory (mounts, "/seen", factory);
  g_object_unref (mounts);
  gst_rtsp_server_set_address (rtsp, "127.0.0.1");
  gst_rtsp_server_set_service (rtsp, port);
  source = gst_rtsp_server_attach (rtsp, NULL);
  if (source) {
    g_print ("rtsp://127.0.0.1:%d/seen\n", gst_rtsp_server_get_bound_port (rtsp));
    g_main_loop_run (server->loop);
    g_source_remove (source);
  } else {
    g_printerr ("port %s is taken\n", port);
  }
  gst_rtsp_server_client_filter (rtsp, NULL, NULL); /* lets go of those that are left */
  g_object_unref (rtsp);
  return source != 0;
}

int
main (int argc, char **argv)
{
  Server server = {0};
  GError *error = NULL;
  guint64 port = 8554;
  gboolean ok;
  gst_init (&argc, &argv);
  if (argc < 3 || argc > 4 ||
      (argc == 4 && !g_ascii_string_to_unsigned (argv[3], 10, 0, 65535, &port, NULL))) {
    g_printerr ("usage: rtsp-server URI MODEL [PORT]   (PORT 0: any that is free)\n");
    return 2;
  }
  server.uri = argv[1];
  GstRTSPMediaFactory *factory = make_factory (&server, argv[2], &error);
  if (!factory) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    return 1;
  }
  gchar *service = g_strdup_printf ("%" G_GUINT64_FORMAT, port);
  server.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, quit, server.loop);
  g_unix_signal_add (SIGTERM, quit, server.loop);
  ok = serve (&server, factory, service); /* takes the factory */
  g_main_loop_unref (server.loop);
  g_free (service);
  return ok && !g_atomic_int_get (&server.failed) ? 0 : 1;
}
