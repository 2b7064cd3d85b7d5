/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The hand pipeline: a frame in, hands with 21 points, world points and handedness out, and the
 * state between frames (regions followed from one frame to the next). Steps: palm detector (when
 * due) -> region -> overlap rule -> sample -> hand landmarks -> next region -> smooth. Numbers are
 * hand-pose-detection 2.0.1's (docs/guide/parity.md). */
#include "models/frame/frame.h"
#include "inference/model.h"
#include "models/result/result.h"

#define TFC_HAND_POINTS 21

/* Read at each run, so every field may change between frames. */
typedef struct {
  guint max_hands;             /* 1..TFC_MAX_POSES */
  gfloat detection_confidence; /* 0..1: palms with a lower score are no hands */
  gfloat score_threshold;      /* 0..1: presence below which a hand is dropped */
  gboolean smoothing;          /* one-euro filter per hand by timestamp */
  gboolean mirrored; /* the picture is a mirror's (selfie): the networks' left is the person's */
  /* What becomes of the hands that are followed when the detector runs, which it does while fewer
   * than max_hands are. TRUE, as MediaPipe: they stay, and a palm is new only where none is. FALSE,
   * as TF.js: they are replaced by what the detector finds, so a hand whose palm it misses once is
   * lost. */
  gboolean keep_followed;
} TfcHandOptions;

/* The reference's, but for the last three. Numbers of their own, so that a property's default or a
 * help text can say them. */
#define TFC_HAND_DEFAULT_MAX_HANDS 2
#define TFC_HAND_DEFAULT_DETECTION_CONFIDENCE 0.5
#define TFC_HAND_DEFAULT_SCORE_THRESHOLD 0.5
#define TFC_HAND_DEFAULT_SMOOTHING TRUE
#define TFC_HAND_DEFAULT_MIRRORED FALSE
#define TFC_HAND_DEFAULTS                                                                  \
  ((TfcHandOptions){.max_hands = TFC_HAND_DEFAULT_MAX_HANDS,                               \
                    .detection_confidence = (gfloat)TFC_HAND_DEFAULT_DETECTION_CONFIDENCE, \
                    .score_threshold = (gfloat)TFC_HAND_DEFAULT_SCORE_THRESHOLD,           \
                    .smoothing = TFC_HAND_DEFAULT_SMOOTHING,                               \
                    .mirrored = TFC_HAND_DEFAULT_MIRRORED,                                 \
                    .keep_followed = TRUE})

/* Nanoseconds that the last run spent. */
typedef struct {
  gint64 sample, detector, landmarks, decode;
  gboolean detector_ran;
} TfcHandTimes;

typedef struct {
  const gchar *detector_path, *landmarks_path; /* .tflite or a GraphModel's model.json */
  TfcModelOptions model;
} TfcHandConfig;

typedef struct TfcHandPipeline TfcHandPipeline;

/* What is known from earlier frames: who is followed where, filters, the next track id. It fits
 * pipelines of every choice of networks, so a stream keeps its hands while its networks are
 * changed. */
typedef struct TfcHandState TfcHandState;
TfcHandState *tfc_hand_state_new (void);
void tfc_hand_state_free (TfcHandState *state); /* NULL is allowed */
/* Forgets regions and filters (flush, seek, caps change). Track ids go on. */
void tfc_hand_state_reset (TfcHandState *state);

/* NULL with error set: what tfc_model_open says, or UNSUPPORTED if a file's tensors are not those
 * of its task. */
TfcHandPipeline *tfc_hand_open (const TfcHandConfig *config, GError **error);
void tfc_hand_close (TfcHandPipeline *pipeline); /* NULL is allowed */

/* pts in nanoseconds (for smoothing; any monotonic clock), G_MAXUINT64 if unknown. Writes at most
 * options->max_hands hands to out (room for TFC_MAX_POSES), those that were followed before first,
 * and returns how many, or -1 with error set (RUN). A hand's score, and that of its points, is its
 * presence; its box is the one around its points. Allocates nothing. times may be NULL. One thread
 * at a time. */
gint tfc_hand_run (TfcHandPipeline *pipeline, const TfcFrame *frame, guint64 pts,
                   const TfcHandOptions *options, TfcPose *out, TfcHandTimes *times,
                   GError **error);

/* Further runs use state, which stays the caller's (one pipeline at a time); NULL: the pipeline's
 * own again. */
void tfc_hand_use_state (TfcHandPipeline *pipeline, TfcHandState *state);

/* Runs each network once on nothing, so that the first frame costs what others cost. The state is
 * left alone. FALSE with error set (RUN). */
gboolean tfc_hand_warm_up (TfcHandPipeline *pipeline, GError **error);

/* Numbers for stats: threads, bytes of both networks. */
guint tfc_hand_threads (const TfcHandPipeline *pipeline);
gsize tfc_hand_bytes (const TfcHandPipeline *pipeline);
