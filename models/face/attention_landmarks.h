/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The attention mesh's closer looks at lips, eyes and irises, put into its mesh. Refined points are pairs
 * (x, y) in the mesh's unit, as many as the constants say; depth is the mesh's own, an iris's is the mean of its lids'. Pure. */
#include "models/face/iris.h"

#define TFC_REFINED_LIPS 80
#define TFC_REFINED_EYE 71
#define TFC_REFINED_IRIS 5

void tfc_attention_lips (TfcPoint points[TFC_FACE_POINTS], const gfloat *refined);
/* Also sets the iris's points, which stand behind the mesh (left first). */
void tfc_attention_eye (TfcPoint points[TFC_FACE_POINTS], TfcEye which,
                     const gfloat *outline,
                     const gfloat *iris);
