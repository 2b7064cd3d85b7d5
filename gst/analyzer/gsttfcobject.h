/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What results of all kinds have in common, so that others need not know the kinds. */
#include <gst/video/video.h>
#include "gst/lib/tfc.h"

/* What a region of interest and a message need of an item. */
typedef struct {
  gfloat x, y, w, h; /* 0: what has no place (classes) */
  gfloat score;
  gint class_id; /* where there are no classes: 0 */
  guint64 track_id;
  GstClockTime age;
  gboolean seen; /* or its place is predicted; TRUE where nothing is predicted */
  gfloat speed_x, speed_y;
  const gchar *label; /* "face", "pose", "hand"; a mask: its kind's name; NULL: unknown */
} GstTfcObject;

/* How many, and the index-th of them. */
guint gst_tfc_results_size (const GstTfcResults *results);
GstTfcObject gst_tfc_results_nth (const GstTfcResults *results, guint index);
/* Whole pixels of a frame of width x height that the box touches; FALSE if there are none. */
gboolean gst_tfc_object_pixels (const GstTfcObject *object, guint width, guint height,
                                GstVideoRectangle *pixels);
/* Whether the items have boxes that regions of interest can show: not so masks and classes. */
gboolean gst_tfc_results_have_boxes (const GstTfcResults *results);
/* The items, n of them, each of *size bytes. size and n may be NULL. */
gconstpointer gst_tfc_results_items (const GstTfcResults *results, gsize *size, guint *n);

/* FALSE if both show the same labels equally often (NULL: nothing seen). A mask that shows nobody
 * has no label. */
gboolean gst_tfc_results_differ (const GstTfcResults *a, const GstTfcResults *b);
