/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results -> metadata on the buffer and messages on the bus, for both analysers. */
#include <gst/gst.h>
#include "gst/lib/tfc.h"
#include "gst/lib/gsttfcenums.h"

/* What a region of interest and a message need of an object or a face. */
typedef struct {
  gfloat x, y, w, h, score;
  gint class_id; /* faces: 0 */
  guint64 track_id;
  const gchar *label; /* faces: "face" */
} GstTfcObject;

/* How many, and the index-th of them. */
guint gst_tfc_results_size (const GstTfcResults *results);
GstTfcObject gst_tfc_results_nth (const GstTfcResults *results, guint index);

/* Puts results on a writable buffer whose frame is width x height pixels. Regions are clipped to
 * the frame; those with nothing inside it are left out. A region's id is an int: the track id where
 * it fits, else 1 + (track id - 1) % G_MAXINT; the region's parameters hold all 64 bits. */
void gst_tfc_attach (GstBuffer *buffer, GstTfcResults *results, gboolean held, GstTfcAttach flags,
                     guint width, guint height);

/* When a buffer is shown, in ns; GST_CLOCK_TIME_NONE: unknown. */
typedef struct {
  GstClockTime pts, running, stream;
} GstTfcTimes;

/* (transfer full): structure name with timestamp, stream-time, running-time (ns, -1: unknown),
 * model and an array "detections" or "faces" of structures whose fields are named as in the
 * metadata. */
GstStructure *gst_tfc_results_structure (const GstTfcResults *results, const gchar *name,
                                         const GstTfcTimes *times);
/* FALSE if both show the same labels equally often (NULL: nothing seen). */
gboolean gst_tfc_results_differ (const GstTfcResults *a, const GstTfcResults *b);
