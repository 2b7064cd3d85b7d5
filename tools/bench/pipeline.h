/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Rows about whole pipelines. Each is measured by tfc-bench-pipeline in a process of its own, which knows
 * GStreamer; so start and memory are an application's. */
#include <cJSON.h>

#include "tools/bench/group.h"

typedef struct {
  gchar **elements;         /* with properties, as for gst-launch-1.0 */
  gchar **sizes, **formats;
  gchar **backends;         /* for elements of ours; like threads */
  Numbers threads, streams; /* streams of no numbers: frames as fast as they go */
  gchar **pictures;         /* one for each element, or the last for all that follow; or NULL */
  const gchar *model_path;  /* or NULL */
  gint rate, runs, warm_up;
  gdouble seconds;
} PipelineOptions;

/* Adds a JSON object (cJSON_Delete) for each row. What fails is told on standard error, the others
 * are measured all the same. The exit status: 0, 1, or 2 for what is no size or format. */
gint pipeline_measure (GPtrArray *rows, const PipelineOptions *options);
/* The rows, into the list, which must not outlive them. */
void pipeline_to_json (const GPtrArray *rows, cJSON *list);
/* Markdown: a table of the rows of frames, one of the live streams. */
void pipeline_print (const GPtrArray *rows);
