/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcsegment.c (the element) and gsttfcsegment-model.c (its model) share. */
#include "gst/segment/gsttfcsegment.h"
#include "gst/util/gsttfcdebug.h"
#include "models/segmentation/segmentation_pipeline.h"

#define GST_CAT_DEFAULT gst_tfc_segment_debug

typedef struct {
  GstTfcSegmentModel model; /* counts where model_file is not given */
  gchar *model_file;        /* NULL or "": not given */
  TfcSegmentOptions options;
} GstTfcSegmentSettings;

struct _GstTfcSegment {
  GstTfcAnalyzer parent;
  GstTfcSegmentSettings settings; /* under the lock */
  TfcSegmentState *state;         /* the thread that analyses */
};

/* gsttfcsegment-model.c; of the class. */
GstTfcConfig *gst_tfc_segment_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_segment_open_model (GstTfcModel *model, GError **error);
