/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* From a face's mesh: how the head is held, how far eyes and mouth are open, where the eyes look. Pure; nothing is
 * learnt from a network. The head's shape is the mean of meshes (head_geometry.inc, made by tools/dev/gen-head); the
 * pose is the rotation, scale and shift that bring it nearest to the mesh in the sense of least squares (Horn 1987,
 * unit quaternions), so perspective is neglected as the mesh network neglects it. */
#include "models/result/result.h"

/* points: n of a mesh (468, or 478 with irises), x, y and z in one unit, for example pixels: x right, y down, z away
 * from the camera. Fills in all of
 * head (eyes_closed and blinks: nothing yet, 0); head->matrix leads to the unit of points. */
void tfc_head_from_mesh (TfcHead *head, const TfcPoint *points, guint n);

/* Eyes: their opening is the mean distance of the lids at three places by the distance of the corners, both as seen
 * from the front. 0.08 and less of it counts as closed, 0.35 and more as wide open: of 40 eyes that look at a
 * camera nine tenths lie between 0.22 and 0.38. */
#define TFC_EYE_CLOSED 0.08f
#define TFC_EYE_OPEN 0.35f
