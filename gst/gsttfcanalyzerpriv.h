/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What gsttfcanalyzer.c (the stream) and gsttfcanalyzerprops.c (the properties) share. */
#include "gsttfcanalyzer.h"
#include "gsttfcloader.h"

typedef struct {
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
  GstTfcMode mode;
  GstTfcSettings settings;
  GstClockTime earliest; /* running time that a QoS event named */
  GstTfcStats stats;
  GstTfcLoader loader;
  GstTfcLoaderVTable loading; /* fixed */

  /* Streaming thread: */
  GstVideoInfo info;
  TfcFrame view;
  GstTfcSettings now; /* of this buffer */
  GstTfcResults *held;
  guint since; /* frames since the last analysed one; 0: none yet */
  GstClockTime last_pts, last_analysed; /* running time */
} GstTfcAnalyzerPrivate;

GstTfcAnalyzerPrivate *gst_tfc_analyzer_private (gpointer analyzer);

void gst_tfc_analyzer_set_defaults (GstTfcAnalyzerPrivate *priv);
/* In class_init: the common properties with their setter and getter, and their enum types. */
void gst_tfc_analyzer_install_properties (GObjectClass *object);
