/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The face pipeline: a frame in, faces with mesh and irises out, and the state between frames
 * (regions followed from one frame to the next). Steps: blazeface (when due) -> roi -> sample ->
 * facemesh -> eye regions -> iris -> merge -> smooth; numbers in SPEC section 6. */
#include "models/frame/frame.h"
#include "inference/model.h"
#include "models/result/result.h"

typedef enum {
  TFC_DETECTOR_SHORT_RANGE,
  TFC_DETECTOR_FULL_RANGE,
  TFC_DETECTOR_FULL_RANGE_SPARSE,
  TFC_DETECTOR_BACK
} TfcFaceDetector;

typedef enum { TFC_MESH_PLAIN, TFC_MESH_ATTENTION } TfcMeshModel;

/* Read at each run, so every field may change between frames. */
typedef struct {
  guint max_faces;              /* 1..TFC_MAX_FACES */
  gboolean predict_irises;      /* FALSE: 468 points, also from the attention mesh */
  gfloat detection_confidence;  /* 0..1: mesh presence below which a face is dropped */
  gfloat score_threshold;       /* 0..1: of the detector */
  gfloat iou_threshold;         /* 0..1: of the detector's suppression */
  guint max_continuous_checks;  /* frames between detector runs while fewer than max_faces are held */
  gboolean smoothing;           /* one-euro filter per face by timestamp */
} TfcFaceOptions;

/* face-landmarks-detection's, but for max_faces, which is its demo's (the library's is 10). Numbers of their own,
 * so that a property's default or a help text can say them. */
#define TFC_FACE_DEFAULT_MAX_FACES 1
#define TFC_FACE_DEFAULT_PREDICT_IRISES TRUE
#define TFC_FACE_DEFAULT_DETECTION_CONFIDENCE 0.9
#define TFC_FACE_DEFAULT_SCORE_THRESHOLD 0.75
#define TFC_FACE_DEFAULT_IOU_THRESHOLD 0.3
#define TFC_FACE_DEFAULT_MAX_CONTINUOUS_CHECKS 5
#define TFC_FACE_DEFAULT_SMOOTHING FALSE
#define TFC_FACE_DEFAULTS                                                                \
  ((TfcFaceOptions){.max_faces = TFC_FACE_DEFAULT_MAX_FACES,                             \
                    .predict_irises = TFC_FACE_DEFAULT_PREDICT_IRISES,                   \
                    .detection_confidence = (gfloat)TFC_FACE_DEFAULT_DETECTION_CONFIDENCE, \
                    .score_threshold = (gfloat)TFC_FACE_DEFAULT_SCORE_THRESHOLD,         \
                    .iou_threshold = (gfloat)TFC_FACE_DEFAULT_IOU_THRESHOLD,             \
                    .max_continuous_checks = TFC_FACE_DEFAULT_MAX_CONTINUOUS_CHECKS,     \
                    .smoothing = TFC_FACE_DEFAULT_SMOOTHING})

/* Nanoseconds that the last run spent. */
typedef struct {
  gint64 sample, detector, mesh, iris, decode;
  gboolean detector_ran;
} TfcFaceTimes;

typedef struct {
  TfcFaceDetector detector;
  TfcMeshModel mesh;
  /* Files; iris NULL: no irises from the plain mesh. */
  const gchar *detector_path, *mesh_path, *iris_path;
  TfcModelOptions model;
} TfcFaceConfig;

/* The registry's names (registry.h) of the files that a choice needs. */
const gchar *tfc_face_detector_name (TfcFaceDetector detector);
const gchar *tfc_face_mesh_name (TfcMeshModel mesh);
const gchar *tfc_face_iris_name (void);

typedef struct TfcFacePipeline TfcFacePipeline;

/* What is known from earlier frames: who is followed where, filters, counters, the next track id. It fits
 * pipelines of every choice of networks, so a stream keeps its faces while its networks are changed. */
typedef struct TfcFaceState TfcFaceState;
TfcFaceState *tfc_face_state_new (void);
void tfc_face_state_free (TfcFaceState *state); /* NULL is allowed */
/* Forgets regions, filters and counters (flush, seek, caps change). Track ids go on. */
void tfc_face_state_reset (TfcFaceState *state);

/* NULL with error set. */
TfcFacePipeline *tfc_face_open (const TfcFaceConfig *config, GError **error);
void tfc_face_close (TfcFacePipeline *pipeline); /* NULL is allowed */

/* pts in nanoseconds (for smoothing; any monotonic clock), G_MAXUINT64 if unknown. Writes at most
 * options->max_faces faces to out (room for TFC_MAX_FACES) and returns how many, or -1 with error
 * set (RUN). Allocates nothing. times may be NULL. One thread at a time. */
gint tfc_face_run (TfcFacePipeline *pipeline, const TfcFrame *frame, guint64 pts,
                   const TfcFaceOptions *options, TfcFace *out, TfcFaceTimes *times,
                   GError **error);

/* Resets the state in use. */
void tfc_face_reset (TfcFacePipeline *pipeline);

/* Further runs use state, which stays the caller's (one pipeline at a time); NULL: the pipeline's own again. */
void tfc_face_use_state (TfcFacePipeline *pipeline, TfcFaceState *state);

/* Runs each network once on nothing, so that the first frame costs what others cost. The state is left
 * alone. FALSE with error set (RUN). */
gboolean tfc_face_warm_up (TfcFacePipeline *pipeline, GError **error);

/* Whether irises can be had: an iris network is open, or the mesh brings its own. */
gboolean tfc_face_has_irises (const TfcFacePipeline *pipeline);

/* Numbers for stats: threads, bytes of all three networks. */
guint tfc_face_threads (const TfcFacePipeline *pipeline);
gsize tfc_face_bytes (const TfcFacePipeline *pipeline);
