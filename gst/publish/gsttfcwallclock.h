/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* When a frame was, by the system's clock. The pipeline's clock ticks evenly; the system's may be
 * set. The difference between them is kept as long as it stays within GST_TFC_WALL_CLOCK_SLACK, so
 * that times of frames are as far apart as the frames are; beyond that the system's clock was set,
 * and times follow at once.
 *
 * When a frame is due is known only while the pipeline plays: an element has no base time before,
 * and after a flushing seek an old one until the pipeline has distributed another. */
#include <gst/gst.h>

#define GST_TFC_WALL_CLOCK_SLACK (20 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  gboolean known;
  gint64 offset;      /* system's clock less pipeline's, microseconds */
  GstClockTime stale; /* a base time that holds no more; GST_CLOCK_TIME_NONE: none */
} GstTfcWallClock;

void gst_tfc_wall_clock_init (GstTfcWallClock *wall);
/* Running times begin anew, as after a flushing seek. */
void gst_tfc_wall_clock_restart (GstTfcWallClock *wall, GstElement *element);

/* Microseconds since 1970 of what has running time running in element's pipeline. Where that is not
 * known, because it does not play, or without a clock or running time (GST_CLOCK_TIME_NONE): now.
 * Streaming thread. */
gint64 gst_tfc_wall_clock_of (GstTfcWallClock *wall, GstElement *element, GstClockTime running);
