/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where a point is: in a polygon, on which side of a line. Fractions of the frame, y down. */
#include "models/zones/zone_map.h"

/* The point of box that counts, moved into the frame: somebody whose feet are below the picture
 * stands on its lower edge. */
TfcPoint tfc_anchor_point (const TfcBox *box, TfcAnchor anchor);

/* By the even-odd rule, for any polygon. A point on an edge that two polygons share is in one of
 * them. */
gboolean tfc_polygon_contains (const TfcPoint *points, guint n, TfcPoint p);
/* How far an object is from the nearest edge, in parts of its own size. */
gdouble tfc_polygon_distance (const TfcPoint *points, guint n, TfcPoint p, const TfcBox *box);
/* FALSE if all points lie on one line. */
gboolean tfc_polygon_has_area (const TfcPoint *points, guint n);

/* < 0: p is on the left of one who goes from line[0] to line[1] (side a), > 0: on the right (side
 * b), 0: on the line, which goes on beyond its ends. */
gdouble tfc_line_side (const TfcPoint line[2], TfcPoint p);
/* How far an object is from the line, in parts of its own size across the line. */
gdouble tfc_line_distance (const TfcPoint line[2], TfcPoint p, const TfcBox *box);
/* Whether the way from one side of the line to the other goes between its ends (they count). */
gboolean tfc_line_is_passed (const TfcPoint line[2], TfcPoint from, TfcPoint to);
