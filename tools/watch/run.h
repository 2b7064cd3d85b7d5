/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One attempt to watch a camera: a pipeline, and the threads that start and stop it. Neither
 * starting nor stopping waits; the main thread asks now and then how it stands. */
#include <gst/gst.h>

#include "tools/watch/settings.h"
#include "tools/watch/meter.h"
#include "tools/watch/recorder.h"

typedef struct WatchRun WatchRun;

/* Begins. meter and recorder must outlive it. */
WatchRun *watch_run_new (WatchSettings *settings, WatchMeter *meter, WatchRecorder *recorder);
/* Begins to end; may be called again. Nothing is counted or recorded from then on. */
void watch_run_stop (WatchRun *run);
/* Its threads have ended: it can be freed. */
gboolean watch_run_stopped (WatchRun *run);
/* Only when stopped; NULL is allowed. */
void watch_run_free (WatchRun *run);

/* Why it failed, without secrets (transfer full); NULL: it did not. */
gchar *watch_run_failure (WatchRun *run);
/* A warning that was not told yet (transfer full), or NULL. */
gchar *watch_run_warning (WatchRun *run);
gboolean watch_run_ended (WatchRun *run); /* the stream came to its end */

/* What its elements say of themselves. */
typedef struct {
  guint64 analysed, mean, p95; /* of the first analyser; ns */
  guint64 bytes;               /* of its model */
  guint streams;               /* that share this model */
  guint queued;                /* frames that wait for the analysis */
  guint64 published, unpublished;
} WatchNumbers;
void watch_run_numbers (WatchRun *run, WatchNumbers *numbers);
