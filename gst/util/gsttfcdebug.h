/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The debug categories of elements with several files; docs/guide/debug-log.md says what each level
 * tells. A category is there once its element's class is. */
#include <gst/gst.h>

GST_DEBUG_CATEGORY_EXTERN (gst_tfc_analyzer_debug);  /* tfcanalyzer */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_detect_debug);    /* tfcdetect */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_face_mesh_debug); /* tfcfacemesh */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_classify_debug);  /* tfcclassify */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_segment_debug);   /* tfcsegment */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_hands_debug);     /* tfchands */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_pose_debug);      /* tfcpose */
GST_DEBUG_CATEGORY_EXTERN (gst_tfc_publish_debug);   /* tfcpublish */
