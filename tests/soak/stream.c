/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/stream.h"
#include <gst/app/gstappsrc.h>
#include <stdio.h>
#include <string.h>
#include "tests/soak/stream-private.h"

#define ON_THE_WAY 24 /* at most in the whole pipeline */

static gint failures;

void
stream_fail (const gchar *format, ...)
{
  va_list args;

  if (g_atomic_int_add (&failures, 1) >= 20)
    return;
  va_start (args, format);
  g_autofree gchar *text = g_strdup_vprintf (format, args);
  va_end (args);
  printf ("FAILED: %s\n", text);
  fflush (stdout);
}

guint
stream_failures (void)
{
  return g_atomic_int_get (&failures);
}

/* ---- building ---- */

static gboolean
may_seek (GstAppSrc *source, guint64 to, gpointer unused)
{
  return TRUE;
}

static void
build (Stream *s)
{
  g_autofree gchar *line = g_strdup_printf (
      "appsrc name=source is-live=true format=time stream-type=seekable max-buffers=100 ! %s ! "
      "fakesink name=sink sync=true qos=true processing-deadline=0 enable-last-sample=false",
      s->plan->line);
  g_autoptr (GError) error = NULL;
  GstElement *sink;
  GstPad *pad;

  s->pipeline = gst_parse_launch (line, &error);
  if (error)
    g_error ("%s: %s", line, error->message);
  s->source = gst_bin_get_by_name (GST_BIN (s->pipeline), "source");
  g_signal_connect (s->source, "seek-data", G_CALLBACK (may_seek), NULL);
  sink = gst_bin_get_by_name (GST_BIN (s->pipeline), "sink");
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, stream_arrive, s, NULL);
  gst_object_unref (pad);
  gst_object_unref (sink);
}

static void
dismantle (Stream *s)
{
  gst_object_unref (s->source);
  gst_object_unref (s->pipeline);
  s->loading = 0;
}

Stream *
stream_new (const StreamPlan *plan, const Looks *looks)
{
  Stream *s = g_new0 (Stream, 1);

  s->plan = plan;
  s->looks = looks;
  g_mutex_init (&s->lock);
  g_cond_init (&s->wake);
  build (s);
  s->camera = g_thread_new (plan->name, stream_camera, s);
  return s;
}

void
stream_free (Stream *s)
{
  stream_stop (s);
  g_mutex_lock (&s->lock);
  s->quit = TRUE;
  g_cond_signal (&s->wake);
  g_mutex_unlock (&s->lock);
  g_thread_join (s->camera);
  dismantle (s);
  g_mutex_clear (&s->lock);
  g_cond_clear (&s->wake);
  g_free (s);
}

/* ---- what happens to it ---- */

static void
switch_camera (Stream *s, gboolean on)
{
  g_mutex_lock (&s->lock);
  s->on = on;
  g_mutex_unlock (&s->lock);
}

/* Nothing is under way any more; what did not arrive was dropped on purpose. */
static void
draw_line (Stream *s, GstClockTime offset)
{
  g_mutex_lock (&s->lock);
  guint64 gone = s->count.pushed - s->expected;
  if (gone > ON_THE_WAY)
    stream_fail ("%s: %" G_GUINT64_FORMAT " frames gone at once", s->plan->name, gone);
  s->count.discarded += gone;
  s->expected = s->count.pushed;
  s->last_in = s->last_out = GST_CLOCK_TIME_NONE;
  s->offset = offset;
  s->changed = TRUE;
  g_mutex_unlock (&s->lock);
}

static void
go_to (Stream *s, GstState state)
{
  GstState reached = GST_STATE_VOID_PENDING;
  GstStateChangeReturn result = gst_element_set_state (s->pipeline, state);

  if (result == GST_STATE_CHANGE_FAILURE)
    stream_fail ("%s: does not reach %s", s->plan->name, gst_element_state_get_name (state));
  else if (state == GST_STATE_NULL && gst_element_get_state (s->pipeline, &reached, NULL,
                                                             PATIENCE) != GST_STATE_CHANGE_SUCCESS)
    stream_fail ("%s: does not stop", s->plan->name);
}

void
stream_start (Stream *s)
{
  go_to (s, GST_STATE_PLAYING);
  switch_camera (s, TRUE);
}

