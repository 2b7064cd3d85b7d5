/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/saving.h"

#include <string.h>

#define WAITING_BYTES (64 << 20)
#define APPSRC_BYTES (4 << 20)
#define END_NS (15 * GST_SECOND)

struct WatchClip {
  GMutex lock;
  GCond more;
  GQueue buffers; /* GstBuffer* */
  gsize bytes;
  gboolean ended;
  GstCaps *caps;
  gboolean mp4;
  WatchOrder order;
};

/* What a muxer wants in front of it. */
static const struct {
  const gchar *caps, *parser;
} parsers[] = {
    {"video/x-h264", "h264parse"},
    {"video/x-h265", "h265parse"},
    {"video/mpeg", "mpeg4videoparse"},
    {"video/x-av1", "av1parse"},
};

WatchClip *
watch_clip_new (GstCaps *caps, gboolean mp4, WatchOrder order)
{
  WatchClip *clip = g_new0 (WatchClip, 1);
  g_mutex_init (&clip->lock);
  g_cond_init (&clip->more);
  g_queue_init (&clip->buffers);
  clip->caps = gst_caps_ref (caps);
  clip->mp4 = mp4;
  clip->order = order;
  return clip;
}

static void
clip_free (WatchClip *clip)
{
  g_queue_clear_full (&clip->buffers, (GDestroyNotify)gst_buffer_unref);
  gst_caps_unref (clip->caps);
  watch_order_clear (&clip->order);
  g_mutex_clear (&clip->lock);
  g_cond_clear (&clip->more);
  g_free (clip);
}

gboolean
watch_clip_push (WatchClip *clip, GstBuffer *buffer)
{
  gboolean fits;
  g_mutex_lock (&clip->lock);
  fits = clip->bytes < WAITING_BYTES;
  if (fits) {
    g_queue_push_tail (&clip->buffers, gst_buffer_ref (buffer));
    clip->bytes += gst_buffer_get_size (buffer);
    g_cond_signal (&clip->more);
  }
  g_mutex_unlock (&clip->lock);
  return fits;
}

void
watch_clip_end (WatchClip *clip)
{
  g_mutex_lock (&clip->lock);
  clip->ended = TRUE;
  g_cond_signal (&clip->more);
  g_mutex_unlock (&clip->lock);
}

/* Waits; NULL at the end. */
static GstBuffer *
pop (WatchClip *clip)
{
  GstBuffer *buffer;
  g_mutex_lock (&clip->lock);
  while (!clip->buffers.length && !clip->ended)
    g_cond_wait (&clip->more, &clip->lock);
  buffer = g_queue_pop_head (&clip->buffers);
  if (buffer)
    clip->bytes -= gst_buffer_get_size (buffer);
  g_mutex_unlock (&clip->lock);
  return buffer;
}

static const gchar *
parser_of (const GstCaps *caps)
{
  const gchar *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++) {
    if (g_str_equal (parsers[i].caps, name))
      return parsers[i].parser;
  }
  return "identity";
}

static GstElement *
open_pipeline (const WatchClip *clip, gint fd, GstElement **source, GError **error)
{
  g_autofree gchar *line =
      g_strdup_printf ("appsrc name=in format=time max-bytes=0 ! %s ! %s ! fdsink fd=%d sync=false",
                       parser_of (clip->caps), clip->mp4 ? "mp4mux" : "matroskamux", fd);
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!pipeline)
    return NULL;
  *source = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_object_set (*source, "caps", clip->caps, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

/* TRUE: it came to its end; FALSE: it did not within timeout, or failed with error set. */
static gboolean
wait_end (GstElement *pipeline, GstClockTime timeout, GError **error)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *m = gst_bus_timed_pop_filtered (bus, timeout, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  const gboolean ended = m && GST_MESSAGE_TYPE (m) == GST_MESSAGE_EOS;
  if (m && !ended)
    gst_message_parse_error (m, error, NULL);
  if (m)
    gst_message_unref (m);
  gst_object_unref (bus);
  return ended;
}

static GstClockTime
earlier (GstClockTime time, GstClockTime base)
{
  return !GST_CLOCK_TIME_IS_VALID (time) ? time : time > base ? time - base : 0;
}

/* With times from 0 on, and no matter how slow the disk is. FALSE: the pipeline has failed. */
static gboolean
feed (GstElement *pipeline, GstElement *source, GstBuffer *buffer, GstClockTime base,
      GError **error)
{
  GstBuffer *copy = gst_buffer_copy (buffer);
  GstFlowReturn flow;
  guint64 level = G_MAXUINT64;
  GST_BUFFER_PTS (copy) = earlier (GST_BUFFER_PTS (buffer), base);
  GST_BUFFER_DTS (copy) = earlier (GST_BUFFER_DTS (buffer), base);
  while (level > APPSRC_BYTES) {
    g_object_get (source, "current-level-bytes", &level, NULL);
    wait_end (pipeline, level > APPSRC_BYTES ? 20 * GST_MSECOND : 0, error);
    if (*error) {
      gst_buffer_unref (copy);
      return FALSE;
    }
  }
  g_signal_emit_by_name (source, "push-buffer", copy, &flow);
  gst_buffer_unref (copy);
  return flow == GST_FLOW_OK;
}

static guint
feed_all (WatchClip *clip, GstElement *pipeline, GstElement *source, GError **error)
{
  GstClockTime base = GST_CLOCK_TIME_NONE;
  gboolean ok = TRUE;
  guint n = 0;
  GstBuffer *buffer;
  while ((buffer = pop (clip))) {
    if (!GST_CLOCK_TIME_IS_VALID (base))
      base = GST_BUFFER_DTS_OR_PTS (buffer);
    ok = ok && feed (pipeline, source, buffer, GST_CLOCK_TIME_IS_VALID (base) ? base : 0, error);
    n += ok;
    gst_buffer_unref (buffer);
  }
  return n;
}

static gboolean
write_file (WatchClip *clip, gint fd, GError **error)
{
  GstElement *source = NULL, *pipeline = open_pipeline (clip, fd, &source, error);
  GstFlowReturn flow;
  gboolean ok = FALSE;
  if (!pipeline)
    return FALSE;
  if (feed_all (clip, pipeline, source, error) && !*error) {
    g_signal_emit_by_name (source, "end-of-stream", &flow);
    ok = wait_end (pipeline, END_NS, error);
  }
  if (!ok && !*error)
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_MUX, "the clip could not be finished");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (source);
  gst_object_unref (pipeline);
  return ok;
}

void
watch_clip_write (WatchClip *clip)
{
  const WatchSubject subject = watch_order_subject (&clip->order);
  WatchFile file;
  GError *error = NULL;
  gboolean ok = watch_file_open (&file, &subject, clip->mp4 ? "mp4" : "mkv", &error);
  if (ok && !write_file (clip, file.fd, &error)) {
    watch_file_drop (&file);
    ok = FALSE;
  }
  if (ok && watch_file_keep (&file, clip->order.max_bytes, &error))
    clip->order.meter->clips++;
  else
    watch_order_failed (&clip->order, error);
  g_clear_error (&error);
  clip_free (clip);
}
