/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The box of a pose whose network gives none: the least one around its points with scores of threshold or more; around all
 * of them where none has. */
#include "models/result/result.h"

TfcBox tfc_pose_box (const TfcPose *pose, gfloat threshold);
