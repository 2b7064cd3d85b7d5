/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* PoseNet: the whole frame, squared by its longer edge, its own edge pixels or black around it. */
#include "models/body/pose_box.h"
#include "models/body/pose_network.h"
#include "models/body/posenet_decode.h"
#include "models/clock.h"
#include "models/model_io.h"
#include "models/tracking/roi.h"

#include <math.h>

#define SIZE 257
#define MAX_FRACTION 100 /* of the picture; farther points are nowhere */
#define NEAR 20          /* pixels between the same points of two people */

enum { OFFSET, HEAT, FORWARD, BACKWARD, N_OUTPUTS };

typedef struct {
  TfcPoseNetwork base;
  TfcModel *model;
  TfcSampler *sampler, *black_sampler; /* by what lies around the frame */
  TfcMap map;                          /* from the network's picture to the frame */
  TfcPosenetDecoder *decoder;
  guint size, cells,
      stride; /* edges: of the picture in pixels, of the maps; pixels from cell to cell */
  guint output[N_OUTPUTS];
  TfcPosenetPose pose[TFC_MAX_POSES];
} Posenet;

static void
posenet_close (TfcPoseNetwork *network)
{
  Posenet *p = (Posenet *)network;

  tfc_model_close (p->model);
  tfc_sampler_free (p->sampler);
  tfc_sampler_free (p->black_sampler);
  tfc_posenet_decoder_free (p->decoder);
  g_free (p);
}

static TfcModel *
open_sized (const TfcPoseConfig *config, guint size, GError **error)
{
  const TfcInputShape shape = {.shape = tfc_shape (4, 1, (gint)size, (gint)size, 3)};
  TfcModelOptions options = config->model;

  options.input_shapes = &shape;
  options.n_input_shapes = 1;
  return tfc_model_open (config->path, &options, error);
}

/* How many cells an edge of the maps has: 0 if there are no maps. */
static guint
find_cells (const TfcModel *model)
{
  for (guint i = 0; i < tfc_model_n_outputs (model); i++) {
    const TfcShape *s = &tfc_model_output (model, i)->shape;
    if (s->rank == 4 && s->dim[3] == TFC_COCO_POINTS && s->dim[1] == s->dim[2] && s->dim[1] > 1)
      return (guint)s->dim[1];
  }
  return 0;
}

/* Told by its tensors; of the two displacements the forward ones come first. */
static gboolean
is_posenet (Posenet *p, const gchar *path, GError **error)
{
  const guint cells = p->cells = MAX (find_cells (p->model), 2);
  const gsize n = (gsize)cells * cells;
  const gsize counts[N_OUTPUTS] = {
      [OFFSET] = 2 * TFC_COCO_POINTS * n,
      [HEAT] = TFC_COCO_POINTS * n,
      [FORWARD] = (gsize)2 * TFC_POSENET_EDGES * n,
      [BACKWARD] = (gsize)2 * TFC_POSENET_EDGES * n,
  };

  p->stride = (p->size - 1) / (cells - 1);
  if (!tfc_model_match_outputs (p->model, path, "PoseNet", p->size, counts, N_OUTPUTS, p->output,
                                error))
    return FALSE;
  if (p->stride >= 1 && p->stride * (cells - 1) + 1 == p->size)
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "%s: is not PoseNet: its maps of %u cells do not fit a picture of %u pixels", path,
               cells, p->size);
  return FALSE;
}

/* Pixels from cell to cell of a picture of that size; 0 if it has no such maps. */
static guint
find_stride (const TfcModel *model, guint size)
{
  static const guint strides[] = {8, 16, 32};
  const guint cells = find_cells (model);

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    if ((size + strides[i] - 1) / strides[i] == cells)
      return strides[i];
  return 0;
}

/* A size that the stride does not go with becomes the next lower one that it does. */
static gboolean
open_network (Posenet *p, const TfcPoseConfig *config, GError **error)
{
  const guint asked = config->internal_size ? config->internal_size : SIZE;

  p->size = CLAMP (asked, 33, TFC_POSE_MAX_INTERNAL_SIZE);
  p->model = open_sized (config, p->size, error);
  const guint stride = p->model ? find_stride (p->model, p->size) : 0;
  if (stride > 0 && (p->size - 1) % stride != 0) {
    tfc_model_close (p->model);
    p->size = p->size / stride * stride + 1;
    p->model = open_sized (config, p->size, error);
  }
  return p->model && is_posenet (p, config->path, error);
}

