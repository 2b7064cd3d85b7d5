/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfchands: the hand door of models/ -> pose metadata. Thin: the base class does the work. */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_HANDS (gst_tfc_hands_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcHands, gst_tfc_hands, GST, TFC_HANDS, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfchands);

G_END_DECLS
