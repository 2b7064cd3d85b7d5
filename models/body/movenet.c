/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* MoveNet for one person: its network, which decodes its own heatmaps, on a crop that follows the
 * person. */
#include "models/body/movenet_input.h"
#include "models/body/pose_box.h"
#include "models/body/pose_network.h"
#include "models/clock.h"

#include <string.h>

#define N_NUMBERS (3 * TFC_COCO_POINTS)

typedef struct {
  TfcPoseNetwork base;
  TfcModel *model;
  TfcSampler *sampler;
  guint size;
} Movenet;

static void
movenet_close (TfcPoseNetwork *network)
{
  Movenet *m = (Movenet *)network;

  tfc_model_close (m->model);
  tfc_sampler_free (m->sampler);
  g_free (m);
}

/* Told by its tensors. */
static gboolean
is_movenet (Movenet *m, const gchar *path, GError **error)
{
  const TfcTensor *in = tfc_model_n_inputs (m->model) == 1 ? tfc_model_input (m->model, 0) : NULL;
  const TfcTensor *out = tfc_model_n_outputs (m->model) > 0 ? tfc_model_output (m->model, 0) : NULL;
  TfcTarget target = {.border = TFC_BORDER_ZERO_HARD};

  if (in && out && out->type == TFC_TYPE_F32 && tfc_tensor_count (out) == N_NUMBERS &&
      tfc_movenet_target (m->model, &target) && target.width == target.height) {
    m->size = target.width;
    m->sampler = tfc_sampler_new (&target);
    return m->sampler != NULL;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "%s: is not MoveNet for one person: that has one input of 1xNxNx3 (float32, int32 "
               "or uint8) and a first "
               "output of %d float32 numbers",
               path, N_NUMBERS);
  return FALSE;
}

static TfcPoseNetwork *
movenet_open (const TfcPoseConfig *config, GError **error)
{
  Movenet *m = g_new0 (Movenet, 1);

  m->model = tfc_model_open (config->path, &config->model, error);
  if (m->model && is_movenet (m, config->path, error))
    return &m->base;
  movenet_close (&m->base);
  return NULL;
}

/* As crop_and_resize spaces them, in single precision: the first pixel on the crop's edge, the last
 * on the other. */
static TfcMap
map_of (const TfcMovenetCrop *crop, const TfcFrame *frame, guint size)
{
  const gfloat width = frame->width - 1.f, height = frame->height - 1.f, steps = size - 1.f;
  const gfloat x0 = (gfloat)crop->x_min, y0 = (gfloat)crop->y_min;

  return (TfcMap){.xx = ((gfloat)crop->x_max - x0) * width / steps,
                  .x0 = x0 * width,
                  .yy = ((gfloat)crop->y_max - y0) * height / steps,
                  .y0 = y0 * height};
}

static gint
movenet_run (TfcPoseNetwork *network, const TfcPoseRun *run, TfcPose *out, TfcPoseTimes *times,
             GError **error)
{
  Movenet *m = (Movenet *)network;
  const TfcFrame *frame = run->frame;
  if (run->options->fills_frame && !run->state->movenet.known)
    tfc_movenet_look_at_all (&run->state->movenet, frame->width, frame->height);
  const TfcMovenetCrop crop = tfc_movenet_crop (&run->state->movenet, frame->width, frame->height);
  const TfcMap map = map_of (&crop, frame, m->size);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (m->sampler, frame, &map, tfc_model_input (m->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (m->model, error))
    return -1;
  const gint64 t2 = tfc_now ();
  const gboolean found = tfc_movenet_follow (
      &run->state->movenet, tfc_model_output (m->model, 0)->data, frame->width, frame->height,
      run->pts, run->score_threshold, run->options->smoothing, out);
  if (found) {
    out->box = tfc_pose_box (out, run->options->point_threshold);
    out->track_id = tfc_pose_state_follow (run->state);
  } else {
    run->state->id = 0;
  }
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return found;
}

static gboolean
movenet_warm_up (TfcPoseNetwork *network, GError **error)
{
  return tfc_model_run (((Movenet *)network)->model, error);
}

static gsize
movenet_bytes (const TfcPoseNetwork *network)
{
  return tfc_model_bytes (((const Movenet *)network)->model);
}

const TfcPoseNetworkKind tfc_movenet_kind = {
    .score_threshold = 0.25f,
    .open = movenet_open,
    .close = movenet_close,
    .run = movenet_run,
    .warm_up = movenet_warm_up,
    .bytes = movenet_bytes,
};
