/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/chain.h"

#include "models/body/pose_pipeline.h"
#include "models/classification/classifier.h"
#include "models/detection/ssd.h"
#include "models/face/face_pipeline.h"
#include "models/hand/hand_pipeline.h"
#include "models/registry/registry.h"
#include "models/segmentation/segmentation_pipeline.h"

#define MAX_FOUND 20 /* what the peers' packages give at most, and their defaults */

typedef struct {
  gpointer (*open) (const Case *c, const TfcModelOptions *options, GError **error);
  gint (*run) (Chain *chain, const TfcFrame *frame, GError **error);
  void (*close) (gpointer pipeline);
  const TfcModel *(*model) (gpointer pipeline); /* or NULL */
} Task;

struct Chain {
  const Case *of;
  const Task *task;
  gpointer pipeline;
  guint8 *mask; /* segments: a value for each pixel of the picture */
  union {
    TfcDetection detections[MAX_FOUND];
    TfcFace faces[TFC_MAX_FACES];
    TfcPose poses[TFC_MAX_POSES];
    TfcClass classes[TFC_MAX_CLASSES];
  } found;
};

/* ---- objects ---- */

static gpointer
open_detect (const Case *c, const TfcModelOptions *options, GError **error)
{
  return tfc_ssd_open (c->path, NULL, options, error);
}

static gint
run_detect (Chain *chain, const TfcFrame *frame, GError **error)
{
  return tfc_ssd_run (chain->pipeline, frame, &TFC_SSD_DEFAULTS, chain->found.detections, MAX_FOUND,
                      NULL, error);
}

static const TfcModel *
model_of_detect (gpointer pipeline)
{
  return tfc_ssd_model (pipeline);
}

/* ---- faces: the registry's networks; from the second turn on the face is followed ---- */

static gpointer
open_faces (const Case *c, const TfcModelOptions *options, GError **error)
{
  const gchar *names[] = {tfc_face_detector_name (TFC_DETECTOR_SHORT_RANGE),
                          tfc_face_mesh_name (TFC_MESH_PLAIN), tfc_face_iris_name ()};
  TfcModelFiles stored[3] = {{0}};
  TfcFaceConfig config = {.model = *options};
  TfcFacePipeline *faces = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < 3; i++)
    ok = tfc_registry_find (names[i], c->path, &stored[i], error);
  if (ok) {
    config.detector_path = stored[0].path;
    config.mesh_path = stored[1].path;
    config.iris_path = stored[2].path;
    faces = tfc_face_open (&config, error);
  }
  for (guint i = 0; i < 3; i++)
    tfc_model_files_clear (&stored[i]);
  return faces;
}

static gint
run_faces (Chain *chain, const TfcFrame *frame, GError **error)
{
  static const TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcFaceTimes times;
  return tfc_face_run (chain->pipeline, frame, G_MAXUINT64, &options, chain->found.faces, &times,
                       error);
}

/* ---- bodies ---- */

static gpointer
open_poses (const Case *c, const TfcModelOptions *options, GError **error)
{
  const TfcPoseConfig config = {
      .kind = tfc_pose_model_nth (0)->kind, .path = c->path, .model = *options};
  return tfc_pose_open (&config, error);
}

static gint
run_poses (Chain *chain, const TfcFrame *frame, GError **error)
{
  return tfc_pose_run (chain->pipeline, frame, G_MAXUINT64, &TFC_POSE_DEFAULTS, chain->found.poses,
                       NULL, error);
}

/* ---- hands ---- */

static gpointer
open_hands (const Case *c, const TfcModelOptions *options, GError **error)
{
  g_autofree gchar *palms =
      g_build_filename (c->path, "detector_lite_graphmodel", "model.json", NULL);
  g_autofree gchar *points =
      g_build_filename (c->path, "landmark_lite_graphmodel", "model.json", NULL);
  const TfcHandConfig config = {palms, points, *options};
  return tfc_hand_open (&config, error);
}

