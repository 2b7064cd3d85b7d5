/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What tfcdetect's loader builds: one open SSD, which other elements may share. */
#include "gst/modelcache/gsttfcmodel.h"
#include "models/result/labels.h"
#include "models/detection/ssd.h"
#include "gst/lib/tfc.h"

/* Every string may be NULL; "" counts as NULL. */
typedef struct {
  gint base_model;              /* GstTfcBaseModel; counts where model_file is NULL */
  gchar *model_file;
  gchar *label_file;            /* NULL: the one that belongs to the model */
  gchar *anchors;               /* NULL: the model's own or those beside it */
} GstTfcDetectConfig;

typedef struct {
  GstTfcSharedModel *network; /* the engine's */
  TfcSsd *ssd;            /* in it: to read; who runs it takes it from network */
  const gchar *model; /* interned, for the metadata */
  /* Where a run leaves what it saw: streaming thread. */
  TfcDetection found[TFC_MAX_DETECTIONS];
  GstTfcDetection seen[TFC_MAX_DETECTIONS];
  GBytes *filter;     /* under the element's lock: the element's class filter for these labels
                         (gsttfcdetectfilter.h); NULL: all are wanted */
} GstTfcDetectModel;

/* open, close, describe and free_choice for GstTfcDetectConfig and GstTfcDetectModel. */
extern const GstTfcModelVTable gst_tfc_detect_model;

GstTfcDetectConfig *gst_tfc_detect_config_copy (const GstTfcDetectConfig *choice);
void gst_tfc_detect_config_clear (GstTfcDetectConfig *choice); /* the strings */
