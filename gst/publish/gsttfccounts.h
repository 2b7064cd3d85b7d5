/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How many there are of what, for GstTfcTransportLine.suffix: objects of each class, objects in
 * each zone, of each class in each zone. A class that was seen once stays, with 0. */
#include "gst/publish/gsttfcpublisher.h"
#include "gst/publish/line/gsttfcseen.h"

typedef struct GstTfcCounts GstTfcCounts;

GstTfcCounts *gst_tfc_counts_new (void);
void gst_tfc_counts_free (GstTfcCounts *counts);
/* Counts what is seen and tells the publisher. Allocates nothing. */
void gst_tfc_counts_update (GstTfcCounts *counts, const GstTfcSeen *seen,
                            GstTfcPublisher *publisher);
