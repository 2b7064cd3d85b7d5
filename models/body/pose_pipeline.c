/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/pose_pipeline.h"

#include "models/body/pose_network.h"

#include <string.h>

static const TfcPoseNetworkKind *const kinds[TFC_N_POSE_KINDS] = {
    [TFC_POSE_MOVENET] = &tfc_movenet_kind,
    [TFC_POSE_MULTIPOSE] = &tfc_multipose_kind,
    [TFC_POSE_POSENET] = &tfc_posenet_kind,
    [TFC_POSE_BLAZEPOSE] = &tfc_blazepose_kind,
};

#define DETECTOR "pose/blazepose_detector"
#define GRAPH_MODEL ".json" /* how the name of a GraphModel's file ends */

static const TfcPoseModel models[] = {
    {"movenet-lightning", TFC_POSE_MOVENET, "pose/movenet_lightning", NULL, NULL},
    {"movenet-thunder", TFC_POSE_MOVENET, "pose/movenet_thunder", NULL, NULL},
    {"movenet-multipose", TFC_POSE_MULTIPOSE, "pose/movenet_multipose", NULL, NULL},
    {"posenet", TFC_POSE_POSENET, "pose/posenet", NULL, "pose/posenet_stride8"},
    {"blazepose-lite", TFC_POSE_BLAZEPOSE, "pose/blazepose_lite", DETECTOR, NULL},
    {"blazepose-full", TFC_POSE_BLAZEPOSE, "pose/blazepose_full", DETECTOR, NULL},
    {"blazepose-heavy", TFC_POSE_BLAZEPOSE, "pose/blazepose_heavy", DETECTOR, NULL},
};

struct TfcPosePipeline {
  TfcPoseNetwork *network;
  guint threads;
  TfcPoseState *state, *own;
};

const TfcPoseModel *
tfc_pose_model_nth (guint n)
{
  return n < G_N_ELEMENTS (models) ? &models[n] : NULL;
}

const gchar *
tfc_pose_model_detector (const TfcPoseModel *model, const gchar *network_file)
{
  const gboolean graph = network_file && g_str_has_suffix (network_file, GRAPH_MODEL);

  return model->detector && graph ? DETECTOR "_graphmodel" : model->detector;
}

TfcPoseState *
tfc_pose_state_new (void)
{
  TfcPoseState *state = g_new0 (TfcPoseState, 1);

  state->next_id = 1;
  return state;
}

void
tfc_pose_state_free (TfcPoseState *state)
{
  if (state)
    tfc_mask_warp_clear (&state->warp);
  g_free (state);
}

void
tfc_pose_state_reset (TfcPoseState *state)
{
  const guint64 next_id = state->next_id;
  const TfcMaskWarp warp = state->warp;

  memset (state, 0, sizeof *state);
  state->next_id = next_id;
  state->warp = warp;
  tfc_mask_warp_reset (&state->warp);
}

guint64
tfc_pose_state_follow (TfcPoseState *state)
{
  if (state->id == 0)
    state->id = state->next_id++;
  return state->id;
}

/* A file of another kind looks like a wrong one of this kind. */
static void
say_kind (const TfcPoseNetworkKind *kind, GError **error)
{
  const TfcPoseModel *m = models;

  while (kinds[m->kind] != kind)
    m++;
  if (error && (g_error_matches (*error, TFC_ERROR, TFC_ERROR_UNSUPPORTED) ||
                g_error_matches (*error, TFC_ERROR, TFC_ERROR_SETTINGS))) {
    g_autofree gchar *said = (*error)->message;
    (*error)->message =
        g_strdup_printf ("%s; it was taken for a network of the kind of %s: if it is of another, "
                         "set model to one of that kind",
                         said, m->nick);
  }
}

TfcPosePipeline *
tfc_pose_open (const TfcPoseConfig *config, GError **error)
{
  const TfcPoseNetworkKind *kind = kinds[config->kind];
  TfcPoseNetwork *network = kind->open (config, error);

  if (!network) {
    say_kind (kind, error);
    return NULL;
  }
  TfcPosePipeline *p = g_new0 (TfcPosePipeline, 1);
  network->kind = kind;
  p->network = network;
  p->threads = config->model.pool ? tfc_pool_threads (config->model.pool) : 1;
  p->state = p->own = tfc_pose_state_new ();
  return p;
}

void
tfc_pose_close (TfcPosePipeline *p)
{
  if (!p)
    return;
  p->network->kind->close (p->network);
  tfc_pose_state_free (p->own);
  g_free (p);
}

void
tfc_pose_use_state (TfcPosePipeline *p, TfcPoseState *state)
{
  p->state = state ? state : p->own;
}

gint
tfc_pose_run (TfcPosePipeline *p, const TfcFrame *frame, guint64 pts, const TfcPoseOptions *options,
              TfcPose *out, TfcPoseTimes *times, GError **error)
{
  const TfcPoseNetworkKind *kind = p->network->kind;
  const gboolean own = options->score_threshold < 0;
  const TfcPoseRun run = {.frame = frame,
                          .pts = pts,
                          .options = options,
                          .score_threshold = own ? kind->score_threshold : options->score_threshold,
                          .state = p->state};
  TfcPoseTimes unasked = {0};
  gint n;

  if (p->state->kind != kind)
    tfc_pose_state_reset (p->state);
  p->state->kind = kind;
  p->state->mask.data = NULL;
  times = times ? times : &unasked;
  *times = (TfcPoseTimes){0};
  memset (out, 0, MIN (options->max_poses, TFC_MAX_POSES) * sizeof *out);
  n = kind->run (p->network, &run, out, times, error);
  for (gint i = 0; i < n; i++)
    out[i].track = tfc_track_times_see (&p->state->times, out[i].track_id, &out[i].box, pts);
  return n;
}

gboolean
tfc_pose_has_mask (const TfcPosePipeline *p)
{
  return p->network->has_mask;
}

const TfcMask *
tfc_pose_mask (const TfcPosePipeline *p)
{
  return p->state->mask.data ? &p->state->mask : NULL;
}

gboolean
tfc_pose_warm_up (TfcPosePipeline *p, GError **error)
{
  return p->network->kind->warm_up (p->network, error);
}

guint
tfc_pose_threads (const TfcPosePipeline *p)
{
  return p->threads;
}

gsize
tfc_pose_bytes (const TfcPosePipeline *p)
{
  return p->network->kind->bytes (p->network);
}
