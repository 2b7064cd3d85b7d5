/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/pose_pipeline.h"
#include "tools/see/see.h"

#define TEXT(number) G_STRINGIFY (number)

static struct {
  gdouble point_threshold;
  gint internal_size;
} arg = {.point_threshold = TFC_POSE_DEFAULT_POINT_THRESHOLD};

// clang-format off
static const GOptionEntry entries[] = {
  {"point-threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.point_threshold, "Poses: least score of the points that make a box (" TEXT (TFC_POSE_DEFAULT_POINT_THRESHOLD) "); --model is movenet-lightning (default), movenet-thunder, movenet-multipose, posenet, blazepose-full, ..; --max 1.." TEXT (TFC_MAX_POSES) " (" TEXT (TFC_POSE_DEFAULT_MAX_POSES) ")", "S"},
  {"internal-size", 0, 0, G_OPTION_ARG_INT, &arg.internal_size, "Poses: size of PoseNet's input (0: 257)", "N"},
  {NULL}
};
// clang-format on

typedef struct {
  TfcPosePipeline *pipeline;
  TfcPoseState *state;
  gint n;
  TfcPose poses[TFC_MAX_POSES];
} Poses;

/* NULL if there is no such model. */
static const TfcPoseModel *
find_known (const TfcSeeOptions *options)
{
  const TfcPoseModel *known = tfc_pose_model_nth (0);
  for (guint i = 1; known && options->model && g_strcmp0 (known->nick, options->model); i++)
    known = tfc_pose_model_nth (i);
  return known;
}

static const gchar *
check (const TfcSeeOptions *options)
{
  if (!find_known (options))
    return "--model must be movenet-lightning, movenet-thunder, movenet-multipose, posenet, "
           "blazepose-lite, blazepose-full "
           "or blazepose-heavy";
  if (options->max > TFC_MAX_POSES)
    return "--max must be 1.." TEXT (TFC_MAX_POSES);
  if (arg.internal_size < 0 || arg.internal_size > TFC_POSE_MAX_INTERNAL_SIZE)
    return "--internal-size must be 0.." TEXT (TFC_POSE_MAX_INTERNAL_SIZE);
  if (!(arg.point_threshold >= 0 && arg.point_threshold <= 1))
    return "thresholds must be 0..1";
  return NULL;
}

static TfcPosePipeline *
open_pipeline (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
               GError **error)
{
  const TfcPoseModel *known = find_known (options);
  const gchar *finder = tfc_pose_model_detector (known, options->model_file);
  TfcModelFiles network = {0}, detector = {0};
  TfcPosePipeline *pipeline = NULL;
  if ((options->model_file || tfc_see_find (options, known->name, &network, error)) &&
      (!finder || tfc_see_find (options, finder, &detector, error))) {
    const TfcPoseConfig config = {.kind = known->kind,
                                  .path = options->model_file ? options->model_file : network.path,
                                  .detector_path = detector.path,
                                  .internal_size = arg.internal_size,
                                  .model = *model};
    pipeline = tfc_pose_open (&config, error);
    *name =
        options->model_file ? g_path_get_basename (options->model_file) : g_strdup (network.name);
  }
  tfc_model_files_clear (&network);
  tfc_model_files_clear (&detector);
  return pipeline;
}

static gpointer
poses_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
            GError **error)
{
  TfcPosePipeline *pipeline = open_pipeline (options, model, name, error);
  if (!pipeline)
    return NULL;
  Poses *p = g_new0 (Poses, 1);
  p->pipeline = pipeline;
  p->state = tfc_pose_state_new ();
  tfc_pose_use_state (pipeline, p->state);
  return p;
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Poses *p = task;
  TfcPoseOptions pose = TFC_POSE_DEFAULTS;
  pose.score_threshold = (gfloat)options->score_threshold; /* -1: the network's */
  pose.point_threshold = (gfloat)arg.point_threshold;
  if (options->max)
    pose.max_poses = options->max;
  tfc_pose_state_reset (p->state);
  p->n = tfc_pose_run (p->pipeline, frame, G_MAXUINT64, &pose, p->poses, NULL, error);
  return p->n >= 0;
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Poses *p = task;
  tfc_see_json_poses (to, "poses", p->poses, p->n, frame);
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  const Poses *p = task;
  annotations->n_poses = p->n;
  annotations->poses = p->poses;
}

static void
poses_close (gpointer task)
{
  Poses *p = task;
  tfc_pose_close (p->pipeline);
  tfc_pose_state_free (p->state);
  g_free (p);
}

const TfcSeeTask tfc_see_poses = {"poses", entries, check,    poses_open,
                                  run,     json,    annotate, poses_close};
