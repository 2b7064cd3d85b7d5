/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/join/gsttfcjoinresults.h"

#define COPIER(name, Type)                                                               \
  static GstTfcResults *copy_##name (const GstTfcResults *from, GstClockTime pts)        \
  {                                                                                      \
    guint n;                                                                             \
    const Type *items = gst_tfc_results_get_##name (from, &n);                           \
    return gst_tfc_results_new_##name (gst_tfc_results_get_model (from), pts, items, n); \
  }
COPIER (detections, GstTfcDetection)
COPIER (faces, GstTfcFace)
COPIER (poses, GstTfcPose)
COPIER (classes, GstTfcClass)
COPIER (events, GstTfcEvent)
COPIER (zones, GstTfcZone)

static GstTfcResults *
copy_mask (const GstTfcResults *from, GstClockTime pts)
{
  return gst_tfc_results_new_mask (gst_tfc_results_get_model (from), pts,
                                   gst_tfc_results_get_mask (from));
}

static GstTfcResults *(*const copiers[]) (const GstTfcResults *from, GstClockTime pts) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = copy_detections,
    [GST_TFC_RESULTS_KIND_FACES] = copy_faces,
    [GST_TFC_RESULTS_KIND_POSES] = copy_poses,
    [GST_TFC_RESULTS_KIND_MASK] = copy_mask,
    [GST_TFC_RESULTS_KIND_CLASSES] = copy_classes,
    [GST_TFC_RESULTS_KIND_EVENTS] = copy_events,
    [GST_TFC_RESULTS_KIND_ZONES] = copy_zones,
};

GstTfcResults *
gst_tfc_join_results (GstTfcResults *results, GstClockTime pts)
{
  if (gst_tfc_results_get_pts (results) == pts)
    return gst_tfc_results_ref (results);
  return copiers[gst_tfc_results_get_kind (results)](results, pts);
}
