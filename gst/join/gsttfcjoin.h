/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The element that puts what a small branch found onto the buffers of another one. It is no
 * GstAggregator: that one holds a buffer on each pad until it has one of all, and answers queries
 * for all of them. Here a buffer passes in the thread that brought it, and the small branch is
 * never waited for unless max-wait says so. */
#include <gst/gst.h>
#include "gst/join/gsttfcjoinstore.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_JOIN (gst_tfc_join_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcJoin, gst_tfc_join, GST, TFC_JOIN, GstElement)

typedef struct {
  guint max_wait, max_age; /* ms */
} GstTfcJoinSettings;

/* One of the two inputs. Its streaming thread writes; segment and picture are read there too, the
 * rest under the element's lock. */
typedef struct {
  GstPad *pad;
  GstSegment segment;
  GstTfcJoinPicture picture;
  gboolean flushing, eos;
  guint32 flush; /* seqnum of the last FLUSH_STOP */
} GstTfcJoinInput;

struct _GstTfcJoin {
  GstElement parent;
  GstTfcJoinSettings settings; /* under the object lock */
  GstPad *src;
  GstTfcJoinInput sink, meta;

  GMutex lock; /* never held while something is pushed */
  GCond wake;  /* whenever waiting may have come to its end */
  /* under it: */
  GstTfcJoinStore store;
  GstClockTime reached; /* running time that the small branch has come to; NONE: nothing came yet */
  GThread *brought_by;  /* who pushed the small branch's last buffer; only compared */
  gboolean waited_in_vain; /* and nothing came since */
  gboolean stopping;
};

/* Events and queries (gsttfcjoin-pads.c). Sets the functions of all pads but their chain functions,
 * and adds them. */
void gst_tfc_join_add_pads (GstTfcJoin *self);
/* Lock held. The small branch has come to pts of its own segment. */
void gst_tfc_join_reach (GstTfcJoin *self, GstClockTime pts);
/* As before the first buffer. */
void gst_tfc_join_input_reset (GstTfcJoinInput *input);

GST_ELEMENT_REGISTER_DECLARE (tfcjoin)

G_END_DECLS
