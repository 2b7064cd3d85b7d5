/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Rows of a coarse grid enlarged to rows of samples, bilinear: masks and blurred backgrounds are much coarser than
 * the picture. Positions are tables made once for a size; stretches of equal values cost no more than memset. */
#include <glib.h>

typedef struct {
  guint n, columns;   /* samples of the fine row, values of the coarse one */
  guint first, last;  /* samples that the grid covers: the others get a value of their own */
  guint *gap;         /* columns + 2: sample at which the gap before column k begins (k = columns: behind the last) */
  guint8 *part;       /* n: how far between the columns of its gap, of 256 */
  guint16 *nearest;   /* n: column */
  /* What it was made for. */
  gdouble origin, size;
  gsize room;
} TfcRamp;

/* The grid's columns share size samples, the first of which begins at origin (in samples; both may lie outside
 * 0..n). FALSE: no memory; the ramp is then empty. Does nothing if it is made for that already; a zeroed ramp is
 * fine at first. columns >= 1, size > 0. */
gboolean tfc_ramp_set (TfcRamp *ramp, guint n, guint columns, gdouble origin, gdouble size);
void tfc_ramp_finish (TfcRamp *ramp);

/* line: columns values; out: n of them. */
void tfc_ramp_row (const TfcRamp *ramp, const guint8 *line, guint8 outside, guint8 *out);
/* The same without interpolation, through a table of 256. */
void tfc_ramp_nearest_row (const TfcRamp *ramp, const guint8 *line, guint8 outside, const guint8 *table, guint8 *out);

/* Along the other axis: the coarse row for sample y, mixed of two rows of grid (values, no padding) of width values
 * into line, or a pointer into grid where one row is all it takes. NULL: y is not covered. */
const guint8 *tfc_ramp_line (const TfcRamp *vertical, guint y, const guint8 *grid, guint width, guint8 *line);
const guint8 *tfc_ramp_nearest_line (const TfcRamp *vertical, guint y, const guint8 *grid, guint width);
