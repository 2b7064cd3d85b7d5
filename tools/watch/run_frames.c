/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/run_private.h"

#include "tools/watch/uri.h"

/* ---- frames ---- */

gboolean
watch_run_is_over (WatchRun *run)
{
  return g_atomic_int_get (&run->over);
}

static GstPadProbeReturn
on_decoded (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  WatchRun *run = data;
  if (!watch_run_is_over (run))
    run->meter->decoded++;
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_shown (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  WatchRun *run = data;
  if (!watch_run_is_over (run))
    watch_recorder_frame (run->recorder, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

static void
measure_lag (WatchRun *run, GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstClockTime now = gst_element_get_current_running_time (run->pipeline);
  const GstSegment *segment;
  guint64 lag = 0;
  if (!event)
    return;
  gst_event_parse_segment (event, &segment);
  const GstClockTime due =
      gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  if (GST_CLOCK_TIME_IS_VALID (now) && GST_CLOCK_TIME_IS_VALID (due) && now > due)
    lag = now - due;
  gst_event_unref (event);
  run->meter->lag = lag;
  if (lag > run->meter->lag_most)
    run->meter->lag_most = lag;
  run->meter->late += lag > run->held_back + WATCH_LATE;
}

static GstPadProbeReturn
on_end (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  WatchRun *run = data;
  if (watch_run_is_over (run))
    return GST_PAD_PROBE_OK;
  measure_lag (run, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  run->meter->frames++;
  run->meter->last = g_get_monotonic_time ();
  return GST_PAD_PROBE_OK;
}

/* In front of the decoder. */
static GstPadProbeReturn
on_encoded (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  WatchRun *run = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  if (!watch_run_is_over (run) && !watch_text (run->settings, WATCH_SUBSTREAM))
    watch_recorder_encoded (run->recorder, pad, buffer);
  return watch_flag (run->settings, WATCH_KEY_FRAMES_ONLY) &&
                 GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT)
             ? GST_PAD_PROBE_DROP
             : GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_recorded (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  WatchRun *run = data;
  if (!watch_run_is_over (run))
    watch_recorder_encoded (run->recorder, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

static void
on_overrun (GstElement *queue, WatchRun *run)
{
  if (!watch_run_is_over (run) && watch_uri_is_live (watch_text (run->settings, WATCH_URI)))
    run->meter->dropped++;
}

static void
probe (GstElement *element, const gchar *name, GstPadProbeCallback callback, WatchRun *run)
{
  GstPad *pad = gst_element_get_static_pad (element, name);
  if (!pad)
    return;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, run, NULL);
  gst_object_unref (pad);
}

void
watch_run_probe_parts (WatchRun *run, const WatchParts *parts)
{
  g_signal_connect (parts->queue, "overrun", G_CALLBACK (on_overrun), run);
  probe (parts->queue, "sink", on_decoded, run);
  probe (parts->shown, "src", on_shown, run);
  probe (parts->sink, "sink", on_end, run);
}

void
watch_run_probe_decoder (WatchRun *run, GstElement *decoder)
{
  probe (decoder, "sink", on_encoded, run);
}

void
watch_run_probe_recording (WatchRun *run, GstElement *sink)
{
  probe (sink, "sink", on_recorded, run);
}