static TfcPoseNetwork *
posenet_open (const TfcPoseConfig *config, GError **error)
{
  Posenet *p = g_new0 (Posenet, 1);

  if (!open_network (p, config, error)) {
    posenet_close (&p->base);
    return NULL;
  }
  TfcTarget target = {.width = p->size,
                      .height = p->size,
                      .type = TFC_SAMPLE_F32,
                      .scale = 2 / 255.0f,
                      .offset = -1,
                      .border = TFC_BORDER_CLAMP};
  p->sampler = tfc_sampler_new (&target);
  target.border = TFC_BORDER_ZERO_SOFT;
  p->black_sampler = tfc_sampler_new (&target);
  p->decoder = tfc_posenet_decoder_new (p->cells, p->cells, p->stride);
  return &p->base;
}

static const gfloat *
output (const Posenet *p, guint which)
{
  return tfc_model_output (p->model, p->output[which])->data;
}

/* A point of the network's picture on the frame; what is no number is nowhere. */
static TfcKeypoint
to_frame (const Posenet *p, const TfcPosenetPose *pose, guint k, const TfcFrame *frame)
{
  const gdouble px = pose->points[k].x, py = pose->points[k].y;
  const gdouble x = p->map.xx * px + p->map.x0, y = p->map.yy * py + p->map.y0;

  if (!((fabs (px) + fabs (py)) / p->size < MAX_FRACTION) || !isfinite (pose->point_scores[k]))
    return (TfcKeypoint){0};
  return (TfcKeypoint){(gfloat)(x / frame->width), (gfloat)(y / frame->height), 0,
                       pose->point_scores[k]};
}

static void
set_pose (const Posenet *p, const TfcPosenetPose *pose, const TfcPoseRun *run, TfcPose *out)
{
  for (guint k = 0; k < TFC_COCO_POINTS; k++)
    out->points[k] = to_frame (p, pose, k, run->frame);
  out->score = isfinite (pose->score) ? pose->score : 0.f;
  out->layout = TFC_LAYOUT_COCO_17;
  out->n_points = TFC_COCO_POINTS;
  out->box = tfc_pose_box (out, run->options->point_threshold);
}

static guint
decode (Posenet *p, const TfcPoseRun *run, TfcPose *out)
{
  const TfcPosenetMaps maps = {.heatmaps = output (p, HEAT),
                               .offsets = output (p, OFFSET),
                               .forward = output (p, FORWARD),
                               .backward = output (p, BACKWARD)};
  const TfcPosenetOptions options = {.max_poses = MIN (run->options->max_poses, TFC_MAX_POSES),
                                     .score_threshold = run->score_threshold,
                                     .nms_radius = NEAR};
  guint slot[TFC_MAX_POSES], n = 1;

  if (options.max_poses > 1)
    n = tfc_posenet_decode (p->decoder, &maps, &options, p->pose);
  else
    tfc_posenet_decode_single (p->decoder, &maps, &p->pose[0]);
  for (guint i = 0; i < n; i++)
    set_pose (p, &p->pose[i], run, &out[i]);
  tfc_pose_tracks_update (&run->state->tracks, run->options->tracker, &run->state->next_id,
                          run->pts, out, n, slot);
  return n;
}

/* As posenet 2.2.2: as many black pixels on both sides of the shorter edge, then resized by
 * corners. Where a longer edge is enlarged, its last pixels fade to black, which they do not there.
 */
static TfcMap
pad_black (const TfcFrame *frame, guint size)
{
  const gdouble width = frame->width, height = frame->height;
  const gdouble x = MAX (floor ((height - width) / 2 + 0.5), 0);
  const gdouble y = MAX (floor ((width - height) / 2 + 0.5), 0);

  return (TfcMap){.xx = (width + 2 * x) / size, .x0 = -x, .yy = (height + 2 * y) / size, .y0 = -y};
}

static gint
posenet_run (TfcPoseNetwork *network, const TfcPoseRun *run, TfcPose *out, TfcPoseTimes *times,
             GError **error)
{
  Posenet *p = (Posenet *)network;
  const TfcRegion region = tfc_region_frame (run->frame->width, run->frame->height);
  const gboolean black = run->options->black_border;
  const gint64 t0 = tfc_now ();
  p->map = black ? pad_black (run->frame, p->size) : tfc_region_warp (&region, p->size);
  tfc_sampler_run (black && run->frame->width != run->frame->height ? p->black_sampler : p->sampler,
                   run->frame, &p->map, tfc_model_input (p->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (p->model, error))
    return -1;
  const gint64 t2 = tfc_now ();
  const guint n = decode (p, run, out);
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return (gint)n;
}

static gboolean
posenet_warm_up (TfcPoseNetwork *network, GError **error)
{
  return tfc_model_run (((Posenet *)network)->model, error);
}

static gsize
posenet_bytes (const TfcPoseNetwork *network)
{
  return tfc_model_bytes (((const Posenet *)network)->model);
}

const TfcPoseNetworkKind tfc_posenet_kind = {
    .score_threshold = 0.5f,
    .open = posenet_open,
    .close = posenet_close,
    .run = posenet_run,
    .warm_up = posenet_warm_up,
    .bytes = posenet_bytes,
};
