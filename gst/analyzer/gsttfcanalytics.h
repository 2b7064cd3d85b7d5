/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results -> metadata of GStreamer's analytics library (GStreamer 1.24 or newer; elsewhere nothing
 * is built), where upstream's overlays, trackers and ONVIF elements read them. */
#include <gst/gst.h>
#include "gst/lib/tfc.h"

/* Adds to the GstAnalyticsRelationMeta of a writable buffer, or a new one, whose frame is
 * width x height pixels:
 * - of each box a GstAnalyticsODMtd, whole pixels inside the frame (what has none there is left
 *   out); where it is tracked related to a GstAnalyticsTrackingMtd with all 64 bits of its id, when
 *   it was first seen, and when it was last looked for: "lost" is a box that is predicted;
 * - of classes a GstAnalyticsClsMtd for the frame, or for each object, which is related to it;
 * - of a mask, from 1.26 on, a GstAnalyticsSegmentationMtd: GRAY8, region 0 is the background. A
 *   person is region 1 where the probability is one half or more. Parts and people are 1 + their
 *   index; those values are borrowed from results, not copied. A GstAnalyticsClsMtd that is related
 *   to it names the regions in their order.
 * Nothing is added where there are no results. */
void gst_tfc_attach_analytics (GstBuffer *buffer, GstTfcResults *results, guint width,
                               guint height);