static gint
run_hands (Chain *chain, const TfcFrame *frame, GError **error)
{
  return tfc_hand_run (chain->pipeline, frame, G_MAXUINT64, &TFC_HAND_DEFAULTS, chain->found.poses,
                       NULL, error);
}

/* ---- masks: decided at the picture's size, as the package does ---- */

static gpointer
open_segments (const Case *c, const TfcModelOptions *options, GError **error)
{
  return tfc_segment_open (c->path, options, error);
}

static gint
run_segments (Chain *chain, const TfcFrame *frame, GError **error)
{
  TfcSegmentOptions options = TFC_SEGMENT_DEFAULTS;
  TfcMask mask;
  options.threshold = TFC_SEGMENT_PERSON_THRESHOLD;
  if (!tfc_segment_run (chain->pipeline, NULL, frame, G_MAXUINT64, &options, &mask, NULL, error))
    return -1;
  tfc_segment_enlarge (chain->pipeline, frame, &options, chain->mask);
  return 1;
}

static const TfcModel *
model_of_segments (gpointer pipeline)
{
  return tfc_segment_model (pipeline);
}

/* ---- classes ---- */

static gpointer
open_classes (const Case *c, const TfcModelOptions *options, GError **error)
{
  const TfcClassifierFiles files = {.path = c->path};
  return tfc_classifier_open (&files, options, error);
}

static gint
run_classes (Chain *chain, const TfcFrame *frame, GError **error)
{
  TfcClassifierTimes times = {0};
  if (!tfc_classifier_run (chain->pipeline, frame, NULL, &times, error))
    return -1;
  return (gint)tfc_classifier_classes (chain->pipeline, &TFC_CLASSIFIER_DEFAULTS, NULL,
                                       chain->found.classes);
}

static const TfcModel *
model_of_classes (gpointer pipeline)
{
  return tfc_classifier_model (pipeline);
}

/* ---- the table ---- */

#define CLOSER(name, Type)                     \
  static void close_##name (gpointer pipeline) \
  {                                            \
    Type##_close (pipeline);                   \
  }
CLOSER (detect, tfc_ssd)
CLOSER (faces, tfc_face)
CLOSER (poses, tfc_pose)
CLOSER (hands, tfc_hand)
CLOSER (segments, tfc_segment)
CLOSER (classes, tfc_classifier)

static const Task tasks[N_CASES] = {
    [CASE_DETECT] = {open_detect, run_detect, close_detect, model_of_detect},
    [CASE_FACES] = {open_faces, run_faces, close_faces, NULL},
    [CASE_POSES] = {open_poses, run_poses, close_poses, NULL},
    [CASE_HANDS] = {open_hands, run_hands, close_hands, NULL},
    [CASE_SEGMENTS] = {open_segments, run_segments, close_segments, model_of_segments},
    [CASE_CLASSES] = {open_classes, run_classes, close_classes, model_of_classes},
};

Chain *
chain_open (const Case *c, const TfcModelOptions *options, GError **error)
{
  Chain *chain = g_new0 (Chain, 1);
  chain->of = c;
  chain->task = &tasks[c->task];
  chain->mask = g_malloc ((gsize)c->picture.frame.width * c->picture.frame.height);
  chain->pipeline = chain->task->open (c, options, error);
  if (!chain->pipeline)
    g_clear_pointer (&chain, chain_close);
  return chain;
}

void
chain_close (Chain *chain)
{
  if (!chain)
    return;
  if (chain->pipeline)
    chain->task->close (chain->pipeline);
  g_free (chain->mask);
  g_free (chain);
}

gint
chain_run (Chain *chain, GError **error)
{
  return chain->task->run (chain, &chain->of->picture.frame, error);
}

const TfcModel *
chain_model (const Chain *chain)
{
  return chain->task->model ? chain->task->model (chain->pipeline) : NULL;
}
