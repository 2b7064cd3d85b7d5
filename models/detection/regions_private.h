/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What regions.c (what is of interest) and regions_choose.c (which crops cover it) share. */
#include "models/detection/regions.h"

#define TFC_MAX_INTERESTS 32
#define TFC_MAX_PLACES 64
#define TFC_MISSED 6 /* ticks that a thing ages when it is looked for and not found */
#define TFC_GRID 16  /* cells a side of the frame: when was it looked at */

/* Something that a crop should cover. */
typedef struct {
  TfcBox box;
  gfloat pixels; /* how large it is: its longer side, of the frame's */
  gfloat weight; /* what a good look at it is worth */
} TfcInterest;

/* Something that was found before. */
typedef struct {
  TfcDetection thing;
  gboolean seen;  /* on the last frame that was looked at */
  guint age;      /* ticks since it was found; longer by those that missed it */
  gboolean moved; /* something has moved there since it was found */
} TfcPlace;

struct TfcRegions {
  guint n_places;
  TfcPlace place[TFC_MAX_PLACES];
  /* Frames since a crop covered that cell's centre; at most 255. */
  guint8 unseen[TFC_GRID][TFC_GRID];
  guint tile;     /* of the sweep: the next */
  gboolean swept; /* once all over */
  guint ticks;    /* of the last plan; 0 counts as 1 */
  guint n_crops;  /* of the last plan */
  TfcCrop crop[TFC_MAX_CROPS];
};

/* By how much the last plan makes a thing at box older that is not found. */
guint tfc_regions_age_by (const TfcRegions *regions, const TfcBox *box);
/* Takes down which places something moves at. */
void tfc_regions_note_motion (TfcRegions *regions, const TfcRegionFrame *frame);
/* Whether a crop shows all of box. */
gboolean tfc_crop_covers (const TfcBox *crop, const TfcBox *box);
/* Fills crops with at most max that together show the interests best. */
guint tfc_regions_choose (const TfcRegionFrame *frame, const TfcInterest *interests, guint n,
                          guint max, TfcCrop *crops);
/* Sets width and height of a crop of frame. */
void tfc_region_scale (const TfcRegionFrame *frame, TfcCrop *crop);
/* How well a network sees something of so many of its own pixels: 0..1. */
gfloat tfc_region_sight (gfloat pixels);
