/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tflite-run.h"

#include "inference/builder/load.h"
#include <string.h>

TfcShape
shape_of (const gint32 *dim)
{
  TfcShape s = {0};
  for (; s.rank < 6 && dim[s.rank]; s.rank++)
    s.dim[s.rank] = dim[s.rank];
  return s;
}

TfcModel *
open_model (GBytes *bytes, guint backend)
{
  g_autoptr (GError) error = NULL;
  TfcModelOptions options = {.backend = tfc_backend_nth (backend)->name};
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "test.tflite", &error);
  g_assert_no_error (error);
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_no_error (error);
  return model;
}

void
run_model (TfcModel *model)
{
  g_autoptr (GError) error = NULL;
  tfc_model_run (model, &error);
  g_assert_no_error (error);
}
