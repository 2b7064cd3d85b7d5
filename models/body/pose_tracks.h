/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Who is who among several people, from one frame to the next, by how much their boxes overlap; and their filters. As
 * pose-detection's tracker. Pure; no allocation. */
#include "models/body/coco_points.h"
#include "models/result/result.h"
#include "models/tracking/value_filter.h"

#define TFC_POSE_TRACKS 18 /* kept at most, the newest */

typedef struct {
  guint64 id;  /* 0: free */
  guint64 pts; /* of the last sight */
  TfcBox box;
  TfcEuroClock clock;
  TfcEuro point[TFC_COCO_POINTS][2];
} TfcPoseTrack;

typedef struct {
  TfcPoseTrack track[TFC_POSE_TRACKS + TFC_MAX_POSES]; /* the newest first */
  guint n;
} TfcPoseTracks;

/* Gives each of the n <= TFC_MAX_POSES poses its track's id, in their order the free track that overlaps most and
 * enough, else the next new id. Without a pts (G_MAXUINT64) all ids are new. slot[i]: of pose i in track, until the next call. */
void tfc_pose_tracks_update (TfcPoseTracks *tracks, guint64 *next_id, guint64 pts, TfcPose *poses, guint n,
                             guint *slot);
