/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* From the numbers of BlazePose's two networks to regions and points. Pure; no allocation. */
#include "models/result/result.h"
#include "models/tracking/roi.h"

#define TFC_BLAZEPOSE_ANCHORS 2254
#define TFC_BLAZEPOSE_DETECTOR_SIZE 224
#define TFC_BLAZEPOSE_SIZE 256
#define TFC_BLAZEPOSE_POINTS 33
#define TFC_BLAZEPOSE_LANDMARKS 39 /* with 2 auxiliary points, which say where to look next, and 4 more */
#define TFC_BLAZEPOSE_MAP 64       /* edge of the heat map */

/* The detector's answers, in one tensor (a GraphModel) or two. */
typedef struct {
  const gfloat *logit; /* of anchor i at i * logit_step */
  const gfloat *row;   /* of anchor i at i * row_step: x, y, w, h, 4 points; pixels from the anchor's centre */
  guint logit_step, row_step;
} TfcBlazeposeDetections;

/* The best person with a score of threshold or more: where the landmark network is to look, in pixels of a frame of width x
 * height that was shown squared. FALSE: there is none. */
gboolean tfc_blazepose_find (const TfcBlazeposeDetections *detections, gfloat threshold, guint width, guint height,
                             TfcRegion *region);

/* From the two points that say where a person is and how large (pixels of the frame): the middle of the hips, and
 * one on the circle around the body. */
TfcRegion tfc_blazepose_region (gdouble x0, gdouble y0, gdouble x1, gdouble y1);
/* FALSE for one where nothing can be seen: no numbers, nothing in it, or beyond all measure. */
gboolean tfc_blazepose_region_is_sound (const TfcRegion *region);

/* The landmark network's answers. */
typedef struct {
  const gfloat *landmark; /* TFC_BLAZEPOSE_LANDMARKS x (x, y, z, visibility, presence); pixels of the crop, logits */
  const gfloat *world;    /* as many x (x, y, z); metres */
  const gfloat *heat;     /* TFC_BLAZEPOSE_MAP rows and columns of as many channels */
  gboolean heat_logits;   /* the map has no sigmoid yet */
} TfcBlazeposeAnswers;

typedef struct {
  gdouble x, y, z;
} TfcBlazeposePoint;

/* What the network sees of a person. */
typedef struct {
  TfcBlazeposePoint point[TFC_BLAZEPOSE_POINTS + 2]; /* pixels of the frame, z too; the auxiliary ones last */
  TfcBlazeposePoint world[TFC_BLAZEPOSE_POINTS];     /* metres, upright */
  gdouble visibility[TFC_BLAZEPOSE_POINTS];
} TfcBlazeposeSight;

/* Answers of the crop of region; x and y of the points are refined by the heat map. FALSE where a number is none. */
gboolean tfc_blazepose_see (const TfcBlazeposeAnswers *answers, const TfcRegion *region, TfcBlazeposeSight *sight);
