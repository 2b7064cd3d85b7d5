/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/hand_pipeline.h"
#include "tools/see/see.h"

#define TEXT(number) G_STRINGIFY (number)

static const gchar *const models[] = {"full", "lite", NULL};
static const gchar *const detectors[] = {"hand/palm_full", "hand/palm_lite"};
static const gchar *const landmarks[] = {"hand/landmark_full", "hand/landmark_lite"};

static gboolean mirrored;

// clang-format off
static const GOptionEntry entries[] = {
  {"mirrored", 0, 0, G_OPTION_ARG_NONE, &mirrored, "Hands: the picture is a mirror's; --model is full (default) or lite, --max 1.." TEXT (TFC_MAX_POSES) " (" TEXT (TFC_HAND_DEFAULT_MAX_HANDS) ")", NULL},
  {NULL}
};
// clang-format on

typedef struct {
  TfcHandPipeline *pipeline;
  TfcHandState *state;
  gint n;
  TfcPose hands[TFC_MAX_POSES];
} Hands;

static const gchar *
check (const TfcSeeOptions *options)
{
  if (options->model_file)
    return "--model-file is not for hands: --model must be full or lite";
  if (options->max > TFC_MAX_POSES)
    return "--max must be 1.." TEXT (TFC_MAX_POSES);
  if (options->model_file)
    return "--model-file: hands take two networks, which --model names";
  if (tfc_see_index (models, options->model) < 0)
    return "--model must be full or lite";
  return NULL;
}

static gpointer
hands_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
            GError **error)
{
  const gint index = tfc_see_index (models, options->model);
  TfcModelFiles detector = {0}, points = {0};
  TfcHandPipeline *pipeline = NULL;
  if (tfc_see_find (options, detectors[index], &detector, error) &&
      tfc_see_find (options, landmarks[index], &points, error)) {
    const TfcHandConfig config = {detector.path, points.path, *model};
    pipeline = tfc_hand_open (&config, error);
    *name = g_strdup (points.name);
  }
  tfc_model_files_clear (&detector);
  tfc_model_files_clear (&points);
  if (!pipeline)
    return NULL;
  Hands *h = g_new0 (Hands, 1);
  h->pipeline = pipeline;
  h->state = tfc_hand_state_new ();
  tfc_hand_use_state (pipeline, h->state);
  return h;
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Hands *h = task;
  TfcHandOptions hand = TFC_HAND_DEFAULTS;
  hand.mirrored = mirrored;
  if (options->max)
    hand.max_hands = options->max;
  if (options->score_threshold >= 0)
    hand.score_threshold = options->score_threshold;
  tfc_hand_state_reset (h->state);
  h->n = tfc_hand_run (h->pipeline, frame, G_MAXUINT64, &hand, h->hands, NULL, error);
  return h->n >= 0;
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Hands *h = task;
  tfc_see_json_poses (to, "hands", h->hands, h->n, frame);
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  const Hands *h = task;
  annotations->n_poses = h->n;
  annotations->poses = h->hands;
}

static void
hands_close (gpointer task)
{
  Hands *h = task;
  tfc_hand_close (h->pipeline);
  tfc_hand_state_free (h->state);
  g_free (h);
}

const TfcSeeTask tfc_see_hands = {"hands", entries, check,    hands_open,
                                  run,     json,    annotate, hands_close};
