/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where labels go so that they do not cover each other where there is room: above the box, inside
 * it, below, beside, and rows further. The surest comes first; a label stays where it was on the
 * last frame while it can. O(labels^2) a frame, with at most TFC_LABELS labels. */
#include <glib.h>

#define TFC_LABELS 256

/* A label that is looking for its place. Pixels of the picture. */
typedef struct {
  gdouble edges[4]; /* of the box, finite: left, top, right, bottom */
  gdouble line;     /* width of its line */
  gint width, ascent, descent, gap;
  guint name; /* the same for the same name */
} TfcLabelBox;

typedef struct {
  gint x, y, w, h;
  gdouble cx, cy, reach; /* of the box: middle, half the longer edge */
  guint name, spot;
} TfcLabelPlace;

typedef struct {
  TfcLabelPlace now[TFC_LABELS], last[TFC_LABELS];
  guint n_now, n_last;
} TfcPlacement;

void tfc_placement_begin (TfcPlacement *placement); /* a frame; a zeroed one at first */
/* Finds a place in a picture of width x height: top left at (x, y). The next one will avoid it.
 * Where none is free, it is above the box or inside it. At most TFC_LABELS a frame. */
TfcLabelPlace tfc_placement_find (TfcPlacement *placement, const TfcLabelBox *label, guint width,
                                  guint height);
