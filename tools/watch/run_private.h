/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the files of a run share. */
#include "tools/watch/parts.h"
#include "tools/watch/run.h"

struct WatchRun {
  WatchSettings *settings;
  WatchMeter *meter;
  WatchRecorder *recorder;
  GstElement *pipeline;
  WatchParts parts;
  GThread *starter, *stopper;
  gint over;         /* atomic: nothing is counted any more */
  gint stopped;      /* atomic: the stopper has ended */
  gint ended;        /* atomic */
  guint64 held_back; /* ns */
  GMutex lock;
  gchar *failure, *warning, *told; /* under lock */
  gboolean ready;                  /* parts are set; under lock */
};

/* Whether it is being stopped. */
gboolean watch_run_is_over (WatchRun *run);
/* Counts frames and hands them to the recorder: probes of the pipeline's parts. */
void watch_run_probe_parts (WatchRun *run, const WatchParts *parts);
/* Of an element that decodes pictures: what goes into it. */
void watch_run_probe_decoder (WatchRun *run, GstElement *decoder);
/* Of the sink of a stream that is only recorded. */
void watch_run_probe_recording (WatchRun *run, GstElement *sink);
/* What an error or a warning says (transfer full). The debug text is a place in the source, a line
 * feed, and often what really is the matter. It is not scrubbed. */
gchar *watch_message_text (GstMessage *message);
/* The first text counts: the others follow from it. */
void watch_run_fail (WatchRun *run, const gchar *text);
/* The sync handler of the bus; data is the run. Nothing is left on the bus. */
GstBusSyncReply watch_run_on_message (GstBus *bus, GstMessage *message, gpointer data);
