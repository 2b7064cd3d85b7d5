/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/mask/mask_warp.h"

#include <math.h>

#include "models/mask/mask_smooth.h"

#define N TFC_WARPED_MASK
#define EDGE TFC_WARPED_EDGE

void
tfc_mask_warp_clear (TfcMaskWarp *w)
{
  g_free (w->values);
  g_free (w->previous);
  g_free (w->square);
  g_free (w->bytes);
  *w = (TfcMaskWarp){0};
}

void
tfc_mask_warp_reset (TfcMaskWarp *w)
{
  w->started = FALSE;
}

static void
make_room (TfcMaskWarp *w)
{
  if (w->values)
    return;
  w->values = g_new0 (gfloat, EDGE * EDGE);
  w->previous = g_new0 (gfloat, EDGE * EDGE);
  w->square = g_new0 (gfloat, N * N);
  w->bytes = g_new0 (guint8, EDGE * EDGE);
}

/* 0..1, what is not a number too. */
static void
read_square (TfcMaskWarp *w, const gfloat *values, gboolean logits)
{
  for (guint i = 0; i < N * N; i++) {
    const gfloat value = logits ? 1 / (1 + expf (-values[i])) : values[i];
    w->square[i] = value > 0 ? MIN (value, 1) : 0;
  }
}

static gfloat
value_at (const gfloat *values, gint n, gint x, gint y)
{
  return x >= 0 && y >= 0 && x < n && y < n ? values[y * n + x] : 0;
}

/* Bilinear; 0 outside. */
static gfloat
sample (const gfloat *values, gint n, gdouble x, gdouble y)
{
  if (!(x > -1 && y > -1 && x < n && y < n))
    return 0;
  const gint column = (gint)floor (x), row = (gint)floor (y);
  const gfloat across = (gfloat)(x - column), down = (gfloat)(y - row);
  const gfloat a = value_at (values, n, column, row), b = value_at (values, n, column + 1, row);
  const gfloat c = value_at (values, n, column, row + 1);
  const gfloat d = value_at (values, n, column + 1, row + 1);
  const gfloat top = a + (b - a) * across, bottom = c + (d - c) * across;
  return top + (bottom - top) * down;
}

static TfcMaskGrid
grid_around (const TfcRegion *square)
{
  const gdouble edge = square->size * (fabs (cos (square->angle)) + fabs (sin (square->angle)));
  const gdouble step = edge / N;

  return (TfcMaskGrid){
      EDGE, EDGE, step, square->cx - edge / 2 - step, step, square->cy - edge / 2 - step};
}

static void
turn_back (TfcMaskWarp *w, const TfcRegion *square, const TfcMaskGrid *grid)
{
  const gdouble c = cos (square->angle) * N / square->size;
  const gdouble s = sin (square->angle) * N / square->size;

  for (guint row = 1; row + 1 < EDGE; row++) {
    const gdouble y = grid->step_y * row + grid->start_y - square->cy;
    for (guint column = 1; column + 1 < EDGE; column++) {
      const gdouble x = grid->step_x * column + grid->start_x - square->cx;
      w->values[row * EDGE + column] =
          sample (w->square, N, x * c + y * s + N / 2., y * c - x * s + N / 2.);
    }
  }
}

static void
mix_previous (TfcMaskWarp *w, const TfcMaskGrid *grid)
{
  const TfcMaskGrid *old = &w->previous_grid;

  for (guint row = 1; row + 1 < EDGE; row++) {
    const gdouble y = (grid->step_y * row + grid->start_y - old->start_y) / old->step_y;
    for (guint column = 1; column + 1 < EDGE; column++) {
      const gdouble x = (grid->step_x * column + grid->start_x - old->start_x) / old->step_x;
      gfloat *value = &w->values[row * EDGE + column];
      *value = tfc_mask_mix (*value, sample (w->previous, EDGE, x, y));
    }
  }
}

void
tfc_mask_warp (TfcMaskWarp *w, const gfloat *values, gboolean logits, const TfcRegion *square,
               const TfcFrame *frame, guint64 pts, gboolean smoothing, TfcMask *out)
{
  const TfcMaskGrid grid = grid_around (square);
  const gboolean same = w->frame_width == frame->width && w->frame_height == frame->height;
  gfloat *newest;

  make_room (w);
  read_square (w, values, logits);
  turn_back (w, square, &grid);
  if (smoothing && w->started && same && tfc_mask_goes_on (w->pts, pts))
    mix_previous (w, &grid);
  tfc_mask_resample (&grid, w->values, &grid, 0, w->bytes);
  *out = (TfcMask){.width = EDGE,
                   .height = EDGE,
                   .region = tfc_mask_grid_region (&grid, frame),
                   .kind = TFC_MASK_PERSON,
                   .data = w->bytes};
  newest = w->values;
  w->values = w->previous;
  w->previous = newest;
  w->previous_grid = grid;
  w->frame_width = frame->width;
  w->frame_height = frame->height;
  w->pts = pts;
  w->started = TRUE;
}
