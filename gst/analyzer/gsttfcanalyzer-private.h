/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What the parts of the base class share: gsttfcanalyzer.c (the element), gsttfcanalyzer-query.c
 * (queries and contexts), gsttfcanalyzer-frame.c (a buffer's way through), gsttfcanalyzer-process.c (one
 * analysis) and gsttfcanalyzer-props.c (the properties). */
#include "gst/analyzer/gsttfcanalyzer.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/analyzer/gsttfcextrapolate.h"
#include "gst/analyzer/gsttfcasync.h"
#include "gst/analyzer/gsttfcmodelloader.h"

#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

typedef struct {
  GstTfcMode mode;
  guint interval;
  GstTfcPostMessages post_messages;
  GstTfcAttach attach;
} GstTfcSettings;

/* What QoS events said last. */
typedef struct {
  GstClockTime earliest; /* running time; NONE: nothing */
  gdouble proportion;
} GstTfcLateness;

typedef struct {
  /* Under the lock: */
  GstTfcBackend backend;
  guint threads;
  gchar *model_path;
  gboolean share;
  GstTfcModelCache *engines; /* or NULL */
  GstTfcSettings settings;
  GstTfcLateness lateness;
  GstTfcStats stats;
  GstClockTime
      frame_duration;   /* by the caps; 1/30 s where they do not say. Set by the streaming thread */
  GstClockTime latency; /* 0, or that LATENCY was last answered with, or told to grow to */
  gint64 latency_checked; /* monotonic ns; 0: never */
  GstTfcModelLoader loader;
  GstTfcModelLoaderVTable loading;   /* fixed */
  GstTfcResults *held, *before; /* of the last analysis and of the one before that */
  gboolean failed;              /* latest could not analyse a picture; an error was posted */

  /* The thread that analyses: */
  TfcFrame view;

  /* Streaming thread, while latest does nothing: */
  GstVideoInfo info;

  /* Streaming thread: */
  GstTfcAsyncWorker latest;
  GstTfcExtrapolator forward;
  GstTfcSettings now; /* of this buffer */
  guint number;       /* of the engine among those that share its network */
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
void gst_tfc_analyzer_set_defaults (GstTfcAnalyzerPrivate *priv);
/* In class_init: the common properties with their setter and getter, and their enum types. */
void gst_tfc_analyzer_install_properties (GObjectClass *object);
/* No lock held. threads-used (if it is not what it was) and stats have changed. */
void gst_tfc_analyzer_notify_engine (GstTfcAnalyzer *analyzer, guint threads_before);
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
/* GstTfcAsyncFunc */
void gst_tfc_analyzer_look_at_newest (gpointer analyzer, GstBuffer *buffer);

/* gsttfcanalyzer-process.c; the thread that analyses. */
/* Takes over the engine that waits (TRUE if there was one), and the subclass's settings. */
gboolean gst_tfc_analyzer_take_engine (GstTfcAnalyzer *analyzer);
/* Analyses buffer: its results become the held ones, the held ones those before. FALSE: an error
 * was posted. */
gboolean gst_tfc_analyzer_look (GstTfcAnalyzer *analyzer, GstBuffer *buffer,
                                GstTfcPostMessages post);
