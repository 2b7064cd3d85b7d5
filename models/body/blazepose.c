/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* BlazePose: a detector finds a person, then a landmark network follows that person by itself. */
#include "models/body/blazepose_decode.h"
#include "models/body/pose_box.h"
#include "models/body/pose_network.h"
#include "models/clock.h"
#include "models/model_io.h"

#include <math.h>

G_STATIC_ASSERT (TFC_BLAZEPOSE_SIZE == TFC_WARPED_MASK);

enum { LANDMARKS, FLAG, HEAT, WORLD, N_OUTPUTS };

typedef struct {
  TfcPoseNetwork base;
  TfcModel *detector, *landmarks;
  TfcSampler *detector_sampler, *sampler;
  gboolean together;             /* the detector's logits stand in its rows */
  guint detections[2];           /* numbers of the rows and of the logits */
  guint output[N_OUTPUTS], mask; /* mask: where base.has_mask */
  gboolean heat_logits, flag_logit, mask_logits;
} Blazepose;

static void
blazepose_close (TfcPoseNetwork *network)
{
  Blazepose *b = (Blazepose *)network;

  tfc_model_close (b->detector);
  tfc_model_close (b->landmarks);
  tfc_sampler_free (b->detector_sampler);
  tfc_sampler_free (b->sampler);
  g_free (b);
}

static gboolean
open_detector (Blazepose *b, const TfcPoseConfig *config, GError **error)
{
  static const gsize one[] = {13 * TFC_BLAZEPOSE_ANCHORS},
                     two[] = {12 * TFC_BLAZEPOSE_ANCHORS, TFC_BLAZEPOSE_ANCHORS};
  const TfcTarget target = {.width = TFC_BLAZEPOSE_DETECTOR_SIZE,
                            .height = TFC_BLAZEPOSE_DETECTOR_SIZE,
                            .type = TFC_SAMPLE_F32,
                            .scale = 2 / 255.0f,
                            .offset = -1,
                            .border = TFC_BORDER_ZERO_SOFT};
  const gchar *path = config->detector_path;

  b->detector = tfc_model_open (path, &config->model, error);
  if (!b->detector)
    return FALSE;
  b->detector_sampler = tfc_sampler_new (&target);
  b->together = tfc_model_match_outputs (b->detector, path, "", TFC_BLAZEPOSE_DETECTOR_SIZE, one, 1,
                                         b->detections, NULL);
  return b->together ||
         tfc_model_match_outputs (b->detector, path, "BlazePose's detector",
                                  TFC_BLAZEPOSE_DETECTOR_SIZE, two, 2, b->detections, error);
}

/* .tflite and GraphModels have their outputs in other orders, and sigmoids or not. */
static gboolean
open_landmarks (Blazepose *b, const TfcPoseConfig *config, GError **error)
{
  static const gsize counts[N_OUTPUTS] = {
      [LANDMARKS] = 5 * TFC_BLAZEPOSE_LANDMARKS,
      [FLAG] = 1,
      [HEAT] = TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_LANDMARKS,
      [WORLD] = 3 * TFC_BLAZEPOSE_LANDMARKS,
  };
  static const gsize mask = TFC_WARPED_MASK * TFC_WARPED_MASK;
  const TfcTarget target = {.width = TFC_BLAZEPOSE_SIZE,
                            .height = TFC_BLAZEPOSE_SIZE,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1 / 255.0f,
                            .border = TFC_BORDER_ZERO_SOFT};

  b->landmarks = tfc_model_open (config->path, &config->model, error);
  if (!b->landmarks ||
      !tfc_model_match_outputs (b->landmarks, config->path, "BlazePose's landmark network",
                                TFC_BLAZEPOSE_SIZE, counts, N_OUTPUTS, b->output, error))
    return FALSE;
  b->sampler = tfc_sampler_new (&target);
  b->heat_logits = !tfc_model_output_activated (b->landmarks, b->output[HEAT]);
  b->flag_logit = !tfc_model_output_activated (b->landmarks, b->output[FLAG]);
  b->base.has_mask = tfc_model_match_outputs (b->landmarks, config->path, "", TFC_BLAZEPOSE_SIZE,
                                              &mask, 1, &b->mask, NULL);
  b->mask_logits = b->base.has_mask && !tfc_model_output_activated (b->landmarks, b->mask);
  return TRUE;
}

static TfcPoseNetwork *
blazepose_open (const TfcPoseConfig *config, GError **error)
{
  Blazepose *b = g_new0 (Blazepose, 1);

  if (open_detector (b, config, error) && open_landmarks (b, config, error))
    return &b->base;
  blazepose_close (&b->base);
  return NULL;
}

