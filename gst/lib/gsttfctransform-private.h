/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: results of a picture that was cropped, flipped, rotated or
 * scaled. Knows no GStreamer version: meta/gsttfcmeta.c makes a TfcHomography of the
 * GstVideoMetaTransformMatrix. */
#include "gst/lib/gsttfcresults.h"
#include "models/result/homography.h"

/* New results, or NULL if all of them left the picture (or there were none): the meta is dropped.
 * An object stays as long as its box overlaps the picture. A mask is turned by quarters and
 * mirrored; what a crop leaves of the frame, its region says. Turned by another angle it is
 * dropped. Classes and events have no place: they stay, and tell of the frame that was analysed.
 * Zones stay wherever they lie, for their counters; a line that was mirrored is turned round. */
GstTfcResults *tfc_results_transform (const GstTfcResults *results,
                                      const TfcHomography *homography);
