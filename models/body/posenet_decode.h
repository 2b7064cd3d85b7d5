/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* From PoseNet's maps to poses, in pixels of the network's picture. Pure; no allocation. */
#include "models/body/coco_points.h"

/* Maps of height x width cells, stride pixels apart, channels last, y before x within each. */
typedef struct {
  guint width, height, stride;
  const gfloat *heat;     /* logits of the points */
  const gfloat *offset;   /* to the points: 17 y, then 17 x */
  const gfloat *forward;  /* along each edge of the skeleton: 16 y, then 16 x */
  const gfloat *backward; /* and against it */
} TfcPosenetMaps;

typedef struct {
  gdouble x, y;
  gfloat score;
} TfcPosenetPoint;

typedef struct {
  TfcPosenetPoint point[TFC_COCO_POINTS];
  gfloat score;
} TfcPosenetPose;

/* Where the grown poses begin: a point's best cell of its neighbourhood. */
typedef struct {
  gfloat logit;
  guint32 cell;
  guint8 point;
} TfcPosenetRoot;

/* One person: each point where its map is highest. Points of several people may be mixed. */
void tfc_posenet_single (const TfcPosenetMaps *maps, TfcPosenetPose *pose);

/* Several: poses are grown from the best points with a score of threshold or more, along the skeleton's edges; at most
 * max, the best root's first. roots: room for width x height x 17, for this call. Returns how many. */
guint tfc_posenet_multi (const TfcPosenetMaps *maps, gfloat threshold, TfcPosenetRoot *roots, TfcPosenetPose *poses,
                         guint max);
