/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results of an earlier frame, moved to where things will be by now. Only what is tracked moves:
 * its box, its points with it; metres, masks and classes stay. Where the element has its own rules
 * of ids, a box moves as models/tracking/extrapolate.h says; with tracking=motion as
 * models/tracking/motion_tracks.h does. */
#include "gst/analyzer/gsttfctracker.h"

/* Memory that is used again; zeroed at first. */
typedef struct {
  GArray *items, *points; /* bytes */
} GstTfcExtrapolator;

void gst_tfc_extrapolator_clear (GstTfcExtrapolator *extrapolator);
/* (transfer full) newest as it would look at pts; previous: results of the analysis before it, or
 * NULL. It is newest itself where nothing moves. */
GstTfcResults *gst_tfc_extrapolate (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                                    GstTfcResults *newest, GstClockTime pts);
/* The same by the speed of each, and without those that nobody has seen for longer than their
 * greatest age. */
GstTfcResults *gst_tfc_extrapolate_seen (GstTfcExtrapolator *extrapolator,
                                         const GstTfcLastSeen *seen, GstTfcResults *newest,
                                         GstClockTime pts);
