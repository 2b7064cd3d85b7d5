/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What gsttfcdetect.c (the element) and gsttfcdetect-props.c (its properties) share. */
#include "gst/detect/gsttfcdetect.h"
#include "gst/detect/gsttfcdetectmodel.h"
#include "gst/detect/gsttfcdetectfilter.h"

struct _GstTfcDetect {
  GstTfcAnalyzer parent;
  /* Under the lock: */
  GstTfcDetectConfig choice;
  GstTfcDetectFilter wanted,
      accepted;          /* as set; the last one known to fit, which may still be checked */
  TfcSsdOptions options; /* classes: unused */
  /* Streaming thread: */
  TfcSsdOptions now;
  GBytes *filter; /* owns now.classes */
};

/* gsttfcdetect-props.c; of a fresh element. */
void gst_tfc_detect_set_defaults (GstTfcDetect *detect);
/* In class_init: the properties with their setter and getter. */
void gst_tfc_detect_install_properties (GObjectClass *object);

/* gsttfcdetect.c; lock held. filter becomes engine's. FALSE with error set if its labels lack one
 * of the classes. */
gboolean gst_tfc_detect_use_filter (GstTfcDetectModel *engine, const GstTfcDetectFilter *filter,
                                    GError **error);
