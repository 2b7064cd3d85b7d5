/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A camera that is kept running. All functions belong to the main thread, and none waits. */
#include "tools/watch/settings.h"
#include "tools/watch/run.h"

typedef enum {
  WATCH_CONNECTING, /* no frame came yet */
  WATCH_RUNNING,
  WATCH_CLOSING, /* its pipeline is being stopped */
  WATCH_WAITING, /* for the next try */
  WATCH_ENDED,   /* for good: its file is at the end, or it was removed */
} WatchState;

typedef struct WatchCamera WatchCamera;

/* Begins when it is ticked first. */
WatchCamera *watch_camera_new (WatchSettings *settings);
/* Looks at what has happened; to be called some times a second. */
void watch_camera_tick (WatchCamera *camera);
/* Ends it for good; it is to be ticked until it is gone. */
void watch_camera_close (WatchCamera *camera);
/* For good; a pipeline that does not stop may be left. */
gboolean watch_camera_ended (const WatchCamera *camera);
/* And no thread of it is left: it can be freed. */
gboolean watch_camera_gone (const WatchCamera *camera);
void watch_camera_free (WatchCamera *camera);

typedef struct {
  const WatchSettings *settings;
  const WatchMeter *meter;
  WatchState state;
  guint restarts;
  guint stuck;          /* pipelines that do not stop */
  const gchar *failure; /* why it failed last, without secrets, or NULL */
  gdouble fps;          /* over the last seconds */
  guint64 lag;          /* ns, the most since the report before */
  WatchNumbers numbers;
} WatchReport;
/* For the status, once a second. What it points at lives until the next tick. */
void watch_camera_report (WatchCamera *camera, WatchReport *report);
const gchar *watch_state_name (WatchState state);
