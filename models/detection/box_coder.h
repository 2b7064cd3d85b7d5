/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Box decoding, the SSD way: a network's four numbers per anchor and the anchor give a box.
 * Pure; no allocation. */
#include "models/result/result.h"

/* Centre and size, fractions of the input. */
typedef struct {
  gfloat cy, cx, h, w;
} TfcAnchor;

/* The box coder's divisors: 10 10 5 5 in every COCO-SSD. */
typedef struct {
  gfloat y, x, h, w;
} TfcBoxScales;

/* t = {ty, tx, th, tw} -> cy = ty / y * ha + ya, h = exp (th / h) * ha, x alike. Not clipped. */
TfcBox tfc_box_decode (const gfloat t[4], const TfcAnchor *anchor, const TfcBoxScales *scales);

/* {ymin, xmin, ymax, xmax}, a box that the network decoded itself; either order of the corners. */
TfcBox tfc_box_corners (const gfloat t[4]);

/* FALSE if a hostile network made it infinite or not a number. */
gboolean tfc_box_finite (const TfcBox *box);

/* Intersection over union; 0 if either is empty or not a number. */
gfloat tfc_box_iou (const TfcBox *a, const TfcBox *b);
/* Intersection over the smaller of the two; 0 as above. */
gfloat tfc_box_overlap (const TfcBox *a, const TfcBox *b);
