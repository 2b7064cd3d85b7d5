/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the parts of the base class share: gsttfcanalyzer.c (the element), -props.c (properties and
 * config), -query.c (queries and contexts), -frame.c (a buffer's way through), -strategy.c (mode=sync
 * and mode=latest) and -process.c (one analysis). */
#include <gst/video/video.h>
#include "gst/analyzer/gsttfcanalyzer.h"
#include "gst/analyzer/gsttfcasync.h"
#include "gst/analyzer/gsttfcclassfilter.h"
#include "gst/analyzer/gsttfcextrapolate.h"
#include "gst/analyzer/gsttfcmodelloader.h"
#include "gst/analyzer/gsttfcroi.h"
#include "gst/analyzer/gsttfctracker.h"
#include "gst/util/gsttfcdebug.h"

#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

/* Why a frame is analysed or not. */
typedef enum {
  GST_TFC_FRAME_DUE,
  GST_TFC_FRAME_BETWEEN, /* two analysed ones: interval */
  GST_TFC_FRAME_REPEATED, /* GAP */
  GST_TFC_FRAME_LATE
} GstTfcFrameState;

/* How buffers and results meet; one a GstTfcMode. Streaming thread. */
typedef struct {
  /* Analyses a frame that is due, now or later, and attaches to buffer what there is. FALSE: an error
   * was posted. */
  gboolean (*submit) (GstTfcAnalyzer *analyzer, GstBuffer *buffer, GstTfcFrameState state);
  /* Waits until all that was submitted is analysed, or until a flush. */
  void (*drain) (GstTfcAnalyzer *analyzer);
  /* Drops what was submitted and waits for the one that is being analysed. */
  void (*cancel) (GstTfcAnalyzer *analyzer);
  /* (transfer full) what a buffer of that PTS gets; NULL: nothing was analysed yet. */
  GstTfcResults *(*latest) (GstTfcAnalyzer *analyzer, GstClockTime pts);
} GstTfcStrategy;

/* The properties that a frame depends on. */
typedef struct {
  GstTfcMode mode;
  guint interval;
  GstTfcPostMessages post_messages;
  GstTfcAttach attach;
} GstTfcFrameSettings;

/* What QoS events said last. */
typedef struct {
  GstClockTime earliest; /* running time; NONE: nothing */
  gdouble proportion;
} GstTfcLateness;

typedef struct {
  /* Under the lock: */
  GstTfcLoadSettings load;
  GstTfcFrameSettings settings;
  GstTfcClassFilter filter; /* gsttfcclassfilter.h says what of it is not */
  GstTfcRoi roi;            /* the same, gsttfcroi.h */
  GstTfcModelCache *cache;  /* or NULL */
  GstTfcLateness lateness;
  GstTfcStats stats;
  GstClockTime
      frame_duration;   /* by the caps; 1/30 s where they do not say. Set by the streaming thread */
  GstClockTime latency; /* 0, or that LATENCY was last answered with, or told to grow to */
  gint64 latency_checked; /* monotonic ns; 0: never */
  GstTfcModelLoader loader;
  GstTfcResults *held, *previous; /* of the last analysis and of the one before that */
  GstTfcResults *held_beside;     /* what was added to held (gst_tfc_analyzer_add_results), or NULL */
  GstTfcLastSeen seen;            /* of held */
  gboolean failed;                /* latest could not analyse a picture; an error was posted */

  /* The thread that analyses: */
  GstTfcResults *beside; /* what this analysis has added, or NULL */
  TfcFrame view;
  GstTfcTracker *tracker; /* or NULL */
  GstBuffer *analysed; /* within process: the buffer that view shows; borrowed */

  /* Streaming thread, while no strategy analyses: */
  GstVideoInfo info;

  /* Streaming thread: */
  const GstTfcStrategy *strategy; /* of the last buffer */
  GstTfcAsyncWorker worker;       /* mode=latest's */
  GstTfcExtrapolator extrapolator;
  GstTfcFrameSettings now; /* of this buffer */
  guint slot;              /* of the model among those that share its network */
  guint since; /* frames since the last analysed one; 0: analyse the next in any case; G_MAXUINT:
                  the next that is not a repeated one */
  GstClockTime last, last_analysed; /* running times of buffers */
  gint64 stats_told;                /* monotonic ns */
} GstTfcAnalyzerPrivate;

