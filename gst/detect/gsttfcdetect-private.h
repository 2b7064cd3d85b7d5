/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcdetect.c (the element) and gsttfcdetect-model.c (its model) share. */
#include "gst/analyzer/gsttfctracker.h"
#include "gst/detect/gsttfcdetect.h"
#include "gst/util/gsttfcdebug.h"
#include "models/detection/ssd.h"

#define GST_CAT_DEFAULT gst_tfc_detect_debug

typedef struct {
  GstTfcBaseModel base_model;               /* counts where model_file is not given */
  gchar *model_file, *label_file, *anchors; /* NULL or "": not given */
  TfcSsdOptions options;                    /* classes: unused */
  GstTfcTrackSettings track;
} GstTfcDetectSettings;

struct _GstTfcDetect {
  GstTfcAnalyzer parent;
  GstTfcDetectSettings settings; /* under the lock */
  struct {
    TfcDetection found[TFC_MAX_DETECTIONS];
    GstTfcDetection reported[TFC_MAX_DETECTIONS];
  } *scratch; /* the thread that analyses; one piece, of which only what is used costs memory */
};

/* gsttfcdetect-model.c; of the class. */
GstTfcConfig *gst_tfc_detect_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_detect_open_model (GstTfcModel *model, GError **error);
