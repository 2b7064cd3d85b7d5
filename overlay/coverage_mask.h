/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A scratch plane of coverage (8 bits a pixel) for one area of the picture: thin lines, dots and
 * glyphs are gathered in it and painted in one colour at once. Much faster than Cairo's general
 * stroker for the thousands of short thin lines of face meshes. Coverage adds up and saturates.
 * Coordinates are the picture's; whatever lies outside the area is clipped. */
#include "overlay/overlay.h"

typedef struct {
  guint8 *data;
  gsize size;   /* allocated bytes, kept from one use to the next */
  gint stride;  /* as blend.h wants it */
  TfcArea area; /* of the picture */
  guint8 shade[2][257]; /* coverage of a part of 256 of a pixel, drawn once or twice */
} TfcCoverageMask;

/* An empty plane for area; FALSE if it is empty or there is no memory. Zeroed TfcCoverageMask at first. */
gboolean tfc_coverage_mask_begin (TfcCoverageMask *mask, TfcArea area);
void tfc_coverage_mask_finish (TfcCoverageMask *mask); /* frees; a zeroed one is fine */

/* A line with butt ends, width pixels wide. twice: as if drawn two times over itself. Finite
 * coordinates below 1e7. */
void tfc_coverage_mask_line (TfcCoverageMask *mask, const gdouble from[2], const gdouble to[2], gdouble width,
                    gboolean twice);
/* An axis-aligned ellipse's outline. */
void tfc_coverage_mask_ellipse (TfcCoverageMask *mask, const gdouble centre[2], gdouble rx, gdouble ry,
                       gdouble width);
void tfc_coverage_mask_dot (TfcCoverageMask *mask, const gdouble centre[2], gdouble radius);
/* w x h coverage values (stride w), top left at (x, y). */
void tfc_coverage_mask_add (TfcCoverageMask *mask, const guint8 *glyph, gint x, gint y, gint w, gint h);
void tfc_coverage_mask_fill (TfcCoverageMask *mask, TfcArea area);
