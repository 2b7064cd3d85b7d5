/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Boxes and points of one frame as they lie in another that was made of it by cropping, flipping,
 * rotating, scaling or a change of perspective. Coordinates are fractions of a frame, as in
 * result.h. */
#include <glib.h>

/* Takes a point in pixels of the old frame, less (in_x, in_y), through the matrix (row-major,
 * column vectors, last row for perspective) and adds (out_x, out_y): pixels of the new frame. */
typedef struct {
  gfloat matrix[3][3];
  gint in_x, in_y, out_x, out_y;
  gint out_left, out_top, out_width, out_height; /* where the old picture shows in the new frame */
  gint old_width, old_height, new_width, new_height; /* frames, pixels, >= 1 */
} TfcHomography;

/* In place. FALSE for a point at or beyond infinity, which is left as it was. */
gboolean tfc_homography_point (const TfcHomography *h, gfloat *x, gfloat *y);

/* In place: the upright box around the four moved corners. FALSE if none of it shows in the new
 * frame; then its values mean nothing. */
gboolean tfc_homography_box (const TfcHomography *h, gfloat *x, gfloat *y, gfloat *width,
                             gfloat *height);

/* In place: how fast what is at (x, y) of the old frame moves, fractions of a frame a second. A
 * place at or beyond infinity leaves it as it was. */
void tfc_homography_velocity (const TfcHomography *h, gfloat x, gfloat y, gfloat *speed_x,
                              gfloat *speed_y);

/* A turn in radians, clockwise on the screen is positive; of perspective only the linear part. */
gfloat tfc_homography_rotation (const TfcHomography *h, gfloat rotation);

/* In place: a direction in space that x and y of a picture are two axes of, as it is after the
 * frame was turned or mirrored. Its length stays; scaling and perspective do not matter. */
void tfc_homography_direction (const TfcHomography *h, gfloat *x, gfloat *y);

/* How a frame is turned if what was upright stays so: by quarters, perhaps mirrored. */
typedef struct {
  gboolean transposed; /* columns become rows; done before the two others */
  gboolean mirrored_x, mirrored_y;
} TfcQuarterTurn;

/* FALSE if it is turned by another angle, sheared, or seen in perspective. */
gboolean tfc_homography_quarter_turn (const TfcHomography *h, TfcQuarterTurn *turn);

/* What a depth in the unit of x (fractions of the frame's width) is to be multiplied with. */
gdouble tfc_homography_depth_scale (const TfcHomography *h);
