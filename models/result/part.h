/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What was found in a part of a frame, as it lies in the frame. where: the part, in fractions of
 * the frame. */
#include "models/result/result.h"

void tfc_part_pose (const TfcBox *where, TfcPose *pose);
/* aspect: height of the frame by its width, in pixels. */
void tfc_part_face (const TfcBox *where, gfloat aspect, TfcFace *face);
