/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcfacemesh.c (the element), gsttfcfacemesh-model.c (its model) and
 * gsttfcfacemesh-frame.c (a frame) share. */
#include "gst/analyzer/gsttfcobjects.h"
#include "gst/analyzer/gsttfctracker.h"
#include "gst/facemesh/gsttfcfacemesh.h"
#include "gst/util/gsttfcdebug.h"
#include "models/face/face_pipeline.h"

#define GST_CAT_DEFAULT gst_tfc_face_mesh_debug

typedef struct {
  TfcFaceDetector detector;
  TfcMeshModel mesh_model;
  TfcFaceOptions options;
  GstTfcObjectSettings objects;
  GstTfcTrackSettings track;
} GstTfcFaceMeshSettings;

struct _GstTfcFaceMesh {
  GstTfcAnalyzer parent;
  GstTfcFaceMeshSettings settings; /* under the lock */
  /* The thread that analyses: */
  TfcFaceState *state; /* of the faces that are tracked, whatever model runs */
  TfcFace *found;      /* TFC_MAX_FACES */
};

/* gsttfcfacemesh-model.c; of the class. */
GstTfcConfig *gst_tfc_face_mesh_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_face_mesh_open_model (GstTfcModel *model, GError **error);

/* gsttfcfacemesh-frame.c; of the class. */
GstTfcResults *gst_tfc_face_mesh_process (GstTfcAnalyzer *analyzer, GstTfcModel *model,
                                          const TfcFrame *frame, GstClockTime pts,
                                          GstTfcTimings *timings, GError **error);
