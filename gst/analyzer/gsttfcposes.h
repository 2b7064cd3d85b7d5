/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Bodies and hands of models/ as metadata, and of each object that was detected upstream. */
#include "gst/analyzer/gsttfcobjects.h"
#include "gst/lib/tfcmeta.h"

/* (transfer full). n <= TFC_MAX_POSES; everything is copied. */
GstTfcResults *gst_tfc_poses_to_results (const gchar *model, GstClockTime pts, const TfcPose *poses,
                                         guint n);

/* In process: what was found in the given frame, as it lies in the whole one (roi). */
void gst_tfc_poses_to_frame (GstTfcAnalyzer *analyzer, TfcPose *poses, gint n);

/* Finds at most max in frame, as if it was a picture of its own; how many, or -1 with error set. */
typedef gint GstTfcPoseFunc (gpointer data, const TfcFrame *frame, guint max, TfcPose *out,
                             GError **error);

/* Calls find with the part of the frame that each object covers. What it finds (TFC_MAX_POSES in all) lies in the frame
 * then, has the object's id and no track id. */
gint gst_tfc_poses_of_objects (const GstTfcObjects *objects, const TfcFrame *frame,
                               GstTfcPoseFunc *find, gpointer data, TfcPose *out, GError **error);
