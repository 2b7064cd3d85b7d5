/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: the block of memory behind the metas. One allocation holds the
 * head, the array of items and their tails: what items point at (points, a mask's values). It is
 * immutable once its maker has filled it. Blocks that are no longer referenced wait in a small
 * pool, so that a steady stream allocates nothing: those up to 256 KiB by size (powers of two from
 * 1 KiB, 512 KiB of each), larger ones, which masks fill, in a list of eight that holds 64 MiB at
 * most. */
#include "gst/lib/gsttfcresults.h"

struct _GstTfcResults {
  gint refs; /* atomic */
  guint size_class;
  GstTfcResultsKind kind;
  guint n;            /* items */
  gsize capacity;     /* bytes of the block */
  const gchar *model; /* interned */
  GstClockTime pts;
  GstTfcResults *next; /* in the pool */
  union {              /* behind this head, in the same allocation; behind them their tails */
    gpointer items;
    GstTfcDetection *detections;
    GstTfcFace *faces;
    GstTfcPose *poses;
    GstTfcMask *mask;
    GstTfcClass *classes;
    GstTfcEvent *events;
    GstTfcZone *zones;
  };
};

/* What an item of a kind is made of. */
typedef struct {
  gsize size;                               /* of an item */
  gsize (*tail_bytes) (gconstpointer item); /* of what it points at; NULL: nothing */
  /* Copies what item points at to tail and lets it point there; returns the end. Texts are
   * interned. */
  guint8 *(*settle) (gpointer item, guint8 *tail);
  const GstMetaInfo *(*meta_info) (void);
} TfcItemKind;

extern const TfcItemKind tfc_detection_kind, tfc_face_kind, tfc_pose_kind, tfc_mask_kind,
    tfc_class_kind, tfc_event_kind, tfc_zone_kind;

/* NULL for a number that is no kind. */
const TfcItemKind *tfc_item_kind (GstTfcResultsKind kind);

/* A copy with its tail in one allocation, for g_free. */
gpointer tfc_item_copy (const TfcItemKind *kind, gconstpointer item);

/* A block for n items and tail_bytes, whose items are not initialised yet. NULL if there is no
 * memory: the numbers may come from serialised bytes. Thread-safe. */
GstTfcResults *tfc_results_new (GstTfcResultsKind kind, const gchar *model, GstClockTime pts,
                                guint n, gsize tail_bytes);
void tfc_results_free (GstTfcResults *results); /* back to the pool; the last unref calls it */

/* A block with copies of items and of what they point at; NULL if there is no memory. */
GstTfcResults *tfc_results_copy_items (GstTfcResultsKind kind, const gchar *model, GstClockTime pts,
                                       gconstpointer items, guint n);
/* The items if these are of that kind, else NULL; n may be NULL. */
gpointer tfc_results_items (const GstTfcResults *results, GstTfcResultsKind kind, guint *n);
/* A list of copies. */
GList *tfc_results_dup_items (const GstTfcResults *results, GstTfcResultsKind kind);

/* Bytes of all tails. */
gsize tfc_results_tail_bytes (const GstTfcResults *results);
/* Where the tails of a block begin. */
guint8 *tfc_results_tail (GstTfcResults *results);

/* The number of points that can be read: none if the pointer was never set, whatever n_points says.
 */
static inline guint
tfc_face_n_points (const GstTfcFace *face)
{
  return face->points ? face->n_points : 0;
}

static inline guint
tfc_pose_n_points (const GstTfcPose *pose)
{
  return pose->points ? pose->n_points : 0;
}

#define TFC_ZONE_MAX_POINTS 64

static inline guint
tfc_zone_n_points (const GstTfcZone *zone)
{
  return zone->points ? MIN (zone->n_points, TFC_ZONE_MAX_POINTS) : 0;
}

#define TFC_MASK_MAX_SIDE 16384
#define TFC_MASK_MAX_INDICES 255

/* The number of values that can be read. */
static inline gsize
tfc_mask_n_values (const GstTfcMask *mask)
{
  return mask->data ? (gsize)mask->width * mask->height : 0;
}

/* Number of blocks that were allocated so far, for the test of the pool. */
guint tfc_results_allocated (void);
