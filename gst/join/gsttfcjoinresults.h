/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results of the small branch as the passing stream has them. */
#include "gst/lib/tfc.h"

/* (transfer full) results with this PTS: themselves where they have it already. NULL if there is no
 * memory. */
GstTfcResults *gst_tfc_join_results (GstTfcResults *results, GstClockTime pts);
