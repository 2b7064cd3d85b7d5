/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/run_private.h"

#include <string.h>

/* ---- elements that come by and by ---- */

static void
on_element (GstBin *pipeline, GstBin *bin, GstElement *element, WatchRun *run)
{
  const gchar *kind = gst_element_get_metadata (element, GST_ELEMENT_METADATA_KLASS);
  if (!kind || !strstr (kind, "Decoder") || !strstr (kind, "Video") || GST_IS_BIN (element))
    return;
  /* Threads of a decoder cost memory and frames of delay; there are cameras enough for all CPUs. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "max-threads"))
    gst_util_set_object_arg (G_OBJECT (element), "max-threads", "1");
  watch_run_probe_decoder (run, element);
}

/* ---- the pipeline ---- */

static gboolean
add_source (WatchRun *run, WatchKeyId uri, GstElement *to, GError **error)
{
  GstElement *source = watch_source_new (run->settings, uri, error);
  if (!source)
    return FALSE;
  gst_bin_add (GST_BIN (run->pipeline), source);
  watch_link_source (source, to);
  return TRUE;
}

/* The large stream, which nobody decodes. */
static gboolean
add_recording (WatchRun *run, GError **error)
{
  GstElement *sink;
  if (!watch_text (run->settings, WATCH_SUBSTREAM) || !watch_flag (run->settings, WATCH_CLIPS))
    return TRUE;
  sink = watch_recording_add (GST_BIN (run->pipeline), run->settings, error);
  if (sink)
    watch_run_probe_recording (run, sink);
  return sink != NULL;
}

static gboolean
build (WatchRun *run, GError **error)
{
  GstBus *bus = gst_element_get_bus (run->pipeline);
  WatchParts parts = {0};
  const gboolean sub = watch_text (run->settings, WATCH_SUBSTREAM) != NULL;
  gst_bus_set_sync_handler (bus, watch_run_on_message, run, NULL);
  gst_object_unref (bus);
  g_signal_connect (run->pipeline, "deep-element-added", G_CALLBACK (on_element), run);
  if (!watch_parts_add (GST_BIN (run->pipeline), run->settings, &parts, error) ||
      !add_source (run, sub ? WATCH_SUBSTREAM : WATCH_URI, parts.queue, error) ||
      !add_recording (run, error))
    return FALSE;
  watch_run_probe_parts (run, &parts);
  g_mutex_lock (&run->lock);
  run->parts = parts;
  run->ready = TRUE;
  g_mutex_unlock (&run->lock);
  return TRUE;
}

static gpointer
start (gpointer data)
{
  WatchRun *run = data;
  g_autoptr (GError) error = NULL;
  if (!build (run, &error))
    watch_run_fail (run, error->message);
  else if (gst_element_set_state (run->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    watch_run_fail (run, "the pipeline does not start");
  return NULL;
}

static gpointer
stop (gpointer data)
{
  WatchRun *run = data;
  g_thread_join (run->starter);
  gst_element_set_state (run->pipeline, GST_STATE_NULL);
  g_atomic_int_set (&run->stopped, 1);
  return NULL;
}

WatchRun *
watch_run_new (WatchSettings *settings, WatchMeter *meter, WatchRecorder *recorder)
{
  WatchRun *run = g_new0 (WatchRun, 1);
  run->settings = watch_settings_ref (settings);
  run->meter = meter;
  run->recorder = recorder;
  run->pipeline = gst_object_ref_sink (gst_pipeline_new (settings->name));
  run->held_back = (guint64)watch_integer (settings, WATCH_LATENCY) * GST_MSECOND;
  g_mutex_init (&run->lock);
  meter->last = 0;
  run->starter = g_thread_new ("tfc-start", start, run);
  return run;
}

void
watch_run_stop (WatchRun *run)
{
  if (run->stopper)
    return;
  g_atomic_int_set (&run->over, 1);
  run->stopper = g_thread_new ("tfc-stop", stop, run);
}

gboolean
watch_run_stopped (WatchRun *run)
{
  return g_atomic_int_get (&run->stopped);
}

void
watch_run_free (WatchRun *run)
{
  if (!run)
    return;
  g_thread_join (run->stopper);
  gst_object_unref (run->pipeline);
  watch_settings_unref (run->settings);
  g_mutex_clear (&run->lock);
  g_free (run->failure);
  g_free (run->warning);
  g_free (run->told);
  g_free (run);
}
