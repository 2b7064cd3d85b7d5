/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Private to the metadata library: the block behind the metas. One allocation holds the head, the
 * array and (faces) all their points; it is immutable once it left tfc_results_new's caller.
 * Blocks nobody holds any more wait in a small pool by size (powers of two from 1 KiB), so that a
 * steady stream allocates nothing. Blocks above 256 KiB (no network here fills one) are not kept.
 */
#include "gst/lib/tfc.h"

typedef enum { TFC_RESULTS_DETECTIONS, TFC_RESULTS_FACES } TfcResultsKind;

struct _GstTfcResults {
  gint refs; /* atomic */
  guint size_class;
  TfcResultsKind kind;
  guint n;            /* detections or faces */
  const gchar *model; /* interned */
  GstClockTime pts;
  GstTfcResults *next; /* while it waits in the pool */
  union {              /* behind this head, in the same allocation */
    GstTfcDetection *detections;
    GstTfcFace *faces; /* behind them the points of all */
  };
};

/* An unfilled block for n items and n_points points in all; NULL without memory for it: the numbers
 * come from whoever writes, or from serialised bytes. Thread-safe. */
GstTfcResults *tfc_results_new (TfcResultsKind kind, const gchar *model, GstClockTime pts, guint n,
                                gsize n_points);
/* As many points as can be read: a face whose points were never set has none, whatever its number
 * says. */
static inline guint
tfc_face_n_points (const GstTfcFace *face)
{
  return face->points ? face->n_points : 0;
}

/* Where the points of a block of faces begin. */
GstTfcPoint *tfc_results_points (GstTfcResults *results);

/* Blocks that were taken from the system so far, for the test of the pool. */
guint tfc_results_allocated (void);
