/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results of an earlier frame, moved to where things will be by now. Only what is tracked moves:
 * its box as models/tracking/extrapolate.h says, its points with it; metres, masks and classes
 * stay. */
#include "gst/lib/tfc.h"

/* Memory that is used again; zeroed at first. */
typedef struct {
  GArray *items, *points; /* bytes */
} GstTfcExtrapolator;

void gst_tfc_extrapolator_clear (GstTfcExtrapolator *extrapolator);
/* (transfer full) newest as it would look at pts; previous: results of the analysis before it, or
 * NULL. It is newest itself where nothing moves. */
GstTfcResults *gst_tfc_extrapolate (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                                    GstTfcResults *newest, GstClockTime pts);
