/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A tfcjoin in two harnesses: one pushes and pulls the buffers that pass, the other pushes small
 * ones. */
#include <gst/check/gstharness.h>
#include "gst/lib/tfc.h"
#include "tests/gst/common/runner.h"

#define MS(n) ((n)*GST_MSECOND)

typedef struct {
  GstElement *join;
  GstHarness *h, *small;
} JoinBench;

/* Both inputs have caps and the segment of all time; the small one's are frames of 320 x 180, the
 * other's 1280 x 720, in memory that nobody can map. */
JoinBench join_bench_new (const gchar *properties);
void join_bench_free (JoinBench *b);
/* A buffer of memory that cannot be mapped. */
GstBuffer *big (GstClockTime pts);
/* A small frame with one detection, which has this class id. */
GstBuffer *found (GstClockTime pts, gint class_id);
/* Pushes that; the flow is OK. */
void bring (JoinBench *b, GstClockTime pts, gint class_id);
/* Pushes a buffer at pts and gives what comes out; asserts that its memory is the same. */
GstBuffer *pass (JoinBench *b, GstClockTime pts);
/* The same; the class id of its one detection, -1 without metadata. held and at (PTS of the
 * results): NULL is allowed. */
gint pass_and_look (JoinBench *b, GstClockTime pts, gboolean *held, GstClockTime *at);
/* A segment of time on one of the two. */
void segment (GstHarness *h, GstClockTime start, GstClockTime base);
