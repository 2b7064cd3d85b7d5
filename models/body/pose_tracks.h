/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Who is who among several people, from one frame to the next, by how much their boxes overlap or how near their
 * points are; and their filters. As pose-detection's two trackers. Pure; no allocation. */
#include "models/body/coco_points.h"
#include "models/result/result.h"
#include "models/tracking/value_filter.h"

typedef enum {
  TFC_POSE_TRACKER_BOUNDING_BOX, /* by intersection over union of the boxes, 0.15 at least */
  /* By object keypoint similarity (COCO's), 0.2 at least: of the points with a score of 0.3 in both, how near they are
   * for the size of the person and for what kind of point they are; 0 with fewer than four. */
  TFC_POSE_TRACKER_KEYPOINT
} TfcPoseTracker;

#define TFC_POSE_TRACKS 18 /* kept at most, the newest */

typedef struct {
  guint64 id;  /* 0: free */
  guint64 pts; /* of the last sight */
  TfcBox box;
  TfcKeypoint seen[TFC_COCO_POINTS]; /* before the filters */
  TfcEuroClock clock;
  TfcEuro point[TFC_COCO_POINTS][2];
} TfcPoseTrack;

typedef struct {
  TfcPoseTrack track[TFC_POSE_TRACKS + TFC_MAX_POSES]; /* the newest first */
  guint n;
} TfcPoseTracks;

/* Gives each of the n <= TFC_MAX_POSES poses (of TFC_COCO_POINTS points) its track's id, in their order the free track
 * that is most like it and enough, else the next new id. Without a pts (G_MAXUINT64) all ids are new. slot[i]: of pose i in track, until the next call. */
void tfc_pose_tracks_update (TfcPoseTracks *tracks, TfcPoseTracker tracker, guint64 *next_id, guint64 pts,
                             TfcPose *poses, guint n, guint *slot);