/* The region that the detector finds; 1 if there is one, -1 with error set. */
static gint
detect (Blazepose *b, const TfcPoseRun *run, TfcRegion *region, TfcPoseTimes *times, GError **error)
{
  const guint width = run->frame->width, height = run->frame->height;
  const TfcRegion whole = tfc_region_frame (width, height);
  const TfcMap map = tfc_region_warp (&whole, TFC_BLAZEPOSE_DETECTOR_SIZE);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (b->detector_sampler, run->frame, &map, tfc_model_input (b->detector, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (b->detector, error))
    return -1;
  const gfloat *rows = tfc_model_output (b->detector, b->detections[0])->data;
  const TfcBlazeposeDetections detections =
      b->together ? (TfcBlazeposeDetections){rows, rows + 1, 13, 13}
                  : (TfcBlazeposeDetections){tfc_model_output (b->detector, b->detections[1])->data,
                                             rows, 1, 12};
  times->detector_ran = TRUE;
  times->sample += t1 - t0;
  times->detector += tfc_now () - t1;
  return tfc_blazepose_find (&detections, run->score_threshold, width, height, region);
}

static const gfloat *
output (const Blazepose *b, guint which)
{
  return tfc_model_output (b->landmarks, b->output[which])->data;
}

static gfloat
flag_of (const Blazepose *b)
{
  const gfloat flag = *output (b, FLAG);
  return b->flag_logit ? 1 / (1 + expf (-flag)) : flag;
}

/* Whether there is somebody in the region; then out is written. */
static gboolean
decode (Blazepose *b, const TfcPoseRun *run, const TfcRegion *region, TfcPose *out)
{
  const TfcBlazeposeAnswers answers = {.landmark = output (b, LANDMARKS),
                                       .world = output (b, WORLD),
                                       .heat = output (b, HEAT),
                                       .heat_logits = b->heat_logits};
  TfcBlazeposeSight sight;
  const gfloat flag = flag_of (b);

  if (!(flag >= run->score_threshold) || !tfc_blazepose_see (&answers, region, &sight))
    return FALSE;
  tfc_blazepose_follow (&run->state->blazepose, &sight, run->frame->width, run->frame->height,
                        run->pts, run->options->smoothing, out);
  out->score = flag;
  out->box = tfc_pose_box (out, run->options->point_threshold);
  out->track_id = tfc_pose_state_follow (run->state);
  if (run->options->mask && b->base.has_mask)
    tfc_mask_warp (&run->state->warp, tfc_model_output (b->landmarks, b->mask)->data,
                   b->mask_logits, region, run->frame, run->pts, run->options->smoothing,
                   &run->state->mask);
  else
    tfc_mask_warp_reset (&run->state->warp);
  return TRUE;
}

/* Nobody, or -1. */
static gint
lose (const TfcPoseRun *run, gint result)
{
  tfc_blazepose_lose (&run->state->blazepose);
  tfc_mask_warp_reset (&run->state->warp);
  run->state->id = 0;
  return result;
}

static gint
blazepose_run (TfcPoseNetwork *network, const TfcPoseRun *run, TfcPose *out, TfcPoseTimes *times,
               GError **error)
{
  Blazepose *b = (Blazepose *)network;
  TfcBlazeposeState *state = &run->state->blazepose;
  TfcRegion region;
  gint found = 1;

  if (state->known)
    region = tfc_blazepose_next (state, run->frame->width, run->frame->height);
  else
    found = detect (b, run, &region, times, error);
  if (found <= 0)
    return lose (run, found);
  const gint64 t0 = tfc_now ();
  const TfcMap map = tfc_region_warp (&region, TFC_BLAZEPOSE_SIZE);
  tfc_sampler_run (b->sampler, run->frame, &map, tfc_model_input (b->landmarks, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (b->landmarks, error))
    return lose (run, -1);
  const gint64 t2 = tfc_now ();
  const gboolean seen = decode (b, run, &region, out);
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return seen ? 1 : lose (run, 0);
}

static gboolean
blazepose_warm_up (TfcPoseNetwork *network, GError **error)
{
  Blazepose *b = (Blazepose *)network;

  return tfc_model_run (b->detector, error) && tfc_model_run (b->landmarks, error);
}

static gsize
blazepose_bytes (const TfcPoseNetwork *network)
{
  const Blazepose *b = (const Blazepose *)network;

  return tfc_model_bytes (b->detector) + tfc_model_bytes (b->landmarks);
}

const TfcPoseNetworkKind tfc_blazepose_kind = {
    .score_threshold = 0.5f,
    .open = blazepose_open,
    .close = blazepose_close,
    .run = blazepose_run,
    .warm_up = blazepose_warm_up,
    .bytes = blazepose_bytes,
};
