/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/body: what a kind of network is to the pipeline, and the state that all kinds
 * share. */
#include "models/body/blazepose_filter.h"
#include "models/body/movenet_crop.h"
#include "models/body/pose_tracks.h"
#include "models/mask/mask_warp.h"
#include "models/tracking/track_times.h"

typedef struct TfcPoseNetworkKind TfcPoseNetworkKind;

struct TfcPoseState {
  const TfcPoseNetworkKind *kind; /* whose state it is; NULL: nobody's yet */
  guint64 next_id;
  guint64 id; /* of the one who is followed; 0: nobody is */
  TfcMovenetState movenet;
  TfcBlazeposeState blazepose;
  TfcPoseTracks tracks;
  TfcTrackTimes times;
  TfcMaskWarp warp;
  TfcMask mask; /* of the last run; data NULL: there is none */
};

/* One frame's run. */
typedef struct {
  const TfcFrame *frame;
  guint64 pts;
  const TfcPoseOptions *options;
  gfloat score_threshold; /* the option, or the kind's own */
  TfcPoseState *state;
} TfcPoseRun;

/* A network of a kind, or two; its struct begins with this. */
typedef struct TfcPoseNetwork TfcPoseNetwork;

struct TfcPoseNetworkKind {
  gfloat score_threshold;
  TfcPoseNetwork *(*open) (const TfcPoseConfig *config, GError **error);
  void (*close) (TfcPoseNetwork *network);
  gint (*run) (TfcPoseNetwork *network, const TfcPoseRun *run, TfcPose *out, TfcPoseTimes *times,
               GError **error);
  gboolean (*warm_up) (TfcPoseNetwork *network, GError **error);
  gsize (*bytes) (const TfcPoseNetwork *network);
};

struct TfcPoseNetwork {
  const TfcPoseNetworkKind *kind;
  gboolean has_mask; /* run obeys options->mask, and sets state->mask */
};

extern const TfcPoseNetworkKind tfc_movenet_kind, tfc_multipose_kind, tfc_posenet_kind,
    tfc_blazepose_kind;

/* The same person as before, or a new one. */
guint64 tfc_pose_state_follow (TfcPoseState *state);
