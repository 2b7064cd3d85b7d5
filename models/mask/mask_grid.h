/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where the values of a mask lie in the frame, and masks of floats turned into bytes of any grid. */
#include "models/frame/frame.h"
#include "models/result/result.h"

/* Value (i, j) belongs to the frame's pixel (step_x * i + start_x, step_y * j + start_y), where whole numbers are
 * centres of pixels. */
typedef struct {
  guint width, height;
  gdouble step_x, start_x, step_y, start_y;
} TfcMaskGrid;

/* One value a pixel. */
TfcMaskGrid tfc_mask_grid_of_frame (const TfcFrame *frame);
/* The part of the frame that the values cover, each the area around its place. It may reach outside. */
TfcBox tfc_mask_grid_region (const TfcMaskGrid *grid, const TfcFrame *frame);

/* A place between two values of a row or column: (1 - part) * value[index] + part * value[next]. */
typedef struct {
  guint index, next;
  gfloat part; /* 0..1 */
} TfcMaskPlace;

/* Where column x (row y) of to lies in from; beyond the first and last value it is that value. */
TfcMaskPlace tfc_mask_place_x (const TfcMaskGrid *from, const TfcMaskGrid *to, guint x);
TfcMaskPlace tfc_mask_place_y (const TfcMaskGrid *from, const TfcMaskGrid *to, guint y);

/* 0..1 -> 0..255 rounded; with a threshold above 0: 255 where value > threshold, else 0. What is not a number
 * counts as 0. */
guint8 tfc_mask_byte (gfloat value, gfloat threshold);

/* values, on the grid from, as bytes of the grid to (to->width * to->height): bilinear, then tfc_mask_byte; as they
 * are where to is from. */
void tfc_mask_resample (const TfcMaskGrid *from, const gfloat *values, const TfcMaskGrid *to,
                        gfloat threshold, guint8 *bytes);
