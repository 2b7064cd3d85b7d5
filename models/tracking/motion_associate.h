/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Inside of the tracker of motion_tracks.h: which found box goes to which track. */
#include "models/tracking/motion_filter.h"
#include "models/tracking/motion_tracks.h"
#include "models/tracking/motion_vote.h"

#define TFC_MOTION_NONE G_MAXUINT

/* A box by its edges. */
typedef struct {
  gfloat x0, y0, x1, y1, area;
} TfcMotionEdges;

typedef struct {
  guint64 id; /* 0: not reported yet */
  TfcMotionFilter filter;
  TfcMotionVote vote;
  TfcMotionCue cue;
  guint64 first, last;  /* when it was seen, ns of the tracker's clock */
  guint64 waited;       /* ns for which it was not seen, and not hidden */
  guint hits;           /* times that it was found */
  guint misses;         /* analyses since then */
  gfloat score;         /* when it was found last */
  gint class_id;        /* as voted */
  gboolean crowded;     /* near another */
  TfcMotionEdges edges; /* where it is expected */
} TfcMotionTrack;

/* A box that can be used. */
typedef struct {
  guint index; /* in the caller's array */
  gfloat score;
  gint class_id;
  TfcMotionEdges edges;
  gboolean part; /* lies in a larger one of its class */
  guint track;   /* that it goes to, or TFC_MOTION_NONE */
} TfcMotionFound;

struct TfcMotionTracks {
  TfcMotionCue scene; /* of the last analysis */
  gfloat light;       /* its distance from the one before; 0: not known */
  guint64 next_id;
  guint64 pts;   /* of the last analysis; G_MAXUINT64: not known */
  guint64 clock; /* ns, since the beginning */
  guint n;       /* tracks, oldest first */
  TfcMotionTrack track[TFC_MAX_MOTION_TRACKS];
  guint n_found; /* highest score first */
  TfcMotionFound found[TFC_MOTION_FOUND];
  guint order[TFC_MAX_DETECTIONS];       /* of the caller's array */
  guint found_of[TFC_MAX_MOTION_TRACKS]; /* a track's, or TFC_MOTION_NONE */
  guint reported_of[TFC_MAX_DETECTIONS]; /* track of the caller's box, or TFC_MOTION_NONE */
  TfcMotionMatch match;
};

static inline TfcMotionEdges
tfc_motion_edges (const TfcBox *b)
{
  return (TfcMotionEdges){b->x, b->y, b->x + b->w, b->y + b->h, b->w * b->h};
}

static inline gfloat
tfc_motion_common (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  const gfloat w = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  const gfloat h = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);
  return w > 0 && h > 0 ? w * h : 0;
}

/* Intersection over union, 0..1. */
static inline gfloat
tfc_motion_overlap (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  const gfloat both = tfc_motion_common (a, b);
  return both > 0 ? MIN (both / (a->area + b->area - both), 1.f) : 0;
}

/* How much of a lies in b, 0..1. */
static inline gfloat
tfc_motion_inside (const TfcMotionEdges *a, const TfcMotionEdges *b)
{
  return a->area > 0 ? tfc_motion_common (a, b) / a->area : 0;
}

/* Fills the tracks' found with those of n boxes that can be used, and marks parts (motion_found.c).
 */
void tfc_motion_take_found (TfcMotionTracks *tracks, const TfcDetection *found, guint n);

/* Fills found_of and each found one's track. Tracks' edges must be those of this frame. cue: of the
 * caller's boxes, or NULL. */
void tfc_motion_associate (TfcMotionTracks *tracks, const TfcMotionCue *cue, gfloat threshold);
