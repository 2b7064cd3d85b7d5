/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* The anchors of the COCO-SSD family (300 x 300, six feature maps of 19 10 5 3 2 1 cells a side),
 * computed from their rule. .tflite files bring their own; this serves networks that do not, and
 * tests hold the two against each other. Pure. */
#include "boxes.h"

#define TFC_SSD_ANCHORS 1917

/* Fills anchors[TFC_SSD_ANCHORS], in the order map, row, column, anchor of the cell. Cell (i, j) of n
 * has its centre at (i + 0.5) / n; an anchor of scale s and aspect ratio a is s / sqrt (a) high and
 * s * sqrt (a) wide. */
void tfc_anchors_ssd (TfcAnchor *anchors);
