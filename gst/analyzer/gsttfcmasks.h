/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Masks of models/ as metadata. */
#include "gst/analyzer/gsttfcanalyzer.h"
#include "models/result/result.h"

/* In process: (transfer full). mask was found in the given frame; its region becomes the one of the whole frame (roi).
 * labels: mask->n_indices interned names, or NULL. Everything is copied. */
GstTfcResults *gst_tfc_analyzer_mask_results (GstTfcAnalyzer *analyzer, const gchar *model, GstClockTime pts,
                                              const TfcMask *mask, const gchar *const *labels);
