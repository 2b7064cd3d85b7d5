/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Results of an earlier frame, moved to where things will be by now. Only what is tracked moves: centre
 * and size of its box go on as between the last two analyses, a face's points with its box. Not further
 * ahead than those two lie apart, because a guess gets worse the older it is; and not at all where they
 * lie more than half a second apart or where the box jumped by more than its own size. */
#include "gst/lib/tfc.h"

/* Memory that is used again; zeroed at first. */
typedef struct {
  GArray *items, *points;
} GstTfcExtrapolator;

void gst_tfc_extrapolator_clear (GstTfcExtrapolator *forward);
/* (transfer full) newest as it would look at pts; before: results of the analysis before it, or NULL. It
 * is newest itself where nothing moves. */
GstTfcResults *gst_tfc_extrapolate (GstTfcExtrapolator *forward, const GstTfcResults *before,
                                GstTfcResults *newest, GstClockTime pts);
