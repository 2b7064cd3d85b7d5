/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* roi: an analyser looks at a part of the frame only. No pixel is copied: the part is a view of the
 * frame for the sampler. Analysers that take one part are given it as if it was the frame; where
 * they tell what they have found, they ask for the part's place (gst_tfc_analyzer_part). An
 * analyser that takes several asks for them (gst_tfc_analyzer_areas) and is given the whole frame.
 */
#include "gst/analyzer/gsttfcanalyzer.h"
#include "models/detection/areas.h"

typedef struct {
  gchar *text; /* the property; a GRefString */
} GstTfcRoiSettings;

/* One an analyser. */
typedef struct {
  /* Under the lock: */
  GstTfcRoiSettings settings;
  gchar *accepted; /* a GRefString: what areas were made of */
  TfcAreas areas;
  /* The thread that analyses: */
  TfcAreas now; /* of this frame */
  TfcBox part;  /* in now, whole pixels */
} GstTfcRoi;

/* In class_init of the base: the property. */
void gst_tfc_roi_install (GObjectClass *klass, guint first_id);
void gst_tfc_roi_init (GstTfcRoi *roi);
void gst_tfc_roi_clear (GstTfcRoi *roi);
/* When the element starts: FALSE where the property is wrong; an error was posted. */
gboolean gst_tfc_roi_start (GstTfcAnalyzer *analyzer);
/* The thread that analyses, before process: the view of frame that process is given. Calls the
 * class's reset where roi is another than for the frame before. */
TfcFrame gst_tfc_roi_show (GstTfcAnalyzer *analyzer, const TfcFrame *frame);

/* In process: where the given frame lies in the whole one, fractions of that. NULL: it is the whole
 * one. */
const TfcBox *gst_tfc_analyzer_part (GstTfcAnalyzer *analyzer);
/* In process: the parts that are asked for; n = 0: the whole frame. */
const TfcAreas *gst_tfc_analyzer_areas (GstTfcAnalyzer *analyzer);
