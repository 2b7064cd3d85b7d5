/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcclassify: the classifier of models/ -> class metadata. The base class does most of the work.
 */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_CLASSIFY (gst_tfc_classify_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcClassify, gst_tfc_classify, GST, TFC_CLASSIFY, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfcclassify);

G_END_DECLS
