/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What tfcfacemesh's loader builds: the networks of one face chain, which other elements may share. */
#include "models/face/face_pipeline.h"
#include "gst/modelcache/gsttfcmodel.h"
#include "gst/lib/tfc.h"

typedef struct {
  gint detector; /* GstTfcFaceDetector */
  gint mesh;     /* GstTfcMeshModel */
  gboolean irises; /* plain mesh: whether the iris network is opened */
} GstTfcFaceMeshConfig;

typedef struct {
  GstTfcSharedModel *network; /* the engine's */
  TfcFacePipeline *chain;    /* in it: to read; who runs it takes it from network and gives it its state */
  const gchar *model; /* of the mesh; interned, for the metadata */
  /* Where a run leaves what it saw: streaming thread. */
  TfcFace found[TFC_MAX_FACES];
  GstTfcFace seen[TFC_MAX_FACES];
} GstTfcFaceMeshModel;

/* open, close, describe and free_choice (g_free) for GstTfcFaceMeshConfig and GstTfcFaceMeshModel. */
extern const GstTfcModelVTable gst_tfc_face_mesh_model;
