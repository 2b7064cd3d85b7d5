/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What is seen as one line of JSON; docs/tfc-line.schema.json and docs/guide/publish.md describe
 * it. */
#include "gst/lib/gsttfcpublishenums.h"
#include "gst/publish/line/gsttfcjson.h"
#include "gst/publish/line/gsttfcseen.h"

/* Bytes of a name (of a class, model, zone, the source) that are written. */
#define GST_TFC_LINE_MAX_NAME 128

/* Counters for include=stats. */
typedef struct {
  guint64 frames, published, dropped;
  guint queued;
} GstTfcLineStats;

typedef struct {
  const gchar *source;
  guint64 seq;
  gint64 utc;          /* of the frame, microseconds since 1970 */
  GstClockTime stream; /* stream time; GST_CLOCK_TIME_NONE: unknown */
  guint width, height; /* of the frame; 0: unknown */
  GstTfcUnits units;   /* fractions where the size is unknown */
  GstTfcPublishInclude include;
  GstTfcLineStats stats;
  gsize max_length; /* bytes of the line; half a MiB has room for what cannot be left out */
} GstTfcLineHead;

/* Writes the line, without a newline, in place of what json has. A line that grows too long loses
 * its last objects, points or masks and says "truncated":true. Returns where more members can be
 * put in: behind "pts". Allocates only where the line is longer than any before, and for masks. */
gsize gst_tfc_line_write (GstTfcJson *json, const GstTfcLineHead *head, const GstTfcSeen *seen);
