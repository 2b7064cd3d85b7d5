/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Regions of the face pipeline: which square of the frame a network looks at, and how it is turned.
 * Lengths are pixels of the frame, double precision; pixel (0, 0) has its centre at (0, 0) as in
 * sample.h. Pure; no allocation. Numbers are face-landmarks-detection 0.0.3's (docs/guide/parity.md). */
#include "models/result/result.h"
#include "models/frame/sample.h"

#define TFC_CROP 192 /* pixels: edge of the crop that the mesh networks see */

typedef struct {
  gdouble x0, y0, x1, y1;
} TfcRect;

/* A square around (cx, cy), turned by angle (radians, clockwise on the screen is positive: what an
 * upright face has when its head is tilted to its left shoulder). */
typedef struct {
  gdouble cx, cy, size, angle;
} TfcRegion;

/* Smallest rectangle around n points given in pixels. n >= 1. */
TfcRect tfc_rect_around (const TfcPoint *points, guint n);
/* Both edges times factor about the centre. */
TfcRect tfc_rect_enlarge (const TfcRect *rect, gdouble factor);
/* The square with the longer edge about the same centre, turned by angle. */
TfcRegion tfc_region_square (const TfcRect *rect, gdouble angle);
/* Intersection over union of the two squares, both taken as not turned. */
gdouble tfc_region_iou (const TfcRegion *a, const TfcRegion *b);

/* The turn that makes the line from (x1, y1) up to (x2, y2) vertical: pi/2 - atan2 (y1 - y2, x2 - x1)
 * in [-pi, pi). */
gdouble tfc_upright_angle (gdouble x1, gdouble y1, gdouble x2, gdouble y2);

/* From the pixels of a size x size crop to the frame, as TensorFlow's cropAndResize spaces them: the
 * first pixel at the region's left edge and the last at its right edge, both shrunk by (W - 1) / W
 * (H alike). */
TfcMap tfc_region_map (const TfcRegion *region, guint frame_width, guint frame_height, guint size);
/* The same as MediaPipe's warps space them: pixel (i, j) of a size x size crop is (i, j) / size - 0.5 of the
 * region's edge away from its centre; there are no half pixels. */
TfcMap tfc_region_warp (const TfcRegion *region, guint size);
/* The square around the whole frame: its longer edge, not turned. */
TfcRegion tfc_region_frame (guint frame_width, guint frame_height);
/* From fractions of the crop to pixels of the frame. */
void tfc_region_point (const TfcRegion *region, gdouble x, gdouble y, gdouble *frame_x, gdouble *frame_y);
