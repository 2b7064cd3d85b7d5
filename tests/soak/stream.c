/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/soak/stream.h"
#include <gst/app/gstappsrc.h>
#include <stdio.h>
#include <string.h>
#include "gst/lib/tfc.h"

#define WAITING 4     /* frames in the source */
#define ON_THE_WAY 24 /* at most in the whole pipeline */
#define HEARD (GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_ELEMENT)
#define PATIENCE (60 * GST_SECOND)

static const gint rates[][2] = {{30, 1}, {15, 1}, {25, 1}, {30000, 1001}, {10, 1}, {0, 1}};

struct Stream {
  const StreamPlan *plan;
  const Looks *looks;
  GstElement *pipeline, *source;
  GThread *camera;
  guint loading;
  GMutex lock;
  GCond wake;
  /* Under the lock: */
  gboolean on, quit;
  guint look, rate, gaps;
  gboolean changed; /* caps must be told */
  guint64 expected; /* number of the frame that comes out next */
  GstClockTime offset, last_in, last_out, in_flight[32]; /* PTS by number */
  StreamCount count;
};

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

/* ---- camera; under the lock ---- */

static void
tell_caps (Stream *s)
{
  GstCaps *caps = gst_caps_copy (s->looks->looks[s->look].caps);

  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, rates[s->rate][0], rates[s->rate][1],
                       "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  gst_app_src_set_caps (GST_APP_SRC (s->source), caps);
  gst_caps_unref (caps);
  s->changed = FALSE;
}

static void
push (Stream *s)
{
  const gint *rate = rates[s->rate];
  GstClockTime now = gst_element_get_current_running_time (s->pipeline);
  guint64 waiting;
  GstBuffer *frame;

  if (!GST_CLOCK_TIME_IS_VALID (now))
    return;
  g_object_get (s->source, "current-level-buffers", &waiting, NULL);
  if (waiting >= WAITING) {
    s->count.overruns++;
    return;
  }
  if (s->changed)
    tell_caps (s);
  now += s->offset;
  if (GST_CLOCK_TIME_IS_VALID (s->last_in) && now <= s->last_in)
    now = s->last_in + 1;
  s->last_in = now;
  frame = look_frame (&s->looks->looks[s->look], s->count.pushed / 7);
  GST_BUFFER_PTS (frame) = now;
  GST_BUFFER_OFFSET (frame) = s->count.pushed;
  if (rate[0])
    GST_BUFFER_DURATION (frame) = gst_util_uint64_scale_int (GST_SECOND, rate[1], rate[0]);
  if (s->gaps) {
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_GAP);
    s->gaps--;
  }
  s->in_flight[s->count.pushed % G_N_ELEMENTS (s->in_flight)] = now;
  s->count.pushed++;
  gst_app_src_push_buffer (GST_APP_SRC (s->source), frame);
}

static gpointer
camera (gpointer data)
{
  Stream *s = data;

  g_mutex_lock (&s->lock);
  while (!s->quit) {
    const gint *rate = rates[s->rate];
    gint64 next = g_get_monotonic_time () + (rate[0] ? 1000000 * rate[1] / rate[0] : 70000);
    if (s->on)
      push (s);
    while (!s->quit && g_cond_wait_until (&s->wake, &s->lock, next))
      ;
  }
  g_mutex_unlock (&s->lock);
  return NULL;
}

/* ---- the other end ---- */

static void
look_at_results (Stream *s, GstBuffer *frame)
{
  const GstTfcDetectionMeta *d = gst_buffer_get_tfc_detection_meta (frame);
  const GstTfcFaceMeta *f = gst_buffer_get_tfc_face_meta (frame);
  GstClockTime pts = GST_BUFFER_PTS (frame);

  if ((d && !d->held && d->pts != pts) || (f && !f->held && f->pts != pts))
    stream_fail ("%s: results of another frame pass for this one's", s->plan->name);
  if ((d && d->pts > pts) || (f && f->pts > pts))
    stream_fail ("%s: results of a frame to come", s->plan->name);
  s->count.analysed += (d && !d->held) || (f && !f->held);
  s->count.objects += d && !d->held ? d->n_detections : 0;
  s->count.faces += f && !f->held ? f->n_faces : 0;
}

static GstPadProbeReturn
arrive (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Stream *s = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime pts = GST_BUFFER_PTS (frame);
  guint64 number = GST_BUFFER_OFFSET (frame);

  g_mutex_lock (&s->lock);
  if (number != s->expected)
    stream_fail ("%s: frame %" G_GUINT64_FORMAT " comes where %" G_GUINT64_FORMAT " should",
                 s->plan->name, number, s->expected);
  if (pts != s->in_flight[number % G_N_ELEMENTS (s->in_flight)])
    stream_fail ("%s: a frame's timestamp was changed", s->plan->name);
  if (GST_CLOCK_TIME_IS_VALID (s->last_out) && pts <= s->last_out)
    stream_fail ("%s: time goes backwards", s->plan->name);
  s->last_out = pts;
  s->expected = number + 1;
  s->count.arrived++;
  look_at_results (s, frame);
  g_mutex_unlock (&s->lock);
  return GST_PAD_PROBE_OK;
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
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, arrive, s, NULL);
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
  s->camera = g_thread_new (plan->name, camera, s);
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
  s->rate = rate % G_N_ELEMENTS (rates);
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
  static const gchar *const names[] = {"detect", "faces"};
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

/* A model that is not there is refused with a warning; nothing else may be amiss. */
static void
hear (Stream *s, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  const GstStructure *t = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    stream_fail ("%s: error: %s", s->plan->name, error->message);
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
    gst_message_parse_warning (message, &error, NULL);
    if (!g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
      stream_fail ("%s: warning: %s", s->plan->name, error->message);
  } else if (gst_structure_has_name (t, "model-loading")) {
    s->loading++;
  } else if (gst_structure_has_name (t, "model-loaded")) {
    s->count.loaded++;
    s->loading--;
  } else if (gst_structure_has_name (t, "model-failed")) {
    s->count.refused++;
    s->loading--;
  }
}

/* Waits for the end; what else comes is heard too. */
static gboolean
hear_the_end (Stream *s)
{
  GstMessage *message;
  gboolean end = FALSE, error = FALSE;

  while (!end && !error &&
         (message = gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (s->pipeline), PATIENCE,
                                                GST_MESSAGE_EOS | HEARD))) {
    end = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
    if (!end)
      hear (s, message);
    gst_message_unref (message);
  }
  return end;
}

void
stream_end (Stream *s)
{
  switch_camera (s, FALSE);
  gst_app_src_end_of_stream (GST_APP_SRC (s->source));
  if (!hear_the_end (s))
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
    hear (s, message);
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
