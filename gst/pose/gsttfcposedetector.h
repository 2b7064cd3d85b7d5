/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcpose: the pose door of models/ -> pose metadata. Thin: the base class does the work. (GstTfcPose is a pose of
 * the metadata.) */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_POSE_DETECTOR (gst_tfc_pose_detector_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcPoseDetector, gst_tfc_pose_detector, GST, TFC_POSE_DETECTOR, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfcpose);

G_END_DECLS
