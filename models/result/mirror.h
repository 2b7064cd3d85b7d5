/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where things are in a frame that is mirrored left to right. Pure steps; a second time undoes the first. */
#include "models/result/result.h"

/* The left edge of what begins at x and is width wide, in fractions of the frame. A point has no width. */
gfloat tfc_mirror_x (gfloat x, gfloat width);
/* The same in pixels of a frame that is frame_width wide; it may lie outside, as x may. */
gint64 tfc_mirror_pixels (gint64 frame_width, gint64 x, gint64 width);
void tfc_mirror_points (TfcPoint *points, guint n);
