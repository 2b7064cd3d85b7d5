/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcsegment: the segmentation door of models/ -> mask metadata. Thin: the base class does the work. */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_SEGMENT (gst_tfc_segment_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcSegment, gst_tfc_segment, GST, TFC_SEGMENT, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfcsegment);

G_END_DECLS
