/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the small branch has brought, by running time: the metadata of its buffers and nothing else,
 * so that no frame is kept. Of one buffer these are our metas, GstVideoRegionOfInterestMeta and
 * GstAnalyticsRelationMeta; a buffer that has none of them is not stored. Calls are under a lock of
 * the caller's. */
#include <gst/gst.h>

/* So many buffers are remembered, then the oldest one is dropped. At 30 a second the small branch
 * may be eight seconds ahead. */
#define GST_TFC_JOIN_RESULTS 256

/* What a buffer's metadata refers to. */
typedef struct {
  gint width, height; /* pixels; 0: unknown */
} GstTfcJoinPicture;

typedef struct {
  GstClockTime time; /* running time of the buffer that brought it */
  GstClockTime pts;  /* its PTS */
  GstTfcJoinPicture picture;
  GstBuffer *metas;    /* a buffer without memory; NULL until the place is used first */
  gboolean has_events; /* which no passing buffer has got yet */
} GstTfcJoinEntry;

typedef struct {
  GstTfcJoinEntry entries[GST_TFC_JOIN_RESULTS];
  guint n, next; /* how many are there; which is written next */
} GstTfcJoinStore;

/* Forgets all, and keeps the places. */
void gst_tfc_join_store_forget (GstTfcJoinStore *store);
void gst_tfc_join_store_free (GstTfcJoinStore *store);
/* Stores buffer's metadata. FALSE: it has none. */
gboolean gst_tfc_join_store_put (GstTfcJoinStore *store, GstBuffer *buffer, GstClockTime time,
                                 const GstTfcJoinPicture *picture);
/* The newest that is not later than time (of equal ones the one that came last); NULL if there is
 * none, or if it is older than max_age. */
const GstTfcJoinEntry *gst_tfc_join_store_find (const GstTfcJoinStore *store, GstClockTime time,
                                                GstClockTime max_age);

/* Where metadata goes. */
typedef struct {
  GstBuffer *buffer; /* writable */
  GstClockTime time; /* its running time */
  const GstSegment *segment;
  GstTfcJoinPicture picture;
} GstTfcJoinTarget;

/* Puts an entry's metadata on a buffer, in place of what it has of the same kind: of our results
 * those of the same model, of regions and analytics all. Results of another time are marked as
 * held, and what is tracked in them is moved to the buffer's time. Events happen once: they are
 * left out. */
void gst_tfc_join_attach (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target);

/* Whether things have happened up to time that no buffer tells of yet. */
gboolean gst_tfc_join_store_has_events (GstTfcJoinStore *store, GstClockTime time);
/* Puts all of them on a buffer, oldest first. */
void gst_tfc_join_attach_events (GstTfcJoinStore *store, const GstTfcJoinTarget *target);
