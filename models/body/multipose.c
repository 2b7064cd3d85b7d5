/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* MoveNet for several people: the whole frame, its aspect kept, through a network that finds people
 * and their points by itself. */
#include "models/body/movenet_crop.h"
#include "models/body/movenet_input.h"
#include "models/body/multipose_decode.h"
#include "models/body/pose_network.h"
#include "models/clock.h"

#include <string.h>

typedef struct {
  TfcPoseNetwork base;
  TfcModel *model;
  TfcSampler *sampler;
  TfcMultiposeSize size; /* that model and sampler are for */
} Multipose;

static void
multipose_close (TfcPoseNetwork *network)
{
  Multipose *m = (Multipose *)network;

  tfc_model_close (m->model);
  tfc_sampler_free (m->sampler);
  g_free (m);
}

static gboolean
is_multipose (const TfcModel *model, const gchar *path, GError **error)
{
  TfcTarget target = {0};

  if (tfc_model_n_inputs (model) == 1 && tfc_model_n_outputs (model) == 1 &&
      tfc_movenet_target (model, &target) && tfc_model_output (model, 0)->type == TFC_TYPE_F32 &&
      tfc_tensor_count (tfc_model_output (model, 0)) ==
          (gsize)TFC_MULTIPOSE_MAX * TFC_MULTIPOSE_ROW)
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "%s: is not MoveNet for several people: that has one input of 1xHxWx3 (float32, "
               "int32 or uint8), of any size, "
               "and one float32 output of %d x %d numbers",
               path, TFC_MULTIPOSE_MAX, TFC_MULTIPOSE_ROW);
  return FALSE;
}

/* A sampler of that size. */
static gboolean
set_size (Multipose *m, const TfcMultiposeSize *size)
{
  TfcTarget target = {.border = TFC_BORDER_CLAMP};

  if (!tfc_movenet_target (m->model, &target))
    return FALSE;
  target.width = size->width;
  target.height = size->height;
  tfc_sampler_free (m->sampler);
  m->sampler = tfc_sampler_new (&target);
  m->size = *size;
  return m->sampler != NULL;
}

static TfcPoseNetwork *
multipose_open (const TfcPoseConfig *config, GError **error)
{
  const TfcMultiposeSize first = tfc_multipose_size (1, 1);
  const TfcInputShape shape = {
      .shape = tfc_shape (4, 1, (gint)first.padded_height, (gint)first.padded_width, 3)};
  TfcModelOptions options = config->model;
  Multipose *m = g_new0 (Multipose, 1);

  options.input_shapes = &shape;
  options.n_input_shapes = 1;
  m->model = tfc_model_open (config->path, &options, error);
  if (m->model && is_multipose (m->model, config->path, error) && set_size (m, &first))
    return &m->base;
  multipose_close (&m->base);
  return NULL;
}

/* The network for the frame's shape. */
static gboolean
fit (Multipose *m, const TfcFrame *frame, GError **error)
{
  const TfcMultiposeSize size = tfc_multipose_size (frame->width, frame->height);

  if (memcmp (&size, &m->size, sizeof size) == 0)
    return TRUE;
  const TfcInputShape shape = {
      .shape = tfc_shape (4, 1, (gint)size.padded_height, (gint)size.padded_width, 3)};
  return tfc_model_reshape (m->model, &shape, 1, error) && set_size (m, &size);
}

/* The picture's rows lie together: apart they go, and black comes behind and below. */
static void
pad (const Multipose *m)
{
  const TfcTensor *in = tfc_model_input (m->model, 0);
  const gsize pixel = 3 * tfc_type_size (in->type);
  const gsize from = m->size.width * pixel, to = m->size.padded_width * pixel;
  guint8 *rows = in->data;

  for (guint y = m->size.height; from < to && y-- > 0;) {
    memmove (rows + y * to, rows + y * from, from);
    memset (rows + y * to + from, 0, to - from);
  }
  memset (rows + m->size.height * to, 0, (m->size.padded_height - m->size.height) * to);
}

static void
smooth (const TfcPoseRun *run, TfcPose *out, guint n)
{
  TfcPoseTracks *tracks = &run->state->tracks;
  guint slot[TFC_MAX_POSES];

  tfc_pose_tracks_update (tracks, run->options->tracker, &run->state->next_id, run->pts, out, n,
                          slot);
  for (guint i = 0; i < n && run->options->smoothing; i++)
    tfc_movenet_smooth (&tracks->track[slot[i]].clock, tracks->track[slot[i]].point, run->pts,
                        out[i].points);
}

static gint
multipose_run (TfcPoseNetwork *network, const TfcPoseRun *run, TfcPose *out, TfcPoseTimes *times,
               GError **error)
{
  Multipose *m = (Multipose *)network;

  if (!fit (m, run->frame, error))
    return -1;
  const gint64 t0 = tfc_now ();
  const TfcMap map = tfc_map_stretch (run->frame, m->size.width, m->size.height, FALSE);
  tfc_sampler_run (m->sampler, run->frame, &map, tfc_model_input (m->model, 0)->data);
  pad (m);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (m->model, error))
    return -1;
  const gint64 t2 = tfc_now ();
  const guint n =
      tfc_multipose_decode (tfc_model_output (m->model, 0)->data, &m->size, run->score_threshold,
                            out, MIN (run->options->max_poses, TFC_MAX_POSES));
  smooth (run, out, n);
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return (gint)n;
}

static gboolean
multipose_warm_up (TfcPoseNetwork *network, GError **error)
{
  return tfc_model_run (((Multipose *)network)->model, error);
}

static gsize
multipose_bytes (const TfcPoseNetwork *network)
{
  return tfc_model_bytes (((const Multipose *)network)->model);
}

const TfcPoseNetworkKind tfc_multipose_kind = {
    .score_threshold = 0.25f,
    .open = multipose_open,
    .close = multipose_close,
    .run = multipose_run,
    .warm_up = multipose_warm_up,
    .bytes = multipose_bytes,
};
