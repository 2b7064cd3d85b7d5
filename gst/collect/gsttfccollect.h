/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The objects that stand on a buffer, whoever attached them: our metas (detections, faces, poses)
 * if there are any, else the object detections of GStreamer's analytics, else regions of interest.
 * Elements that do something with objects (zones, publishing) read them here. */
#include <gst/gst.h>
#include "gst/lib/tfc.h"
#include "models/result/result.h"

/* An element fills in a collection that it keeps: a frame allocates nothing. */
typedef struct {
  TfcBox box;         /* finite numbers; may reach out of the frame */
  gfloat score;       /* 0..1; -1: not known */
  gint class_id;      /* -1: not known; faces and poses: 0 */
  const gchar *label; /* interned or static; "face", "pose", "hand"; NULL: not known */
  guint64 track_id;   /* 0: not tracked */
  GstTfcResultsKind
      kind;       /* an object is known by kind and track_id; what is not ours is DETECTIONS */
  gboolean held;  /* of an earlier frame */
  gboolean seen;  /* found in the frame that was analysed; FALSE: predicted */
  gint region_id; /* a region of interest's own, which tells objects of one frame apart; 0: none */
  GstClockTime age;        /* since it was first seen; 0 where it is not tracked */
  gfloat speed_x, speed_y; /* fractions of the frame's width, height a second */
  gconstpointer item; /* GstTfcDetection, GstTfcFace or GstTfcPose on the buffer; NULL: not ours */
} GstTfcCollected;

#define GST_TFC_MAX_COLLECTED TFC_MAX_DETECTIONS

typedef struct {
  guint n;
  gboolean known; /* the buffer says which objects are on the picture, if only that none are */
  gboolean cut;   /* there were more, or some could not be read */
  GstTfcCollected objects[GST_TFC_MAX_COLLECTED];
} GstTfcCollection;

/* Fills in collection; what it points at is valid as long as the metas of buffer. width, height: of
 * the frame in pixels, which foreign metadata count in; 0: unknown, then those of the buffer's
 * GstVideoMeta, and without it foreign metadata is left out (cut). Any thread; no allocation. */
void gst_tfc_collect (GstTfcCollection *collection, GstBuffer *buffer, guint width, guint height);

/* Gets one object after the other, as long as it is called; NULL: there is one that cannot be read.
 */
typedef void GstTfcCollectFunc (gpointer data, const GstTfcCollected *object);

/* The same objects of others alone, whatever of ours stands on buffer. The numbers of a box may be
 * no numbers. */
void gst_tfc_collect_foreign (GstBuffer *buffer, guint width, guint height, GstTfcCollectFunc *func,
                              gpointer data);
