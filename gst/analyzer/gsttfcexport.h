/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results -> metadata on the buffer, for all analysers. */
#include <gst/gst.h>
#include "gst/lib/tfc.h"
#include "gst/lib/gsttfcenums.h"

/* Puts results on a writable buffer whose frame is width x height pixels. Regions are clipped to
 * the frame; those with nothing inside it are left out. A region's id is an int: the track id where
 * it fits, else 1 + (track id - 1) % G_MAXINT; the region's parameters hold all 64 bits. Masks and
 * classes have no regions; of GStreamer's analytics, classes are a GstAnalyticsClsMtd for each
 * object or the frame, masks nothing. */
void gst_tfc_attach (GstBuffer *buffer, GstTfcResults *results, gboolean held, GstTfcAttach flags,
                     guint width, guint height);
