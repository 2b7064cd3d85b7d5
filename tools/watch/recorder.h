/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Snapshots and clips of one camera. */
#include <gst/gst.h>

#include "tools/watch/settings.h"
#include "tools/watch/meter.h"

typedef struct WatchRecorder WatchRecorder;

/* meter is counted (g_atomic_rc_box_acquire), since files are finished after the camera has gone.
 */
WatchRecorder *watch_recorder_new (WatchSettings *settings, WatchMeter *meter);
void watch_recorder_free (WatchRecorder *recorder);
/* Between two pipelines: a clip ends, what was kept for the next one is forgotten. */
void watch_recorder_reset (WatchRecorder *recorder);

/* Streaming threads. An encoded buffer of pad, in front of the decoder. */
void watch_recorder_encoded (WatchRecorder *recorder, GstPad *pad, GstBuffer *buffer);
/* An event of tfczones; the frame that it belongs to follows. place: zone or line, or NULL. */
void watch_recorder_event (WatchRecorder *recorder, const gchar *type, const gchar *place);
/* A frame with all its metadata, at the pad where it leaves. */
void watch_recorder_frame (WatchRecorder *recorder, GstPad *pad, GstBuffer *buffer);

/* Waits until all files are finished, at most so long. FALSE: some are not. */
gboolean watch_recorder_wait (gint64 microseconds);
