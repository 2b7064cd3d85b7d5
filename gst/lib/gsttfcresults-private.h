/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: the block of memory behind the metas. One allocation holds the
 * head, the array and (faces) all their points; it is immutable once its maker has filled it.
 * Blocks that are no longer referenced wait in a small pool by size (powers of two from 1 KiB), so
 * that a steady stream allocates nothing. Blocks above 256 KiB (no network here fills one) are not
 * kept. */
#include "gst/lib/gsttfcresults.h"

typedef enum { TFC_RESULTS_DETECTIONS, TFC_RESULTS_FACES } TfcResultsKind;

struct _GstTfcResults {
  gint refs; /* atomic */
  guint size_class;
  TfcResultsKind kind;
  guint n;            /* detections or faces */
  const gchar *model; /* interned */
  GstClockTime pts;
  GstTfcResults *next; /* in the pool */
  union {              /* behind this head, in the same allocation */
    GstTfcDetection *detections;
    GstTfcFace *faces; /* behind them the points of all */
  };
};

/* A block for n items and n_points points in all, whose items are not initialised yet. NULL if
 * there is no memory: the numbers may come from serialised bytes. Thread-safe. */
GstTfcResults *tfc_results_new (TfcResultsKind kind, const gchar *model, GstClockTime pts, guint n,
                                gsize n_points);
void tfc_results_free (GstTfcResults *results); /* back to the pool; the last unref calls it */

/* The number of points that can be read: none if the pointer was never set, whatever n_points says.
 */
static inline guint
tfc_face_n_points (const GstTfcFace *face)
{
  return face->points ? face->n_points : 0;
}

/* Where the points of a block of faces begin. */
GstTfcPoint *tfc_results_points (GstTfcResults *results);

/* Number of blocks that were allocated so far, for the test of the pool. */
guint tfc_results_allocated (void);
