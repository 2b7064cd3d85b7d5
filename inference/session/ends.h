/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What readers of files are told of a model's options. */
#include "inference/builder/load.h"
#include "inference/model.h"

/* Borrows what options, which may be NULL, point to. */
static inline TfcEnds
tfc_model_ends (const TfcModelOptions *options)
{
  return options ? (TfcEnds){.input_shapes = options->input_shapes,
                             .n_input_shapes = options->n_input_shapes,
                             .inputs = options->inputs,
                             .outputs = options->outputs}
                 : (TfcEnds){0};
}
