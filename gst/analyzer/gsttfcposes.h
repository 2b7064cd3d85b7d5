/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Bodies and hands of models/ as metadata. */
#include "gst/lib/tfcmeta.h"
#include "models/result/result.h"

/* (transfer full). n <= TFC_MAX_POSES; everything is copied. */
GstTfcResults *gst_tfc_poses_to_results (const gchar *model, GstClockTime pts, const TfcPose *poses,
                                         guint n);
