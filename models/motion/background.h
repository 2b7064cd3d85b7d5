/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A background model of a thumbnail: what each cell looks like while nothing moves there, and how much it varies by
 * itself. What differs from it by much more is foreground. Light that changes in a whole neighbourhood is taken out
 * first, what stays differs for some seconds only, and what flickers becomes noise. Pure; integers, so the same
 * everywhere. */
#include "models/motion/thumbnail.h"

typedef struct TfcBackground TfcBackground;

/* What a cell is. */
enum {
  TFC_CELL_STILL = 0,
  TFC_CELL_FOREGROUND = 1, /* by the lower threshold: it belongs to what moves if a neighbour does */
  TFC_CELL_SURE = 2        /* by the upper one */
};

TfcBackground *tfc_background_new (void);
void tfc_background_free (TfcBackground *background); /* NULL is allowed */
/* The next thumbnail is the first one. */
void tfc_background_reset (TfcBackground *background);

/* Fills mask (a TFC_CELL a cell) for cells of width x height, at least 1 and at most TFC_THUMBNAIL_CELLS of them, and
 * learns from them. seconds: since the thumbnail before. FALSE: nothing can be said (the first thumbnail,
 * another size than before, or most of it changed at once: another scene or another light), the mask is still and
 * this thumbnail is the background from now on. */
gboolean tfc_background_update (TfcBackground *background, const guint8 *cells, guint width,
                                guint height, gdouble seconds, guint8 *mask);
