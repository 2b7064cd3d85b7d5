/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What tfcdetect's loader builds: one open SSD, which other elements may share, and the class filter that its label table gives. */
#include "gsttfcengine.h"
#include "labels.h"
#include "ssd.h"
#include "tfcmeta.h"

/* Every string may be NULL; "" counts as NULL. */
typedef struct {
  gint base_model;              /* GstTfcBaseModel; counts where model_file is NULL */
  gchar *model_file;
  gchar *label_file;            /* NULL: the one that belongs to the model */
  gchar *anchors;               /* NULL: the model's own or those beside it */
  gchar *classes, *exclude;     /* comma-separated names or ids */
} GstTfcDetectChoice;

typedef struct {
  GstTfcNetwork *network; /* the engine's */
  TfcSsd *ssd;            /* in it: to read; who runs it takes it from network */
  const gchar *model; /* interned, for the metadata */
  /* Where a run leaves what it saw: streaming thread. */
  TfcDetection found[TFC_SSD_MAX_DETECTIONS];
  GstTfcDetection seen[TFC_SSD_MAX_DETECTIONS];
  GBytes *filter;     /* under the element's lock: by class id, 0 is ignored; NULL: all are wanted */
} GstTfcDetectEngine;

/* open, close, describe and free_choice for GstTfcDetectChoice and GstTfcDetectEngine. */
extern const GstTfcEngineVTable gst_tfc_detect_engine;

GstTfcDetectChoice *gst_tfc_detect_choice_copy (const GstTfcDetectChoice *choice);
void gst_tfc_detect_choice_clear (GstTfcDetectChoice *choice); /* the strings */

/* Classes that are named (all, if classes is NULL) less those in exclude. FALSE with error set
 * (SETTINGS) for an unknown one; *filter may become NULL on success: all. */
gboolean gst_tfc_detect_filter (const TfcLabels *labels, const gchar *classes, const gchar *exclude,
                                GBytes **filter, GError **error);