/* Where it lies never changes: const, so that a function that asks again need not call. */
GstTfcAnalyzerPrivate *gst_tfc_analyzer_private (gpointer analyzer) G_GNUC_CONST;

/* gsttfcanalyzer.c; the streaming thread, or while nothing streams. Forgets what was learnt from
 * earlier frames, and logs why. */
void gst_tfc_analyzer_reset (GstTfcAnalyzer *analyzer, const gchar *why);

/* gsttfcanalyzer-props.c */
/* In class_init: the common properties, dup_config and set_config. */
void gst_tfc_analyzer_install_properties (GstTfcAnalyzerClass *klass);
void gst_tfc_analyzer_init_settings (GstTfcAnalyzer *analyzer);
/* The same for the subclass's. */
void gst_tfc_analyzer_init_own_settings (GstTfcAnalyzer *analyzer);
/* Of both. */
void gst_tfc_analyzer_clear_settings (GstTfcAnalyzer *analyzer);
/* No lock held. threads-used (if it is not what it was) and stats have changed. */
void gst_tfc_analyzer_notify_model (GstTfcAnalyzer *analyzer, guint threads_before);
void gst_tfc_analyzer_notify_stats (GstTfcAnalyzer *analyzer);
/* The same, at most once a second, and only where a handler waits for it: for every buffer. now:
 * monotonic ns. */
void gst_tfc_analyzer_notify_stats_rarely (GstTfcAnalyzer *analyzer, gint64 now);

/* gsttfcanalyzer-query.c; virtual methods. */
gboolean gst_tfc_analyzer_query (GstBaseTransform *trans, GstPadDirection direction,
                                 GstQuery *query);
gboolean gst_tfc_analyzer_propose_allocation (GstBaseTransform *trans, GstQuery *decide,
                                              GstQuery *query);
void gst_tfc_analyzer_set_context (GstElement *element, GstContext *context);
/* Lock held: another analysis was counted. TRUE if it is time for a latency message, which is to be
 * posted without it. */
gboolean gst_tfc_analyzer_latency_grew (GstTfcAnalyzer *analyzer, gint64 now);

/* gsttfcanalyzer-frame.c; virtual methods. */
void gst_tfc_analyzer_before_transform (GstBaseTransform *trans, GstBuffer *buffer);
GstFlowReturn gst_tfc_analyzer_transform_ip (GstBaseTransform *trans, GstBuffer *buffer);
/* For the log. */
const gchar *gst_tfc_frame_state_name (GstTfcFrameState state);

/* gsttfcanalyzer-strategy.c */
const GstTfcStrategy *gst_tfc_analyzer_strategy (GstTfcMode mode);
/* GstTfcAsyncFunc of the worker. */
void gst_tfc_analyzer_process_async (gpointer analyzer, GstBuffer *buffer);

/* gsttfcanalyzer-process.c; the thread that analyses. */
/* Takes over the model that waits (TRUE if there was one), and the class filter as it is now. */
gboolean gst_tfc_analyzer_take_model (GstTfcAnalyzer *analyzer);
/* Analyses buffer: its results become the held ones, the held ones the previous. Where the class's glance finds
 * nothing new the results that are held stay. FALSE: an error was posted. held: whether they stayed. */
gboolean gst_tfc_analyzer_process (GstTfcAnalyzer *analyzer, GstBuffer *buffer,
                                   GstTfcPostMessages post, gboolean *held);
