/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The pose pipeline: a frame in, bodies with their points out, and the state between frames (where to look,
 * filters, who is who). One door for all networks; what each does stands in its own header. Numbers are
 * pose-detection 2.1.3's (docs/guide/parity.md). */
#include "models/body/pose_tracks.h"
#include "models/frame/frame.h"
#include "inference/model.h"
#include "models/result/result.h"

typedef enum {
  TFC_POSE_MOVENET,   /* one person, 17 points: Lightning, Thunder */
  TFC_POSE_MULTIPOSE, /* MoveNet for up to six people, 17 points */
  TFC_POSE_POSENET,   /* one person or many, 17 points */
  TFC_POSE_BLAZEPOSE, /* one person, 33 points, world points */
  TFC_N_POSE_KINDS
} TfcPoseKind;

/* Read at each run, so every field may change between frames. */
typedef struct {
  guint max_poses; /* 1..TFC_MAX_POSES; networks for one person find one, MULTIPOSE six at most */
  /* 0..1: poses below are none; below 0: 0.25 of both MoveNets, 0.5 of others. POSENET: of the point that a pose is grown from,
   * where max_poses is more than 1; the only pose is given however low its score. */
  gfloat score_threshold;
  gfloat point_threshold; /* 0..1: points below do not count for the box of a pose (not MULTIPOSE's, which is the network's) */
  gboolean smoothing;     /* the package's filters by timestamp; POSENET has none */
  gboolean mask;          /* BLAZEPOSE: tfc_pose_mask is wanted, which costs about a millisecond; default FALSE */
  gboolean black_border;  /* POSENET: black around the frame in the network's square, as posenet 2.2.2 has it, not the
                           * frame's edge pixels, as pose-detection has it; default FALSE */
  TfcPoseTracker tracker; /* MULTIPOSE, POSENET: by what people are known again */
  gboolean fills_frame;   /* MOVENET: the frame is the box of a person, so the first look takes all of it, not its middle; default FALSE */
} TfcPoseOptions;

/* The package's, but for the threshold of points, which is its demo's. Numbers of their own, so that a property's
 * default or a help text can say them. */
#define TFC_POSE_DEFAULT_MAX_POSES 1
#define TFC_POSE_DEFAULT_SCORE_THRESHOLD -1
#define TFC_POSE_DEFAULT_POINT_THRESHOLD 0.3
#define TFC_POSE_DEFAULT_SMOOTHING TRUE
#define TFC_POSE_DEFAULTS                                                      \
  ((TfcPoseOptions){.max_poses = TFC_POSE_DEFAULT_MAX_POSES,                   \
                    .score_threshold = TFC_POSE_DEFAULT_SCORE_THRESHOLD,       \
                    .point_threshold = (gfloat)TFC_POSE_DEFAULT_POINT_THRESHOLD, \
                    .smoothing = TFC_POSE_DEFAULT_SMOOTHING,                  \
                    .tracker = TFC_POSE_TRACKER_BOUNDING_BOX})

/* Nanoseconds that the last run spent. detector: BlazePose's, when it ran. */
typedef struct {
  gint64 sample, detector, network, decode;
  gboolean detector_ran;
} TfcPoseTimes;

typedef struct {
  TfcPoseKind kind;
  const gchar *path;          /* .tflite or a GraphModel's model.json; BLAZEPOSE: the landmark network */
  const gchar *detector_path; /* BLAZEPOSE alone */
  guint internal_size; /* POSENET: edge of the network's picture; 0: 257. It becomes the next lower number that is 1 more
                        * than a multiple of the stride */
  TfcModelOptions model;
} TfcPoseConfig;

#define TFC_POSE_MAX_INTERNAL_SIZE 1025

/* The models that have names. */
typedef struct {
  const gchar *nick; /* "movenet-lightning" */
  TfcPoseKind kind;
  const gchar *name;     /* the registry's (registry.h) */
  const gchar *detector; /* BLAZEPOSE: of its detector; else NULL */
  const gchar *finer;    /* POSENET: with a stride of 8; else NULL */
} TfcPoseModel;

/* The default first; NULL past the end. */
const TfcPoseModel *tfc_pose_model_nth (guint n);

/* The registry's name of the detector that goes with network_file: a GraphModel's is the reference's GraphModel, which
 * had another training than the .tflite file. NULL is the model's own file. NULL if the model has no detector. */
const gchar *tfc_pose_model_detector (const TfcPoseModel *model, const gchar *network_file);

typedef struct TfcPosePipeline TfcPosePipeline;

/* What is known from earlier frames. It fits pipelines of every kind, so a stream keeps its state while its network
 * is changed for one of the same kind; another kind forgets it. */
typedef struct TfcPoseState TfcPoseState;
TfcPoseState *tfc_pose_state_new (void);
void tfc_pose_state_free (TfcPoseState *state); /* NULL is allowed */
/* Forgets all (flush, seek, caps change) but the track ids, which go on. */
void tfc_pose_state_reset (TfcPoseState *state);

/* NULL with error set: what tfc_model_open says, or UNSUPPORTED if a file's tensors are not those of its kind. */
TfcPosePipeline *tfc_pose_open (const TfcPoseConfig *config, GError **error);
void tfc_pose_close (TfcPosePipeline *pipeline); /* NULL is allowed */

/* pts in nanoseconds (for smoothing and for track ids; any monotonic clock), G_MAXUINT64 if unknown. Writes at most
 * options->max_poses poses to out (room for TFC_MAX_POSES) and returns how many, or -1 with error set (RUN).
 * Allocates nothing, but MULTIPOSE when the frame's shape is another than before. times may be NULL. One thread at a time. */
gint tfc_pose_run (TfcPosePipeline *pipeline, const TfcFrame *frame, guint64 pts, const TfcPoseOptions *options,
                   TfcPose *out, TfcPoseTimes *times, GError **error);

/* Whether the network tells of each pixel whether it is the person: BLAZEPOSE. */
gboolean tfc_pose_has_mask (const TfcPosePipeline *pipeline);
/* Of the last run with options->mask: the person's mask, in fractions of the frame, until the next run. NULL: nobody
 * was found. */
const TfcMask *tfc_pose_mask (const TfcPosePipeline *pipeline);

/* Further runs use state, which stays the caller's (one pipeline at a time); NULL: the pipeline's own again. */
void tfc_pose_use_state (TfcPosePipeline *pipeline, TfcPoseState *state);

/* Runs each network once on nothing, so that the first frame costs what others cost. The state is left alone. FALSE
 * with error set (RUN). */
gboolean tfc_pose_warm_up (TfcPosePipeline *pipeline, GError **error);

/* Numbers for stats: threads, bytes of all networks. */
guint tfc_pose_threads (const TfcPosePipeline *pipeline);
gsize tfc_pose_bytes (const TfcPosePipeline *pipeline);
