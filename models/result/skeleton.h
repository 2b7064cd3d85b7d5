/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the points of a body or a hand are, and between which a skeleton has lines: constant tables.
 * Names and edges are those of TensorFlow.js' pose-detection and hand-pose-detection. Left and
 * right are the person's. */
#include "models/result/result.h"

typedef enum { TFC_SIDE_MIDDLE, TFC_SIDE_LEFT, TFC_SIDE_RIGHT } TfcSide;

typedef struct {
  const gchar *name; /* "left_shoulder" */
  TfcSide side;      /* of the person; a hand's points: MIDDLE, its pose says which hand it is */
} TfcSkeletonPoint;

typedef struct {
  const gchar *name; /* of the layout: "coco-17" */
  guint n_points;    /* <= TFC_MAX_POSE_POINTS */
  const TfcSkeletonPoint *points;
  guint n_edges;
  const guint16 (*edges)[2]; /* indices of points */
} TfcSkeleton;

/* NULL for a number that is no layout. */
const TfcSkeleton *tfc_skeleton_of (TfcPointLayout layout);