void
stream_stop (Stream *s)
{
  switch_camera (s, FALSE);
  go_to (s, GST_STATE_NULL);
  draw_line (s, 0);
  stream_listen (s);
  s->loading = 0;
}

void
stream_rebuild (Stream *s)
{
  stream_stop (s);
  dismantle (s);
  build (s);
}

void
stream_pause (Stream *s, gulong us)
{
  switch_camera (s, FALSE);
  go_to (s, GST_STATE_PAUSED);
  g_usleep (us);
  stream_start (s);
}

void
stream_flush (Stream *s, GstClockTime to)
{
  switch_camera (s, FALSE);
  if (!gst_element_seek (s->pipeline, 1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET,
                         to, GST_SEEK_TYPE_NONE, -1))
    stream_fail ("%s: does not seek", s->plan->name);
  draw_line (s, to);
  switch_camera (s, TRUE);
}

void
stream_silence (Stream *s, gulong us)
{
  GstClockTime from;

  switch_camera (s, FALSE);
  g_mutex_lock (&s->lock);
  from = s->last_in;
  g_mutex_unlock (&s->lock);
  if (GST_CLOCK_TIME_IS_VALID (from))
    gst_element_send_event (s->source, gst_event_new_gap (from + 1, us * GST_USECOND));
  g_usleep (us);
  switch_camera (s, TRUE);
}

void
stream_hush (Stream *s)
{
  gboolean empty = FALSE;

  switch_camera (s, FALSE);
  for (guint i = 0; i < 600 && !empty; i++) {
    g_usleep (100000);
    g_mutex_lock (&s->lock);
    empty = s->expected == s->count.pushed;
    g_mutex_unlock (&s->lock);
  }
  if (!empty)
    stream_fail ("%s: a frame does not arrive", s->plan->name);
}

void
stream_go_on (Stream *s)
{
  switch_camera (s, TRUE);
}

void
stream_gaps (Stream *s, guint n)
{
  g_mutex_lock (&s->lock);
  s->gaps = n;
  g_mutex_unlock (&s->lock);
}

void
stream_look (Stream *s, guint look, guint rate)
{
  g_mutex_lock (&s->lock);
  s->look = look % s->looks->n;
  s->rate = rate % N_RATES;
  s->changed = TRUE;
  g_mutex_unlock (&s->lock);
}

void
stream_set (Stream *s, const gchar *property, const gchar *value)
{
  g_auto (GStrv) parts = g_strsplit (property, ".", 2);
  GstElement *element = gst_bin_get_by_name (GST_BIN (s->pipeline), parts[0]);

  if (!element)
    return;
  if (value)
    gst_util_set_object_arg (G_OBJECT (element), parts[1], value);
  else
    g_object_set (element, parts[1], NULL, NULL);
  gst_object_unref (element);
}

void
stream_ask (Stream *s)
{
  static const gchar *const names[] = {"detect", "faces", "hands", "segment", "pose"};
  GstQuery *latency = gst_query_new_latency ();
  gint64 at;

  gst_element_query (s->pipeline, latency);
  gst_query_unref (latency);
  gst_element_query_position (s->pipeline, GST_FORMAT_TIME, &at);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GstElement *element = gst_bin_get_by_name (GST_BIN (s->pipeline), names[i]);
    GstStructure *stats = NULL;
    if (!element)
      continue;
    g_object_get (element, "stats", &stats, NULL);
    gst_structure_free (stats);
    gst_object_unref (element);
  }
}

void
stream_end (Stream *s)
{
  switch_camera (s, FALSE);
  gst_app_src_end_of_stream (GST_APP_SRC (s->source));
  if (!stream_hear_the_end (s))
    stream_fail ("%s: no end of stream", s->plan->name);
  g_mutex_lock (&s->lock);
  if (s->expected != s->count.pushed)
    stream_fail ("%s: %" G_GUINT64_FORMAT " frames lost before the end", s->plan->name,
                 s->count.pushed - s->expected);
  g_mutex_unlock (&s->lock);
  stream_stop (s);
}

gboolean
stream_listen (Stream *s)
{
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (GST_ELEMENT_BUS (s->pipeline), HEARD))) {
    stream_hear (s, message);
    gst_message_unref (message);
  }
  return s->loading > 0;
}

StreamCount
stream_count (Stream *s)
{
  g_mutex_lock (&s->lock);
  StreamCount count = s->count;
  g_mutex_unlock (&s->lock);
  return count;
}
