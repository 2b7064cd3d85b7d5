/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results -> messages on the bus, for all analysers. */
#include "gst/lib/tfc.h"

/* When a buffer is shown, in ns; GST_CLOCK_TIME_NONE: unknown. */
typedef struct {
  GstClockTime pts, running, stream;
} GstTfcTimes;

/* (transfer full): structure name with timestamp, stream-time, running-time (ns, -1: unknown),
 * model and an array "detections", "faces", "poses", "segments" or "classes" of structures whose
 * fields are named as in the metadata. Points are arrays of four numbers, world points of three; a
 * segment has in place of its values the share of them that shows somebody, "coverage". */
GstStructure *gst_tfc_results_structure (const GstTfcResults *results, const gchar *name,
                                         const GstTfcTimes *times);
