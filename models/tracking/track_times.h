/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How long things with ids have been seen, and how fast they move, for trackers that do not know it
 * themselves. Pure; no allocation. */
#include "models/result/result.h"

/* Things that are remembered at once: more than any of those trackers tells of one frame. Where a
 * further one comes, the one that was seen longest ago is forgotten. */
#define TFC_TRACK_TIMES 40

typedef struct {
  guint64 id;          /* 0: free */
  guint64 first, last; /* PTS, nanoseconds */
  gfloat x, y;         /* middle of its box when it was last seen, fractions of the frame */
  gfloat speed_x, speed_y;
} TfcTrackTime;

typedef struct {
  TfcTrackTime track[TFC_TRACK_TIMES]; /* zeroed at first, and to forget all */
} TfcTrackTimes;

/* The thing with that id (not 0) was seen at pts: how old it is by now, and its speed, a mean over
 * about 0.15 s. Where pts is unknown (G_MAXUINT64) both are 0; where time runs back it counts from
 * the earlier one. */
TfcTrackState tfc_track_times_see (TfcTrackTimes *times, guint64 id, const TfcBox *box,
                                   guint64 pts);
