/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/selfie.h"

#include "models/clock.h"
#include "models/frame/sample.h"

struct TfcSelfie {
  TfcModel *model;
  TfcSampler *sampler;
  TfcSelfieSampling sampling;
  TfcMaskGrid grid;
  guint channels; /* of which the last is somebody's */
};

/* Width and height of the input and channels of the output; FALSE if this is no such network. */
static gboolean
read_shapes (TfcSelfie *s)
{
  if (tfc_model_n_inputs (s->model) != 1 || tfc_model_n_outputs (s->model) != 1)
    return FALSE;
  const TfcTensor *in = tfc_model_input (s->model, 0), *out = tfc_model_output (s->model, 0);
  if (in->type != TFC_TYPE_F32 || out->type != TFC_TYPE_F32 || in->shape.rank != 4)
    return FALSE;
  const gint32 height = in->shape.dim[1], width = in->shape.dim[2];
  const TfcShape want = tfc_shape (4, 1, height, width, 3);
  if (height < 1 || width < 1 || !tfc_shape_equal (&in->shape, &want))
    return FALSE;
  const gsize area = (gsize)height * (gsize)width;
  s->grid = (TfcMaskGrid){.width = (guint)width, .height = (guint)height};
  s->channels = (guint)(tfc_tensor_count (out) / area);
  return tfc_tensor_count (out) % area == 0 && (s->channels == 1 || s->channels == 2);
}

TfcSelfie *
tfc_selfie_new (TfcModel *model, const gchar *path, TfcSelfieSampling sampling, GError **error)
{
  TfcSelfie *s = g_new0 (TfcSelfie, 1);
  s->model = model;
  s->sampling = sampling;
  if (read_shapes (s)) {
    const TfcTarget target = {.width = s->grid.width,
                              .height = s->grid.height,
                              .type = TFC_SAMPLE_F32,
                              .scale = 1 / 255.0f,
                              .border = sampling == TFC_SELFIE_CORNERS ? TFC_BORDER_ZERO_SOFT
                                                                       : TFC_BORDER_CLAMP};
    s->sampler = tfc_sampler_new (&target);
  }
  if (s->sampler)
    return s;
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "%s: is no segmentation network: that has one float32 input of 1xHxWx3 and one float32 "
      "output "
      "of HxW values (selfie segmentation), or an input of any size and BodyPix's eight outputs",
      path);
  tfc_selfie_close (s);
  return NULL;
}

void
tfc_selfie_close (TfcSelfie *s)
{
  if (!s)
    return;
  tfc_model_close (s->model);
  tfc_sampler_free (s->sampler);
  g_free (s);
}

const TfcModel *
tfc_selfie_model (const TfcSelfie *s)
{
  return s->model;
}

const TfcMaskGrid *
tfc_selfie_grid (const TfcSelfie *s)
{
  return &s->grid;
}

const gfloat *
tfc_selfie_input (const TfcSelfie *s)
{
  return tfc_model_input (s->model, 0)->data;
}

gboolean
tfc_selfie_run (TfcSelfie *s, const TfcFrame *frame, gfloat *out, TfcSegmentTimes *times,
                GError **error)
{
  const TfcMap map =
      tfc_map_stretch (frame, s->grid.width, s->grid.height, s->sampling == TFC_SELFIE_CENTRES);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (s->sampler, frame, &map, tfc_model_input (s->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (s->model, error))
    return FALSE;
  const gint64 t2 = tfc_now ();
  const gfloat *values = tfc_model_output (s->model, 0)->data;
  const gsize n = (gsize)s->grid.width * s->grid.height;
  for (gsize i = 0; i < n; i++)
    out[i] = values[i * s->channels + s->channels - 1];
  s->grid = (TfcMaskGrid){s->grid.width, s->grid.height, map.xx, map.x0, map.yy, map.y0};
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return TRUE;
}
