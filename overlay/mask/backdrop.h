/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to the effects of masks: the picture on a coarse grid, from the background alone, blurred or not. People
 * do not count in the means of cells, so that they leave no halo around themselves. */
#include "models/frame/pixels.h"

typedef struct {
  guint cell;          /* pixels, whole samples of every component */
  guint columns, rows;
  guint8 *grid[3];     /* by component: rows * columns values */
  /*< private >*/
  gfloat *value[3], *weight, *line;
  guint16 *sums;
  gpointer memory;
  gsize room;
} TfcBackdrop;

/* pixels: of bytes. cover: 255 where a person is, on the grid of cells (columns * rows of a backdrop with this cell).
 * sigma: of the blur in pixels, 0: none. FALSE: no memory. */
gboolean tfc_backdrop_reserve (TfcBackdrop *backdrop, const TfcPixels *pixels, guint cell);
void tfc_backdrop_fill (TfcBackdrop *backdrop, const TfcPixels *pixels, const guint8 *cover, gdouble sigma);
void tfc_backdrop_finish (TfcBackdrop *backdrop);
