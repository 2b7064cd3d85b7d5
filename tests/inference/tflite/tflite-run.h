/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* .tflite files in memory that are opened and run. */
#include "inference/backend.h"
#include "inference/model.h"
#include "tests/inference/tflite/fbwriter.h"

#define MAX_IN 4
#define MAX_OUT 3
#define MAX_VALUES 32

/* Up to the first 0. */
TfcShape shape_of (const gint32 *dim);
/* On the backend of that index; must succeed. */
TfcModel *open_model (GBytes *bytes, guint backend);
void run_model (TfcModel *model);
