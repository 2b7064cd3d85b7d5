/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What is to be told of one buffer. */
#include "gst/collect/gsttfccollect.h"

/* Metas of one buffer that are read; a pipeline has one an analyser. */
#define GST_TFC_SEEN_RESULTS 16

/* An element keeps one: a frame allocates nothing. */
typedef struct {
  GstTfcCollection collection; /* objects, faces, bodies, hands; with units of the frame */
  guint n_results;
  const GstTfcResults *results[GST_TFC_SEEN_RESULTS]; /* ours, of all kinds */
  const gchar *model; /* of the first of a network's that names one; NULL: none does */
  gboolean held;      /* any of them is of an earlier frame */
  guint n_events;     /* in all of them */
} GstTfcSeen;

/* What it points at is valid as long as the metas of buffer. width, height: see gst_tfc_collect. */
void gst_tfc_seen_read (GstTfcSeen *seen, GstBuffer *buffer, guint width, guint height);

/* A number that is the same as long as what is seen is the same, wherever it is: ids, labels and
 * how many have each; eyes open or closed; which hand; the surest class; how many people a mask
 * has. Neither scores nor places nor the order. */
guint64 gst_tfc_seen_signature (const GstTfcSeen *seen);

/* Walks through the results of a kind: the next after *at, which is 0 at first; NULL: no more. */
const GstTfcResults *gst_tfc_seen_next (const GstTfcSeen *seen, GstTfcResultsKind kind, guint *at);
