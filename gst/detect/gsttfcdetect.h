/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcdetect: the SSD door of models/ -> detection metadata. Thin: the base class does the work. */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_DETECT (gst_tfc_detect_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcDetect, gst_tfc_detect, GST, TFC_DETECT, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfcdetect);

G_END_DECLS
