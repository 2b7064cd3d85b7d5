/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where a network of small input looks in a large frame: which parts of it, of about the input's
 * size, are worth one of a few runs. First what moves, then what was found before and not seen
 * since, then the next tile of a sweep over everything. Deterministic, bounded, allocates nothing.
 * Boxes are fractions of the frame. */
#include "models/detection/ssd.h"
#include "models/result/result.h"

#define TFC_MAX_AREAS 8    /* parts of the frame that are looked at as wholes */
#define TFC_MAX_REGIONS 16 /* further runs on a frame */
#define TFC_MAX_CROPS (TFC_MAX_AREAS + TFC_MAX_REGIONS)

typedef struct TfcRegions TfcRegions;

/* A part of the frame that the network runs on. */
typedef struct {
  TfcBox box;
  TfcBox area; /* that it is a part of: beyond its edges nothing is looked at */
  /* How many pixels of the network's the frame's width and height would have at its scale; 0: what
   * is found in it counts however small it is, as nobody looks closer. */
  gfloat width, height;
} TfcCrop;

/* What is known before a frame is looked at. */
typedef struct {
  guint width, height;             /* of the frame, pixels */
  guint input_width, input_height; /* of the network */
  guint n_areas;                   /* 1..TFC_MAX_AREAS */
  const TfcBox *areas;             /* parts of the frame, whole pixels, not empty */
  guint regions;                   /* at most so many crops besides the areas; 0..TFC_MAX_REGIONS */
  gboolean whole;                  /* the areas themselves are due */
  guint n_moving;
  const TfcBox *moving; /* what moves */
  guint ticks;          /* of 40 ms since the last plan; 0 counts as 1 */
} TfcRegionFrame;

TfcRegions *tfc_regions_new (void);
void tfc_regions_free (TfcRegions *regions); /* NULL is allowed */
/* Forgets what was found; the sweep begins anew. */
void tfc_regions_reset (TfcRegions *regions);

/* Fills crops (TFC_MAX_CROPS): the areas if they are due, then at most frame->regions crops,
 * squares on the frame's pixels where the area has room. An area of less than one and a half times
 * the input needs none, and is always due. Returns how many, at least one. */
guint tfc_regions_plan (TfcRegions *regions, const TfcRegionFrame *frame, TfcCrop *crops);
/* What is reported after the last plan: it is looked for on the next frames. Tracked things of
 * which track.seen is FALSE are only thought to be there. Things that were found before and that no
 * crop has looked for are remembered for a while; tracked: they are not, found is all that there
 * is. */
void tfc_regions_learn (TfcRegions *regions, const TfcDetection *found, guint n, gboolean tracked);
/* Without tracking: adds to the n found after the last plan what was found before and is not found
 * now, until 50 ticks have passed since, or 12 if something has moved there since (by the plans'
 * frames): whoever left does not come back. A look of a crop that does not find it counts as six at
 * least. What overlaps something found of its class by half is left out. Of those added track.seen
 * is FALSE. At most max (room in found) in all, and only what options (score_threshold, classes)
 * let pass; found stays in the order of scores. Where two plans are more than two ticks apart,
 * nothing is added: things have moved too far. Returns how many there are; all of them are for
 * tfc_regions_learn. */
guint tfc_regions_hold (const TfcRegions *regions, const TfcSsdOptions *options,
                        TfcDetection *found, guint n, guint max);
