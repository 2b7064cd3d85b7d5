/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which square of the frame the landmark network looks at: from a palm, or from the hand's points
 * on the frame before. Lengths are pixels of the frame, double precision. Pure; no allocation. */
#include "models/hand/hand_pipeline.h"
#include "models/tracking/roi.h"

typedef struct {
  gdouble x, y;
} TfcPalmPoint;

/* A palm in pixels of the frame; it may leave it. */
typedef struct {
  gdouble cx, cy, w, h;
  TfcPalmPoint wrist, middle; /* middle: the middle finger's lowest joint */
  gfloat score;
} TfcPalm;

/* A region and whose it is. */
typedef struct {
  TfcRegion region;
  guint64 id; /* 0: nobody's yet */
} TfcHandRegion;

/* The palm's box turned by the line from the wrist to the middle finger, moved along that line by
 * half of the box's height, squared by its longer edge and enlarged by 2.6. */
TfcRegion tfc_hand_region_from_palm (const TfcPalm *palm);
/* From a hand's points: the box of all but the fingers' two outer joints, turned by the line from
 * the wrist to the fingers' lowest joints, moved by a tenth of its height and enlarged by 2. */
TfcRegion tfc_hand_region_from_points (const TfcPoint points[TFC_HAND_POINTS]);
/* FALSE for one that is not finite or is smaller than a pixel or absurdly large: nothing can be
 * seen there. */
gboolean tfc_hand_region_is_sound (const TfcRegion *region);

/* The overlap rule: each region takes away those before it whose IoU with it (as if not turned) is
 * above 0.5. The rest keep their order; returns how many they are. */
guint tfc_hand_regions_separate (TfcHandRegion *regions, guint n);

/* From a network's square to the frame: target pixel (i, j) of size x size is at (i, j) / size -
 * 0.5 of the region's edge from its centre, turned by its angle. There are no half pixels. */
TfcMap tfc_hand_region_map (const TfcRegion *region, guint size);
