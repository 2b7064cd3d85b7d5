/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What gsttfcanalyzer.c (the stream), gsttfcanalyzerrun.c (one analysis) and gsttfcanalyzerprops.c
 * (the properties) share. */
#include "gsttfcanalyzer.h"
#include "gsttfcforward.h"
#include "gsttfclatest.h"
#include "gsttfcloader.h"

typedef struct {
  GstTfcMode mode;
  guint interval;
  gboolean qos;
  GstTfcPostMessages post_messages;
  GstTfcAttach attach;
} GstTfcSettings;

typedef struct {
  /* Under the lock: */
  GstTfcBackend backend;
  guint threads;
  gchar *model_path;
  gboolean share;
  GstTfcEngines *engines; /* or NULL */
  GstTfcSettings settings;
  GstClockTime earliest; /* running time that a QoS event named */
  GstTfcStats stats;
  GstTfcLoader loader;
  GstTfcLoaderVTable loading; /* fixed */
  GstTfcResults *held, *before; /* of the last analysis and of the one before that */
  gboolean failed;              /* latest could not analyse a picture; an error was posted */

  /* The thread that analyses: */
  TfcFrame view;

  /* Streaming thread, while latest does nothing: */
  GstVideoInfo info;

  /* Streaming thread: */
  GstTfcLatest latest;
  GstTfcForward forward;
  GstTfcSettings now; /* of this buffer */
  guint number; /* of the engine among those that share its network */
  guint since; /* frames since the last analysed one; 0: none yet */
  GstClockTime last_pts, last_analysed; /* running time */
} GstTfcAnalyzerPrivate;

GstTfcAnalyzerPrivate *gst_tfc_analyzer_private (gpointer analyzer);

void gst_tfc_analyzer_set_defaults (GstTfcAnalyzerPrivate *priv);
/* In class_init: the common properties with their setter and getter, and their enum types. */
void gst_tfc_analyzer_install_properties (GObjectClass *object);

/* gsttfcanalyzerrun.c; the thread that analyses. */
/* Takes over the engine that waits (TRUE if there was one), and the subclass's settings. */
gboolean gst_tfc_analyzer_take_engine (GstTfcAnalyzer *analyzer);
/* Analyses buffer: its results become the held ones, the held ones those before. FALSE: an error was
 * posted. */
gboolean gst_tfc_analyzer_look (GstTfcAnalyzer *analyzer, GstBuffer *buffer, GstTfcPostMessages post);
