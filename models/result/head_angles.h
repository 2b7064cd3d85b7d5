/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Angles of a head's matrix, and the matrix in another frame. */
#include "models/result/homography.h"

/* yaw, pitch, roll in radians as TfcHead has them. matrix: TfcHead's (12 numbers, row by row), whose axes are at right angles; one that mirrors
 * gives the angles of the mirrored head. All 0 for a matrix that is none. */
void tfc_head_angles (const gfloat *matrix, gfloat angles[3]);

/* In place. FALSE, and nothing changed, for a head beyond infinity. */
gboolean tfc_homography_head (const TfcHomography *h, gfloat *matrix);
