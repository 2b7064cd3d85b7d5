/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/movenet_input.h"

static const struct {
  TfcType type;
  TfcSampleType sample;
} types[] = {{TFC_TYPE_F32, TFC_SAMPLE_F32_TRUNC},
             {TFC_TYPE_I32, TFC_SAMPLE_I32_TRUNC},
             {TFC_TYPE_U8, TFC_SAMPLE_U8_TRUNC}};

gboolean
tfc_movenet_target (const TfcModel *model, TfcTarget *target)
{
  const TfcTensor *in = tfc_model_input (model, 0);
  guint i = 0;

  while (i < G_N_ELEMENTS (types) && types[i].type != in->type)
    i++;
  if (i == G_N_ELEMENTS (types) || in->shape.rank != 4 || in->shape.dim[0] != 1 ||
      in->shape.dim[1] < 2 || in->shape.dim[2] < 2 || in->shape.dim[3] != 3)
    return FALSE;
  target->type = types[i].sample;
  target->height = (guint)in->shape.dim[1];
  target->width = (guint)in->shape.dim[2];
  target->scale = 1.f;
  target->offset = 0.f;
  tfc_model_picture (model, &target->scale, &target->offset);
  return TRUE;
}
