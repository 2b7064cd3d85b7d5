/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results of the small branch as the passing stream has them. */
#include "gst/lib/tfc.h"

/* No further ahead than this are things moved: a guess gets worse the older it is. */
#define GST_TFC_JOIN_REACH GST_SECOND

/* (transfer full) results with this PTS and of a moment that lies so far ahead (ns): what is
 * tracked, and its points with it, moves by its speed. They are results themselves where nothing
 * changes. NULL if there is no memory. */
GstTfcResults *gst_tfc_join_results (GstTfcResults *results, GstClockTime pts, GstClockTime ahead);
