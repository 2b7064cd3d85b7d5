/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfc-bench-pipeline: what tfc-bench has measured in a process of its own, with GStreamer. */
#include <cJSON.h>
#include <gst/video/video.h>

typedef struct {
  gchar *element;      /* with its properties, as for gst-launch-1.0; named "see" in the pipeline */
  GstBuffer *still;    /* the picture */
  GstVideoInfo info;
  gint frames, warm_up;
  gdouble seconds;     /* of a live stream; else at most so long */
  gint streams;
} Job;

/* One frame after the other through the element and tfcoverlay, each as soon as the last is done:
 * where the time goes. Adds members to row. FALSE with error set. */
gboolean frames_run (const Job *job, cJSON *row, GError **error);
/* Live streams at the picture's rate, each with an element and a sink of its own: whether they keep
 * up, and what they take. Likewise. */
gboolean live_run (const Job *job, cJSON *row, GError **error);

/* The error message of the bus, if there is one. TRUE with error set. */
gboolean job_failed (GstElement *pipeline, GError **error);
/* How many threads the element uses, if it is one of ours. */
void job_threads (cJSON *row, GstElement *see);
