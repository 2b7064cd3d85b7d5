/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Suppression across crops: what several runs on parts of one frame have found becomes one list. Pure; no
 * allocation. */
#include "models/detection/nms.h"
#include "models/detection/regions.h"

#define TFC_CROP_DETECTIONS 256 /* of one crop that are looked at, the best */

/* Boxes of one crop, fractions of it, become fractions of the frame. */
void tfc_crop_to_frame (const TfcCrop *crop, TfcDetection *found, guint n);

/* found: n detections in the frame's fractions, those of crops[0] first: counts[i] are crops[i]'s. Writes the survivors,
 * best first, at most max, to out, which is not found; returns how many. By class: a box goes when its IoU with a
 * better one is iou_threshold or more. A box that is cut by an edge of its crop which is no edge of its area loses
 * to every whole one that it overlaps by half of the smaller, and goes where two opposite edges cut it: then it
 * is not known how long it is. A box that is small in its crop goes where a closer crop shows its place: what that one
 * says counts; one of less than 8 of the network's pixels in any case (crops of regions). So does one that holds another
 * of its class with more than twice its score. scratch: room for n. */
guint tfc_suppress_crops (const TfcDetection *found, const guint *counts, const TfcCrop *crops,
                          guint n_crops, gfloat iou_threshold, TfcCandidate *scratch,
                          TfcDetection *out, guint max);
