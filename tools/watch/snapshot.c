/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <errno.h>
#include <unistd.h>

#include <gio/gio.h>

#include "tools/watch/saving.h"
#include "tools/watch/uri.h"

#define LOOK_NS (10 * GST_SECOND)

/* ---- orders ---- */

void
watch_order_clear (WatchOrder *order)
{
  g_free (order->folder);
  g_free (order->camera);
  g_free (order->event);
  g_free (order->place);
  g_atomic_rc_box_release (order->meter);
}

WatchSubject
watch_order_subject (const WatchOrder *order)
{
  return (WatchSubject){order->folder, order->camera, order->event, order->place, order->time};
}

void
watch_order_failed (const WatchOrder *order, const GError *error)
{
  g_autofree gchar *text = watch_scrub (error ? error->message : "unknown", NULL);
  order->meter->unsaved++;
  g_printerr ("tfc-watch: %s: nothing was saved of an event: %s\n", order->camera, text);
}

/* ---- pictures ---- */

static GstSample *
take_picture (GstElement *pipeline, GstElement *source, GstSample *sample, GError **error)
{
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstBus *bus = gst_element_get_bus (pipeline);
  GstSample *picture = NULL;
  GstMessage *message;
  GstFlowReturn flow;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_signal_emit_by_name (source, "push-sample", sample, &flow);
  g_signal_emit_by_name (source, "end-of-stream", &flow);
  g_signal_emit_by_name (sink, "try-pull-sample", LOOK_NS, &picture);
  message = picture ? NULL : gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (message) {
    gst_message_parse_error (message, error, NULL);
    gst_message_unref (message);
  } else if (!picture) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_ENCODE, "no picture came");
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (sink);
  return picture;
}

static GstSample *
to_jpeg (GstSample *sample, gboolean drawn, GError **error)
{
  g_autofree gchar *line =
      g_strdup_printf ("appsrc name=in format=time ! %s videoconvert ! jpegenc ! "
                       "appsink name=out sync=false max-buffers=1",
                       drawn ? "tfcoverlay !" : "");
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  GstElement *source;
  GstSample *picture;
  if (!pipeline)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  picture = take_picture (pipeline, source, sample, error);
  gst_object_unref (source);
  gst_object_unref (pipeline);
  return picture;
}

static gboolean
write_all (gint fd, const guint8 *data, gsize size, GError **error)
{
  while (size > 0) {
    const gssize n = write (fd, data, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strerror (errno));
      return FALSE;
    }
    data += n;
    size -= (gsize)n;
  }
  return TRUE;
}

static gboolean
write_picture (GstSample *picture, const WatchOrder *order, GError **error)
{
  const WatchSubject subject = watch_order_subject (order);
  GstMapInfo map;
  WatchFile file;
  gboolean ok;
  if (!watch_file_open (&file, &subject, "jpg", error))
    return FALSE;
  ok = gst_buffer_map (gst_sample_get_buffer (picture), &map, GST_MAP_READ);
  if (ok) {
    ok = write_all (file.fd, map.data, map.size, error);
    gst_buffer_unmap (gst_sample_get_buffer (picture), &map);
  }
  if (ok)
    return watch_file_keep (&file, order->max_bytes, error);
  watch_file_drop (&file);
  return FALSE;
}

void
watch_snapshot_write (GstSample *sample, gboolean drawn, WatchOrder *order)
{
  GError *error = NULL;
  GstSample *picture = to_jpeg (sample, drawn, &error);
  if (picture && write_picture (picture, order, &error))
    order->meter->snapshots++;
  else
    watch_order_failed (order, error);
  g_clear_error (&error);
  if (picture)
    gst_sample_unref (picture);
  gst_sample_unref (sample);
  watch_order_clear (order);
}
