/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <sys/resource.h>

#include <gst/app/gstappsrc.h>

#include "tools/bench/pipeline/job.h"
#include "tools/bench/pipeline/memory.h"

#define LATE (20 * GST_MSECOND)
#define PATIENCE (60 * GST_SECOND) /* for the start */

typedef struct Live Live;

/* Written by its own streaming thread alone, read when all have ended, but for frames. */
typedef struct {
  Live *live;
  gint frames; /* atomic */
  guint64 late;
  GstClockTimeDiff worst;
  gint64 first; /* when its first frame came out, ns */
} Stream;

struct Live {
  const Job *job;
  GstElement *pipeline;
  Stream *stream;
  GstClockTime latency;
  gint64 start;
  gdouble most_mb;
};

static gdouble
cpu_seconds (void)
{
  struct rusage use;
  getrusage (RUSAGE_SELF, &use);
  return use.ru_utime.tv_sec + use.ru_stime.tv_sec +
         (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* Before the sink waits: the frame's time against the clock's. */
static GstPadProbeReturn
arrive (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Stream *s = data;
  GstElement *pipeline = s->live->pipeline;
  GstClock *clock = gst_element_get_clock (pipeline);
  GstClockTimeDiff behind;
  if (g_atomic_int_add (&s->frames, 1) == 0)
    s->first = gst_util_get_timestamp ();
  if (!clock)
    return GST_PAD_PROBE_OK;
  behind = GST_CLOCK_DIFF (GST_BUFFER_PTS (info->data) + s->live->latency,
                           gst_clock_get_time (clock) - gst_element_get_base_time (pipeline));
  s->worst = MAX (s->worst, behind);
  s->late += behind > (GstClockTimeDiff)LATE;
  gst_object_unref (clock);
  return GST_PAD_PROBE_OK;
}

static gint
frames_due (const Job *job)
{
  return MAX (1, (gint)(job->seconds * job->info.fps_n));
}

static gchar *
describe (const Job *job, guint i)
{
  g_autoptr (GstCaps) caps = gst_video_info_to_caps ((GstVideoInfo *)&job->info);
  g_autofree gchar *text = gst_caps_to_string (caps);
  return g_strdup_printf (
      "appsrc name=still%u format=time caps=\"%s\" ! imagefreeze is-live=true num-buffers=%d ! "
      "%s name=see%u ! fakesink name=sink%u sync=true qos=false ",
      i, text, frames_due (job), job->element, i, i);
}

static void
feed (Live *l, guint i)
{
  g_autofree gchar *still = g_strdup_printf ("still%u", i), *sink = g_strdup_printf ("sink%u", i);
  GstElement *source = gst_bin_get_by_name (GST_BIN (l->pipeline), still);
  GstElement *end = gst_bin_get_by_name (GST_BIN (l->pipeline), sink);
  GstPad *pad = gst_element_get_static_pad (end, "sink");
  l->stream[i].live = l;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, arrive, &l->stream[i], NULL);
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_copy (l->job->still));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  gst_object_unref (pad);
  gst_object_unref (end);
  gst_object_unref (source);
}

static gboolean
build (Live *l, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (gint i = 0; i < l->job->streams; i++) {
    g_autofree gchar *one = describe (l->job, i);
    g_string_append (text, one);
  }
  l->pipeline = gst_parse_launch_full (text->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!l->pipeline)
    return FALSE;
  l->stream = g_new0 (Stream, l->job->streams);
  for (gint i = 0; i < l->job->streams; i++)
    feed (l, i);
  return TRUE;
}

static gboolean
all_began (const Live *l)
{
  gboolean all = TRUE;
  for (gint i = 0; i < l->job->streams; i++)
    all &= g_atomic_int_get (&l->stream[i].frames) > 0;
  return all;
}

/* Until the end of all streams; tells the memory once every one has shown a frame. */
static gboolean
watch (Live *l, cJSON *row, GError **error)
{
  GstBus *bus = gst_element_get_bus (l->pipeline);
  GstMessage *message = NULL;
  gboolean began = FALSE;
  while (!message) {
    message =
        gst_bus_timed_pop_filtered (bus, 20 * GST_MSECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    l->most_mb = MAX (l->most_mb, memory_mb ());
    if (!began && all_began (l)) {
      began = TRUE;
      cJSON_AddNumberToObject (row, "first_mb", memory_mb ());
    }
  }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  began = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  gst_message_unref (message);
  gst_object_unref (bus);
  return began;
}

static void
ask_latency (Live *l)
{
  GstQuery *query = gst_query_new_latency ();
  if (gst_element_query (l->pipeline, query))
    gst_query_parse_latency (query, NULL, &l->latency, NULL);
  gst_query_unref (query);
}

static gboolean
start (Live *l, cJSON *row, GError **error)
{
  GstElement *see;
  gboolean ok;
  cJSON_AddNumberToObject (row, "start_mb", memory_mb ());
  l->start = gst_util_get_timestamp ();
  ok = gst_element_set_state (l->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
  cJSON_AddNumberToObject (row, "open_ms", (gst_util_get_timestamp () - l->start) / 1e6);
  cJSON_AddNumberToObject (row, "open_mb", memory_mb ());
  if (!ok ||
      gst_element_get_state (l->pipeline, NULL, NULL, PATIENCE) == GST_STATE_CHANGE_FAILURE) {
    if (!job_failed (l->pipeline, error))
      g_set_error (error, GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE,
                   "the pipeline does not start");
    return FALSE;
  }
  ask_latency (l);
  see = gst_bin_get_by_name (GST_BIN (l->pipeline), "see0");
  job_threads (row, see);
  gst_object_unref (see);
  return TRUE;
}

static void
tell (const Live *l, gdouble busy, gdouble took, cJSON *row)
{
  guint64 frames = 0, late = 0;
  GstClockTimeDiff worst = 0;
  gint64 first = 0;
  for (gint i = 0; i < l->job->streams; i++) {
    const Stream *s = &l->stream[i];
    frames += s->frames;
    late += s->late;
    worst = MAX (worst, s->worst);
    first = MAX (first, s->first);
  }
  cJSON_AddNumberToObject (row, "first_ms", (first - l->start) / 1e6);
  cJSON_AddNumberToObject (row, "frames", frames);
  cJSON_AddNumberToObject (row, "due", (gdouble)l->job->streams * frames_due (l->job));
  cJSON_AddNumberToObject (row, "late", late);
  cJSON_AddNumberToObject (row, "worst_ms", worst / 1e6);
  cJSON_AddNumberToObject (row, "seconds", took);
  cJSON_AddNumberToObject (row, "cpu", busy / took);
  cJSON_AddNumberToObject (row, "most_mb", l->most_mb);
}

gboolean
live_run (const Job *job, cJSON *row, GError **error)
{
  Live l = {.job = job};
  gboolean ok = build (&l, error) && start (&l, row, error);
  gdouble busy = cpu_seconds ();
  gint64 began = gst_util_get_timestamp ();
  ok = ok && watch (&l, row, error);
  if (ok)
    tell (&l, cpu_seconds () - busy, (gst_util_get_timestamp () - began) / 1e9, row);
  if (l.pipeline)
    gst_element_set_state (l.pipeline, GST_STATE_NULL);
  g_clear_pointer (&l.pipeline, gst_object_unref);
  g_free (l.stream);
  return ok;
}
