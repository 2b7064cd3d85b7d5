/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcfacemesh: the face door of models/ -> face metadata. Thin: the base class does the work. */
#include "gst/analyzer/gsttfcanalyzer.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_FACE_MESH (gst_tfc_face_mesh_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcFaceMesh, gst_tfc_face_mesh, GST, TFC_FACE_MESH, GstTfcAnalyzer)
GST_ELEMENT_REGISTER_DECLARE (tfcfacemesh);

G_END_DECLS
