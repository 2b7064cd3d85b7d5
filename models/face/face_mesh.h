/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The mesh network: a region of the frame in, 468 or 478 points and the face's presence out. */
#include "models/face/face_pipeline.h"
#include "models/tracking/roi.h"

typedef struct TfcFacemesh TfcFacemesh;

/* NULL with error set: what tfc_model_open says, or UNSUPPORTED if its tensors are not those of this
 * mesh network. */
TfcFacemesh *tfc_facemesh_open (TfcMeshModel kind, const gchar *path, const TfcModelOptions *options,
                                GError **error);
void tfc_facemesh_close (TfcFacemesh *mesh); /* NULL is allowed */

/* Points in pixels of the crop (0..192, may leave it), z in the same unit; presence 0..1. Writes 468
 * points (plain) or 478 (attention, irises in our order) and returns how many, 0 with error set (RUN). */
guint tfc_facemesh_run (TfcFacemesh *mesh, const TfcFrame *frame, const TfcRegion *region,
                        TfcPoint points[TFC_FACE_POINTS], gfloat *presence, TfcFaceTimes *times,
                        GError **error);

/* The crop it saw last: [192][192][3], R G B, 0..1. Valid until the next run. */
const gfloat *tfc_facemesh_crop (const TfcFacemesh *mesh);
gsize tfc_facemesh_bytes (const TfcFacemesh *mesh);

/* From pixels of the crop to pixels of the frame, in place; z grows with x and y. */
void tfc_region_points (const TfcRegion *region, TfcPoint *points, guint n);
/* The region for the next frame, from points in pixels of the frame: all of them, enlarged by 1.5,
 * squared, turned by the line from mesh point 13 (lips) to 168 (between the eyes). rect, if not NULL, gets the
 * enlarged rectangle before squaring: what is reported as the face's box. */
TfcRegion tfc_region_from_mesh (const TfcPoint *points, guint n, TfcRect *rect);
