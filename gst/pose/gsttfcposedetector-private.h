/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcposedetector.c (the element) and gsttfcposedetector-model.c (its model) share. */
#include "gst/analyzer/gsttfcobjects.h"
#include "gst/analyzer/gsttfctracker.h"
#include "gst/pose/gsttfcposedetector.h"
#include "gst/util/gsttfcdebug.h"
#include "models/body/pose_pipeline.h"

#define GST_CAT_DEFAULT gst_tfc_pose_debug

typedef struct {
  GstTfcPoseModel model;
  gchar *model_file; /* NULL or "": model's own */
  guint internal_size, output_stride;
  TfcPoseOptions options;
  GstTfcObjectSettings objects;
  GstTfcTrackSettings track;
} GstTfcPoseSettings;

struct _GstTfcPoseDetector {
  GstTfcAnalyzer parent;
  GstTfcPoseSettings settings; /* under the lock */
  /* The thread that analyses: */
  TfcPoseState *state; /* of the bodies that are followed, whatever model runs */
  TfcPose *found;      /* TFC_MAX_POSES */
};

/* gsttfcposedetector-model.c; of the class. */
GstTfcConfig *gst_tfc_pose_detector_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_pose_detector_open_model (GstTfcModel *model, GError **error);
