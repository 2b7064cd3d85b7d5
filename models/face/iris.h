/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The iris network and what is done with its answer: each eye is cut out of the face's crop, 71 points of
 * the eye's outline and 5 of the iris come back and are merged into the mesh. Lengths are pixels of the
 * 192 x 192 face crop. Numbers are face-landmarks-detection 0.0.3's (docs/guide/parity.md). */
#include "models/face/face_pipeline.h"
#include "models/tracking/roi.h"

#define TFC_EYE_CROP 64
#define TFC_EYE_POINTS 76 /* 0..70 outline and brow, 71..75 iris: centre, right, above, left, below */

typedef enum { TFC_EYE_LEFT, TFC_EYE_RIGHT } TfcEye; /* the subject's */

typedef struct TfcIris TfcIris;

/* NULL with error set, as tfc_facemesh_open. */
TfcIris *tfc_iris_open (const gchar *path, const TfcModelOptions *options, GError **error);
void tfc_iris_close (TfcIris *iris); /* NULL is allowed */

/* crop: [192][192][3] as tfc_facemesh_crop gives it; points: the mesh (468), in pixels of the crop.
 * Refines the mesh around the eyes and sets points 468..477. FALSE with error set (RUN). */
gboolean tfc_iris_run (TfcIris *iris, const gfloat *crop, TfcPoint points[TFC_FACE_POINTS],
                       TfcFaceTimes *times, GError **error);
gsize tfc_iris_bytes (const TfcIris *iris);

/* The pure steps. */

/* Square around the eye's two corners, enlarged by 2.3. */
TfcRegion tfc_eye_region (const TfcPoint *mesh, TfcEye eye);
/* Bilinear cut of region (its angle is 0) to [64][64][3], 0 outside the crop; the left eye mirrored. */
void tfc_eye_cut (const gfloat *crop, const TfcRegion *region, TfcEye eye, gfloat *out);
/* From pixels of the eye's cut to pixels of the crop (z stays), in place. */
void tfc_eye_points (const TfcRegion *region, TfcEye eye, TfcPoint points[TFC_EYE_POINTS]);
/* Both eyes into the mesh: outlines where the head is not turned too far (x, y replaced, z averaged), and
 * the irises behind it. */
void tfc_iris_merge (TfcPoint points[TFC_FACE_POINTS], const TfcPoint left[TFC_EYE_POINTS],
                     const TfcPoint right[TFC_EYE_POINTS]);
